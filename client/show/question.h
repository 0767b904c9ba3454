/* What rules ask for and nobody told, and how it is told. */
#pragma once

#include "client/show/words.h"

/* --fact "birth month=...", --issued ...: where the answer goes, and never an answer, for one
 * that is typed without a thought could let somebody off. The dots are refused. */
const char *question_flag(const struct question *q, struct arena *a);

/* The question, and how it is answered: "How do you work? (full-time or part-time)". */
const char *question_text(const struct question *q, struct arena *a);

/* What pdh credential edit may be told about it: a question and its command for each. */
void show_unanswered(const struct show *v, const struct credential *c, int label);
