#include "daemon/store/db_read.h"

#include "common/arena.h"
#include "daemon/store/db_fail.h"
#include "daemon/store/db_words.h"
#include "daemon/store/migrate.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATIENCE_MS = 300 };

/* file:PATH?immutable=1, what is no plain letter of a path by its number: <https://sqlite.org/uri.html>. */
static const char *immutable_uri(struct arena *a, const char *path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789/-._~",
			  hex[] = "0123456789ABCDEF";
	char *uri = arena_alloc(a, 3 * strlen(path) + 1), *to = uri;

	for (const unsigned char *p = (const unsigned char *)path; *p; p++) {
		if (strchr(plain, *p)) {
			*to++ = (char)*p;
			continue;
		}
		*to++ = '%';
		*to++ = hex[*p >> 4];
		*to++ = hex[*p & 15];
	}
	*to = '\0';
	return arena_printf(a, "file:%s?immutable=1", uri);
}

/* Opens it, and reads what it is: only then SQLite looks at the files beside it. */
static int try(const char *name, int flags, const char *path, sqlite3 **ret,
	       struct err *e)
{
	sqlite3 *handle = NULL;
	int r = sqlite3_open_v2(name, &handle,
				SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | flags, NULL);

	if (r == SQLITE_OK)
		r = db_words(handle);
	if (r == SQLITE_OK) {
		sqlite3_extended_result_codes(handle, 1);
		sqlite3_busy_timeout(handle, PATIENCE_MS);
		r = migrate_identify(handle, path, e);
	} else {
		r = db_fail_on(handle, r, path, e);
	}
	if (r < 0)
		sqlite3_close(handle);
	else
		*ret = handle;
	return r;
}

static bool is_empty(const char *path)
{
	struct stat st;

	return stat(path, &st) < 0 ? errno == ENOENT : st.st_size == 0;
}

/* A database with a write-ahead log wants its shared memory beside it, and where that is not there and cannot be made,
 * it can be read only as one that nobody changes. That is so when the log is empty and its folder cannot be written;
 * with something in the log it would be an old state that is shown. */
static int try_immutable(const char *path, sqlite3 **ret, struct err *e)
{
	AUTO_ARENA a = {0};
	const char *log = arena_printf(&a, "%s-wal", path);

	if (!is_empty(log)) {
		err_set(e, -PDH_STORAGE, NULL,
			"%.200s-wal holds changes that cannot be read where nothing can be "
			"written",
			path);
		return err_hint(e, "copy its folder to a place that can be written, and "
				   "name the copy in PDH_DATABASE");
	}
	return try(immutable_uri(&a, path), SQLITE_OPEN_URI, path, ret, e);
}

static int check_schema(sqlite3 *handle, const char *path, struct err *e)
{
	sqlite3_stmt *s;
	int r = sqlite3_prepare_v2(handle, "PRAGMA user_version", -1, &s, NULL);

	if (r != SQLITE_OK)
		return db_fail_on(handle, r, path, e);
	int version = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;
	sqlite3_finalize(s);
	return version == migrate_latest()
		       ? 0
		       : err_set(e, -PDH_INCOMPATIBLE, NULL,
				 "%.200s is of an older pdh, and has to be written before "
				 "it can be read",
				 path);
}

int db_read_beside(const char *path, struct sqlite3 **ret, struct err *e)
{
	return try(path, 0, path, ret, e);
}

int db_read_open(const char *path, struct sqlite3 **ret, struct err *e)
{
	if (access(path, R_OK) < 0)
		return err_set(e, -PDH_STORAGE, NULL,
			       "cannot read the database %.300s: %s", path,
			       strerror(errno));
	int r = try(path, 0, path, ret, e);
	if (r == -PDH_STORAGE)
		r = try_immutable(path, ret, e);
	if (r < 0)
		return r;
	r = check_schema(*ret, path, e);
	if (r < 0)
		sqlite3_close(*ret);
	return r;
}
