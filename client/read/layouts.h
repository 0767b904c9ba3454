/* All layouts there are: those shipped, then /etc/pdh/layouts, then one's own; the later of one name wins. */
#pragma once

#include "client/read/layout.h"
#include "common/paths.h"

struct layouts {
	size_t n;
	struct layout **v;   /* the last loaded first */
	struct texts faults; /* a sentence for each file that cannot be used */
};

/* Reads the folders; one that is not there is empty. Never fails: a file with a fault is told and passed over. */
void layouts_load(const struct pack_layer folders[PATH_PACK_LAYERS], struct arena *a,
		  struct layouts *ret);

/* By its id, or NULL with the nearest in *near, which may be NULL too. */
const struct layout *layouts_find(const struct layouts *l, const char *id,
				  const char **near, struct arena *a);
