/* Dana Reyes, school librarian, on Saturday 14 March 2026: the answers that tests of the output show. Everything
 * lives in the arena. */
#pragma once

#include "common/api.h"

enum { SAMPLE_YEAR = 2026, SAMPLE_MONTH = 3, SAMPLE_DAY = 14 };

civil_day sample_today(void);

struct credit sample_hours(int64_t hundredths); /* of a clock hour */

/* Pieces of which answers are made. */
struct texts sample_texts(struct arena *a, const char *one);
struct cycle *sample_cycle(struct arena *a, civil_day from, civil_day to);
void sample_activity(struct activity *to, int64_t id, civil_day done_on, int64_t credit,
		     const char *title); /* credit in hundredths of an hour */

/* tx-lib behind, il-pel on pace, fp (no hours) due soon; tx-lib lacks a course. */
void sample_status(struct arena *a, struct status *ret);

/* #212 as stored, counting for tx-lib and il-pel. */
void sample_logged(struct arena *a, struct logged *ret);

/* Four activities, newest first, as `pdh list --for tx-lib` gets them. */
void sample_listed(struct arena *a, struct listed *ret);

/* tx-lib with a closed cycle, two items, a pause and a fact. */
void sample_credential(struct arena *a, struct credential *ret);

/* #98, of whose 6.0 h 2.0 count for tx-lib under a limit; or, without `activity`, the credential. */
void sample_explained(struct arena *a, bool activity, struct explained *ret);

/* What tx-lib and il-pel still need, and hours that serve both. */
void sample_plan(struct arena *a, struct plan *ret);

/* The same with 12 h added in July. */
void sample_what_if(struct arena *a, struct plan *ret);

/* tx-lib in three entries, one of them cut, one of titles that forms must not take for their own. */
void sample_transcript(struct arena *a, struct transcript *ret);

/* Three months, the second of them empty. */
void sample_chart(struct arena *a, struct chart *ret);
