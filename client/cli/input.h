/* Standard input, read to its end for a value given as "-". */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stdio.h>

/* How many bytes the byte order mark takes that some programs put before a text in UTF-8: 3, or 0 where there is
 * none. */
size_t input_mark(const char *text, size_t n);

/* Reads `in` to its end, at most `most` bytes, without the newlines at the end and without a byte order mark before
 * the text. The result ends in NUL. 0, -PDH_TOO_LARGE, or -PDH_FAILED. */
int input_read(FILE *in, size_t most, struct arena *a, char **ret, size_t *ret_n,
	       struct err *e);
