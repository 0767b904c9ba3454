/* What a reader makes of a file: how it was read, and each of its rows with its line. Everything lives in one arena. */
#pragma once

#include "common/kind.h"

struct read_activity {
	const char *title;
	civil_day done_on, from; /* `from` DATE_NONE: one day */
	struct credit credit;
	const char *kind, *format, *role, *provider, *provider_id, *place, *approval,
		*course, *note, *source_id, *proof; /* NULL: not told */
	struct texts topics, split;
	struct texts only, except; /* credentials that it counts for, or does not */
	bool duty, planned;
};

enum read_state {
	READ_TAKEN,
	READ_SKIPPED, /* left out on purpose */
	READ_BAD,     /* it cannot be read */
};

struct read_row {
	int64_t line; /* of the file; 0: it has no lines */
	enum read_state state;
	struct read_activity activity; /* as far as it could be read */
	struct texts flags;	       /* what a person should look at */
	const char *why;	       /* of one that is skipped or bad */
	const char *field, *text;      /* of a bad one: what is wrong, as written */
	struct texts cells;	       /* the row as it stands in the file */
};

/* A field and the columns that it came from, as the file writes them. */
struct read_column {
	const char *field;
	struct texts names;
};

struct read_result {
	const char *layout, *version, *title, *mark;
	const char *encoding, *separator, *dates, *decimal, *sheet,
		*sample; /* NULL: none */
	int64_t heading; /* its line; 0: there is none */
	bool numbered;	 /* lines are numbers of rows */
	const char *
		saved; /* a layout of its columns, where one was asked for; NULL: it has none */
	bool calendar; /* events: none is logged without a choice */
	bool chosen;   /* by words of their titles, which a person or the layout says */
	bool proposal; /* read from a badge or certificate, or hours by the clock alone: none is logged without a yes */
	size_t column_count;
	struct read_column *columns;
	struct texts unused; /* columns with text that became nothing */
	struct texts notes;
	size_t n;
	struct read_row *rows;
};

/* What a person says about the file; NULL and empty: found, or not asked for. */
struct read_options {
	const char *name; /* of the file, in sentences */
	const char *layout, *dates, *unit, *encoding, *separator, *decimal, *sheet;
	const char *save_layout; /* the name of a layout to be made */
	struct texts map, where, match;
	struct credit
		hours; /* of a row that says none; its unit NULL: such a row is bad */
	bool lenient;
	bool certificate; /* it is the text of a PDF */
	civil_day today;
};

/* Adds a row, empty but for its line. */
struct read_row *read_row_add(struct read_result *r, int64_t line, struct arena *a);

void read_row_skip(struct read_row *row, const char *why);
void read_row_bad(struct read_row *row, const char *field, const char *text,
		  const char *why);

/* What holds for rows of every kind of file: longer than a day, a year from first to last, in the future, the second of
 * its like. Cuts what is longer than pdh keeps. */
void read_finish(struct read_result *r, const struct read_options *o, struct arena *a);

/* Gives a row without hours those that were asked for, and flags it. False: none were. */
bool read_row_hours(struct read_row *row, const struct read_options *o, struct arena *a);

/* Whether a title is one of those asked for: --match "PD,webinar". */
bool read_is_asked_for(const struct read_options *o, const char *title, struct arena *a);
