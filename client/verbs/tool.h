/* Programs of pdh's own that stand beside it: what pdh itself links nothing for. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stdbool.h>

/* Where the program is: beside pdh where it was built, in libexec where it is installed. False: it is not there. */
bool tool_find(struct arena *a, const char *name, const char **ret);

/* Runs a program with these words (the last is NULL) and waits for it. `in` and `out` are its standard input and
 * output, -1 for nothing; what it says on standard error is seen. Its exit status, or -PDH_FAILED where it cannot be
 * started or was ended. */
int tool_run(char *const *words, int in, int out, struct err *e);

/* A file in memory that holds `n` bytes and is to be read from its start; -PDH_FAILED. */
int tool_memory(const char *bytes, size_t n, struct err *e);

/* All that is in a file in memory, in the arena. */
int tool_read(int fd, struct arena *a, const char **ret, size_t *ret_n, struct err *e);
