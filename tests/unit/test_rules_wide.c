/* Products beyond 128 bits: what comes back is what went in. */
#include "daemon/rules/wide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static uint64_t dice = 88172645463325252U;

static uint64_t roll(void)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return dice;
}

/* A number of up to so many bits. */
static int128 some(int bits)
{
	uint128 v = (uint128)roll() << 64 | roll();

	return (int128)(v >> (128 - bits));
}

static void what_was_multiplied_is_divided_again(void **state)
{
	(void)state;
	for (int i = 0; i < 100000; i++) {
		int bits = 1 + (int)(roll() % 120);
		int128 by = some(bits) + 1, a = some(1 + (int)(roll() % 120)), got = 0;
		int128 c = some(1 + (int)(roll() % 120));
		const struct divisor d = wide_divisor(by);
		a = roll() % 2 ? a : -a;
		c = roll() % 2 ? c : -c;
		assert_true(wide_cross(a, by, c, by, &d, &got));
		assert_true(got == a - c);
		assert_true(wide_cross(by, a, 0, c, &d, &got));
		assert_true(got == a);
	}
}

static void what_does_not_fit_is_told(void **state)
{
	const int128 large = (int128)1 << 126;
	const struct divisor one = wide_divisor(1);
	int128 got;

	(void)state;
	assert_false(wide_cross(large, 4, 0, 0, &one, &got));
	assert_false(wide_cross(0, 0, large, large, &one, &got));
}

static void products_are_compared(void **state)
{
	const int128 large = ((int128)1 << 126) + 1;

	(void)state;
	assert_int_equal(wide_compare(large, large, large, large), 0);
	assert_int_equal(wide_compare(large, large - 1, large, large), -1);
	assert_int_equal(wide_compare(large, large, large - 2, large + 2), 1);
	assert_int_equal(wide_compare(0, large, 0, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_multiplied_is_divided_again),
		cmocka_unit_test(what_does_not_fit_is_told),
		cmocka_unit_test(products_are_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
