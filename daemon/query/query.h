/* pdhd --query: one SELECT of a person, answered by a process of its own. What it writes are JSON values, one a line: the
 * names of the columns, then each row, both as arrays, and at the end an object: {}, or
 * {"code": 2, "field": "sql", "message": "...", "hint": "..."} with the code of an error. */
#pragma once

#include "daemon/work.h"

#include <stdio.h>

/* Reads the statement from `in` and answers on `out`. 0, or the error that was answered. */
int query_serve(struct work *w, FILE *in, FILE *out, struct err *e);

/* Answers an error. */
void query_answer_error(FILE *out, const struct err *e);
