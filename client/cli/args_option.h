/* One option of the command line into struct options. */
#pragma once

#include "client/cli/options.h"
#include "common/arena.h"

/* The option with this flag (without "=value"); OPTION_COUNT if there is none. */
enum option_id option_find(const char *flag);

/* `typed` is the flag as typed; `value` is NULL where none was given. */
int option_set(struct options *o, enum option_id id, const char *typed, const char *value,
	       struct arena *a, struct err *e);

/* What contradicts itself is refused. */
int option_check(const struct options *o, struct err *e);
