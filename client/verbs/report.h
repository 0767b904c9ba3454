/* Errors on standard error: one sentence and what to do next, or one JSON object. */
#pragma once

#include "client/term/term.h"
#include "common/err.h"

#include <stdio.h>

void report_error(const struct err *e, bool json, const struct term *t, FILE *out);

/* Says on `out` what is no failure and yet worth knowing; with `json` as one object. */
void report_note(const char *text, bool json, const struct term *t, FILE *out);
