/* A small linear programme for tests: the largest sum of goals of variables that are not
 * negative, where each row's sum is at most its limit, which is not negative. It is the
 * textbook's simplex in floating point, and every answer is proved before it is given:
 * the variables keep to the rows, and the prices of the rows (the dual) show that no
 * other variables come to more than a millionth above them. */
#pragma once

enum { PROGRAMME_COLUMNS = 1500, PROGRAMME_ROWS = 2500 };

struct programme {
	int columns, rows;
	double row[PROGRAMME_ROWS][PROGRAMME_COLUMNS];
	double limit[PROGRAMME_ROWS], goal[PROGRAMME_COLUMNS];
	double value[PROGRAMME_COLUMNS]; /* the answer */
};

void programme_begin(struct programme *p);
int programme_column(struct programme *p);
int programme_row(struct programme *p, double limit);

/* Fills in value; aborts where the answer cannot be proved. */
double programme_solve(struct programme *p);
