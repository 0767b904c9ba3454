/* What the files of the store share about a database that is open. */
#pragma once

#include "daemon/store/db.h"
#include "daemon/store/db_seal.h"

#include <stdatomic.h>

struct db {
	struct sqlite3 *handle; /* NULL: its file could not be opened anew */
	struct sqlite3_stmt *statements[QUERY_COUNT]; /* prepared on first use */
	char *path, *backups;
	int lock; /* descriptor of the lock file */
	bool in_transaction;
	int lost; /* the SQLite code of what failed in the open transaction: it cannot be committed any more; 0: nothing did */
	bool is_snapshot; /* opened to be read, once: what becomes of the file does not matter */
	int64_t busy_at; /* when a lock of others was waited for in vain, in ms of the monotonic clock; 0: never */
	int64_t openings;    /* of the file */
	_Atomic int64_t far; /* db_far() */
	atomic_bool stopped; /* db_stop() */

	struct db_files files;
	struct seal seal;    /* as stored last */
	struct seal sealing; /* as the open transaction stores it */
	bool is_sealing;
	int64_t sealed_rows; /* written to store seals, ever: no change of what is kept */
	bool sealed;	     /* `seal` tells how the file looks now */
	bool fresh;	/* the log is empty: its first transaction begins a new one */
	bool unfolded;	/* the log has something that the file has not */
	int log_pages;	/* in the log */
	int fold_pages; /* so many are folded at once */
};

/* db.c: runs one of the few statements that are no query; an SQLite code. */
int db_exec(struct db *db, const char *sql);

/* db.c: 0 while the open transaction is whole, or none is open. Without memory or room, or where a page cannot be read,
 * SQLite rolls back by itself, and would commit each further statement alone: nothing more is run then, and whoever
 * overlooked the error hears it here. */
int db_expect_whole(struct db *db, struct err *e);

/* db_value.c: the place is known and the statement reset, so that what is left is memory: without it a value would be stored
 * as none. */
void db_expect_bound(int code);

/* db_open.c */
int db_open_file(struct db *db, bool may_begin, struct err *e);
void db_close_file(struct db *db);

/* db_fold.c */
int db_seal_load(struct db *db, struct err *e);
int db_seal_store(struct db *db, bool folding,
		  struct err *e); /* in an open transaction */
void db_seal_settle(struct db *db, bool committed);
int db_watch_log(struct db *db,
		 struct err *e); /* counts what each commit puts into the log */
