#include "daemon/loop/turns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The one that was served least, whatever was picked before. */
static struct turns_seat *next_of(struct turns *t)
{
	t->picks = 0;
	return turns_pick(t);
}

static struct turns_seat *fourth_of(struct turns *t)
{
	t->picks = 3;
	return turns_pick(t);
}

static void equals_are_served_in_the_order_in_which_they_came(void **state)
{
	struct turns_seat a = {0}, b = {0}, c = {0};
	struct turns t = {0};

	(void)state;
	turns_join(&t, &a);
	turns_join(&t, &b);
	turns_join(&t, &c);
	turns_join(&t, &a);
	assert_ptr_equal(next_of(&t), &a);
	assert_ptr_equal(next_of(&t), &b);
	assert_ptr_equal(next_of(&t), &c);
	assert_null(next_of(&t));
}

static void who_was_served_least_is_next(void **state)
{
	struct turns_seat much = {0}, little = {0};
	struct turns t = {0};

	(void)state;
	turns_join(&t, &much);
	turns_join(&t, &little);
	assert_ptr_equal(next_of(&t), &much);
	turns_charge(&much, 100);
	turns_join(&t, &much);
	for (int i = 0; i < 4; i++) {
		assert_ptr_equal(next_of(&t), &little);
		turns_charge(&little, 25);
		turns_join(&t, &little);
	}
	assert_ptr_equal(next_of(&t), &much);
}

/* One that asks for a lot has no more than its share, and one that comes late is served at once, but has no claim to what
 * the others had before it came. */
static void time_without_a_wish_is_no_credit(void **state)
{
	struct turns_seat old = {0}, late = {0};
	struct turns t = {0};
	int served = 0;

	(void)state;
	turns_join(&t, &old);
	for (int i = 0; i < 1000; i++) {
		assert_ptr_equal(next_of(&t), &old);
		turns_charge(&old, 10);
		turns_join(&t, &old);
	}
	turns_join(&t, &late);
	assert_ptr_equal(next_of(&t), &late);
	turns_charge(&late, 10);
	turns_join(&t, &late);
	for (int i = 0; i < 1000; i++) {
		struct turns_seat *s = turns_pick(&t);
		served += s == &late;
		turns_charge(s, 10);
		turns_join(&t, s);
	}
	assert_in_range(served, 490, 510);
}

/* However many come with one wish each, who was there is served. */
static void who_waits_longest_is_served_now_and_then(void **state)
{
	struct turns_seat old = {.served = 1000}, new[9] = {{0}};
	struct turns t = {0};

	(void)state;
	turns_join(&t, &old);
	for (int i = 0; i < 9; i++)
		turns_join(&t, &new[i]);
	assert_ptr_equal(next_of(&t), &new[0]);
	assert_ptr_equal(fourth_of(&t), &old);
	assert_int_equal(t.least, 0);
	assert_ptr_equal(fourth_of(&t), &new[1]);
}

/* Also where nobody else waits. */
static void the_longest_waiting_moves_time_on(void **state)
{
	struct turns_seat old = {.served = 1000}, late = {0};
	struct turns t = {0};

	(void)state;
	turns_join(&t, &old);
	assert_ptr_equal(fourth_of(&t), &old);
	turns_join(&t, &late);
	assert_int_equal(late.served, 1000);
}

static void who_left_is_not_served(void **state)
{
	struct turns_seat v[3] = {{0}};
	struct turns t = {0};

	(void)state;
	for (int gone = 0; gone < 3; gone++) {
		for (int i = 0; i < 3; i++)
			turns_join(&t, &v[i]);
		turns_leave(&t, &v[gone]);
		turns_leave(&t, &v[gone]);
		assert_ptr_equal(next_of(&t), &v[gone == 0]);
		assert_ptr_equal(next_of(&t), &v[gone == 2 ? 1 : 2]);
		assert_null(next_of(&t));
		assert_null(t.first);
		assert_null(t.last);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_are_served_in_the_order_in_which_they_came),
		cmocka_unit_test(who_was_served_least_is_next),
		cmocka_unit_test(time_without_a_wish_is_no_credit),
		cmocka_unit_test(who_waits_longest_is_served_now_and_then),
		cmocka_unit_test(the_longest_waiting_moves_time_on),
		cmocka_unit_test(who_left_is_not_served),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
