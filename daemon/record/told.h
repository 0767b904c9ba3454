/* What a person has, as path.get looks at it: the record, and what is only tried. */
#pragma once

#include "daemon/path/path.h"
#include "daemon/work.h"

/* "master library science 2021", "exam 5312 158 2026-05-02", "experience 3 years classroom teacher". -PDH_USAGE. */
int told_parse(const char *text, civil_day today, struct arena *a, struct have *ret,
	       struct err *e);

/* All that is stored (what was entered, items that are done, credits of college that were logged, credentials), and what
 * is tried. */
int told_read(struct work *w, const struct texts *tried, civil_day day,
	      struct path_case *ret, struct err *e);
