/* JSON as a table: an array of objects, objects one a line, or the first array of objects in one object. Keys become the
 * heading, nested keys "project name"; where an object has a list of objects (entries of a day), each of those is a row that
 * has what its parent says too. */
#pragma once

#include "client/read/table.h"

/* Whether it may be JSON at all. */
bool json_begins(const char *text, size_t n);

/* 0, or -PDH_REFUSED with the line. A row's line is that of its object; 0 inside one large object. */
int json_read(const char *text, size_t n, struct arena *a, struct table *ret,
	      struct err *e);
