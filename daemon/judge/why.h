/* Why hours of an activity do not count for a credential, in one line: what logging, lists
 * and explanations say. */
#pragma once

#include "daemon/judge/judge.h"

/* Why an activity is not among the entries of a cycle: *ret_place is PLACE_KEPT, PLANNED, EARLY or LATE then. NULL: it is one
 * of them. *ret_first and *ret_n are the first of its parts among what was judged and how many there are: windows that look
 * beyond the cycle may have parts of an activity outside of it. */
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
