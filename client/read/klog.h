/* klog's own files (.klg) as a table: a row for each entry, with the columns that klog json has, so that both are read by one
 * layout. */
#pragma once

#include "client/read/table.h"

/* Whether it begins with a record: a day alone in its line. */
bool klog_is(const char *text, size_t n);

/* A NUL follows the `n` bytes of the text. 0, or -PDH_REFUSED with the line where a limit is passed. An entry that is none
 * becomes a row whose minutes cannot be read. */
int klog_read(const char *text, size_t n, struct arena *a, struct table *ret,
	      struct err *e);
