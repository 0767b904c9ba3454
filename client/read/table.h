/* A table out of a file: lines of cells, in UTF-8 and without control characters.
 *
 * Every reader of a format (csv.h, xlsx.h, json.h) ends in one of these. A table lives in the arena that it was read
 * into. */
#pragma once

#include "common/arena.h"
#include "common/err.h"
#include "common/kind.h"

/* What no file may pass; each is refused with its line. */
enum {
	TABLE_ROWS_MAX = 100000,
	TABLE_COLUMNS_MAX = 200,
	TABLE_LINE_MAX = 64 << 10, /* bytes of one line of cells */
	TABLE_NOTES_MAX = 20,
};

struct table_row {
	int64_t line; /* of the file, from 1; of a workbook the number of its row */
	size_t n;
	const char **cells; /* "" where nothing is written */
};

struct table {
	const char *sheet; /* of a workbook; else NULL */
	size_t n;
	struct table_row *rows;
	bool numbered;	    /* lines are numbers of rows: the file has several on one */
	struct texts notes; /* what was mended while reading, each with its line */
};

/* The text of a cell; "" beyond the end of its line. */
const char *table_cell(const struct table_row *row, size_t column);

/* A row of cells as it is read. */
struct table_writer {
	struct table *table;
	struct arena *arena;
	struct err *e;
	struct table_row row; /* not in the table yet */
	size_t bytes;	      /* of its cells */
	size_t dropped;	      /* characters that no cell may hold */
	size_t notes;	      /* told so far, also those beyond TABLE_NOTES_MAX */
	bool exact;	      /* cells are kept by table_keep(), not cleaned */
};

/* Begins a row. */
void table_begin(struct table_writer *w, int64_t line);

/* Adds a cell of `n` bytes, cleaned by table_clean(). 0, or -PDH_REFUSED past a limit. */
int table_add(struct table_writer *w, const char *text, size_t n);

/* Ends the row; one without any text is left out. 0, or -PDH_REFUSED past a limit. */
int table_end(struct table_writer *w);

/* Tells what was mended in a line. Beyond TABLE_NOTES_MAX only their number is told, by table_finish(). */
void table_note(struct table_writer *w, int64_t line, const char *what);
void table_finish(struct table_writer *w);

/* A copy without what pdh keeps in no text: control characters but newlines, marks of direction, bytes that are not
 * UTF-8. Ends of lines become newlines, blanks around it go. Adds the number of characters that were dropped. */
const char *table_clean(const char *text, size_t n, struct arena *a, size_t *dropped);

/* A copy of a cell that pdh wrote, as the text that it was: one guard is taken away, a quote before what a spreadsheet
 * would compute, and only what pdh can keep in no text is dropped. */
const char *table_keep(const char *text, size_t n, struct arena *a, size_t *dropped);
