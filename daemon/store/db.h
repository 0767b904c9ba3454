/* The database: one connection, its transaction, its named statements.
 *
 * Nothing here knows an event loop. A statement is one of schema/queries.sql, prepared on
 * first use and kept; AUTO_STMT resets it when the scope ends. No SQL is built at run
 * time. */
#pragma once

#include "common/arena.h"
#include "common/credit.h"
#include "common/date.h"
#include "common/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;
struct db;

/* Q_activity_insert and so on, one for each "-- name:" block of schema/queries.sql. */
enum db_query {
#define QUERY(name, sql) Q_##name,
#include "queries.def"
#undef QUERY
	QUERY_COUNT
};

/* Opens (and creates, in a private folder) the database at `path`, takes its lock, checks
 * whose it is, and migrates it (migrate.h), first keeping a copy in `backups`.
 * -PDH_REFUSED: another daemon holds it; -PDH_INCOMPATIBLE: not a pdh database, or one of
 * a newer pdh; -PDH_STORAGE, -PDH_CORRUPT. */
int db_open(const char *path, const char *backups, struct db **ret, struct err *e);

/* Opens the database to read it, beside a daemon that has it or where none can be: takes no lock, and whoever writes
 * fails. Errors as db_read_open(). */
int db_open_to_read(const char *path, struct db **ret, struct err *e);

/* Opens a second connection of this process to the database that is open, to read it as it was last committed while another
 * thread writes through `db`. -PDH_STORAGE, -PDH_BUSY. */
int db_open_beside(struct db *db, struct db **ret, struct err *e);

/* Of that connection: between the two, everything that is read is of one moment. */
int db_hold(struct db *db, struct err *e);
void db_let_go(struct db *db);

/* Writes into the lock file who started this daemon and on which socket it listens, so that clients find it: lock_tell(). */
void db_tell(struct db *db, const char *by, const char *socket);

/* Whether a client that names its database by this path, device and inode (0: it is not there) means this one. */
bool db_is(struct db *db, const char *path, uint64_t device, uint64_t inode);

/* Copies the write-ahead log into the file and closes the database; accepts NULL. */
void db_close(struct db *db);

/* Looks whether the files are still those that were opened; called before anything is read or written, not within a
 * transaction. 0: they are. 1: the database was replaced by another, which is open now, and what the caller keeps of the old
 * one is wrong. -PDH_STORAGE, -PDH_CORRUPT, -PDH_INCOMPATIBLE: the file was moved or removed, or the file in its place
 * cannot be used. Then nothing else may be called until a later call returns 0 or 1. */
int db_look(struct db *db, struct err *e);

/* Folds the WAL into the file, so that a plain copy of the file has everything, and empties it. 0 too where there is
 * nothing to do; -PDH_BUSY while another program reads. Not within a transaction. */
int db_fold(struct db *db, struct err *e);
bool db_is_folded(const struct db *db);

struct sqlite3 *db_handle(struct db *db); /* for the store layer alone */

int db_begin(struct db *db, struct err *e); /* BEGIN IMMEDIATE */
int db_commit(struct db *db,
	      struct err *e); /* fails, and rolls back, if a statement is still open */
void db_rollback(struct db *db);
bool db_in_transaction(struct db *db);

/* How far the open transaction is: `done` of `of` things, counted from the part `from` to the part `to` of all there is to do,
 * both in thousandths. A transaction begins with none. */
struct db_part {
	int from, to;
};
void db_tell_far(struct db *db, struct db_part part, size_t done, size_t of);

/* For another thread than the one that writes: how far it is, in thousandths; and to have the open transaction, and each that
 * is begun, fail with -PDH_BUSY unless it is committed already. */
int db_far(const struct db *db);
void db_stop(struct db *db, bool stop);

/* Gives the connection room in memory for what a long write touches: pages that are else written to the log more than once, and the
 * journal of each statement, which SQLite keeps in a file from the first large one on. Or takes it away. Between transactions. */
void db_make_room(struct db *db, bool large);

/* The statement, reset and with nothing bound. It is borrowed: give it back with db_reset
 * (AUTO_STMT). */
int db_query(struct db *db, enum db_query q, struct sqlite3_stmt **ret, struct err *e);
void db_reset(struct sqlite3_stmt **s);
#define AUTO_STMT __attribute__((cleanup(db_reset))) struct sqlite3_stmt *

/* Bind by ":name"; a name the statement lacks is a programming error and ends the
 * program. NULL text, DATE_NONE, DATE_CLEAR and INT64_MIN bind NULL. Texts must live
 * until the statement is reset. */
void db_bind_int(struct sqlite3_stmt *s, const char *name, int64_t value);
void db_bind_text(struct sqlite3_stmt *s, const char *name, const char *value);
void db_bind_date(struct sqlite3_stmt *s, const char *name,
		  civil_day value); /* as 2026-03-13 */
void db_bind_blob(struct sqlite3_stmt *s, const char *name, const void *value, size_t n);

/* A value and the parameter that it is bound to, as db_bind_int() and its kin bind it. */
struct db_value {
	const char *name; /* NULL behind the last */
	enum { DB_VALUE_INT, DB_VALUE_TEXT, DB_VALUE_DATE } type;
	int64_t n; /* of a date the civil_day */
	const char *text;
};
/* clang-format off */
#define DB_NONE              {NULL, DB_VALUE_INT, 0, NULL}
#define DB_INT(name, value)  {name, DB_VALUE_INT, value, NULL}
#define DB_TEXT(name, value) {name, DB_VALUE_TEXT, 0, value}
#define DB_DATE(name, value) {name, DB_VALUE_DATE, value, NULL}
/* clang-format on */

/* DB_GET(db, Q_event_item, &s, e, DB_INT(":id", id)): db_query(), the bindings, and the first db_step(). */
#define DB_GET(db, q, ret, e, ...) \
	db_get(db, q, (const struct db_value[]){__VA_ARGS__, DB_NONE}, ret, e)
int db_get(struct db *db, enum db_query q, const struct db_value *values,
	   struct sqlite3_stmt **ret, struct err *e);

/* DB_DO(db, Q_item_delete, e, DB_INT(":id", id)): db_query(), the bindings, and db_run(). */
#define DB_DO(db, q, e, ...) \
	db_do(db, q, (const struct db_value[]){__VA_ARGS__, DB_NONE}, e)
int db_do(struct db *db, enum db_query q, const struct db_value *values, struct err *e);

/* Steps: 1 a row, 0 done, or negative. Constraint failures are -PDH_REFUSED with the
 * constraint's own sentence; see "Constraints" in schema/0001_init.sql. After any other failure the open transaction is
 * lost: whatever is run in it fails with the same, and so does db_commit(). */
int db_step(struct db *db, struct sqlite3_stmt *s, struct err *e);

/* Steps a statement that must give no row, or whose rows do not matter: 0 or negative. */
int db_run(struct db *db, struct sqlite3_stmt *s, struct err *e);

/* Columns by place, from 0. NULL reads as INT64_MIN, NULL text, DATE_NONE. */
int64_t db_int(struct sqlite3_stmt *s, int column);
const char *db_text(struct sqlite3_stmt *s, int column,
		    struct arena *a); /* a copy in the arena */
civil_day db_date(struct sqlite3_stmt *s, int column);
const void *db_blob(struct sqlite3_stmt *s, int column,
		    size_t *ret_n); /* valid until the next step */

/* A word of a column, valid until the next step; "" for NULL. */
const char *db_word(struct sqlite3_stmt *s, int column);

/* A stamp of the database. It differs from an earlier one if anything may have been changed in between, by this connection
 * (also in a transaction that was rolled back) or by another. */
struct db_stamp {
	int64_t own, others, openings;
};
int db_stamp(struct db *db, struct db_stamp *ret, struct err *e);

int64_t db_last_id(struct db *db);
int64_t db_changed_rows(struct db *db); /* by the statement run last */

/* SQLite's own check of the whole file: 0 and *ret NULL when all is well, else the first
 * complaint. */
int db_check(struct db *db, struct arena *a, const char **ret, struct err *e);
int64_t db_size(struct db *db); /* bytes */
const char *db_path(struct db *db);

/* The error for an SQLite result code, with SQLite's words where ours do not say more. */
int db_fail(struct db *db, int code, struct err *e);
