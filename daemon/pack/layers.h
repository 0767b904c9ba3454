/* The files of packs in the folders of the layers. What a file held, and what was wrong with
 * it, is kept, so that no file is read twice; of an overlay what it extends is read too. */
#pragma once

#include "daemon/pack/pack.h"

/* A file that is there. */
struct layer_file {
	struct layer_file *next;
	size_t layer;
	const char *name;    /* in its folder */
	const char *problem; /* NULL if the pack is usable */
	const char *cause; /* the problem of what it extends, where that is the problem */
	const struct pack *pack; /* NULL if not */
	bool reading;		 /* what it extends is being looked for */
};

struct pack_layers {
	struct arena names; /* of the folders */
	struct pack_layer v[PATH_PACK_LAYERS];
	struct arena arena; /* of what was read */
	struct layer_file *files;
	bool complete; /* every file there is was read: what is not known is not there */
};

/* The names of a layer's files, sorted; `complaints` gets what is wrong with its folder. Both
 * in `a`. */
struct texts pack_layers_list(const struct pack_layers *l, size_t layer, struct arena *a,
			      struct texts *complaints);

/* The file of that name, read if it was not; NULL if there is none. */
const struct layer_file *pack_layers_file(struct pack_layers *l, size_t layer,
					  const char *name);

/* The file of the pack `id`: its name is borrowed from `a`. */
const char *pack_layers_name(const char *id, struct arena *a);

/* The pack that the overlay `from` of that layer extends: the one of its own layer or the last
 * before it; of its own name only one before it. -PDH_NOT_FOUND or -PDH_REFUSED. */
int pack_layers_base(struct pack_layers *l, size_t layer, const char *id,
		     const char *from, const struct pack **ret, struct err *e);

void pack_layers_complain(struct arena *a, struct texts *to, const char *text);

void pack_layers_forget(struct pack_layers *l); /* what was read */
void pack_layers_done(struct pack_layers *l);
