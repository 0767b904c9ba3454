/* The one place where SQLite's result codes and messages become ours. */
#pragma once

#include "common/err.h"

/* `said` is SQLite's message, `path` the database's. */
int db_fail_text(int code, const char *said, const char *path, struct err *e);
