/* What the files that read a row share. */
#pragma once

#include "client/read/amount.h"
#include "client/read/day.h"
#include "client/read/heading.h"
#include "client/read/result.h"

/* All rows of one table. */
struct rows {
	const struct binding *b;
	const struct read_options *o;
	struct arena *arena;
	enum day_order order;
	struct amount_form form; /* its unit is the one that the person said */
	bool comma;		 /* an amount had a decimal comma */
	const char *line_word;	 /* "line", or "row" where they are numbered */
	struct err *e;
};

/* A row on its way. */
struct one {
	struct rows *all;
	const struct table_row *cells;
	struct read_row *row;
	bool all_day; /* it takes whole days, and a person said how many hours that is */
};

/* ---- row_text.c: cells ---------------------------------------------------------------------------------- */

/* The cell of the i-th column of a source; "" where the table has no such column. */
const char *row_cell(const struct one *x, const struct bound_source *s, size_t i);

/* The first cell of a source that is not empty; "" where all are. */
const char *row_first(const struct one *x, const struct bound_source *s);

/* The text of a field, as written, and the source that it came from; "" where it has none. */
const char *row_raw(const struct one *x, enum layout_field f,
		    const struct bound_source **ret);

/* The next part of a list as pdh writes it, "a; b", in which a semicolon of a part is doubled; moves on to the one
 * after. */
const char *row_part(const char **rest, struct arena *a);

/* Fills every field but days and credit. */
void row_texts(struct one *x);

/* Credentials that the row counts for alone, or does not count for. False: it is bad, and that is said in it. */
bool row_scope(struct one *x);

/* Sets fields to the values that a layout says. */
void row_set(struct one *x, const struct layout_words *set);

/* ---- row_skip.c: rows that are left out ------------------------------------------------------------------ */

/* Whether the row passes the tests of a rule; the last column that was looked at, and its text. */
bool row_holds(const struct one *x, const struct layout_rule *rule, const char **heading,
	       const char **text);

/* True where the row is left out, and why is said in it. */
bool row_skip_by_layout(struct one *x);
bool row_skip_by_where(struct one *x);

/* Whether it is a sum of others, given the text of its day. */
bool row_is_total(const struct one *x, const char *date);

/* Before the first row: 0, or -PDH_USAGE or -PDH_NOT_FOUND for a --where that cannot be answered. */
int row_check_where(const struct rows *r);

/* ---- row_days.c ------------------------------------------------------------------------------------------- */

/* Finds the order of day and month from all cells of the table, and says in `ret` how days are read. 0, or -PDH_REFUSED
 * where they may be two days. */
int row_settle_days(struct rows *r, const struct table *t, struct read_result *ret);

/* Reads the days of a row. False where it is left out or bad; that is said in it. */
bool row_days(struct one *x);

/* ---- row_credit.c ------------------------------------------------------------------------------------------ */

/* What --unit says. 0 or -PDH_USAGE. */
int row_settle_unit(struct rows *r);

/* 1: it has credit; 0: it is bad, and that is said in it; negative: the file is refused. */
int row_credit(struct one *x);

/* The parts of it that belong to one topic alone. The same. */
int row_split(struct one *x);
