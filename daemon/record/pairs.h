/* Pairs of the members of two lists, one to one. Pure. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { PAIRS_NONE = -1, PAIRS_GROUP_MOST = 160 };

/* Whether row `i` and column `j` may be a pair, and how good it is: 0 no, else up to PAIRS_WORTH_MOST. */
#define PAIRS_WORTH_MOST INT64_C(1000000000)
typedef int64_t pairs_worth_fn(const void *data, size_t i, size_t j);

/* Fills ret[i] with the column of each of `n` rows, or PAIRS_NONE, so that the sum of their worths is the largest that is
 * possible. Members that hang together through possible pairs are settled group by group; in one with more than
 * PAIRS_GROUP_MOST rows the best pair is taken first, then the next best. False where that happened. */
bool pairs_best(size_t n, size_t m, pairs_worth_fn *worth, const void *data,
		struct arena *a, int *ret);
