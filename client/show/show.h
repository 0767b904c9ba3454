/* Answers for people: each record as sentences or a table, never wider than the terminal. What scripts
 * read (--json, --plain, --format) is made elsewhere. */
#pragma once

#include "client/term/term.h"
#include "common/api.h"

#include <stdio.h>

struct options;

/* Shows the answer `record` of method `m`, which was called with `params` (may be NULL: then nothing is known
 * about the question). With --quiet a write shows nothing. 0, or -1 when `out` cannot be written. */
int show_answer(const struct method *m, const void *params, const void *record,
		const struct options *o, const struct term *t, FILE *out);
