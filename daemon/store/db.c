#include "daemon/store/db_internal.h"

#include "common/lock.h"
#include "daemon/store/db_fail.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* A lock of another program is waited for so long: a client waits two seconds for its answer, in which several waits
 * must fit. After one in vain nobody waits for a while: each wait is one of the whole loop. */
enum { BUSY_MS = 300, BUSY_REST_MS = 1000 };

static const char *const queries[QUERY_COUNT] = {
#define QUERY(name, sql) sql,
#include "queries.def"
#undef QUERY
};

void db_tell(struct db *db, const char *by, const char *socket)
{
	lock_tell(db->lock, by, socket);
}

bool db_is(struct db *db, const char *path, uint64_t device, uint64_t inode)
{
	struct stat st;

	if (strcmp(path, db->path) == 0)
		return true;
	return inode && stat(db->path, &st) == 0 && st.st_dev == device &&
	       st.st_ino == inode;
}

struct sqlite3 *db_handle(struct db *db)
{
	return db->handle;
}

const char *db_path(struct db *db)
{
	return db->path;
}

int db_fail(struct db *db, int code, struct err *e)
{
	if (db->in_transaction && (code & 0xff) != SQLITE_CONSTRAINT)
		db->lost = code;
	return db_fail_on(db->handle, code, db->path, e);
}

int db_expect_whole(struct db *db, struct err *e)
{
	if (!db->in_transaction)
		return 0;
	if (!db->lost && atomic_load(&db->stopped))
		return db_fail(db, SQLITE_INTERRUPT, e);
	if (!db->lost && !sqlite3_get_autocommit(db->handle))
		return 0;
	return db_fail(db, db->lost ? db->lost : SQLITE_ABORT_ROLLBACK, e);
}

int db_exec(struct db *db, const char *sql)
{
	return sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static int begin(struct db *db, struct err *e)
{
	bool rests = db->busy_at && now_ms() - db->busy_at < BUSY_REST_MS;

	sqlite3_busy_timeout(db->handle, rests ? 0 : BUSY_MS);
	int r = db_exec(db, "BEGIN IMMEDIATE");
	if (r == SQLITE_OK)
		db->busy_at = 0;
	else if ((r & 0xff) == SQLITE_BUSY && !rests)
		db->busy_at = now_ms();
	return r == SQLITE_OK ? 0 : db_fail(db, r, e);
}

int db_begin(struct db *db, struct err *e)
{
	int r = begin(db, e);

	if (r < 0)
		return r;
	db->in_transaction = true;
	atomic_store(&db->far, 0);
	if (!db->sealed)
		r = db_seal_store(db, false, e);
	if (r < 0)
		db_rollback(db);
	return r;
}

void db_tell_far(struct db *db, struct db_part part, size_t done, size_t of)
{
	size_t width = (size_t)(part.to - part.from);

	if (of)
		atomic_store(&db->far, part.from + (int64_t)(done * width / of));
}

int db_far(const struct db *db)
{
	return (int)atomic_load(&db->far);
}

void db_stop(struct db *db, bool stop)
{
	atomic_store(&db->stopped, stop);
}

/* Negative numbers are KiB. */
void db_make_room(struct db *db, bool large)
{
	static const char more[] =
		"PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY";
	static const char usual[] =
		"PRAGMA cache_size = -2000; PRAGMA temp_store = DEFAULT";

	(void)db_exec(db, large ? more : usual);
	if (!large)
		(void)sqlite3_db_release_memory(db->handle);
}

int db_hold(struct db *db, struct err *e)
{
	int r = db_exec(db, "BEGIN");

	return r == SQLITE_OK ? 0 : db_fail(db, r, e);
}

void db_let_go(struct db *db)
{
	(void)db_exec(db, "ROLLBACK");
}

void db_rollback(struct db *db)
{
	/* Some errors have rolled back already; then this has nothing to do. */
	if (!sqlite3_get_autocommit(db->handle))
		(void)db_exec(db, "ROLLBACK");
	db->in_transaction = false;
	db->lost = SQLITE_OK;
	db_seal_settle(db, false);
}

static bool any_busy(struct db *db)
{
	sqlite3_stmt *s = NULL;

	while ((s = sqlite3_next_stmt(db->handle, s)))
		if (sqlite3_stmt_busy(s))
			return true;
	return false;
}

static int commit(struct db *db, struct err *e)
{
	int r = db_expect_whole(db, e);

	if (r < 0)
		return r;
	if (any_busy(db))
		return err_set(e, -PDH_FAILED, NULL, "a statement was left open");
	r = db_exec(db, "COMMIT");
	return r == SQLITE_OK ? 0 : db_fail_commit(db->handle, r, db->path, e);
}

int db_commit(struct db *db, struct err *e)
{
	struct err ignored;
	int r = commit(db, e);

	if (r < 0) {
		db_rollback(db);
		return r;
	}
	db->in_transaction = false;
	db_seal_settle(db, true);
	if (db->log_pages >= db->fold_pages)
		(void)db_fold(db, &ignored);
	return 0;
}

bool db_in_transaction(struct db *db)
{
	return db->in_transaction;
}

int db_query(struct db *db, enum db_query q, struct sqlite3_stmt **ret, struct err *e)
{
	sqlite3_stmt **s = &db->statements[q];

	if (!*s) {
		int r = sqlite3_prepare_v3(db->handle, queries[q], -1,
					   SQLITE_PREPARE_PERSISTENT, s, NULL);
		if (r != SQLITE_OK)
			return db_fail(db, r, e);
	}
	*ret = *s;
	return 0;
}

int64_t db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int db_stamp(struct db *db, struct db_stamp *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(db, Q_data_version, &s, e);

	if (r == 0)
		r = db_step(db, s, e);
	if (r < 0)
		return r;
	*ret = (struct db_stamp){sqlite3_total_changes64(db->handle) - db->sealed_rows,
				 db_int(s, 0), db->openings};
	return 0;
}

int64_t db_changed_rows(struct db *db)
{
	return sqlite3_changes64(db->handle);
}

int db_step(struct db *db, struct sqlite3_stmt *s, struct err *e)
{
	int r = db_expect_whole(db, e);

	if (r < 0)
		return r;
	r = sqlite3_step(s);
	if (r == SQLITE_ROW)
		return 1;
	return r == SQLITE_DONE ? 0 : db_fail(db, r, e);
}

int db_run(struct db *db, struct sqlite3_stmt *s, struct err *e)
{
	int r;

	do
		r = db_step(db, s, e);
	while (r > 0);
	return r;
}

int db_check(struct db *db, struct arena *a, const char **ret, struct err *e)
{
	sqlite3_stmt *s;
	int r = sqlite3_prepare_v2(db->handle, "PRAGMA integrity_check(1)", -1, &s, NULL);

	if (r != SQLITE_OK)
		return db_fail(db, r, e);
	r = db_step(db, s, e);
	if (r > 0) {
		const char *said = db_word(s, 0);
		*ret = strcmp(said, "ok") == 0 ? NULL : arena_dup(a, said);
		r = 0;
	}
	sqlite3_finalize(s);
	return r;
}

int64_t db_size(struct db *db)
{
	sqlite3_stmt *s;
	int64_t size = 0;

	if (sqlite3_prepare_v2(db->handle,
			       "SELECT page_count * page_size FROM pragma_page_count, "
			       "pragma_page_size",
			       -1, &s, NULL) != SQLITE_OK)
		return 0;
	if (sqlite3_step(s) == SQLITE_ROW)
		size = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return size;
}
