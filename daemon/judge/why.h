/* Why hours of an activity do not count for a credential, in one line: what logging, lists
 * and explanations say. */
#pragma once

#include "daemon/judge/judge.h"

/* Why an activity is not among what was judged of a cycle, or only in windows that look further:
 * *ret_place is kept, planned, early or late. NULL where it is: *ret_first is the first of its
 * parts there and *ret_n how many it has. */
const char *why_gate(struct work *w, const struct held *h, const struct judged_cycle *j,
		     const struct activity *a, enum hours_place *ret_place,
		     size_t *ret_first, size_t *ret_n);

/* Why a judged part of what was logged in `unit` does not count, or counts for less; NULL if
 * it counts whole. */
const char *why_part(struct work *w, const struct held *h, const char *unit,
		     const struct judged_part *p);

/* A credit rule by name: "first-aid: counts double, at most 16 h"; what its title says
 * is not said twice. */
const char *why_credit(struct work *w, const struct ruleset *rules, const struct rule *r);
