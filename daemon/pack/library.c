/* The packs of all layers, the later layer's in the place of the earlier's. */
#include "common/api.h"
#include "daemon/pack/layers.h"
#include "daemon/pack/pack.h"

#include <stdlib.h>
#include <string.h>

enum { OWN = PATH_PACK_LAYERS - 1 };

struct pack_library {
	struct pack_layers layers;
	/* Filled in once all folders were read (layers.complete). */
	const struct pack **packs;
	size_t n;
	struct texts problems;
	bool own_read;
	struct texts own_problems;
};

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
	l->packs = arena_grow(&l->layers.arena, l->packs, l->n, sizeof(*l->packs));
	memmove(&l->packs[at + 1], &l->packs[at], (l->n - at) * sizeof(*l->packs));
	l->packs[at] = p;
	l->n++;
}

static void read_layer(struct pack_library *l, size_t layer)
{
	struct arena *a = &l->layers.arena;
	struct texts names = pack_layers_list(&l->layers, layer, a, &l->problems);

	for (size_t i = 0; i < names.n; i++) {
		const struct layer_file *f =
			pack_layers_file(&l->layers, layer, names.v[i]);
		if (f && f->problem)
			pack_layers_complain(a, &l->problems, f->problem);
		if (f && f->pack)
			put(l, f->pack);
	}
}

static void read_layers(struct pack_library *l)
{
	for (size_t i = 0; i < PATH_PACK_LAYERS && !l->layers.complete; i++)
		read_layer(l, i);
	l->layers.complete = true;
}

static int not_found(struct pack_library *l, const char *id, struct err *e)
{
	AUTO_ARENA scratch = {NULL};

	read_layers(l);
	const char **names = arena_array(&scratch, l->n, sizeof(*names));
	for (size_t i = 0; i < l->n; i++)
		names[i] = l->packs[i]->id;
	const char *near = api_nearest(id, names, l->n);
	err_set(e, -PDH_NOT_FOUND, "pack", "there is no rules pack \"%.80s\"", id);
	if (near)
		return err_hint(e, "did you mean \"%.80s\"?", near);
	for (size_t i = 0; i < l->n; i++)
		if (*id && strstr(names[i], id))
			return err_hint(e, "pdh rules search %.80s finds some", id);
	return err_hint(e, "pdh rules list shows them");
}

struct pack_library *pack_library_new(const struct pack_layer layers[PATH_PACK_LAYERS])
{
	struct pack_library *l = calloc(1, sizeof(*l));

	if (!l)
		oom();
	for (size_t i = 0; i < PATH_PACK_LAYERS; i++) {
		if (!layers[i].folder)
			continue;
		l->layers.v[i].name = arena_dup(&l->layers.names, layers[i].name);
		l->layers.v[i].folder = arena_dup(&l->layers.names, layers[i].folder);
	}
	return l;
}

struct pack_library *pack_library_like(const struct pack_library *l)
{
	struct pack_layer layers[PATH_PACK_LAYERS];

	for (size_t i = 0; i < PATH_PACK_LAYERS; i++)
		layers[i] = (struct pack_layer){.name = l->layers.v[i].name,
						.folder = l->layers.v[i].folder};
	return pack_library_new(layers);
}

void pack_library_reload(struct pack_library *l)
{
	pack_layers_forget(&l->layers);
	l->packs = NULL;
	l->n = 0;
	l->problems = l->own_problems = (struct texts){0, NULL};
	l->own_read = false;
}

void pack_library_free(struct pack_library *l)
{
	if (!l)
		return;
	pack_layers_done(&l->layers);
	free(l);
}

/* The files of that name, the last layer's first. */
static size_t files_of(struct pack_library *l, const char *id,
		       const struct layer_file *ret[PATH_PACK_LAYERS])
{
	AUTO_ARENA scratch = {NULL};
	const char *name = pack_layers_name(id, &scratch);
	size_t n = 0;

	for (size_t i = PATH_PACK_LAYERS; name && i-- > 0;) {
		const struct layer_file *f = pack_layers_file(&l->layers, i, name);
		if (f)
			ret[n++] = f;
	}
	return n;
}

int pack_library_find(struct pack_library *l, const char *id, const struct pack **ret,
		      struct err *e)
{
	const struct layer_file *files[PATH_PACK_LAYERS];
	size_t n = files_of(l, id, files);

	for (size_t i = 0; i < n; i++)
		if (files[i]->pack) {
			*ret = files[i]->pack;
			return 0;
		}
	if (n)
		return err_set(e, -PDH_REFUSED, "pack", "%s", files[0]->problem);
	return not_found(l, id, e);
}

void pack_library_stack(struct pack_library *l, const char *id, struct pack_stack *ret)
{
	const struct layer_file *files[PATH_PACK_LAYERS];
	size_t n = files_of(l, id, files);

	ret->n = 0;
	for (size_t i = 0; i < n; i++)
		if (files[i]->pack)
			ret->v[ret->n++] = files[i]->pack;
}

void pack_library_all(struct pack_library *l, const struct pack *const **ret,
		      size_t *ret_n, struct texts *ret_problems)
{
	read_layers(l);
	*ret = l->packs;
	*ret_n = l->n;
	*ret_problems = l->problems;
}

static void read_own(struct pack_library *l)
{
	struct arena *a = &l->layers.arena;
	struct texts names = pack_layers_list(&l->layers, OWN, a, &l->own_problems);

	for (size_t i = 0; i < names.n; i++) {
		const struct layer_file *f =
			pack_layers_file(&l->layers, OWN, names.v[i]);
		if (f && f->problem)
			pack_layers_complain(a, &l->own_problems, f->problem);
	}
	l->own_read = true;
}

void pack_library_own_problems(struct pack_library *l, struct texts *ret)
{
	if (!l->own_read)
		read_own(l);
	*ret = l->own_problems;
}

const char *pack_library_own_folder(const struct pack_library *l)
{
	return l->layers.v[OWN].folder;
}

/* ---- texts that are no files yet -------------------------------------------------------- */

/* The text may be meant for a file that its base extends. */
static int find_base(void *data, const char *id, const char *from,
		     const struct pack **ret, struct err *e)
{
	struct pack_library *l = data;
	int r = pack_layers_base(&l->layers, OWN, id, from, ret, e);

	for (const struct pack *p = r == 0 ? *ret : NULL; p; p = p->base)
		if (strcmp(p->id, from) == 0 && p->layer == l->layers.v[OWN].name)
			return err_set(
				e, -PDH_REFUSED, NULL,
				"the packs extend one another in a circle: %.80s, %.80s, "
				"%.80s",
				from, id, from);
	return r;
}

int pack_library_parse(struct pack_library *l, const char *text, const char *name,
		       struct arena *a, struct pack *ret, struct err *e)
{
	const struct pack_bases bases = {find_base, l};

	return pack_parse_written(text, strlen(text), name, &bases, a, ret, e);
}
