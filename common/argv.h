/* A program with its arguments, written in one text as a person does: words with blanks between. A word with blanks in
 * it stands in quotes, as in a shell; nothing else that a shell does is done. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stddef.h>

/* The words, NULL at the end and room for one more before it. In '…' everything is as it stands, in "…" and outside a
 * backslash takes its meaning from what follows. `e` may be NULL. 0, or -PDH_USAGE, without a field, for a quote or
 * backslash at which the text ends; then the result is that of blanks alone. */
int argv_split(const char *text, struct arena *a, char ***ret, size_t *ret_n,
	       struct err *e);
