/* Every function of days over all days there are, at the edges and past them. */
#include "common/clock.h"
#include "common/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { BEYOND = 1000 }; /* days looked at past either bound */

/* What no day is, and what lies far outside. */
static const civil_day odd[] = {
	DATE_NONE,	DATE_CLEAR, INT32_MIN + 2, -1000000,	  DATE_FIRST,
	DATE_FIRST - 1, DATE_LAST,  DATE_LAST + 1, INT32_MAX - 1, INT32_MAX};

static int64_t clamp(int64_t d)
{
	return d < DATE_FIRST ? DATE_FIRST : d > DATE_LAST ? DATE_LAST : d;
}

static void the_bounds_are_the_first_and_the_last_day_of_the_years(void **state)
{
	(void)state;
	assert_int_equal(date_make(DATE_YEAR_MIN, 1, 1), DATE_FIRST);
	assert_int_equal(date_make(DATE_YEAR_MAX, 12, 31), DATE_LAST);
	assert_true(date_in_bounds(DATE_FIRST) && date_in_bounds(DATE_LAST));
	assert_false(date_in_bounds(DATE_FIRST - 1) || date_in_bounds(DATE_LAST + 1));
	assert_false(date_in_bounds(DATE_NONE) || date_in_bounds(DATE_CLEAR));
}

/* A walk through the calendar, day by day, that knows no arithmetic. */
struct walk {
	int year, month, day, weekday;
};

static void walk_on(struct walk *w)
{
	w->weekday = w->weekday % 7 + 1;
	if (++w->day <= date_days_in_month(w->year, w->month))
		return;
	w->day = 1;
	w->month = w->month % 12 + 1;
	w->year += w->month == 1;
}

static void days_are_split_in_and_past_the_bounds(void **state)
{
	struct walk w = {.year = DATE_YEAR_MIN, .month = 1, .day = 1, .weekday = 1};

	(void)state;
	for (civil_day d = DATE_FIRST; d <= DATE_LAST + BEYOND; d++, walk_on(&w)) {
		int year, month, day;
		date_split(d, &year, &month, &day);
		assert_true(year == w.year && month == w.month && day == w.day);
		assert_int_equal(date_weekday(d), w.weekday);
		assert_int_equal(date_make(year, month, day),
				 date_in_bounds(d) ? d : DATE_NONE);
	}
	/* 400 years have as many days everywhere. */
	for (civil_day d = DATE_FIRST - BEYOND; d < DATE_FIRST; d++) {
		int y1, m1, d1, y2, m2, d2;
		date_split(d, &y1, &m1, &d1);
		date_split(d + 146097, &y2, &m2, &d2);
		assert_true(y1 + 400 == y2 && m1 == m2 && d1 == d2);
	}
}

static void any_number_is_split_weighed_and_written(void **state)
{
	char text[DATE_ISO_SIZE], human[DATE_HUMAN_SIZE];
	int year, month, day;
	civil_day back;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(odd); i++) {
		date_split(odd[i], &year, &month, &day);
		assert_in_range(month, 1, 12);
		assert_in_range(day, 1, date_days_in_month(year, month));
		assert_in_range(date_weekday(odd[i]), 1, 7);
		date_format_iso(odd[i], text);
		date_format_human(odd[i], human);
		assert_int_equal(!*text, !date_is_day(odd[i]));
		assert_int_equal(!*human, !date_is_day(odd[i]));
		if (!*text)
			continue;
		assert_int_equal(date_parse_iso(text, &back, &e), 0);
		assert_int_equal(back, clamp(odd[i]));
	}
}

static void days_are_added_up_to_the_bounds(void **state)
{
	static const int64_t steps[] = {0,	   1,	      -1,	30,
					-365,	   109572,    -109572,	INT32_MAX,
					INT32_MIN, INT64_MAX, INT64_MIN};

	(void)state;
	for (civil_day d = DATE_FIRST - BEYOND; d <= DATE_LAST + BEYOND; d += 7)
		for (size_t i = 0; i < COUNT(steps); i++) {
			int64_t sum;
			if (__builtin_add_overflow(d, steps[i], &sum))
				sum = steps[i];
			assert_int_equal(date_add_days(d, steps[i]), clamp(sum));
		}
}

/* By way of the number of the month, and of the day that it has. */
static int64_t months_on(civil_day d, int64_t months)
{
	int year, month, day;

	date_split(d, &year, &month, &day);
	int64_t all = year * 12 + month - 1 + months;
	if (all < DATE_YEAR_MIN * 12)
		return DATE_FIRST;
	if (all >= (DATE_YEAR_MAX + 1) * 12)
		return DATE_LAST;
	year = (int)(all / 12);
	month = (int)(all % 12) + 1;
	int last = date_days_in_month(year, month);
	return date_make(year, month, day < last ? day : last);
}

static void months_are_added_up_to_the_bounds(void **state)
{
	static const int64_t steps[] = {
		0,     1,    -1,   11,	  12,	-12,	60,	   -60,	      1200,
		-1200, 3599, 3600, -3600, 9999, -99999, INT64_MAX, INT64_MIN, INT32_MAX};

	(void)state;
	for (civil_day d = DATE_FIRST; d <= DATE_LAST; d++)
		for (size_t i = 0; i < COUNT(steps); i++) {
			int64_t months = steps[i] > 99999    ? 99999
					 : steps[i] < -99999 ? -99999
							     : steps[i];
			civil_day to = date_add_months(d, steps[i]);
			civil_day last = date_months_last(d, steps[i]);
			assert_int_equal(to, months_on(d, months));
			assert_true(last == to - 1 || last == DATE_FIRST ||
				    last == DATE_LAST);
			assert_true(steps[i] < 1 || last >= d);
		}
}

static void what_is_no_day_stays_so(void **state)
{
	static const civil_day none[] = {DATE_NONE, DATE_CLEAR};

	(void)state;
	for (size_t i = 0; i < COUNT(none); i++) {
		assert_int_equal(date_add_days(none[i], 1), none[i]);
		assert_int_equal(date_add_months(none[i], 1), none[i]);
		assert_int_equal(date_months_last(none[i], 1), none[i]);
		assert_int_equal(date_month_end(none[i]), none[i]);
	}
}

static void a_month_ends_on_its_last_day(void **state)
{
	(void)state;
	for (civil_day d = DATE_FIRST - BEYOND; d <= DATE_LAST + BEYOND; d++) {
		int year, month, day;
		date_split(d, &year, &month, &day);
		civil_day end = date_make(year, month, date_days_in_month(year, month));
		assert_int_equal(date_month_end(d), end == DATE_NONE ? clamp(d) : end);
	}
}

/* The longest of a year's stretches ends, from whatever day it begins, with the last day. */
static void stretches_of_months_end(void **state)
{
	(void)state;
	for (int months = 1; months <= 60; months++) {
		civil_day last = DATE_FIRST - 1;
		int n = 0;
		while (last < DATE_LAST) {
			civil_day next = date_months_last(last + 1, months);
			assert_true(next > last);
			last = next;
			n++;
		}
		assert_int_equal(last, DATE_LAST);
		assert_int_equal(n, (DATE_YEAR_MAX - DATE_YEAR_MIN + 1) * 12 / months +
					    (3600 % months != 0));
	}
}

/* What may be typed on any day, and is a day, a period, or refused. */
static void words_lie_within_the_bounds_on_any_day(void **state)
{
	static const char *const words[] = {
		"today",	"yesterday",	"tomorrow",	 "mon",
		"sun",		"last fri",	"next tue",	 "9999 days ago",
		"in 9999 days", "in 400 years", "400 years ago", "in 9999 months",
		"29 feb",	"1 jan",	"31 dec",	 "this-week",
		"last-week",	"this-month",	"last-month",	 "this-year",
		"last-year",	"1900..",	"..2199",	 "2199-12-31..",
		"..1900-01-01"};
	static const civil_day todays[] = {DATE_FIRST, DATE_FIRST + 1, DATE_FIRST + 40,
					   0,	       DATE_LAST - 40, DATE_LAST - 1,
					   DATE_LAST};

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++)
		for (size_t k = 0; k < COUNT(todays); k++) {
			struct period p = {DATE_NONE, DATE_NONE};
			civil_day d = DATE_FIRST;
			struct err e;
			for (int lean = DATE_PAST; lean <= DATE_FUTURE; lean++)
				(void)date_parse(words[i], todays[k], DATE_ORDER_UNTOLD,
						 (enum date_lean)lean, &d, &e);
			assert_true(date_in_bounds(d));
			if (period_parse(words[i], todays[k], DATE_ORDER_UNTOLD, &p, &e) <
			    0)
				continue;
			assert_true(p.from != DATE_NONE || p.to != DATE_NONE);
			assert_true(p.from == DATE_NONE || date_in_bounds(p.from));
			assert_true(p.to == DATE_NONE || date_in_bounds(p.to));
		}
}

static void every_day_has_its_instants(void **state)
{
	(void)state;
	setenv("TZ", "America/New_York", 1);
	tzset();
	for (civil_day d = DATE_FIRST; d <= DATE_LAST; d += 13)
		assert_int_equal(clock_day_of(clock_at(d, 480)), d);
	assert_int_equal(clock_day_of(clock_at(DATE_FIRST, 0)), DATE_FIRST);
	assert_int_equal(clock_day_of(clock_at(DATE_LAST, 1439)), DATE_LAST);
	for (size_t i = 0; i < COUNT(odd); i++)
		(void)clock_at(odd[i], 480);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_bounds_are_the_first_and_the_last_day_of_the_years),
		cmocka_unit_test(days_are_split_in_and_past_the_bounds),
		cmocka_unit_test(any_number_is_split_weighed_and_written),
		cmocka_unit_test(days_are_added_up_to_the_bounds),
		cmocka_unit_test(months_are_added_up_to_the_bounds),
		cmocka_unit_test(what_is_no_day_stays_so),
		cmocka_unit_test(a_month_ends_on_its_last_day),
		cmocka_unit_test(stretches_of_months_end),
		cmocka_unit_test(words_lie_within_the_bounds_on_any_day),
		cmocka_unit_test(every_day_has_its_instants),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
