#include "daemon/store/migrate.h"

#include "common/arena.h"
#include "common/clock.h"
#include "common/files.h"
#include "common/log.h"
#include "common/paths.h"
#include "daemon/store/db_fail.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct migration migrations[] = {
#define MIGRATION(version, name, sql) {version, name, sql},
#include "migrations.def"
#undef MIGRATION
};

enum { COUNT = sizeof(migrations) / sizeof(migrations[0]) };

int migrate_latest(void)
{
	return migrations[COUNT - 1].version;
}

static int fail(sqlite3 *handle, int code, const char *path, struct err *e)
{
	return db_fail_on(handle, code, path, e);
}

static int run(sqlite3 *handle, const char *sql, const char *path, struct err *e)
{
	int r = sqlite3_exec(handle, sql, NULL, NULL, NULL);

	return r == SQLITE_OK ? 0 : fail(handle, r, path, e);
}

/* The first column of the first row; 0 rows read as -1. */
static int read_int(sqlite3 *handle, const char *sql, int *ret, const char *path,
		    struct err *e)
{
	sqlite3_stmt *s;
	int r = sqlite3_prepare_v2(handle, sql, -1, &s, NULL);

	if (r != SQLITE_OK)
		return fail(handle, r, path, e);
	r = sqlite3_step(s);
	if (r == SQLITE_ROW)
		*ret = sqlite3_column_int(s, 0);
	else if (r == SQLITE_DONE)
		*ret = -1;
	int failed = r == SQLITE_ROW || r == SQLITE_DONE ? 0 : fail(handle, r, path, e);
	sqlite3_finalize(s);
	return failed;
}

int migrate_identify(struct sqlite3 *handle, const char *path, struct err *e)
{
	int application, version, tables;

	int r = read_int(handle, "PRAGMA application_id", &application, path, e);
	if (r == 0)
		r = read_int(handle, "PRAGMA user_version", &version, path, e);
	if (r == 0)
		r = read_int(handle, "SELECT count(*) FROM sqlite_schema", &tables, path,
			     e);
	if (r < 0)
		return r;
	bool empty = application == 0 && version == 0 && tables == 0;
	if (!empty && application != DB_APPLICATION_ID)
		return err_set(e, -PDH_INCOMPATIBLE, NULL,
			       "%.300s is the database of another program", path);
	if (version <= migrate_latest())
		return 0;
	err_set(e, -PDH_INCOMPATIBLE, NULL,
		"the database %.200s was written by a newer pdh (schema %d; this pdhd knows %d)",
		path, version, migrate_latest());
	return err_hint(e, "upgrade pdh");
}

static int vacuum_into(sqlite3 *handle, const char *copy)
{
	sqlite3_stmt *s;
	int r = sqlite3_prepare_v2(handle, "VACUUM INTO ?", -1, &s, NULL);

	if (r != SQLITE_OK)
		return r;
	sqlite3_bind_text(s, 1, copy, -1, SQLITE_STATIC);
	r = sqlite3_step(s);
	sqlite3_finalize(s);
	return r == SQLITE_DONE ? SQLITE_OK : r;
}

/* Under the name of a draft until it is whole: nobody takes a part of it for a copy. */
static int write_copy(sqlite3 *handle, const char *draft, const char *copy,
		      const char *path, struct err *e)
{
	(void)unlink(draft);
	int r = vacuum_into(handle, draft);
	if (r != SQLITE_OK)
		r = fail(handle, r, path, e);
	/* SQLite does not sync what it writes there. */
	else if (file_sync(draft) < 0 || rename(draft, copy) < 0)
		r = err_set(e, -PDH_STORAGE, NULL, "cannot write %.300s: %s", copy,
			    strerror(errno));
	if (r < 0)
		(void)unlink(draft);
	return r;
}

static int keep_copy(sqlite3 *handle, int version, const char *path, const char *backups,
		     struct err *e)
{
	AUTO_ARENA a = {0};
	char stamp[24] = "";
	time_t now = (time_t)clock_now();
	struct tm tm;

	if (localtime_r(&now, &tm))
		(void)strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%S", &tm);
	const char *copy = arena_printf(&a, "%s/pdh-v%d-%s.db", backups, version, stamp);
	const char *draft = arena_printf(&a, "%s/pdh-v%d.new", backups, version);
	int r = path_make_parent(copy, e);
	if (r < 0)
		return r;
	r = write_copy(handle, draft, copy, path, e);
	if (r < 0)
		return err_hint(
			e,
			"a copy is kept before each migration, and %.150s cannot be written",
			copy);
	log_info("kept a copy of the database in %s", copy);
	return 0;
}

static int check_references(sqlite3 *handle, const char *path, struct err *e)
{
	int broken;
	int r = read_int(handle, "SELECT 1 FROM pragma_foreign_key_check", &broken, path,
			 e);

	if (r == 0 && broken == 1)
		return err_set(e, -PDH_CORRUPT, NULL,
			       "the migration of %.200s breaks a reference", path);
	return r;
}

/* What is missing, and what the file then says it is; the caller's to commit. */
static int run_steps(sqlite3 *handle, const struct migration *list, size_t n, int version,
		     const char *path, struct err *e)
{
	AUTO_ARENA a = {0};
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++)
		if (list[i].version > version)
			r = run(handle, list[i].sql, path, e);
	if (r == 0)
		r = check_references(handle, path, e);
	return r < 0 ? r
		     : run(handle,
			   arena_printf(
				   &a,
				   "PRAGMA application_id = %d; PRAGMA user_version = %d",
				   DB_APPLICATION_ID, list[n - 1].version),
			   path, e);
}

/* All or nothing: an older pdh can go on where this one could not. */
static int run_missing(sqlite3 *handle, const struct migration *list, size_t n,
		       int version, const char *path, struct err *e)
{
	int r = run(handle, "BEGIN IMMEDIATE", path, e);

	if (r < 0)
		return r;
	r = run_steps(handle, list, n, version, path, e);
	if (r == 0)
		r = run(handle, "COMMIT", path, e);
	if (r < 0)
		sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL);
	return r;
}

/* Table rebuilds drop tables that others refer to, so references are checked at the end
 * instead of on the way; the switch works outside transactions only. */
int migrate_run_list(struct sqlite3 *handle, const char *path, const char *backups,
		     const struct migration *list, size_t n, struct err *e)
{
	int version;
	int r = read_int(handle, "PRAGMA user_version", &version, path, e);

	if (r < 0 || n == 0 || version >= list[n - 1].version)
		return r;
	if (version > 0)
		r = keep_copy(handle, version, path, backups, e);
	if (r == 0)
		r = run(handle, "PRAGMA foreign_keys = OFF", path, e);
	if (r == 0)
		r = run_missing(handle, list, n, version, path, e);
	return r < 0 ? r : run(handle, "PRAGMA foreign_keys = ON", path, e);
}

int migrate_run(struct sqlite3 *handle, const char *path, const char *backups,
		struct err *e)
{
	return migrate_run_list(handle, path, backups, migrations, COUNT, e);
}

int migrate_model(struct sqlite3 *handle, const char *path, struct sqlite3 *model,
		  struct err *e)
{
	size_t n = 0;
	int version;
	int r = read_int(handle, "PRAGMA user_version", &version, path, e);

	while (r == 0 && n < COUNT && migrations[n].version <= version)
		n++;
	return r < 0 ? r : migrate_run_list(model, path, NULL, migrations, n, e);
}
