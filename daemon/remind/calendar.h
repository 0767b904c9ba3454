/* Every day that matters, for a calendar program. */
#pragma once

#include "daemon/remind/plan.h"

/* Of the plan for everything. -PDH_FAILED where libical is missing. */
int calendar_make(struct work *w, const struct rungs *plan, struct calendar *ret,
		  struct err *e);
