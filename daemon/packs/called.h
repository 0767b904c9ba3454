/* Whether a pack is what people mean who call it by a state, a profession, or a part of its name. */
#pragma once

#include "common/states.h"
#include "daemon/pack/pack.h"

/* What a text says: states and professions (called.def) by any of their names, and other words. Words such as "in" and
 * "of" tell nothing where others do. */
struct called_term {
	const char *text;
	const struct state *state; /* or NULL */
	const char *const *names;  /* of a profession, or NULL */
};

struct called {
	struct called_term *v;
	size_t n;
};

/* "tx libr", "PE", "Library Media Specialist, New Mexico". */
void called_read(const char *text, struct arena *a, struct called *ret);

/* Each term tells of the pack. */
bool called_so(const struct pack *p, const struct called *c, struct arena *a);

/* The pack is of the state. */
bool called_in(const struct pack *p, const struct state *state);
