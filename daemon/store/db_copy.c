#include "daemon/store/db_copy.h"

#include "daemon/store/db_fail.h"
#include "daemon/store/db_shape.h"
#include "daemon/store/migrate.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };

int db_copy_open(const char *path, struct sqlite3 **ret, struct err *e)
{
	if (access(path, F_OK) < 0)
		return err_set(e, -PDH_NOT_FOUND, NULL, "there are no records at %.300s",
			       path);
	int code = sqlite3_open_v2(path, ret, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
				   NULL);
	int r = code == SQLITE_OK ? 0 : db_fail_on(*ret, code, path, e);
	if (r == 0) {
		sqlite3_busy_timeout(*ret, BUSY_MS);
		sqlite3_extended_result_codes(*ret, 1);
		r = migrate_identify(*ret, path, e);
	}
	if (r < 0) {
		sqlite3_close(*ret);
		*ret = NULL;
	}
	return r;
}

int db_copy_write(const char *path, const char *copy, struct err *e)
{
	sqlite3 *handle;
	sqlite3_stmt *s;
	int r = db_copy_open(path, &handle, e);

	if (r < 0)
		return r;
	int code = sqlite3_prepare_v2(handle, "VACUUM INTO ?", -1, &s, NULL);
	if (code == SQLITE_OK) {
		sqlite3_bind_text(s, 1, copy, -1, SQLITE_STATIC);
		code = sqlite3_step(s);
		sqlite3_finalize(s);
	}
	if (code != SQLITE_DONE)
		r = db_fail_on(handle, code, path, e);
	sqlite3_close(handle);
	return r;
}

/* The first value of the first row; a table that is not there yet has none. */
static void read_value(sqlite3 *handle, const char *sql, int64_t *ret, char text[40])
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(handle, sql, -1, &s, NULL) != SQLITE_OK)
		return;
	bool row = sqlite3_step(s) == SQLITE_ROW;
	if (row && ret)
		*ret = sqlite3_column_int64(s, 0);
	if (row && text && sqlite3_column_text(s, 0))
		snprintf(text, 40, "%s", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
}

static int check_whole(sqlite3 *handle, const char *path, struct err *e)
{
	sqlite3_stmt *s;
	int code = sqlite3_prepare_v2(handle, "PRAGMA integrity_check(1)", -1, &s, NULL);

	if (code != SQLITE_OK)
		return db_fail_on(handle, code, path, e);
	code = sqlite3_step(s);
	const char *said =
		code == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
	int r = said && strcmp(said, "ok") == 0
			? 0
			: err_set(e, -PDH_CORRUPT, NULL, "%.200s is damaged: %.200s",
				  path, said ? said : sqlite3_errmsg(handle));
	sqlite3_finalize(s);
	return r;
}

int db_copy_look(const char *path, bool whole, struct db_copy *ret, struct err *e)
{
	sqlite3 *handle;
	int r = db_copy_open(path, &handle, e);

	*ret = (struct db_copy){.activities = 0};
	if (r < 0)
		return r;
	if (whole)
		r = check_whole(handle, path, e);
	if (r == 0 && whole)
		r = db_shape_check(handle, path, e);
	read_value(handle, "SELECT uid FROM record", NULL, ret->uid);
	read_value(handle, "SELECT count(*) FROM activity", &ret->activities, NULL);
	read_value(handle, "SELECT coalesce(max(id), 0) FROM change", &ret->last_change,
		   NULL);
	sqlite3_close(handle);
	return r;
}

int db_copy_changes(const char *path, int64_t after, int64_t *ret, struct err *e)
{
	sqlite3 *handle;
	sqlite3_stmt *s;
	int r = db_copy_open(path, &handle, e);

	*ret = 0;
	if (r < 0)
		return r;
	if (sqlite3_prepare_v2(handle, "SELECT count(*) FROM change WHERE id > ?", -1, &s,
			       NULL) == SQLITE_OK) {
		sqlite3_bind_int64(s, 1, after);
		if (sqlite3_step(s) == SQLITE_ROW)
			*ret = sqlite3_column_int64(s, 0);
		sqlite3_finalize(s);
	}
	sqlite3_close(handle);
	return 0;
}
