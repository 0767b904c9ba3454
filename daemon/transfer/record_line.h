/* One line of a file: whether it says what pdh would have written, and its values for a statement. */
#pragma once

#include "daemon/transfer/parts.h"

#include <jansson.h>

/* Reads `n` bytes as a line of `part` and checks every value of it: kinds, nulls, and names that the part has not.
 * *ret is the caller's to release. -PDH_REFUSED with the sentence. */
int record_line_read(const struct part *part, const char *text, size_t n, struct arena *a,
		     json_t **ret, struct err *e);

/* Binds each value that is no list and no place by its name; texts stay the line's. */
void record_line_bind(const struct part *part, const json_t *line,
		      struct sqlite3_stmt *s);

int64_t record_line_int(const json_t *line, const char *name);	    /* INT_NONE: null */
const char *record_line_text(const json_t *line, const char *name); /* NULL: null */
