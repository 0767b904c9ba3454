/* The log beside the database: sealing each new one, and folding it into the file. */
#include "daemon/store/db_internal.h"

#include <sqlite3.h>
#include <unistd.h>

enum { FOLD_PAGES = 1000 }; /* about 4 MB, SQLite's own measure */

int db_seal_load(struct db *db, struct err *e)
{
	AUTO_STMT s = NULL;
	size_t n;
	int r = db_query(db, Q_seal_get, &s, e);

	db->seal = (struct seal){0};
	if (r == 0)
		r = db_step(db, s, e);
	if (r > 0) {
		const void *mark = db_blob(s, 0, &n);
		(void)db_seal_unpack(mark, n, &db->seal);
	}
	return r < 0 ? r : 0;
}

int db_seal_store(struct db *db, bool folding, struct err *e)
{
	const struct stat *file = &db->files.at_database;
	struct seal seal = {
		.token = db->seal.token,
		.before = db->seal.before,
		.size = file->st_size,
		.written_at = db_files_nanoseconds(file->st_mtim),
		.changed_at = db_files_nanoseconds(file->st_ctim),
		.log = db->files.at_log.st_ino,
		.folding = folding,
	};
	unsigned char mark[SEAL_SIZE];
	AUTO_STMT s = NULL;

	if (db->fresh) {
		seal.before = seal.token;
		seal.token = db_seal_token();
	}
	db_seal_pack(&seal, mark);
	int r = db_query(db, Q_seal_set, &s, e);
	if (r < 0)
		return r;
	db_bind_blob(s, ":mark", mark, sizeof(mark));
	int64_t before = sqlite3_total_changes64(db->handle);
	r = db_run(db, s, e);
	db->sealed_rows += sqlite3_total_changes64(db->handle) - before;
	if (r < 0)
		return r;
	db->sealing = seal;
	db->is_sealing = true;
	return 0;
}

void db_seal_settle(struct db *db, bool committed)
{
	if (committed && db->is_sealing) {
		db->seal = db->sealing;
		db->sealed = !db->seal.folding;
		db->fresh = false;
	}
	db->is_sealing = false;
}

static int on_commit(void *data, sqlite3 *handle, const char *name, int pages)
{
	struct db *db = data;

	(void)handle;
	(void)name;
	db->unfolded = true;
	db->log_pages = pages;
	return SQLITE_OK;
}

int db_watch_log(struct db *db, struct err *e)
{
	db->fold_pages = FOLD_PAGES;
	/* In place of SQLite's own, which folds without a word. */
	sqlite3_wal_hook(db->handle, on_commit, db);
	int r = sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	return r == SQLITE_OK ? 0 : db_fail(db, r, e);
}

/* From here on the file is allowed to look half old and half new. */
static int say_folding(struct db *db, struct err *e)
{
	sqlite3_busy_timeout(db->handle, 0);
	int r = db_exec(db, "BEGIN IMMEDIATE");
	if (r != SQLITE_OK)
		return db_fail(db, r, e);
	db->in_transaction = true;
	r = db_seal_store(db, true, e);
	if (r == 0 && db_exec(db, "COMMIT") != SQLITE_OK)
		r = db_fail(db, sqlite3_errcode(db->handle), e);
	if (r < 0) {
		db_rollback(db);
		return r;
	}
	db->in_transaction = false;
	db_seal_settle(db, true);
	return 0;
}

int db_fold(struct db *db, struct err *e)
{
	if (!db->unfolded)
		return 0;
	int r = say_folding(db, e);
	if (r < 0)
		return r;
	int code = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE,
					     NULL, NULL);
	/* SQLite has synced the bytes; the times of the file, which the next seal tells, must stay too. */
	(void)fsync(db->files.fd);
	db_files_note_database(&db->files);
	db->sealed = false;
	if (code != SQLITE_OK) {
		db->fold_pages = db->log_pages + FOLD_PAGES;
		return db_fail(db, code, e);
	}
	db->fresh = true;
	db->unfolded = false;
	db->log_pages = 0;
	db->fold_pages = FOLD_PAGES;
	return 0;
}

bool db_is_folded(const struct db *db)
{
	return !db->unfolded;
}
