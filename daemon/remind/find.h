/* Finding among the rungs of a plan, so that whoever asks of many does not walk through all of them for each. */
#pragma once

#include "daemon/remind/plan.h"

/* An order of rungs: that of qsort(), over pointers to them. */
typedef int rung_order(const void *a, const void *b);

rung_order rung_by_name; /* reminder.id */
rung_order rung_by_key; /* credential_id, item_id, reminder.day, reminder.before, until */

/* The rungs of a plan in an order. In the arena; the rungs are borrowed. */
struct rung_index {
	const struct rung **v;
	size_t n;
	rung_order *order;
};
void rung_index(const struct rungs *plan, rung_order *order, struct arena *a,
		struct rung_index *ret);

/* The rung that is equal to `key` in that order; NULL if there is none. */
const struct rung *rung_index_find(const struct rung_index *index,
				   const struct rung *key);

/* The end of the ladder that begins at `first`: rungs beside each other follow each other. */
size_t rung_ladder_end(const struct rungs *plan, size_t first);

/* When the next of the rungs first … end - 1 speaks that was not acknowledged beforehand; INT64_MAX if none does. */
int64_t rung_next_due(const struct rungs *plan, size_t first, size_t end);

/* Whether it is that one, of a ladder that speaks at `due` next. */
bool rung_is_next(const struct rung *rung, int64_t due);
