#include "tests/support/programme.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTHING	  1e-9
#define MILLIONTH 1e-6

enum { ALL = PROGRAMME_COLUMNS + PROGRAMME_ROWS };

/* Rows, the last of them the goal; a column for each variable, for what each row leaves
 * over, and for the limits. */
struct tableau {
	int n, m;
	double v[PROGRAMME_ROWS + 1][ALL + 1];
	int basis[PROGRAMME_ROWS];
};

static void die(const char *why)
{
	(void)fprintf(stderr, "the oracle's programme: %s\n", why);
	abort();
}

void programme_begin(struct programme *p)
{
	for (int i = 0; i < p->rows; i++)
		memset(p->row[i], 0, sizeof(p->row[i]));
	memset(p->goal, 0, sizeof(p->goal));
	p->columns = p->rows = 0;
}

int programme_column(struct programme *p)
{
	if (p->columns == PROGRAMME_COLUMNS)
		die("too many columns");
	return p->columns++;
}

int programme_row(struct programme *p, double limit)
{
	if (p->rows == PROGRAMME_ROWS || limit < 0)
		die("too many rows, or a limit below nothing");
	p->limit[p->rows] = limit;
	return p->rows++;
}

static void fill(const struct programme *p, struct tableau *t)
{
	t->m = p->rows;
	t->n = p->columns + p->rows;
	for (int i = 0; i <= p->rows; i++)
		memset(t->v[i], 0, (size_t)(t->n + 1) * sizeof(double));
	for (int i = 0; i < p->rows; i++) {
		memcpy(t->v[i], p->row[i], (size_t)p->columns * sizeof(double));
		t->v[i][p->columns + i] = 1;
		t->v[i][t->n] = p->limit[i];
		t->basis[i] = p->columns + i;
	}
	for (int k = 0; k < p->columns; k++)
		t->v[t->m][k] = -p->goal[k];
}

/* The first that helps (Bland), so that it ends. */
static int entering(const struct tableau *t)
{
	for (int k = 0; k < t->n; k++)
		if (t->v[t->m][k] < -NOTHING)
			return k;
	return -1;
}

static int leaving(const struct tableau *t, int column)
{
	int best = -1;
	double least = 0;

	for (int i = 0; i < t->m; i++) {
		if (t->v[i][column] <= NOTHING)
			continue;
		double ratio = t->v[i][t->n] / t->v[i][column];
		if (best < 0 || ratio < least - NOTHING ||
		    (ratio < least + NOTHING && t->basis[i] < t->basis[best])) {
			best = i;
			least = ratio;
		}
	}
	return best;
}

static void turn(struct tableau *t, int row, int column)
{
	double pivot = t->v[row][column];

	for (int k = 0; k <= t->n; k++)
		t->v[row][k] /= pivot;
	for (int i = 0; i <= t->m; i++) {
		double factor = t->v[i][column];
		if (i == row || factor == 0)
			continue;
		for (int k = 0; k <= t->n; k++)
			t->v[i][k] -= factor * t->v[row][k];
		t->v[i][column] = 0;
	}
	t->basis[row] = column;
}

/* No variables come to more than what the limits cost at the prices of the rows, if each
 * variable costs what it is worth or more. */
static void prove(const struct programme *p, const double *price, double best)
{
	double slack = MILLIONTH * (1 + fabs(best)), cost = 0;

	for (int i = 0; i < p->rows; i++) {
		double sum = 0;
		for (int k = 0; k < p->columns; k++)
			sum += p->row[i][k] * p->value[k];
		if (sum > p->limit[i] + MILLIONTH || price[i] < -MILLIONTH)
			die("a row does not hold");
		cost += price[i] * p->limit[i];
	}
	for (int k = 0; k < p->columns; k++) {
		double sum = 0;
		for (int i = 0; i < p->rows; i++)
			sum += p->row[i][k] * price[i];
		if (p->value[k] < -MILLIONTH || sum < p->goal[k] - slack)
			die("a variable costs too little");
	}
	if (fabs(cost - best) > slack)
		die("more could be possible");
}

double programme_solve(struct programme *p)
{
	static struct tableau t;
	double best = 0;

	fill(p, &t);
	for (int column; (column = entering(&t)) >= 0;) {
		int row = leaving(&t, column);
		if (row < 0)
			die("there is no end to it");
		turn(&t, row, column);
	}
	memset(p->value, 0, sizeof(p->value));
	for (int i = 0; i < t.m; i++)
		if (t.basis[i] < p->columns)
			p->value[t.basis[i]] = t.v[i][t.n];
	for (int k = 0; k < p->columns; k++)
		best += p->goal[k] * p->value[k];
	prove(p, t.v[t.m] + p->columns, best);
	return best;
}
