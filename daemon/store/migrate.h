/* Bringing a database to the schema this program knows. The steps are schema/NNNN_*.sql
 * in order; those that are missing run in one transaction that ends by setting user_version,
 * so all are done or none. */
#pragma once

#include "common/err.h"

#include <stddef.h>

struct sqlite3;

/* "pdh " in ASCII: PRAGMA application_id of our databases. */
enum { DB_APPLICATION_ID = 0x70646820 };

/* The version this program's schema has. */
int migrate_latest(void);

struct migration {
	int version;
	const char *name, *sql;
};

/* Refuses a file that is not ours (-PDH_INCOMPATIBLE, -PDH_CORRUPT) or newer than this
 * program; an empty one is ours to take. Writes nothing. */
int migrate_identify(struct sqlite3 *handle, const char *path, struct err *e);

/* Runs what is missing of `list`. Before that a database that is not empty is copied to
 * `backups` (made if missing), under a dated name that it has once it is whole. After an
 * error the connection is of no use any more. */
int migrate_run_list(struct sqlite3 *handle, const char *path, const char *backups,
		     const struct migration *list, size_t n, struct err *e);

/* The same with this program's own list. */
int migrate_run(struct sqlite3 *handle, const char *path, const char *backups,
		struct err *e);

/* Makes in `model`, an empty database, the schema that the one at `handle` has by its version. */
int migrate_model(struct sqlite3 *handle, const char *path, struct sqlite3 *model,
		  struct err *e);
