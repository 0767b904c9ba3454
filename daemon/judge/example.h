/* Worked examples of packs, computed anew. */
#pragma once

#include "daemon/pack/pack.h"

/* Judges the example's record by the pack's rules. Each difference from what is expected
 * is added to `ret` as one sentence. */
void example_run(const struct pack *p, const struct pack_example *x, struct arena *a,
		 struct texts *ret);
