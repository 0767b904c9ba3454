/* The rows of an answer, for output line by line: the members of its main list, or its main record, or itself. And the
 * columns: values found by name, such as {cycle.days_left}, checked before anything is sent to the daemon. */
#pragma once

#include "common/api.h"

struct rows {
	const struct shape *shape; /* of each row */
	size_t n;
	const char *v; /* n * shape->size bytes, borrowed */
};

/* The field that holds the rows of an answer; NULL when the answer is its own row. Effects are never the rows: they
 * say what came of them. */
const struct field *rows_field(const struct shape *answer);

/* The shape of a row. */
const struct shape *rows_shape(const struct shape *answer);

void rows_of(const struct shape *answer, const void *record, struct rows *ret);

enum { COLUMN_DEPTH = 3 };

enum column_part { PART_WHOLE, PART_EXACT, PART_AMOUNT, PART_UNIT };

struct column_path {
	const struct field *v[COLUMN_DEPTH];
	size_t n;
	enum column_part part; /* of a credit */
	bool top;	       /* a field of the answer, not of the row */
};

/* Finds a column by its name: a field of the row, "record.field", "credit.unit", a field of the answer, or one of
 * the short names {date} {hours} {days}. 0, or -PDH_USAGE with the nearest name. */
int rows_column_find(const struct shape *answer, const char *name,
		     struct column_path *ret, struct err *e);

/* The value as text; "" for none. Borrowed from the record or in the arena. */
const char *rows_column_text(const struct column_path *c, const void *answer,
			     const void *row, struct arena *a);
