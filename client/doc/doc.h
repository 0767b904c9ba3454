/* A document before it has a form: headings, texts, fields, tables, bars. Whoever makes one says what it holds; text,
 * Markdown, HTML and the program that makes PDF each say how it looks.
 *
 * Everything lives in the arena; texts are borrowed. Blocks come in the order in which they are added. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum doc_kind {
	DOC_HEADING,
	DOC_TEXT,
	DOC_STRONG, /* a text that nobody may miss */
	DOC_FIELDS,
	DOC_LIST,
	DOC_TABLE,
	DOC_PROGRESS, /* one bar: how much of what is needed */
	DOC_CHART,    /* bars beside one another */
};

struct doc_field {
	const char *label, *value;
};

enum { DOC_COLUMNS_MAX = 8 };

struct doc_column {
	const char *head;
	bool number; /* aligned to the right */
	bool title;  /* takes the room that is left, and is never cut */
	bool below; /* where there is no room for columns it stands on lines of its own */
};

struct doc_bar {
	const char *label;
	const char *text; /* the amount in words */
	int64_t have;
};

struct doc_block {
	enum doc_kind kind;
	int level; /* of a heading: 2, 3 */
	const char
		*text; /* of headings and texts; of tables and charts: what they show */
	struct doc_field *fields;
	struct doc_bar *bars;
	const struct doc_column *columns;
	const char **cells; /* rows * column_count; NULL: empty */
	size_t column_count;
	size_t n; /* fields, members of a list (labels are NULL), rows or bars */
	int64_t have, even, need; /* of progress; even < 0: no mark */
};

struct doc {
	struct arena *a;
	const char *title; /* NULL: none, in text alone */
	const char *about; /* one line below the title; NULL: none */
	struct doc_block *v;
	size_t n;
};

void doc_heading(struct doc *d, int level, const char *text);
void doc_text(struct doc *d, const char *text);
void doc_strong(struct doc *d, const char *text);

/* Fields and members that follow one another are one block. Nothing for a value that is NULL or empty. */
void doc_field(struct doc *d, const char *label, const char *value);
void doc_item(struct doc *d, const char *text);

/* A table, whose rows are added behind it. `columns` must live as long as the document. */
void doc_table(struct doc *d, const char *what, const struct doc_column *columns,
	       size_t n);
const char **doc_row(struct doc *d);

/* `text` is what the bar says in words. */
void doc_progress(struct doc *d, const char *text, int64_t have, int64_t even,
		  int64_t need);

/* A chart, whose bars are added behind it. */
void doc_chart(struct doc *d, const char *what);
void doc_bar(struct doc *d, const char *label, const char *text, int64_t have);

/* The longest bar of a chart; 0 for none. */
int64_t doc_most(const struct doc_block *chart);
