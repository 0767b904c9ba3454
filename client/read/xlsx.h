/* Workbooks of Excel 2007 and later (ECMA-376): the values of their cells, formulas as they were last counted. Dates and
 * lengths of time, which are numbers there, are told by the format of the cell and become text. */
#pragma once

#include "client/read/table.h"

struct workbook {
	size_t n;
	struct table *sheets; /* in their order, each with its name */
};

/* `most` bounds all that is unpacked. 0, or -PDH_REFUSED. Everything is copied into the arena. */
int xlsx_read(const char *bytes, size_t n, size_t most, struct arena *a,
	      struct workbook *ret, struct err *e);
