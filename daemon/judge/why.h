/* Why hours of an activity do not count for a credential, in one line: what logging, lists
 * and explanations say. */
#pragma once

#include "daemon/judge/held.h"

/* Why nothing of an activity is looked at in a cycle whose hours are of the days `span`
 * (verdict.span): *ret_place is kept, planned, early or late. NULL if nothing forbids it. */
const char *explain_gate(struct work *w, const struct held *h, struct period span,
			 const struct activity *a, const char **ret_place);

/* Why an activity that nothing forbids was not judged: it serves another credential. */
const char *explain_elsewhere(struct work *w, const struct held *h);

/* Why a judged part of what was logged in `unit` does not count, or counts for less; NULL if
 * it counts whole. */
const char *explain_why(struct work *w, const struct held *h, const char *unit,
			const struct judged_part *p);

/* A credit rule by name: "first-aid: counts double, at most 16 h"; what its title says
 * is not said twice. */
const char *explain_credit(struct work *w, const struct ruleset *rules,
			   const struct rule *r);
