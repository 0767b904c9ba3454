#include "daemon/db_fail.h"

#include <sqlite3.h>
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

int db_fail_text(int code, const char *said, const char *path, struct err *e)
{
	switch (code & 0xff) {
	case SQLITE_CONSTRAINT:
		return constraint_failed(said, e);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(e, -PDH_BUSY, NULL,
			       "another program holds the database %.200s; try again",
			       path);
	case SQLITE_FULL:
		err_set(e, -PDH_STORAGE, NULL, "the disk is full; nothing was stored");
		return err_hint(e, "make room, then try again");
	case SQLITE_CORRUPT:
		err_set(e, -PDH_CORRUPT, NULL, "the database %.200s is damaged: %s", path,
			said);
		return err_hint(
			e, "stop pdhd and put a copy in its place; pdh doctor says more");
	case SQLITE_NOTADB:
		return err_set(e, -PDH_CORRUPT, NULL, "%.200s is not a database", path);
	case SQLITE_IOERR:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
		return err_set(e, -PDH_STORAGE, NULL,
			       "cannot write the database %.200s: %s", path, said);
	case SQLITE_TOOBIG:
		return err_set(e, -PDH_TOO_LARGE, NULL, "that is too large to store");
	default:
		if (strcmp(said, "integer overflow") == 0)
			return err_set(e, -PDH_REFUSED, NULL, "the sum is too large");
		return err_set(e, -PDH_FAILED, NULL, "SQLite says: %s", said);
	}
}
