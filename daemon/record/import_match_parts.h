/* What the files that match rows with activities share; for no other. */
#pragma once

#include "daemon/record/import.h"

enum {
	IMPORT_NEAR_DAYS = 45, /* so far apart the same title may be the same thing */
	IMPORT_STEP = 2000     /* rows or activities of one step */
};

/* An activity near the days of the file. Its texts but the title are folded, "" for none. */
struct import_known {
	int64_t id, exact;
	const char *title, *title_key, *unit, *provider, *course;
	civil_day done_on;
	bool planned, used; /* used: a row is it */
};

/* ---- import_known.c ---------------------------------------------------------------------------------------------- */

/* A text as it is compared, in the arena; "" for NULL. */
const char *import_folded(const char *text, struct arena *a);

/* What a row says by which it is known, in the arena; the texts are folded. */
const char *import_key(civil_day done_on, int64_t exact, const char *unit,
		       const char *title, const char *provider, const char *course,
		       struct arena *a);

/* The next activities of the days of the file, in the order of days. Errors of the store. */
int import_known_read(struct import_match *m, bool *ret_more);

/* Puts what was read, and the rows, into the orders in which they are looked for. */
void import_known_order(struct import_match *m);

/* Where in `known` those of this day begin, or of the next that has any. */
size_t import_known_since(const struct import_match *m, civil_day day);

/* Where in `by_title` those begin that have this folded title and this day or a later one. */
size_t import_known_titled(const struct import_match *m, const char *title,
			   civil_day day);

/* Whether there is one at this place of `by_title`, with this title. */
bool import_known_has_title(const struct import_match *m, size_t at, const char *title);

/* By its number; NULL where there is none near the days of the file. */
struct import_known *import_known_find(const struct import_match *m, int64_t id);

/* Marks it as used, since each activity is met once. False where it was. */
bool import_known_take(struct import_match *m, int64_t id);

/* ---- import_meet.c ----------------------------------------------------------------------------------------------- */

void import_settle(struct import_verdict *v, enum import_state state, int64_t id);

/* What the person says of rows. -PDH_USAGE, -PDH_REFUSED or -PDH_NOT_FOUND name the line. */
int import_meet_wishes(struct import_match *m);

/* A row by what names it in its file. */
int import_meet_source(struct import_match *m, size_t i);

/* Groups of rows that say the same, from `at` on until it is at `most` or beyond. */
int import_meet_keys(struct import_match *m, size_t most);

/* A row by what was logged by hand. */
void import_meet_logged(struct import_match *m, size_t i);

/* ---- import_similar.c -------------------------------------------------------------------------------------------- */

/* The activity that the row looks like, if there is one, becomes a question. */
void import_meet_similar(struct import_match *m, size_t i);
