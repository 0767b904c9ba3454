/* Progress: what the verdict on a cycle means on a day, as records. */
#pragma once

#include "daemon/judge/held.h"

/* Where the credential stands on `day`, with everything status shows. */
int standing_of(struct work *w, const struct held *h, civil_day day, struct standing *ret,
		struct err *e);

/* The same for a cycle that was judged already: `v` is the verdict on what was done by that day. */
int standing_judged(struct work *w, const struct held *h, civil_day day,
		    const struct verdict *v, struct standing *ret, struct err *e);

/* The cycle as a record, with its sums. */
int standing_cycle(struct work *w, const struct held *h, civil_day day, struct cycle *ret,
		   struct err *e);

/* One need as a record. */
void standing_need(const struct held_cycle *c, const struct judged_need *j,
		   struct arena *a, struct need *ret);

/* One of the years to come of a need, as a record of its own. */
void standing_coming(const struct held_cycle *c, const struct judged_need *j, size_t year,
		     struct arena *a, struct need *ret);

/* The days of a cycle, those that are over and those that are left, as rules_pace() needs them. */
struct pace_days standing_days(const struct held_cycle *c, const struct list *pauses,
			       civil_day day);

/* An amount in the cycle's unit. */
struct credit standing_amount(const struct held_cycle *c, int64_t exact);
