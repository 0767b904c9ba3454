/* The jurisdictions of the US (states.def). */
#pragma once

#include "common/arena.h"

#include <stddef.h>

struct state {
	const char *code, *name; /* "TX", "Texas" */
};

extern const struct state states[];
extern const size_t states_count;

/* The one that is called so: "tx", "US-TX", "Texas", "new  mexico"; NULL where none is. */
const struct state *states_find(const char *text, struct arena *a);
