/* A document in each of its forms. */
#pragma once

#include "client/doc/doc.h"
#include "client/term/screen.h"

#include <stdio.h>

/* For people at a terminal or in a file: never wider than the screen, nothing cut. */
void doc_plain(const struct doc *d, const struct screen *s);

void doc_markdown(const struct doc *d, FILE *out);

/* One page that needs no other file: no script, nothing fetched, every text escaped. */
void doc_html(const struct doc *d, FILE *out);

/* What pdh-pdf reads: one JSON object. */
void doc_json(const struct doc *d, FILE *out);

/* A chart as a picture by itself; `title` says what it is. */
void doc_svg(const struct doc_block *chart, const char *title, FILE *out);

/* ---- what the forms share --------------------------------------------------------------- */

/* Text with & < > " ' as entities; newlines stay. NULL: nothing. */
void doc_escape(FILE *out, const char *text);

/* The picture of a progress bar or of a chart, to stand in a page. `id` tells it from the others there. */
void doc_svg_progress(const struct doc_block *b, size_t id, FILE *out);
void doc_svg_chart(const struct doc_block *b, size_t id, FILE *out);

/* A cell of a CSV file (RFC 4180). What a spreadsheet would take for a formula is led by an apostrophe, and so is what
 * begins with apostrophes before such a sign, so that whoever reads it takes exactly one away. */
void doc_csv_cell(FILE *out, const char *text, bool last);

/* Whether a spreadsheet would take it for a formula, or it looks like one that was led by apostrophes. */
bool doc_csv_is_formula(const char *text);
