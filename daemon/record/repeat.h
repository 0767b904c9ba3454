/* The days of an activity that comes again. */
#pragma once

#include "common/api.h"

enum { REPEAT_MOST = 366 };

struct repeat_days {
	civil_day *v; /* ascending, without those that are left out */
	size_t n;
	size_t moved; /* how many of them are the last day of a month that is too short */
};

/* Whether one of the parameters that go with `repeat` is given without it: -PDH_USAGE, naming it. */
int repeat_check_none(const struct activity_add_params *p, struct err *e);

/* The days from `first` on that `repeat`, `until`, `times` and `skip` of the parameters name; at least one, and at most
 * REPEAT_MOST. Each month is counted from the first day, so that a short one moves no later day. -PDH_USAGE,
 * -PDH_REFUSED. */
int repeat_days(const struct activity_add_params *p, civil_day first, struct arena *a,
		struct repeat_days *ret, struct err *e);
