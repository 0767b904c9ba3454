#include "daemon/rules/simplex.h"

#include "daemon/rules/wide.h"

/* The tableau is condensed: a column stands for a variable that is 0, a row for one that
 * is not. Pivoting lets the two change places. */
static int128 *at(const struct simplex *s, size_t row, size_t column)
{
	return &s->v[row * (s->columns + 1) + column];
}

void simplex_init(struct simplex *s, size_t columns, size_t rows, struct arena *a)
{
	*s = (struct simplex){.columns = columns, .rows = rows, .denominator = 1};
	s->v = arena_array(a, (rows + SIMPLEX_GOALS) * (columns + 1), sizeof(*s->v));
	s->place = arena_array(a, columns + rows, sizeof(*s->place));
	for (size_t i = 0; i < columns + rows; i++)
		s->place[i] = i;
}

void simplex_set(struct simplex *s, size_t row, size_t column, int64_t coefficient)
{
	*at(s, row, column) = coefficient;
}

void simplex_limit(struct simplex *s, size_t row, int128 limit)
{
	*at(s, row, s->columns) = limit;
}

void simplex_goal(struct simplex *s, size_t goal, size_t column, int64_t worth)
{
	*at(s, s->rows + goal, column) = worth;
}

static bool makes_worse(const struct simplex *s, size_t goals, size_t column)
{
	for (size_t goal = 0; goal < goals; goal++)
		if (*at(s, s->rows + goal, column) < 0)
			return true;
	return false;
}

/* The first column that makes a goal better and no earlier goal worse; columns if none.
 * The first, and not the best: so it never runs in a circle (Bland). */
static size_t entering(const struct simplex *s)
{
	size_t best = s->columns, lowest = SIZE_MAX;

	for (size_t goal = 0; goal < SIMPLEX_GOALS && best == s->columns; goal++)
		for (size_t j = 0; j < s->columns; j++)
			if (*at(s, s->rows + goal, j) > 0 && s->place[j] < lowest &&
			    !makes_worse(s, goal, j)) {
				best = j;
				lowest = s->place[j];
			}
	return best;
}

/* The row that stops the column first; rows if none does. */
static size_t leaving(const struct simplex *s, size_t column)
{
	size_t best = s->rows;

	for (size_t i = 0; i < s->rows; i++) {
		if (*at(s, i, column) <= 0)
			continue;
		/* limit[i] / v[i] against limit[best] / v[best] */
		int order = best == s->rows ? -1
					    : wide_compare(*at(s, i, s->columns),
							   *at(s, best, column),
							   *at(s, best, s->columns),
							   *at(s, i, column));
		if (order < 0 || (order == 0 &&
				  s->place[s->columns + i] < s->place[s->columns + best]))
			best = i;
	}
	return best;
}

/* Every row but the pivot's own: v = (v * pivot - factor * row) / denominator, which has no
 * remainder. */
static bool reduce(struct simplex *s, size_t i, size_t row, size_t column,
		   const struct divisor *by)
{
	int128 factor = *at(s, i, column), pivot = *at(s, row, column);
	int128 *v = at(s, i, 0);
	const int128 *other = at(s, row, 0);
	bool same = pivot == s->denominator;

	if (factor == 0 && same)
		return true;
	for (size_t j = 0; j <= s->columns; j++) {
		/* Most numbers are nothing, and stay it. */
		bool alone = factor == 0 || other[j] == 0;
		if (j == column || (alone && (same || v[j] == 0)))
			continue;
		if (!wide_cross(v[j], pivot, factor, other[j], by, &v[j]))
			return false;
	}
	return true;
}

static bool turn(struct simplex *s, size_t row, size_t column)
{
	const struct divisor by = wide_divisor(s->denominator);
	int128 pivot = *at(s, row, column);

	for (size_t i = 0; i < s->rows + SIMPLEX_GOALS; i++)
		if (i != row && !reduce(s, i, row, column, &by))
			return false;
	for (size_t i = 0; i < s->rows + SIMPLEX_GOALS; i++)
		*at(s, i, column) = -*at(s, i, column);
	*at(s, row, column) = s->denominator;
	s->denominator = pivot;
	size_t was = s->place[column];
	s->place[column] = s->place[s->columns + row];
	s->place[s->columns + row] = was;
	return true;
}

bool simplex_solve(struct simplex *s)
{
	for (;;) {
		size_t column = entering(s);
		if (column == s->columns)
			return true;
		size_t row = leaving(s, column);
		if (row == s->rows || !turn(s, row, column))
			return false;
	}
}

/* The value of a column, times the denominator. */
static int128 value_of(const struct simplex *s, size_t column)
{
	for (size_t i = 0; i < s->rows; i++)
		if (s->place[s->columns + i] == column)
			return *at(s, i, s->columns);
	return 0;
}

int64_t simplex_value(const struct simplex *s, size_t column)
{
	return (int64_t)(value_of(s, column) / s->denominator);
}

int64_t simplex_value_up(const struct simplex *s, size_t column)
{
	int128 v = value_of(s, column);

	return (int64_t)(v / s->denominator + (v % s->denominator > 0));
}
