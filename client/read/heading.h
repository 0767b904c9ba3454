/* Which line of a table is its heading, which layout it fits, and so which column is what. */
#pragma once

#include "client/read/binding.h"
#include "client/read/layouts.h"

/* What a person says about the columns. */
struct heading_wish {
	const char *layout; /* its id; NULL: any */
	struct texts map;   /* "hours=Credits", "date=A" */
	bool hourless;	    /* rows need no column of hours */
};

/* Finds the heading among the first 30 lines. 0; -PDH_REFUSED where none fits; -PDH_USAGE or -PDH_NOT_FOUND for a wish
 * that cannot be met. */
int heading_find(const struct table *t, const struct layouts *layouts,
		 const struct heading_wish *wish, struct arena *a, struct binding *ret,
		 struct err *e);
