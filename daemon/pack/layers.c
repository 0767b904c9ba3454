#include "daemon/pack/layers.h"

#include "common/api.h"
#include "daemon/pack/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILES_MAX = 1000, /* read of one folder; there are about 200 boards in all
			     professions together */
	EXTENDS_MAX = 8, /* overlays of overlays; state, district and person make three */
};

static const char suffix[] = ".yaml";

/* ---- folders ---------------------------------------------------------------------------- */

void pack_layers_complain(struct arena *a, struct texts *to, const char *text)
{
	to->v = arena_grow(a, to->v, to->n, sizeof(*to->v));
	to->v[to->n++] = text;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), len = strlen(end);

	return n > len && strcmp(name + n - len, end) == 0;
}

static struct texts list_open(const char *folder, DIR *dir, struct arena *a,
			      struct texts *complaints)
{
	struct texts names = {0, NULL};

	for (struct dirent *d; (d = readdir(dir));) {
		if (*d->d_name == '.')
			continue;
		if (ends_in(d->d_name, ".yml") || ends_in(d->d_name, ".json"))
			pack_layers_complain(
				a, complaints,
				arena_printf(
					a, "%s/%s: a pack's file ends in %s, JSON or not",
					folder, d->d_name, suffix));
		if (!ends_in(d->d_name, suffix))
			continue;
		if (names.n == FILES_MAX) {
			pack_layers_complain(
				a, complaints,
				arena_printf(
					a,
					"%s: it has more than %d packs; not all are read",
					folder, FILES_MAX));
			break;
		}
		names.v = arena_grow(a, names.v, names.n, sizeof(*names.v));
		names.v[names.n++] = arena_dup(a, d->d_name);
	}
	if (names.n)
		qsort(names.v, names.n, sizeof(*names.v), by_text);
	return names;
}

struct texts pack_layers_list(const struct pack_layers *l, size_t layer, struct arena *a,
			      struct texts *complaints)
{
	const char *folder = l->v[layer].folder;
	struct texts names = {0, NULL};
	DIR *dir = folder ? opendir(folder) : NULL;

	if (folder && !dir && errno != ENOENT)
		pack_layers_complain(a, complaints,
				     arena_printf(a, "%s: %s", folder, strerror(errno)));
	if (dir) {
		names = list_open(folder, dir, a, complaints);
		closedir(dir);
	}
	return names;
}

/* ---- what an overlay extends ------------------------------------------------------------ */

static const char *id_of(const struct layer_file *f, struct arena *a)
{
	return arena_dup_n(a, f->name, strlen(f->name) - strlen(suffix));
}

/* "a, b, a": the files being read, the oldest first, from `f` on. */
static int refuse_circle(struct pack_layers *l, const struct layer_file *f, struct err *e)
{
	AUTO_ARENA scratch = {NULL};
	const char *names = id_of(f, &scratch);

	for (const struct layer_file *g = l->files; g; g = g->next) {
		if (!g->reading)
			continue;
		names = arena_printf(&scratch, "%.80s, %s", id_of(g, &scratch), names);
		if (g == f)
			break;
	}
	return err_set(e, -PDH_REFUSED, NULL,
		       "the packs extend one another in a circle: %s", names);
}

static int no_base(struct pack_layers *l, size_t below, const char *id, struct err *e)
{
	AUTO_ARENA scratch = {NULL};
	struct texts ignored = {0, NULL};
	const char **known = NULL;
	size_t n = 0;

	for (size_t i = 0; i < below; i++) {
		struct texts names = pack_layers_list(l, i, &scratch, &ignored);
		for (size_t k = 0; k < names.n; k++) {
			known = arena_grow(&scratch, known, n, sizeof(*known));
			known[n++] = arena_dup_n(&scratch, names.v[k],
						 strlen(names.v[k]) - strlen(suffix));
		}
	}
	const char *near = api_nearest(id, known, n);
	if (near && strcmp(near, id) != 0)
		return err_set(
			e, -PDH_NOT_FOUND, NULL,
			"there is no rules pack \"%.80s\"; did you mean \"%.80s\"?", id,
			near);
	return err_set(e, -PDH_NOT_FOUND, NULL, "there is no rules pack \"%.80s\"%s", id,
		       near ? " in an earlier layer" : "");
}

static size_t being_read(const struct pack_layers *l)
{
	size_t n = 0;

	for (const struct layer_file *f = l->files; f; f = f->next)
		n += f->reading;
	return n;
}

/* What is wrong in the end, for the overlay that is being read. */
static int refuse_broken(struct pack_layers *l, const struct layer_file *base,
			 struct err *e)
{
	const char *cause = base->cause ? base->cause : base->problem;

	for (struct layer_file *f = l->files; f; f = f->next)
		if (f->reading) {
			f->cause = cause;
			break;
		}
	return err_set(e, -PDH_REFUSED, NULL, "it cannot be used, %s", cause);
}

int pack_layers_base(struct pack_layers *l, size_t layer, const char *id,
		     const char *from, const struct pack **ret, struct err *e)
{
	size_t below = strcmp(id, from) == 0 ? layer : layer + 1;
	AUTO_ARENA scratch = {NULL};

	if (being_read(l) > EXTENDS_MAX)
		return err_set(e, -PDH_REFUSED, NULL,
			       "packs extend one another at most %d deep", EXTENDS_MAX);
	const char *name = pack_layers_name(id, &scratch);
	for (size_t i = below; name && i-- > 0;) {
		const struct layer_file *f = pack_layers_file(l, i, name);
		if (!f)
			continue;
		if (f->reading)
			return refuse_circle(l, f, e);
		*ret = f->pack;
		return f->pack ? 0 : refuse_broken(l, f, e);
	}
	return no_base(l, below, id, e);
}

/* ---- files ------------------------------------------------------------------------------ */

const char *pack_layers_name(const char *id, struct arena *a)
{
	/* No name of a pack, and no way out of the folder. */
	if (!*id || strchr(id, '/'))
		return NULL;
	return arena_printf(a, "%s%s", id, suffix);
}

static const char *reason(int failed)
{
	return failed == EINVAL ? "not a file" : strerror(failed);
}

static bool is_named(const char *name, const char *id)
{
	size_t n = strlen(id);

	return strncmp(name, id, n) == 0 && strcmp(name + n, suffix) == 0;
}

struct layer {
	struct pack_layers *l;
	size_t i;
};

static int find_base(void *data, const char *id, const char *from,
		     const struct pack **ret, struct err *e)
{
	const struct layer *at = data;

	return pack_layers_base(at->l, at->i, id, from, ret, e);
}

static void parse_file(struct pack_layers *l, struct layer_file *f, const char *path,
		       const char *text, size_t n)
{
	struct pack *p = arena_alloc(&l->arena, sizeof(*p));
	const struct pack_bases bases = {find_base, &(struct layer){l, f->layer}};
	struct err why;

	f->reading = true;
	int failed = pack_parse_written(text, n, path, &bases, &l->arena, p, &why);
	f->reading = false;
	if (failed < 0) {
		f->problem = arena_dup(&l->arena, why.message);
		return;
	}
	if (!is_named(f->name, p->id)) {
		f->problem = arena_printf(
			&l->arena, "%s: it says pack: %s, so its file is called %s%s",
			path, p->id, p->id, suffix);
		return;
	}
	p->layer = l->v[f->layer].name;
	f->pack = p;
}

const struct layer_file *pack_layers_file(struct pack_layers *l, size_t layer,
					  const char *name)
{
	AUTO_ARENA scratch = {NULL};
	char *text = NULL;
	size_t n = 0;

	for (struct layer_file *f = l->files; f; f = f->next)
		if (f->layer == layer && strcmp(f->name, name) == 0)
			return f;
	if (!l->v[layer].folder || l->complete)
		return NULL;
	const char *path = arena_printf(&scratch, "%s/%s", l->v[layer].folder, name);
	int failed = pack_file_read(path, &text, &n);
	if (failed == ENOENT || failed == ENOTDIR || failed == ENAMETOOLONG)
		return NULL;
	struct layer_file *f = arena_alloc(&l->arena, sizeof(*f));
	f->layer = layer;
	f->name = arena_dup(&l->arena, name);
	f->next = l->files;
	l->files = f;
	if (failed)
		f->problem = arena_printf(&l->arena, "%s: %s", path, reason(failed));
	else
		parse_file(l, f, path, text, n);
	free(text);
	return f;
}

void pack_layers_forget(struct pack_layers *l)
{
	arena_done(&l->arena);
	l->files = NULL;
	l->complete = false;
}

void pack_layers_done(struct pack_layers *l)
{
	arena_done(&l->arena);
	arena_done(&l->names);
}
