/* What rules ask for and nobody told, and how it is told. */
#pragma once

#include "client/show/words.h"

/* --fact "birth month=3", --issued 2026-03-31 */
const char *show_question_flag(const struct show *v, const struct question *q);

/* The question, and the words a choice has: "How do you work? (full-time or part-time)". */
const char *show_question(const struct show *v, const struct question *q);

/* What pdh credential edit may be told about it: a question and its command for each. */
void show_unanswered(const struct show *v, const struct credential *c, int label);
