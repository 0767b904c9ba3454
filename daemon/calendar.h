/* Every day that matters, for a calendar program. */
#pragma once

#include "daemon/work.h"

/* -PDH_FAILED where libical is missing. */
int calendar_make(struct work *w, struct calendar *ret, struct err *e);
