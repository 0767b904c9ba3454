/* Whether a database has what its version of the schema says: its number alone is no proof of it. */
#pragma once

#include "common/err.h"

struct sqlite3;

/* -PDH_INCOMPATIBLE where the open database lacks a table, a column, an index or a trigger of its version, or has a
 * trigger besides: that would run as part of what pdh writes. Tables, views and indexes
 * besides do no harm: nothing of pdh asks them. Writes nothing. */
int db_shape_check(struct sqlite3 *handle, const char *path, struct err *e);

/* The same for triggers alone, and for what they do: before anything is written to a file that was put in place. */
int db_shape_triggers(struct sqlite3 *handle, const char *path, struct err *e);
