/* The days of an activity that comes again. */
#include "daemon/record/repeat.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct activity_add_params asked(enum repeat repeat)
{
	struct activity_add_params p;

	shape_none(&shape_activity_add_params, &p);
	p.repeat = repeat;
	return p;
}

static civil_day day(const char *iso)
{
	civil_day d;
	struct err e;

	assert_int_equal(date_parse_iso(iso, &d, &e), 0);
	return d;
}

/* The days as text. */
static const char *days(const struct activity_add_params *p, const char *first,
			struct arena *a, size_t *ret_moved)
{
	struct repeat_days found;
	char iso[DATE_ISO_SIZE];
	const char *all = "";
	struct err e;

	if (repeat_days(p, day(first), a, &found, &e) < 0)
		return arena_printf(a, "%s %s", e.field, e.message);
	for (size_t i = 0; i < found.n; i++) {
		date_format_iso(found.v[i], iso);
		all = arena_printf(a, "%s%s%s", all, i ? " " : "", iso);
	}
	*ret_moved = found.moved;
	return all;
}

static void check(const struct activity_add_params *p, const char *first,
		  const char *want, size_t want_moved)
{
	AUTO_ARENA a = {0};
	size_t moved = 0;

	assert_string_equal(days(p, first, &a, &moved), want);
	assert_int_equal(moved, want_moved);
}

static void weeks_are_counted(void **state)
{
	struct activity_add_params p = asked(REPEAT_WEEKLY);

	(void)state;
	p.times = 3;
	check(&p, "2026-12-23", "2026-12-23 2026-12-30 2027-01-06", 0);
	p.repeat = REPEAT_EVERY_2_WEEKS;
	check(&p, "2026-12-23", "2026-12-23 2027-01-06 2027-01-20", 0);
	p.times = INT_NONE;
	p.until = day("2027-01-20");
	check(&p, "2026-12-23", "2026-12-23 2027-01-06 2027-01-20", 0);
	p.until = day("2027-01-19");
	check(&p, "2026-12-23", "2026-12-23 2027-01-06", 0);
}

static void a_short_month_moves_no_later_one(void **state)
{
	struct activity_add_params p = asked(REPEAT_MONTHLY);

	(void)state;
	p.times = 5;
	check(&p, "2027-12-31", "2027-12-31 2028-01-31 2028-02-29 2028-03-31 2028-04-30",
	      2);
	p.times = 2;
	check(&p, "2026-02-28", "2026-02-28 2026-03-28", 0);
	check(&p, "2026-01-29", "2026-01-29 2026-02-28", 1);
}

static void days_are_left_out(void **state)
{
	const char *skip[] = {"2026-03-04, 11 mar", "2026-03-25"};
	struct activity_add_params p = asked(REPEAT_WEEKLY);

	(void)state;
	p.times = 4;
	p.skip = (struct texts){2, skip};
	check(&p, "2026-03-04", "2026-03-18", 0);
	skip[1] = "2026-03-26";
	check(&p, "2026-03-04", "skip Thu 26 Mar 2026 is not one of the days", 0);
	skip[1] = "none";
	check(&p, "2026-03-04", "skip \"none\" is not a day", 0);
	p.skip.n = 1;
	p.times = 2;
	check(&p, "2026-03-04", "skip takes away every day", 0);
}

static void ends_are_bounded(void **state)
{
	struct activity_add_params p = asked(REPEAT_WEEKLY);
	struct repeat_days found;
	AUTO_ARENA a = {0};
	struct err e;

	(void)state;
	check(&p, "2026-03-04", "repeat needs an end", 0);
	p.until = day("2026-03-03");
	check(&p, "2026-03-04", "until is before the first day", 0);
	p.until = day("2033-03-02"); /* 366 weeks */
	assert_int_equal(repeat_days(&p, day("2026-03-04"), &a, &found, &e), 0);
	assert_int_equal(found.n, REPEAT_MOST);
	p.until = day("2033-03-09");
	check(&p, "2026-03-04",
	      "until takes more than 366 activities; say an earlier day", 0);
	p.until = DATE_NONE;
	p.times = 2;
	check(&p, "2199-12-31", "repeat has no such day before the year 2199 is over", 0);
	p.times = 0;
	check(&p, "2026-03-04", "times must be from 1 to 366", 0);
	p.times = 2;
	p.until = day("2026-12-31");
	check(&p, "2026-03-04", "times cannot be given with --until; give one of the two",
	      0);
}

static void what_goes_with_repeat_is_refused_alone(void **state)
{
	struct activity_add_params p = asked(REPEAT_NONE);
	struct err e;

	(void)state;
	assert_int_equal(repeat_check_none(&p, &e), 0);
	p.times = 3;
	assert_int_equal(repeat_check_none(&p, &e), -PDH_USAGE);
	assert_string_equal(e.field, "times");
	p.repeat = REPEAT_WEEKLY;
	assert_int_equal(repeat_check_none(&p, &e), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weeks_are_counted),
		cmocka_unit_test(a_short_month_moves_no_later_one),
		cmocka_unit_test(days_are_left_out),
		cmocka_unit_test(ends_are_bounded),
		cmocka_unit_test(what_goes_with_repeat_is_refused_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
