/* History: every writing transaction leaves a changeset of SQLite's session extension in
 * table `change`, and taking a change back is applying its inverse. Works for every table
 * of content, and so for every method there is and will be. */
#pragma once

#include "common/arena.h"
#include "common/err.h"
#include "daemon/store/db.h"

struct change_recorder;

/* Whether the history records changes of this table. */
bool change_has(const char *table);

/* Starts recording the transaction that is open. */
int change_begin(struct db *db, struct change_recorder **ret, struct err *e);

/* The number this change will have if it is stored. */
int64_t change_op(struct change_recorder *r);

struct change_note {
	int64_t at; /* epoch seconds */
	const char *who, *method, *what;
	int64_t undoes; /* the change taken back, or INT64_MIN */
};

/* Whether change_store() will store a change. It stores none where nothing is different from before, unless it is an undo. */
int change_will_be_stored(struct change_recorder *r, int64_t undoes, bool *ret,
			  struct err *e);

/* Stores the changeset together with `note`, if change_will_be_stored(). */
int change_store(struct change_recorder *r, const struct change_note *note,
		 struct err *e);

/* All that has changed, as SQLite's session extension writes it; borrowed until something else changes. */
int change_set(struct change_recorder *r, const void **ret, int *ret_n, struct err *e);

/* Stops recording and frees; accepts NULL. */
void change_end(struct change_recorder *r);

/* The change that undo (or redo) without a number means. -PDH_NOT_FOUND when there is
 * none. Undo takes the newest change that stands and is not itself an undo; redo the
 * newest undo that stands, unless something else was written after it. */
int change_last(struct db *db, int64_t *ret_op, struct err *e);
int change_last_undone(struct db *db, int64_t *ret_op, struct err *e);

struct change_undo {
	const char *what; /* what the change had done; in the arena */
	int64_t rows;	  /* rows put back */
	bool behind;	  /* a later change was made that was not undone */
	bool yielded; /* rows that pdh wrote by itself had changed since, and were left as they are */
};

/* Applies the inverse of change `op` in the open transaction, in which nothing was written yet, and marks it as undone by
 * the change that is being recorded. Rows that a cascade removes on the way are passed over. Rows that pdh writes by
 * itself (what was carried over, what rules ask for) never stand in the way; where `behind` or `yielded` is set the
 * caller brings them up to date. A row that a person changed since is -PDH_REFUSED, and the sentence names what it is and
 * the later change that touched it; the caller rolls back. */
int change_undo(struct change_recorder *r, int64_t op, struct arena *a,
		struct change_undo *ret, struct err *e);
