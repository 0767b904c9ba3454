/* The best set of pairs, one to one: as good as the best that trying all of them finds. */
#include "daemon/record/pairs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 6 };

struct table {
	size_t n, m;
	int64_t worth[MOST][MOST];
};

static int64_t worth(const void *data, size_t i, size_t j)
{
	return ((const struct table *)data)->worth[i][j];
}

/* The largest sum that rows from the `i`th on can have, with these columns taken. */
static int64_t try_all(const struct table *t, size_t i, unsigned taken)
{
	if (i == t->n)
		return 0;
	int64_t best = try_all(t, i + 1, taken);
	for (size_t j = 0; j < t->m; j++) {
		if ((taken >> j & 1) || t->worth[i][j] == 0)
			continue;
		int64_t all = t->worth[i][j] + try_all(t, i + 1, taken | 1u << j);
		best = all > best ? all : best;
	}
	return best;
}

static int64_t sum_of(const struct table *t, const int *columns)
{
	unsigned taken = 0;
	int64_t sum = 0;

	for (size_t i = 0; i < t->n; i++) {
		if (columns[i] == PAIRS_NONE)
			continue;
		assert_true(columns[i] >= 0 && (size_t)columns[i] < t->m);
		assert_false(taken >> columns[i] & 1);
		taken |= 1u << columns[i];
		assert_true(t->worth[i][columns[i]] > 0);
		sum += t->worth[i][columns[i]];
	}
	return sum;
}

static void no_other_set_is_better(void **state)
{
	enum { ROUNDS = 4000 };

	(void)state;
	srand(11);
	for (int round = 0; round < ROUNDS; round++) {
		AUTO_ARENA a = {NULL};
		struct table t = {.n = (size_t)rand() % (MOST + 1),
				  .m = (size_t)rand() % (MOST + 1)};
		int density = 1 + rand() % 10, columns[MOST + 1];
		for (size_t i = 0; i < t.n; i++)
			for (size_t j = 0; j < t.m; j++)
				if (rand() % 10 < density)
					t.worth[i][j] = rand() % 3 ? 1 + rand() % 20
								   : 1000000 + rand() % 9;
		assert_true(pairs_best(t.n, t.m, worth, &t, &a, columns));
		assert_int_equal(sum_of(&t, columns), try_all(&t, 0, 0));
	}
}

static int64_t all_alike(const void *data, size_t i, size_t j)
{
	(void)data;
	return 1000 - llabs((long long)i - (long long)j);
}

static void many_that_are_alike_are_taken_in_order_of_worth(void **state)
{
	enum { MANY = PAIRS_GROUP_MOST + 40 };
	AUTO_ARENA a = {NULL};
	int columns[MANY];

	(void)state;
	assert_false(pairs_best(MANY, MANY, all_alike, NULL, &a, columns));
	for (int i = 0; i < MANY; i++)
		assert_int_equal(columns[i], i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_other_set_is_better),
		cmocka_unit_test(many_that_are_alike_are_taken_in_order_of_worth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
