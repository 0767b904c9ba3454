/* The views that come from the rules: accepted, needs, limits. */
#pragma once

#include "daemon/store/ask.h"
#include "daemon/work.h"

int judged_accepted(struct work *w, struct ask *a, struct err *e);
int judged_needs_and_limits(struct work *w, struct ask *a, struct err *e);
