/* Reports on paper: which form they take, and where they go. */
#pragma once

#include "client/doc/doc.h"
#include "client/show/words.h"
#include "client/verbs/run_parts.h"

enum paper_form {
	PAPER_TEXT,
	PAPER_MARKDOWN,
	PAPER_HTML,
	PAPER_CSV,
	PAPER_JSON,
	PAPER_SVG,
	PAPER_PDF,
	PAPER_FORMS
};

/* What was said about the form: a flag that is not said is not > 0. */
struct paper_said {
	int8_t md, html, csv, svg;
	const char *out; /* NULL and "-": standard output */
	unsigned forms;	 /* those that the report can take, a bit for each */
};

/* The form, which is named or follows from the ending of the file. -PDH_USAGE where two are named, or none can be
 * told. */
int paper_choose(const struct run *r, const struct paper_said *said, enum paper_form *ret,
		 struct err *e);

/* Whether the usual answer is what is wanted: text, or what scripts read, on standard output. */
bool paper_is_usual(const struct run *r, const struct paper_said *said,
		    enum paper_form form);

/* What there is of a report: writers for the forms that its document has none for are NULL. */
struct paper {
	const struct answer *ans; /* for JSON */
	const struct doc *doc;
	void (*csv)(const struct show *v, const void *record, FILE *out);
	civil_day day;	   /* the day that it speaks of, for the PDF */
	const char *brief; /* what is said of the file once it is written */
};

/* How texts are made for a file: UTF-8, 80 columns, no color. Texts live in the arena of the run. */
struct show paper_show(const struct run *r, FILE *out);

/* Writes the report: by rename where a file is named, which only the person may read. 0, or -PDH_STORAGE and other
 * errors, and then the old file is as it was. */
int paper_write(const struct run *r, const struct paper_said *said, enum paper_form form,
		const struct paper *p, struct err *e);

/* A document as PDF, made by pdh-pdf; `file` is for its sentence where that is not installed, -PDH_FAILED. The bytes
 * live in the arena of the run. */
int paper_pdf(const struct run *r, const struct doc *d, civil_day day, const char *file,
	      const char **ret, size_t *ret_n, struct err *e);
