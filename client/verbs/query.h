/* pdh query: SQL is run by pdhd --query, a process of its own, and its answer is printed in one of four forms. */
#pragma once

#include "client/term/term.h"
#include "common/arena.h"
#include "common/err.h"

#include <jansson.h>
#include <stdio.h>

/* What was answered: the names of the columns, and the rows, which are arrays of as many values: text, integers, reals and
 * null. Release with query_done(). */
struct query_answer {
	json_t *columns, *rows;
};

/* Asks the records of this database. Errors of the statement bear the field sql; -PDH_FAILED: the process could not be
 * started, or ended without an answer. */
int query_ask(const char *database, const char *sql, struct arena *a,
	      struct query_answer *ret, struct err *e);
void query_done(struct query_answer *q);

/* A table; rows of many columns as a paragraph each. */
void query_print_table(const struct query_answer *q, const struct term *t,
		       struct arena *a, FILE *out);
/* {"schema":"pdh.query/1","views":[],"columns":[...],"rows":[{...}]}; of columns of one name the second is name:2. */
void query_print_json(const struct query_answer *q, struct arena *a, FILE *out);
void query_print_plain(const struct query_answer *q, bool header, struct arena *a,
		       FILE *out);
/* With a line of names. A text that a spreadsheet would compute begins with one ' more. */
void query_print_csv(const struct query_answer *q, struct arena *a, FILE *out);
