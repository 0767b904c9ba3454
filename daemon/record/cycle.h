/* The days of a cycle, from what a person tells of it and the pack's calendar. */
#pragma once

#include "daemon/pack/pack.h"

struct cycle_told {
	const struct pack *pack;
	const struct texts *facts;	   /* as "name=value" */
	civil_day issued, begins, expires; /* DATE_NONE: not told */
	int every;			   /* months; 0: not told */
	bool has_total;			   /* hours are required, so it needs both ends */
};

/* The cycle that `today` lies in, or the one that ends on the day told; open ends are
 * DATE_NONE. -PDH_USAGE or -PDH_REFUSED, and the sentence says what is missing. */
int cycle_days(const struct cycle_told *t, civil_day today, struct period *ret,
	       struct err *e);
