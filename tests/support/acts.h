/* Random calls of the methods that write, drawn from a seed: mostly what a person would do, sometimes nonsense. */
#pragma once

#include "tests/support/rpc_home.h"

#include "common/date.h"

struct acts {
	struct home *home;
	uint64_t state; /* of the generator; never 0 */
	civil_day today;
	char upload[40]; /* the token of the last file that was sent */
};

/* One call: the parameters are the caller's to release. */
struct act {
	const char *method;
	json_t *params;
};

/* A home of packs with facts, duties, carry-over and days of grace, and the first day. */
void acts_begin(struct acts *a, struct home *h, uint64_t seed);

/* A number from 0 to n - 1. */
int acts_draw(struct acts *a, int n);

struct act acts_next(struct acts *a);

/* Some days go by. */
void acts_travel(struct acts *a);

/* Whether there are calls of this method. */
bool acts_know(const char *method);
