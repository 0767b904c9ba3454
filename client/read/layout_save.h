/* What the columns of a file were taken for, as a layout of its own: the next file with this heading needs no --map. */
#pragma once

#include "client/read/binding.h"
#include "client/read/result.h"

/* How the rows were read, where the heading does not tell. */
struct layout_told {
	const char *unit;  /* that the person said, as a layout names it; NULL: none */
	bool corrected;	   /* the person said something beside the file */
	const char *dates; /* such as "m/d/y"; NULL: not told */
};

/* The text of a layout that is called `o->save_layout` and fits a heading with all of these columns. -PDH_REFUSED where
 * there is no heading, where two columns of one name are told apart by their letters, and where another layout fits and
 * nothing was corrected. Whatever it is read back into an equal reading of the same file. */
int layout_save(const struct binding *b, const struct read_options *o,
		const struct layout_told *told, struct arena *a, const char **ret,
		struct err *e);
