/* Carry-over between two cycles of a credential, as it is stored at a renewal. */
#pragma once

#include "daemon/judge/held.h"

/* What was moved, in the unit of the cycle that was closed. */
struct carried_over {
	int64_t late;	 /* done in the days of grace, and kept by the old cycle */
	int64_t amount;	 /* carried over to the new one */
	int64_t surplus; /* of so much beyond what the old one required */
	const struct rule
		*rule;	 /* of carry-over; NULL: the old cycle's rules have none */
	const char *why; /* why nothing was, or less than the surplus; NULL */
};

/* Moves so much of what counted in `old` to the cycle after it, as it was said: from its last entries, in its unit.
 * -PDH_REFUSED with the field `carried` where less counted. */
int carry_told(struct work *w, const struct held *old, int64_t new_cycle, int64_t amount,
	       struct err *e);

/* `old` as it was before it was closed, the number of the cycle that was opened, and the day
 * on which it was, or a later one through which hours count in the old one. */
int carry_over(struct work *w, const struct held *old, int64_t new_cycle, civil_day day,
	       struct carried_over *ret, struct err *e);
