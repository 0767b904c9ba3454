#include "daemon/store/db_fail.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* SQLite names the columns of a UNIQUE constraint that failed, not the constraint. */
static const struct {
	const char *columns, *field, *sentence;
} uniques[] = {
	{"credential.alias", "alias",
	 "a credential of that name is there already; choose another with --as"},
};

/* "CHECK constraint failed: credit: credit must be more than zero" */
static int check_failed(const char *named, struct err *e)
{
	const char *colon = strstr(named, ": ");
	char field[sizeof(e->field)] = "";

	if (colon && colon - named < (long)sizeof(field)) {
		snprintf(field, sizeof(field), "%.*s", (int)(colon - named), named);
		named = colon + 2;
	}
	return err_set(e, -PDH_REFUSED, field, "%s", named);
}

static const char *after(const char *said, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(said, prefix, n) == 0 ? said + n : NULL;
}

static int constraint_failed(const char *said, struct err *e)
{
	const char *rest;

	if ((rest = after(said, "CHECK constraint failed: ")))
		return check_failed(rest, e);
	if ((rest = after(said, "UNIQUE constraint failed: ")))
		for (size_t i = 0; i < sizeof(uniques) / sizeof(uniques[0]); i++)
			if (strcmp(rest, uniques[i].columns) == 0)
				return err_set(e, -PDH_REFUSED, uniques[i].field, "%s",
					       uniques[i].sentence);
	if ((rest = after(said, "NOT NULL constraint failed: ")) &&
	    (rest = strchr(rest, '.')))
		return err_set(e, -PDH_REFUSED, rest + 1, "is needed");
	if (after(said, "FOREIGN KEY"))
		return err_set(e, -PDH_REFUSED, NULL,
			       "something else still refers to it");
	return err_set(e, -PDH_REFUSED, NULL, "%s", said);
}

/* Bounds of the person's own on what may be written: the system refuses before anything of it is. */
static int beyond_bounds(int number, const char *path, struct err *e)
{
	switch (number) {
	case EFBIG:
		err_set(e, -PDH_STORAGE, NULL,
			"the database %.200s may not grow: the limit on the size of files "
			"is reached; nothing was stored",
			path);
		return err_hint(e,
				"pdhd runs under a limit: ulimit -f, or LimitFSIZE= of "
				"its unit; raise it and restart pdhd");
	case EDQUOT:
		err_set(e, -PDH_STORAGE, NULL,
			"your share of the disk (quota) is used up; nothing was stored");
		return err_hint(e, "make room, then try again");
	default:
		return 0;
	}
}

/* SQLite takes "no locks available" for a lock that somebody holds. */
static int busy(int number, const char *path, struct err *e)
{
	if (number != ENOLCK)
		return err_set(e, -PDH_BUSY, NULL,
			       "another program holds the database %.200s; try again",
			       path);
	err_set(e, -PDH_STORAGE, NULL,
		"the file system of %.200s does not support locks (%s), which pdh needs",
		path, strerror(number));
	return err_hint(e, "set PDH_DATABASE to a place on a local disk");
}

static int cannot_write(int number, const char *said, const char *path, struct err *e)
{
	int r = beyond_bounds(number, path, e);

	return r < 0 ? r
		     : err_set(e, -PDH_STORAGE, NULL,
			       "cannot read or write the database %.200s: %s", path,
			       number ? strerror(number) : said);
}

static int fail(int code, int number, const char *said, const char *path, struct err *e)
{
	switch (code & 0xff) {
	case SQLITE_CONSTRAINT:
		return constraint_failed(said, e);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return busy(number, path, e);
	case SQLITE_FULL:
		err_set(e, -PDH_STORAGE, NULL, "the disk is full; nothing was stored");
		return err_hint(e, "make room, then try again");
	case SQLITE_CORRUPT:
		err_set(e, -PDH_CORRUPT, NULL, "the database %.200s is damaged: %s", path,
			said);
		return err_hint(
			e, "put a copy in its place, see BACKUPS in man pdhd; pdh doctor "
			   "says more");
	case SQLITE_NOTADB:
		return err_set(e, -PDH_CORRUPT, NULL, "%.200s is not a database", path);
	case SQLITE_IOERR:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
		return cannot_write(number, said, path, e);
	case SQLITE_TOOBIG:
		return err_set(e, -PDH_TOO_LARGE, NULL, "that is too large to store");
	case SQLITE_NOMEM:
		err_set(e, -PDH_FAILED, NULL,
			"pdhd has not enough memory for this; nothing was stored");
		return err_hint(e, "do it in smaller parts, or give it more: ulimit -v, "
				   "or MemoryMax= of its unit");
	case SQLITE_INTERRUPT:
		err_set(e, -PDH_BUSY, NULL,
			"pdhd was stopped while it wrote this; nothing was stored");
		return err_hint(e, "the next command starts it again");
	default:
		if (strcmp(said, "integer overflow") == 0)
			return err_set(e, -PDH_REFUSED, NULL, "the sum is too large");
		return err_set(e, -PDH_FAILED, NULL, "SQLite says: %s", said);
	}
}

/* What the handle remembers is of its last call, which need not be the one that failed. */
static bool is_of(struct sqlite3 *handle, int code)
{
	return handle && (sqlite3_extended_errcode(handle) & 0xff) == (code & 0xff);
}

/* The system's number for what failed; 0: not known. By the time SQLite asks for it, cleaning up may have changed it;
 * the file that could not be written keeps its own. */
static int number_of(struct sqlite3 *handle, int code)
{
	static const int files[] = {SQLITE_FCNTL_JOURNAL_POINTER,
				    SQLITE_FCNTL_FILE_POINTER};
	int number = sqlite3_system_errno(handle);

	if ((code & 0xff) != SQLITE_IOERR)
		return number;
	for (size_t i = 0; number == 0 && i < 2; i++) {
		sqlite3_file *file = NULL;
		if (sqlite3_file_control(handle, "main", files[i], &file) == SQLITE_OK &&
		    file && file->pMethods)
			(void)file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO,
							   &number);
	}
	return number;
}

int db_fail_on(struct sqlite3 *handle, int code, const char *path, struct err *e)
{
	bool known = is_of(handle, code);

	return fail(code == SQLITE_IOERR_NOMEM ? SQLITE_NOMEM : code,
		    known ? number_of(handle, code) : 0,
		    known ? sqlite3_errmsg(handle) : sqlite3_errstr(code), path, e);
}

int db_fail_commit(struct sqlite3 *handle, int code, const char *path, struct err *e)
{
	int number = is_of(handle, code) ? number_of(handle, code) : 0;

	if ((code & 0xff) != SQLITE_IOERR || code == SQLITE_IOERR_NOMEM ||
	    beyond_bounds(number, path, e) < 0)
		return db_fail_on(handle, code, path, e);
	err_set(e, -PDH_STORAGE, NULL,
		"the disk did not take the change safely (%s); it may be stored",
		number ? strerror(number) : sqlite3_errstr(code));
	return err_hint(e, "pdh history shows it; look after the disk of %.150s", path);
}
