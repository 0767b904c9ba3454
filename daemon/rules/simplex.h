/* A small linear programme, solved exactly: maximise the first goal, then the second, and
 * so on, subject to sums that are at most something. All numbers are whole; what is between is
 * kept as a fraction with one common denominator, so nothing is rounded on the way
 * (integer pivoting, after Edmonds). */
#pragma once

#include "common/arena.h"
#include "common/credit.h"

#include <stdbool.h>
#include <stddef.h>

enum { SIMPLEX_GOALS = 4 };

/* Rows: each says that the sum of coefficient * column is at most `limit`, which is not
 * negative; so that all columns at 0 are a beginning. */
struct simplex {
	size_t columns, rows;
	int128 *v;	    /* (rows + goals) * (columns + 1) */
	int128 denominator; /* of all of them */
	size_t *place;	    /* of columns, then of rows: where each variable is now */
};

void simplex_init(struct simplex *s, size_t columns, size_t rows, struct arena *a);

/* Sets a coefficient of a row, or of a goal. */
void simplex_set(struct simplex *s, size_t row, size_t column, int64_t coefficient);
void simplex_limit(struct simplex *s, size_t row, int128 limit);
void simplex_goal(struct simplex *s, size_t goal, size_t column, int64_t worth);

/* False where the numbers grew beyond 128 bits; then nothing can be read. */
bool simplex_solve(struct simplex *s);

/* The value of a column, rounded down, or up. */
int64_t simplex_value(const struct simplex *s, size_t column);
int64_t simplex_value_up(const struct simplex *s, size_t column);
