/* Reports as documents, and as CSV. What they say is in the records; nothing is judged here. */
#pragma once

#include "client/doc/doc.h"
#include "client/show/words.h"

#include <stdio.h>

void reports_transcript(const struct show *v, const struct transcript *r, struct doc *d);
void reports_transcript_csv(const struct show *v, const struct transcript *r, FILE *out);

/* "61 entries, 134.0 h counted of 138.0 h logged" */
const char *reports_transcript_brief(const struct show *v, const struct transcript *r);

/* The chart as one block at the end of a document, with what lies beside it. */
void reports_chart(const struct show *v, const struct chart *c, struct doc *d);
const char *reports_chart_title(const struct show *v, const struct chart *c);

void reports_year(const struct show *v, const struct year_report *r, struct doc *d);
void reports_year_csv(const struct show *v, const struct year_report *r, FILE *out);

void reports_audit(const struct show *v, const struct audited *r, struct doc *d);
void reports_overview(const struct show *v, const struct overview *r, struct doc *d);

/* ---- words of documents ----------------------------------------------------------------- */

/* That nothing here binds a board. */
#define REPORTS_LAST_WORD \
	"An estimate that pdh made from the holder's own record. The board has the final say."

/* "30.0 h of 200 h, 170.0 h missing" */
const char *reports_need(const struct show *v, const struct need *n);

/* "AASL, workshop, in-person, literacy" */
const char *reports_details(const struct show *v, const struct activity *a);
