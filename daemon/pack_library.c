/* The packs of all layers. A pack's file is called <its name>.yaml; what it was called by
 * and what was wrong with it is remembered until the next reload, so that no file is read
 * twice. */
#include "common/api.h"
#include "daemon/pack.h"
#include "daemon/pack_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILES_MAX = 1000, /* read of one folder; there are about 200 boards in all
			     professions together */
};

static const char suffix[] = ".yaml";

/* A file that is there. */
struct file {
	struct file *next;
	size_t layer;
	const char *name;	 /* in its folder */
	const char *problem;	 /* NULL if the pack is usable */
	const struct pack *pack; /* NULL if not */
};

struct pack_library {
	struct arena names; /* the layers' */
	struct pack_layer layers[PATH_PACK_LAYERS];
	struct arena arena; /* of what was read */
	struct file *files;
	bool listed; /* all folders were read, and what follows is filled in */
	const struct pack **packs;
	size_t n;
	struct texts problems;
};

static const char *reason(int failed)
{
	return failed == EINVAL ? "not a file" : strerror(failed);
}

static bool is_named(const char *name, const char *id)
{
	size_t n = strlen(id);

	return strncmp(name, id, n) == 0 && strcmp(name + n, suffix) == 0;
}

static void parse_file(struct pack_library *l, struct file *f, const char *path,
		       const char *text, size_t n)
{
	struct pack *p = arena_alloc(&l->arena, sizeof(*p));
	struct err why;

	if (pack_parse(text, n, path, &l->arena, p, &why) < 0) {
		f->problem = arena_dup(&l->arena, why.message);
		return;
	}
	if (!is_named(f->name, p->id)) {
		f->problem = arena_printf(
			&l->arena, "%s: it says pack: %s, so its file is called %s%s",
			path, p->id, p->id, suffix);
		return;
	}
	p->layer = l->layers[f->layer].name;
	f->pack = p;
}

/* The file of that name in a layer, read if it was not; NULL if there is none. */
static struct file *load(struct pack_library *l, size_t layer, const char *name)
{
	const char *folder = l->layers[layer].folder;
	char *text = NULL;
	size_t n = 0;

	for (struct file *f = l->files; f; f = f->next)
		if (f->layer == layer && strcmp(f->name, name) == 0)
			return f;
	AUTO_ARENA scratch = {NULL};
	const char *path = arena_printf(&scratch, "%s/%s", folder, name);
	int failed = l->listed ? ENOENT : pack_file_read(path, &text, &n);
	if (failed == ENOENT || failed == ENOTDIR || failed == ENAMETOOLONG)
		return NULL;
	struct file *f = arena_alloc(&l->arena, sizeof(*f));
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

static void complain(struct pack_library *l, const char *problem)
{
	struct texts *t = &l->problems;

	t->v = arena_grow(&l->arena, t->v, t->n, sizeof(*t->v));
	t->v[t->n++] = problem;
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

/* The names of the files in a folder that are packs, sorted. */
static struct texts list_folder(struct pack_library *l, const char *folder, DIR *dir)
{
	struct texts names = {0, NULL};

	for (struct dirent *d; (d = readdir(dir));) {
		if (*d->d_name == '.')
			continue;
		if (ends_in(d->d_name, ".yml") || ends_in(d->d_name, ".json"))
			complain(l,
				 arena_printf(
					 &l->arena,
					 "%s/%s: a pack's file ends in %s, JSON or not",
					 folder, d->d_name, suffix));
		if (!ends_in(d->d_name, suffix))
			continue;
		if (names.n == FILES_MAX) {
			complain(
				l,
				arena_printf(
					&l->arena,
					"%s: it has more than %d packs; not all are read",
					folder, FILES_MAX));
			break;
		}
		names.v = arena_grow(&l->arena, names.v, names.n, sizeof(*names.v));
		names.v[names.n++] = arena_dup(&l->arena, d->d_name);
	}
	if (names.n)
		qsort(names.v, names.n, sizeof(*names.v), by_text);
	return names;
}

/* Puts a pack in its place by name; it replaces that of an earlier layer. */
static void put(struct pack_library *l, const struct pack *p)
{
	size_t at = 0;

	while (at < l->n && strcmp(l->packs[at]->id, p->id) < 0)
		at++;
	if (at < l->n && strcmp(l->packs[at]->id, p->id) == 0) {
		l->packs[at] = p;
		return;
	}
	l->packs = arena_grow(&l->arena, l->packs, l->n, sizeof(*l->packs));
	memmove(&l->packs[at + 1], &l->packs[at], (l->n - at) * sizeof(*l->packs));
	l->packs[at] = p;
	l->n++;
}

static void read_layer(struct pack_library *l, size_t layer)
{
	const char *folder = l->layers[layer].folder;
	DIR *dir = opendir(folder);

	if (!dir && errno != ENOENT)
		complain(l, arena_printf(&l->arena, "%s: %s", folder, strerror(errno)));
	if (!dir)
		return;
	struct texts names = list_folder(l, folder, dir);
	closedir(dir);
	for (size_t i = 0; i < names.n; i++) {
		const struct file *f = load(l, layer, names.v[i]);
		if (f && f->problem)
			complain(l, f->problem);
		if (f && f->pack)
			put(l, f->pack);
	}
}

static void read_layers(struct pack_library *l)
{
	for (size_t i = 0; i < PATH_PACK_LAYERS && !l->listed; i++)
		if (l->layers[i].folder)
			read_layer(l, i);
	l->listed = true;
}

static int not_found(struct pack_library *l, const char *id, struct err *e)
{
	AUTO_ARENA scratch = {NULL};

	read_layers(l);
	const char **names = arena_array(&scratch, l->n, sizeof(*names));
	for (size_t i = 0; i < l->n; i++)
		names[i] = l->packs[i]->id;
	const char *near = nearest(id, names, l->n);
	err_set(e, -PDH_NOT_FOUND, "pack", "there is no rules pack \"%.80s\"", id);
	return near ? err_hint(e, "did you mean \"%.80s\"?", near)
		    : err_hint(e, "pdh rules list shows them");
}

struct pack_library *pack_library_new(const struct pack_layer layers[PATH_PACK_LAYERS])
{
	struct pack_library *l = calloc(1, sizeof(*l));

	if (!l)
		oom();
	for (size_t i = 0; i < PATH_PACK_LAYERS; i++) {
		if (!layers[i].folder)
			continue;
		l->layers[i].name = arena_dup(&l->names, layers[i].name);
		l->layers[i].folder = arena_dup(&l->names, layers[i].folder);
	}
	return l;
}

void pack_library_reload(struct pack_library *l)
{
	arena_done(&l->arena);
	l->files = NULL;
	l->listed = false;
	l->packs = NULL;
	l->n = 0;
	l->problems = (struct texts){0, NULL};
}

void pack_library_free(struct pack_library *l)
{
	if (!l)
		return;
	arena_done(&l->arena);
	arena_done(&l->names);
	free(l);
}

int pack_library_find(struct pack_library *l, const char *id, const struct pack **ret,
		      struct err *e)
{
	AUTO_ARENA scratch = {NULL};
	const char *problem = NULL;

	/* No name of a pack, and no way out of the folder. */
	if (!*id || strchr(id, '/'))
		return not_found(l, id, e);
	const char *name = arena_printf(&scratch, "%s%s", id, suffix);
	for (size_t i = PATH_PACK_LAYERS; i-- > 0;) {
		const struct file *f = l->layers[i].folder ? load(l, i, name) : NULL;
		if (f && f->pack) {
			*ret = f->pack;
			return 0;
		}
		if (f && !problem)
			problem = f->problem;
	}
	if (problem)
		return err_set(e, -PDH_REFUSED, "pack", "%s", problem);
	return not_found(l, id, e);
}

void pack_library_all(struct pack_library *l, const struct pack *const **ret,
		      size_t *ret_n, struct texts *ret_problems)
{
	read_layers(l);
	*ret = l->packs;
	*ret_n = l->n;
	*ret_problems = l->problems;
}
