/* What pdh start began. */
#pragma once

#include "daemon/work.h"

/* *ret is NULL where nothing runs. */
int timer_read(struct work *w, struct running **ret, struct err *e);
