/* Standard input, read to its end for a value given as "-". */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stdio.h>

/* Reads `in` to its end, at most `most` bytes, without the newlines at the end. The result ends in NUL.
 * 0, -PDH_TOO_LARGE, or -PDH_FAILED. */
int input_read(FILE *in, size_t most, struct arena *a, char **ret, size_t *ret_n,
	       struct err *e);
