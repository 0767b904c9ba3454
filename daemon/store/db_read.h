/* A connection that reads a database where nothing may be written: a home that is read-only, a daemon that hangs. */
#pragma once

#include "common/err.h"

struct sqlite3;

/* 0 and *ret; -PDH_STORAGE, -PDH_CORRUPT, or -PDH_INCOMPATIBLE for a schema that is not the one of this program. */
int db_read_open(const char *path, struct sqlite3 **ret, struct err *e);

/* The same beside a connection of this process that has it open for writing. */
int db_read_beside(const char *path, struct sqlite3 **ret, struct err *e);
