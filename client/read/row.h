/* The rows of a table as activities, by the layout that its heading fits. */
#pragma once

#include "client/read/heading.h"
#include "client/read/result.h"

/* Fills `ret` with the rows and how they were read. 0; or what leaves no row readable: -PDH_REFUSED for days of two
 * meanings and credit of no unit, -PDH_USAGE for a --where that the layout has not; what layout_save() refuses. */
int rows_read(const struct table *t, const struct binding *b,
	      const struct read_options *o, struct arena *a, struct read_result *ret,
	      struct err *e);
