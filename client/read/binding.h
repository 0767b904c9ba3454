/* Which column of a table is which field, by a layout and by what a person says. */
#pragma once

#include "client/read/layout.h"
#include "client/read/table.h"

/* The columns of a source, in the order in which it names them; -1 for one that the table has not. */
struct bound_source {
	const struct layout_source *source;
	const char *
		unit; /* of its credit; the heading's own wins where synonyms were looked for */
	struct texts names; /* as the file writes them */
	size_t n;
	int *columns;
};

struct bound_field {
	size_t n;
	struct bound_source *v;
};

struct binding {
	const struct layout *layout;
	int64_t line; /* of the heading; 0: there is none */
	size_t first; /* the row of the table that follows it */
	size_t n;     /* columns */
	const char **
		names; /* of the columns, as the file writes them; letters where there is no heading */
	const char **folded;
	struct bound_field fields[LAYOUT_FIELD_COUNT];
	bool clock; /* its hours are what lies between two times, which nobody called hours */
};

/* The column of a folded name; -1: there is none. */
int binding_column(const struct binding *b, const char *folded);

/* Whether a row repeats the heading, as printed pages do. */
bool binding_is_heading(const struct binding *b, const struct table_row *row,
			struct arena *a);

/* By the names of a layout's columns: every source that has one at least. False where the heading has not all that the
 * layout matches. */
bool binding_named(struct binding *b, struct arena *a);

/* By synonyms: whole headings first, then a part of one; a unit in the heading wins over the layout's. */
void binding_synonyms(struct binding *b, struct arena *a);

/* Where there is a first day and no last one: a column that is headed "End" or the like, and has days. */
void binding_end(struct binding *b, const struct table *t, struct arena *a);

/* Where there is no column of amounts: what lies between "Start" and "End", if they have times. */
void binding_clock(struct binding *b, const struct table *t, struct arena *a);

/* The columns that have text in one row at least and are used for nothing, as the file writes them; a letter for one
 * without a heading. */
struct texts binding_unused(const struct binding *b, const struct table *t,
			    const struct texts *where, struct arena *a);

/* Sets the columns that a person named: "hours=Credits", "date=A". 0, -PDH_USAGE for a field that there is not, or
 * -PDH_NOT_FOUND for a column. */
int binding_map(struct binding *b, const struct texts *map, struct arena *a,
		struct err *e);

/* A, B, ... Z, AA ...: the number of a column from 0; -1: no letters. */
int binding_letters(const char *text);

/* The reverse, for a column of a table. */
const char *binding_letters_of(size_t column, struct arena *a);

/* Whether the words stand in a folded heading, one after the other. */
bool binding_has_words(const char *heading, const char *words);

/* Whether it has what every activity needs: a title, a day, and credit unless a person says what each row is worth. */
bool binding_is_whole(const struct binding *b, bool hourless);
