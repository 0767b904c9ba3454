#include "daemon/db.h"

#include "common/lock.h"
#include "common/log.h"
#include "common/paths.h"
#include "daemon/db_fail.h"
#include "daemon/db_read.h"
#include "daemon/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct db {
	sqlite3 *handle;
	sqlite3_stmt *statements[QUERY_COUNT]; /* prepared on first use */
	char *path;
	int lock; /* descriptor of the lock file */
	bool in_transaction;
};

static const char *const queries[QUERY_COUNT] = {
#define QUERY(name, sql) sql,
#include "queries.def"
#undef QUERY
};

static int set_up(struct db *db, struct err *e)
{
	static const char pragmas[] =
		"PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
		"PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
		"PRAGMA journal_mode = WAL;";

	sqlite3_busy_timeout(db->handle, 2000);
	sqlite3_extended_result_codes(db->handle, 1);
	int r = sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (r == SQLITE_OK)
		r = sqlite3_exec(db->handle, pragmas, NULL, NULL, NULL);
	if (r != SQLITE_OK)
		return db_fail(db, r, e);
	if (!sqlite3_compileoption_used("ENABLE_SESSION"))
		return err_set(
			e, -PDH_FAILED, NULL,
			"this SQLite lacks the session extension, which undo needs");
	return 0;
}

static int open_file(struct db *db, const char *path, struct err *e)
{
	/* Made here, so that nobody else can read it; SQLite's own files take its mode. */
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_set(e, -PDH_STORAGE, NULL,
			       "cannot open the database %.300s: %s", path,
			       strerror(errno));
	close(fd);
	int r = sqlite3_open_v2(path, &db->handle,
				SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	return r == SQLITE_OK ? 0 : db_fail(db, r, e);
}

static struct db *db_new(const char *path)
{
	struct db *db = calloc(1, sizeof(*db));

	if (!db)
		oom();
	db->lock = -1;
	db->path = strdup(path);
	if (!db->path)
		oom();
	return db;
}

int db_open(const char *path, const char *backups, struct db **ret, struct err *e)
{
	int r = path_make_parent(path, e);

	if (r < 0)
		return r;
	struct db *db = db_new(path);
	r = lock_take(path, &db->lock, e);
	if (r == 0)
		r = open_file(db, path, e);
	if (r == 0)
		r = migrate_identify(db->handle, path, e);
	if (r == 0)
		r = set_up(db, e);
	if (r == 0)
		r = migrate_run(db->handle, path, backups, e);
	if (r < 0) {
		db_close(db);
		return r;
	}
	*ret = db;
	return 0;
}

int db_open_to_read(const char *path, struct db **ret, struct err *e)
{
	struct db *db = db_new(path);
	int r = db_read_open(path, &db->handle, e);

	if (r < 0) {
		db->handle = NULL;
		db_close(db);
		return r;
	}
	*ret = db;
	return 0;
}

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

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < QUERY_COUNT; i++)
		sqlite3_finalize(db->statements[i]);
	if (sqlite3_close(db->handle) != SQLITE_OK)
		log_err("a statement was left open in %s", db->path);
	if (db->lock >= 0)
		close(db->lock);
	free(db->path);
	free(db);
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
	return db_fail_text(
		code, db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code),
		db->path, e);
}

static int simple(struct db *db, const char *sql, struct err *e)
{
	int r = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	return r == SQLITE_OK ? 0 : db_fail(db, r, e);
}

int db_begin(struct db *db, struct err *e)
{
	int r = simple(db, "BEGIN IMMEDIATE", e);

	if (r == 0)
		db->in_transaction = true;
	return r;
}

void db_rollback(struct db *db)
{
	/* Some errors have rolled back already; then this has nothing to do. */
	if (!sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	db->in_transaction = false;
}

static bool any_busy(struct db *db)
{
	sqlite3_stmt *s = NULL;

	while ((s = sqlite3_next_stmt(db->handle, s)))
		if (sqlite3_stmt_busy(s))
			return true;
	return false;
}

int db_commit(struct db *db, struct err *e)
{
	int r = any_busy(db) ? err_set(e, -PDH_FAILED, NULL, "a statement was left open")
			     : simple(db, "COMMIT", e);

	if (r < 0)
		db_rollback(db);
	db->in_transaction = false;
	return r;
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
	*ret = (struct db_stamp){sqlite3_total_changes64(db->handle), db_int(s, 0)};
	return 0;
}

int64_t db_changed_rows(struct db *db)
{
	return sqlite3_changes64(db->handle);
}

int db_step(struct db *db, struct sqlite3_stmt *s, struct err *e)
{
	int r = sqlite3_step(s);

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
		const char *said = (const char *)sqlite3_column_text(s, 0);
		*ret = said && strcmp(said, "ok") == 0 ? NULL
						       : arena_dup(a, said ? said : "?");
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
