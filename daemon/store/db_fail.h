/* The one place where SQLite's result codes and messages become ours. */
#pragma once

#include "common/err.h"

struct sqlite3;

/* The error for result `code` of the database at `path`. `handle` (may be NULL) has SQLite's words and the number of
 * the system's error, where its last call gave this code: the session extension's own calls leave none there. */
int db_fail_on(struct sqlite3 *handle, int code, const char *path, struct err *e);

/* The same for a COMMIT. Where writing or syncing failed for a reason of the device, the transaction may be found
 * whole when the file is read again, and the sentence says so. */
int db_fail_commit(struct sqlite3 *handle, int code, const char *path, struct err *e);
