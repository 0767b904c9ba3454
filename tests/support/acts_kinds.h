/* The methods that write, and what fills in their parameters; for acts.c. */
#pragma once

#include "tests/support/acts.h"

struct act_kind {
	const char *method;
	int weight; /* how often, beside the others */
	void (*fill)(struct acts *a, json_t *p);
};

extern const struct act_kind act_kinds[];
extern const size_t act_kind_count;

/* acts_more.c: adds what goes with any other parameters. */
void acts_say_more(struct acts *a, const char *method, json_t *p);
