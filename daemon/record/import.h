/* Rows of a file meet what is stored, one to one, and those that are new become activities, all in one change.
 *
 * A row is known by what names it in its file (source_id), else by what it says: its day, exact credit and unit, folded
 * title, folded provider and course, as one text ("k1:..."); the nth such row meets the nth known one. Earlier files are
 * asked first, so that an activity that was edited is still known, then what was logged by hand, where provider and course
 * may be missing on one side. What is only similar is a question, never a merge.
 *
 * What becomes of rows is found out in steps, each of which takes some milliseconds however many rows there are
 * (import_plan.h), so that others are served in between. */
#pragma once

#include "daemon/record/effect.h"
#include "daemon/work.h"

/* The layout of what pdh export --csv writes, whose rows bear the uid of their entry. */
#define IMPORT_OWN_CSV "pdh-csv"

struct import_verdict {
	enum import_state state;
	bool settled; /* known, or asked about already */
	int64_t id;   /* of the activity that it is or looks like; INT_NONE */
	const char *key;
	const char *title, *provider, *course; /* folded; "" for none */
};

struct import_rows {
	size_t n;
	const struct activity_add_params *v;
};

/* A row that the reader left out; told in import.show. */
struct import_left {
	int64_t line;
	enum import_state state;
	const char *why;
};

/* What the person said of rows. */
struct import_wish {
	const char *layout;
	struct ids take;
	struct texts same;
	bool similar, again, update, strict;
	bool numbered;		   /* what is called a line is the number of a row */
	enum opening_fate opening; /* OPENING_NONE: not told */
};

/* "line", or "row" where lines are numbers of rows. */
const char *import_line_word(const struct import_wish *wish);

/* ---- import_match.c ---------------------------------------------------------------------------------------------- */

enum import_phase {
	IMPORT_READ_KNOWN,
	IMPORT_SORT,
	IMPORT_BY_WISH,
	IMPORT_BY_SOURCE,
	IMPORT_BY_KEY,
	IMPORT_BY_HAND,
	IMPORT_BY_LIKENESS,
	IMPORT_CHECK,
	IMPORT_MATCHED,
};

struct import_known;

/* Rows on their way to verdicts. */
struct import_match {
	struct work *w; /* its arena outlives the match */
	const struct import_wish *wish;
	struct import_rows rows;
	const struct import_left *left; /* rows that the reader left out */
	size_t left_n;
	struct import_verdict *v;
	enum import_phase phase;
	size_t at; /* rows that the phase has dealt with */
	civil_day from, until, last_day;
	int64_t last_id;	    /* of what was read so far */
	struct import_known *known; /* by day */
	size_t n;
	size_t *by_title, *by_id; /* of known */
	size_t *by_key;		  /* of rows */
	struct held_list held;	  /* for rows that name credentials */
	bool has_held;
	struct err *e;
};

/* Begins; `m` is zeroed but for work, wish, rows, those left out, and error. */
int import_match_begin(struct import_match *m);

/* Goes on for one step. 1: there is more; 0: every row has its verdict. Errors name the line. */
int import_match_step(struct import_match *m);

/* All steps at once. */
int import_match(struct import_match *m);

/* How far it is, in thousandths. */
int import_match_progress(const struct import_match *m);

/* ---- import_meet.c ------------------------------------------------------------------------------------------------ */

/* "13=143" of --same: -PDH_USAGE. */
int import_read_same(const char *text, int64_t *ret_line, int64_t *ret_id, struct err *e);

/* ---- import_batch.c ----------------------------------------------------------------------------------------------- */

/* The files that an activity came from, as "line 13 of log.csv, import 7, kept as proof 3". */
int import_origins(struct work *w, int64_t activity_id, struct texts *ret, struct err *e);

/* ---- import_like.c ------------------------------------------------------------------------------------------------ */

/* Whether three fifths of the words of both texts, which are similar_words(), are in both. */
bool import_like(const char *a, const char *b, struct arena *arena);

/* ---- import_opening.c --------------------------------------------------------------------------------------------- */

/* The opening balances that cover days of new rows, and what is left of each once these are taken off. */
int import_openings(struct work *w, const struct import_rows *rows,
		    const struct import_verdict *v, struct list *ret, struct err *e);

/* Shrinks them to that, or removes what nothing is left of. */
int import_reduce(struct work *w, const struct held_list *held,
		  const struct import_opening *v, size_t n, struct err *e);

/* ---- import_tell.c ------------------------------------------------------------------------------------------------ */

/* An activity as the row says it; lists are the row's own. */
void import_fill(const struct activity_add_params *row, struct activity *a);

/* A digest of what becomes of each row, in the arena; equal for the same rows, wishes and records. */
const char *import_digest(const struct import_rows *rows, const struct import_verdict *v,
			  struct arena *a);

/* Counts of each state, into an answer. */
void import_count(const struct import_rows *rows, const struct import_verdict *v,
		  struct imported *ret);

/* Rows from the `first` on, as many as one answer holds, and `most` (INT_NONE: any number); the next one's number, or
 * INT_NONE. */
int64_t import_tell(const struct import_rows *rows, const struct import_verdict *v,
		    const struct import_wish *wish, size_t first, int64_t most,
		    struct arena *a, struct imported *ret);

/* What is refused before anything is written: -PDH_DUPLICATE with --strict. */
int import_refuse(const struct import_rows *rows, const struct import_verdict *v,
		  const struct import_wish *wish, struct err *e);
