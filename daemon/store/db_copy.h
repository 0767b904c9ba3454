/* Copies of a database that another process may have open, and what is in a copy. Nothing here takes the lock. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stdbool.h>
#include <stdint.h>

struct sqlite3;

/* Opens a database to read it, of any schema that this program knows or knew. -PDH_NOT_FOUND: there is none. */
int db_copy_open(const char *path, struct sqlite3 **ret, struct err *e);

/* Writes all that is in the database at `path` into a new file, as of one moment. -PDH_STORAGE, -PDH_CORRUPT,
 * -PDH_INCOMPATIBLE; what was written is the caller's to remove. */
int db_copy_write(const char *path, const char *copy, struct err *e);

struct db_copy {
	char uid[40]; /* of the record; "": of before there were any */
	int64_t activities, last_change;
};

/* What is in the database at `path`; whole: -PDH_CORRUPT too where SQLite finds anything wrong in it, and
 * -PDH_INCOMPATIBLE where it is not of the form that its version says. */
int db_copy_look(const char *path, bool whole, struct db_copy *ret, struct err *e);

/* How many changes of the database at `path` came after this one. */
int db_copy_changes(const char *path, int64_t after, int64_t *ret, struct err *e);
