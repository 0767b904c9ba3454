/* Help from the tables: methods.def, options.def, examples.def. */
#pragma once

#include "client/term/term.h"
#include "common/api.h"

#include <stdio.h>

/* Bare `pdh help`, and bare `pdh` before the set-up: a dozen lines, grouped by task, examples first. Where
 * nothing is set up yet, `pdh init` comes first. */
void help_bare(const struct term *t, bool set_up, FILE *out);

/* `pdh help log`, `pdh log --help`: usage, parameters, options, examples, exit statuses. */
void help_method(const struct method *m, const struct term *t, FILE *out);

/* `pdh help WORDS...`: a verb, the first word of several ("credential"), or "all". 0, or -PDH_NOT_FOUND with the
 * nearest verb as hint. */
int help_words(const struct texts *words, const struct term *t, FILE *out, struct err *e);
