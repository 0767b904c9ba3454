/* Opening, closing, and opening anew what was replaced under the running daemon. */
#include "common/lock.h"
#include "common/log.h"
#include "common/paths.h"
#include "daemon/store/db_fail.h"
#include "daemon/store/db_internal.h"
#include "daemon/store/db_read.h"
#include "daemon/store/db_shape.h"
#include "daemon/store/db_words.h"
#include "daemon/store/migrate.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int set_up(struct db *db, struct err *e)
{
	static const char pragmas[] =
		"PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
		"PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
		"PRAGMA journal_mode = WAL;";

	int r = sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (r == SQLITE_OK)
		r = db_exec(db, pragmas);
	if (r != SQLITE_OK)
		return db_fail(db, r, e);
	if (!sqlite3_compileoption_used("ENABLE_SESSION"))
		return err_set(
			e, -PDH_FAILED, NULL,
			"this SQLite lacks the session extension, which undo needs");
	return 0;
}

/* Long statements, and rows of short ones that SQLite runs by itself, hear of db_stop() too. */
static int on_steps(void *data)
{
	const struct db *db = data;

	return db->in_transaction && atomic_load(&db->stopped);
}

static int connect(struct db *db, struct err *e)
{
	enum { STEPS = 1000 };
	enum { BUSY_MS = 2000 }; /* at the start nobody waits in a row */

	int r = sqlite3_open_v2(db->files.real, &db->handle,
				SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (r != SQLITE_OK)
		return db_fail(db, r, e);
	sqlite3_busy_timeout(db->handle, BUSY_MS);
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_progress_handler(db->handle, STEPS, on_steps, db);
	r = db_words(db->handle);
	if (r != SQLITE_OK)
		return db_fail(db, r, e);
	return db_watch_log(db, e);
}

/* A log that another state of the file left beside it must be gone before SQLite sees it. */
static int check_log(struct db *db, struct err *e)
{
	char kept[PATH_MAX];
	int r = db_seal_check(&db->files, kept, e);

	if (r > 0)
		log_warn(
			"%s was put in place from elsewhere; what was written to the one before "
			"is not played into it, and kept in %s",
			db->path, kept);
	return r < 0 ? r : 0;
}

static int begin_log(struct db *db, struct err *e)
{
	struct err ignored;
	int r = db_seal_load(db, e);

	if (r < 0)
		return r;
	db_files_note(&db->files);
	db->unfolded = db->files.at_log.st_size > 0;
	db->fresh = !db->unfolded || db->seal.token == 0;
	/* Others may read; then it is folded later. */
	(void)db_fold(db, &ignored);
	return 0;
}

int db_open_file(struct db *db, bool may_begin, struct err *e)
{
	int r = db_files_open(&db->files, db->path, may_begin, e);

	if (r == 0)
		r = check_log(db, e);
	if (r == 0)
		r = connect(db, e);
	if (r == 0)
		r = migrate_identify(db->handle, db->path, e);
	if (r == 0)
		r = set_up(db, e);
	if (r == 0)
		r = db_shape_triggers(db->handle, db->path, e);
	if (r == 0)
		r = migrate_run(db->handle, db->path, db->backups, e);
	if (r == 0)
		r = begin_log(db, e);
	if (r == 0)
		db->openings++;
	else
		db_close_file(db);
	return r;
}

static struct db *db_new(const char *path, const char *backups)
{
	struct db *db = calloc(1, sizeof(*db));

	if (!db)
		oom();
	db->lock = -1;
	db->files = DB_FILES_NONE;
	db->path = strdup(path);
	db->backups = strdup(backups);
	if (!db->path || !db->backups)
		oom();
	return db;
}

int db_open(const char *path, const char *backups, struct db **ret, struct err *e)
{
	int r = path_make_parent(path, e);

	if (r < 0)
		return r;
	struct db *db = db_new(path, backups);
	r = lock_take(path, &db->lock, e);
	if (r == 0)
		r = db_open_file(db, true, e);
	if (r < 0) {
		db_close(db);
		return r;
	}
	*ret = db;
	return 0;
}

/* `r` is what came of opening it. */
static int begin_to_read(struct db *db, int r, struct db **ret)
{
	if (r < 0) {
		db->handle = NULL;
		db_close(db);
		return r;
	}
	db->is_snapshot = true;
	*ret = db;
	return 0;
}

int db_open_to_read(const char *path, struct db **ret, struct err *e)
{
	struct db *db = db_new(path, "");

	return begin_to_read(db, db_read_open(path, &db->handle, e), ret);
}

int db_open_beside(struct db *db, struct db **ret, struct err *e)
{
	struct db *beside = db_new(db->path, "");

	return begin_to_read(beside, db_read_beside(db->files.real, &beside->handle, e),
			     ret);
}

/* ---- closing ------------------------------------------------------------------------------------- */

void db_close_file(struct db *db)
{
	for (size_t i = 0; i < QUERY_COUNT; i++)
		sqlite3_finalize(db->statements[i]);
	memset(db->statements, 0, sizeof(db->statements));
	if (sqlite3_close(db->handle) != SQLITE_OK)
		log_err("a statement was left open in %s", db->path);
	db->handle = NULL;
	db_files_close(&db->files);
	db->sealed = db->fresh = db->unfolded = false;
	db->log_pages = 0;
}

/* What is in the log belongs into the file that it was written for, wherever that is now; and not into one that
 * somebody else has written or uses. */
static void fold_last(struct db *db, enum files_state state)
{
	struct err e;

	if (state == FILES_WRITTEN || db_files_used_elsewhere(&db->files) ||
	    !db->unfolded)
		return;
	if (db_fold(db, &e) < 0)
		log_warn("%s", e.message);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	if (db->handle && db->openings) {
		enum files_state state = db_files_look(&db->files);
		fold_last(db, state);
		if (state == FILES_SAME || state == FILES_TOUCHED)
			/* SQLite may take its own files away. */
			sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0,
					  NULL);
	}
	db_close_file(db);
	if (db->lock >= 0)
		close(db->lock);
	free(db->path);
	free(db->backups);
	free(db);
}

/* ---- what became of it --------------------------------------------------------------------------- */

/* Nothing is uncommitted between requests, so what lies there now can take the place of what was open. It may still
 * be on its way: then it is damaged, and the next look tries again. */
static int open_again(struct db *db, struct err *e)
{
	AUTO_ARENA a = {0};
	const char *complaint = NULL;

	db_close_file(db);
	int r = db_open_file(db, false, e);
	if (r == 0)
		r = db_check(db, &a, &complaint, e);
	if (r == 0 && complaint) {
		err_set(e, -PDH_CORRUPT, NULL,
			"what lies in the place of %.200s is damaged: %.200s", db->path,
			complaint);
		r = err_hint(e, "put a whole copy in its place");
	}
	if (r < 0) {
		db_close_file(db);
		return r;
	}
	log_info("%s was opened anew", db->path);
	return 1;
}

int db_look(struct db *db, struct err *e)
{
	if (db->is_snapshot)
		return 0;
	enum files_state state = db->handle ? db_files_look(&db->files) : FILES_REPLACED;

	if (state == FILES_SAME)
		return 0;
	if (db->handle)
		fold_last(db, state);
	if (state == FILES_GONE)
		return db_files_say_gone(&db->files, e);
	if (state != FILES_TOUCHED)
		return open_again(db, e);
	db_files_note_database(&db->files);
	db->sealed = false;
	return 0;
}
