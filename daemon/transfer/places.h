/* Where the lines of a file went: numbers by a key, each with the line that gave it. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct place {
	uint64_t key;
	int64_t id; /* where it is stored; what else it may be is the caller's */
	int64_t line;
	bool used;
};

/* Zeroed: empty. It lives in the arena that is given. */
struct places {
	struct place *v;
	size_t n, room; /* a power of two, or 0 */
};

/* NULL: there is none. Valid until the next place_add(). */
struct place *place_find(const struct places *p, uint64_t key);

/* Of a key that is not there yet. */
void place_add(struct places *p, uint64_t key, int64_t id, int64_t line, struct arena *a);
