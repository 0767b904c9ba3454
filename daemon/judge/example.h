/* Worked examples of packs, computed anew. */
#pragma once

#include "daemon/judge/classes.h"
#include "daemon/pack/pack.h"

/* An example put before the rules. It refers to itself, so it stays where it is. */
struct example_case {
	struct rule_facts facts;
	struct classes classes;
	struct rules_case c;
};
void example_prepare(const struct pack *p, const struct pack_example *x, struct arena *a,
		     struct example_case *ret);
void example_done(struct example_case *c);

/* Judges the example's record by the pack's rules. Each difference from what is expected
 * is added to `ret` as one sentence. */
void example_run(const struct pack *p, const struct pack_example *x, struct arena *a,
		 struct texts *ret);
