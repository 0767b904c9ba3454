/* Tables: columns as wide as their widest cell; where the terminal is too narrow, what can stand below its row does, then
 * long texts are cut, and then the columns that can be missed are left out. Numbers are never cut. */
#pragma once

#include "client/term/screen.h"

enum { TABLE_COLUMNS_MAX = 8 };

struct column {
	const char *head; /* "" for none */
	bool right;
	int least; /* may be cut to so many columns; 0: never cut */
	int drop;  /* order in which columns are left out, 1 first; 0: never */
	int gap; /* columns kept free before it; of the first: the indent of the table */
	bool below; /* goes whole to a line of its own under its row where not all columns fit, cut as far as `least` allows */
};

struct cell {
	const char *text; /* NULL: empty */
	enum tint tint;
};

struct table {
	const struct screen *s;
	const struct column *columns;
	size_t n;
	struct cell *cells; /* rows * n; in the screen's arena */
	size_t rows;
	bool headless; /* no line of heads */
};

/* Starts a row and returns its cells, empty. The next call may move the rows before. */
struct cell *table_row(struct table *t);

void table_print(const struct table *t);
