/* Lists of texts, and the short texts of an amount and of a day. */
#pragma once

#include "common/kind.h"

/* Whether a text is one of a list. */
bool texts_has(const struct texts *t, const char *text);

/* Appends to a list of texts in the arena. */
void texts_add(struct texts *t, const char *text, struct arena *a);

/* "2.5 h", "3.0 sh". */
const char *texts_credit(struct arena *a, struct credit c);

/* "13 Mar 2026" */
const char *texts_day(struct arena *a, civil_day d);

/* "2 years", "18 months"; `months` is more than 0. */
const char *texts_span(struct arena *a, int64_t months);
