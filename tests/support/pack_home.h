/* A library of rules packs in folders of its own, each of them empty. */
#pragma once

#include "daemon/pack/pack.h"

struct pack_home {
	char folder[64];
	struct pack_library *library;
	struct arena arena;
};

/* cmocka set-up and tear-down: *state is the home. */
int pack_home_open(void **state);
int pack_home_close(void **state);

/* Writes a file of a layer: "shipped", "system" or "own". The library sees it after a reload. */
void pack_home_put(struct pack_home *h, const char *layer, const char *name,
		   const char *text);

/* The pack in use; fails the test if there is none. */
const struct pack *pack_home_find(struct pack_home *h, const char *id);

/* Fails unless one of the library's problems ends with `says`. */
void pack_home_told(struct pack_home *h, const char *says);
