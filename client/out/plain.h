/* --plain=1: the rows of an answer, one a line, columns separated by tabs in an order that never changes. In values,
 * tab, newline and backslash are written \t, \n and \\. */
#pragma once

#include "common/api.h"

#include <stdio.h>

/* The names of the columns of an answer's rows, separated by spaces; NULL if there are none, which a test rules out
 * for every method. */
const char *plain_columns(const struct shape *answer);

void plain_print(const struct shape *answer, const void *record, bool header,
		 struct arena *a, FILE *out);
