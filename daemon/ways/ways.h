/* What the methods about paths share. */
#pragma once

#include "daemon/path/path.h"

/* The papers that moving in accepts, in words; NULL where the path does not say. */
const char *ways_accepts(const struct path *p, struct arena *a);
