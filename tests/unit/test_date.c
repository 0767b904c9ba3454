#include "common/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static civil_day today(void) /* a Saturday */
{
	return date_make(2026, 3, 14);
}

static void every_day_splits_into_what_made_it(void **state)
{
	civil_day expected = date_make(DATE_YEAR_MIN, 1, 1);
	char text[DATE_ISO_SIZE];
	civil_day back;
	struct err e;

	(void)state;
	assert_int_equal(date_make(1970, 1, 1), 0);
	for (int y = DATE_YEAR_MIN; y <= DATE_YEAR_MAX; y++)
		for (int m = 1; m <= 12; m++)
			for (int d = 1; d <= date_days_in_month(y, m); d++, expected++) {
				int year, month, day;
				assert_int_equal(date_make(y, m, d), expected);
				date_split(expected, &year, &month, &day);
				assert_true(year == y && month == m && day == d);
				date_format_iso(expected, text);
				assert_int_equal(date_parse_iso(text, &back, &e), 0);
				assert_int_equal(back, expected);
			}
}

static void there_is_no_such_day(void **state)
{
	static const int cases[][3] = {{2026, 2, 29}, {2024, 2, 30}, {2100, 2, 29},
				       {2026, 4, 31}, {2026, 0, 1},  {2026, 13, 1},
				       {2026, 1, 0},  {1899, 1, 1},  {2200, 1, 1}};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(date_make(cases[i][0], cases[i][1], cases[i][2]),
				 DATE_NONE);
	assert_int_not_equal(date_make(2000, 2, 29), DATE_NONE);
}

static void weekdays_are_those_of_the_calendar(void **state)
{
	char text[DATE_HUMAN_SIZE];

	(void)state;
	assert_int_equal(date_weekday(today()), 6);
	assert_int_equal(date_weekday(0), 4);
	assert_int_equal(date_weekday(date_make(1900, 1, 1)), 1);
	date_format_human(date_make(2026, 3, 1), text);
	assert_string_equal(text, "Sun 1 Mar 2026");
	date_format_human(date_make(1900, 12, 31), text);
	assert_string_equal(text, "Mon 31 Dec 1900");
}

static void months_are_added_within_the_month(void **state)
{
	static const struct {
		int from[3], months, to[3];
	} cases[] = {
		{{2026, 1, 31}, 1, {2026, 2, 28}},    {{2024, 1, 31}, 1, {2024, 2, 29}},
		{{2024, 2, 29}, 12, {2025, 2, 28}},   {{2026, 3, 31}, -1, {2026, 2, 28}},
		{{2026, 1, 15}, -13, {2024, 12, 15}}, {{1900, 1, 15}, -1, {1900, 1, 1}},
		{{2199, 12, 15}, 1, {2199, 12, 31}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(
			date_add_months(date_make(cases[i].from[0], cases[i].from[1],
						  cases[i].from[2]),
					cases[i].months),
			date_make(cases[i].to[0], cases[i].to[1], cases[i].to[2]));
	assert_int_equal(date_month_end(date_make(2024, 2, 1)), date_make(2024, 2, 29));
}

static void words_become_days(void **state)
{
	static const struct {
		const char *typed, *past, *future; /* NULL: refused */
	} cases[] = {
		{"2026-03-13", "2026-03-13", "2026-03-13"},
		{"today", "2026-03-14", "2026-03-14"},
		{"NOW", "2026-03-14", "2026-03-14"},
		{"yesterday", "2026-03-13", "2026-03-13"},
		{"tomorrow", "2026-03-15", "2026-03-15"},
		{"fri", "2026-03-13", "2026-03-20"},
		{"saturday", "2026-03-14", "2026-03-14"},
		{"last sat", "2026-03-07", "2026-03-07"},
		{"next sat", "2026-03-21", "2026-03-21"},
		{"last fri", "2026-03-13", "2026-03-13"},
		{"3 days ago", "2026-03-11", "2026-03-11"},
		{"a week ago", "2026-03-07", "2026-03-07"},
		{"2weeks ago", "2026-02-28", "2026-02-28"},
		{"1 month ago", "2026-02-14", "2026-02-14"},
		{"a year ago", "2025-03-14", "2025-03-14"},
		{"in 10 days", "2026-03-24", "2026-03-24"},
		{"10 days", NULL, "2026-03-24"},
		{"14 mar", "2026-03-14", "2026-03-14"},
		{"15 mar", "2025-03-15", "2026-03-15"},
		{"mar 13", "2026-03-13", "2027-03-13"},
		{"Sept 1st", "2025-09-01", "2026-09-01"},
		{"3rd of mar", "2026-03-03", "2027-03-03"},
		{"14 March 2020", "2020-03-14", "2020-03-14"},
		{"Mar 14, 2020", "2020-03-14", "2020-03-14"},
		{"14.mar.2020", "2020-03-14", "2020-03-14"},
		{"29 feb", "2024-02-29", "2028-02-29"},
		{"29 feb 2026", NULL, NULL},
		{"30 feb", NULL, NULL},
		{"14 mar 20", "2020-03-14", "2020-03-14"},
		{"14 mar 0", NULL, NULL},
		{"mar 14 0000", NULL, NULL},
		{"14 mar 2020 x", NULL, NULL},
		{"2026-02-30", NULL, NULL},
		{"2026-3-1", "2026-03-01", "2026-03-01"},
		{"1899-01-01", NULL, NULL},
		{"2026-13-01", NULL, NULL},
		{"", NULL, NULL},
		{"fr", NULL, NULL},
		{"next mar", NULL, NULL},
		{"9999999 days ago", NULL, NULL},
		{"300 years ago", NULL, NULL},
		{"3 blinks ago", NULL, NULL},
		{"on 3 days", NULL, NULL},
		{"a b c d e f g h i j", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		for (int lean = DATE_PAST; lean <= DATE_FUTURE; lean++) {
			const char *want =
				lean == DATE_PAST ? cases[i].past : cases[i].future;
			char text[DATE_ISO_SIZE];
			civil_day d;
			struct err e;
			int r = date_parse(cases[i].typed, today(), DATE_ORDER_UNTOLD,
					   (enum date_lean)lean, &d, &e);
			if ((r == 0) != (want != NULL))
				fail_msg("%s", cases[i].typed);
			if (r < 0) {
				assert_int_equal(r, -PDH_USAGE);
				assert_true(*e.message);
				continue;
			}
			date_format_iso(d, text);
			assert_string_equal(text, want);
		}
}

static void a_refusal_says_what_is_wrong(void **state)
{
	static const struct {
		const char *typed, *says;
	} cases[] = {
		{"soon",
		 "\"soon\" is not a date; try YYYY-MM-DD, yesterday or 3 days ago"},
		{"31 apr", "\"31 apr\" is not a day of the calendar"},
		{"2026-02-29", "\"2026-02-29\" is not a day: Feb 2026 has 28"},
		{"2026-13-01", "\"2026-13-01\" is not a day: there is no month 13"},
		{"1626-03-14", "the year 1626 is outside 1900 to 2199"},
		{"2026-13",
		 "\"2026-13\" is not a date; try YYYY-MM-DD, yesterday or 3 days ago"},
	};
	char longest[300];
	civil_day d;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(date_parse(cases[i].typed, today(), DATE_ORDER_UNTOLD,
					    DATE_PAST, &d, &e),
				 -PDH_USAGE);
		assert_string_equal(e.message, cases[i].says);
	}
	assert_int_equal(
		date_parse("soon", today(), DATE_ORDER_UNTOLD, DATE_FUTURE, &d, &e),
		-PDH_USAGE);
	assert_string_equal(e.message,
			    "\"soon\" is not a date; try YYYY-MM-DD or in 30 days");
	assert_int_equal(
		date_parse("none", today(), DATE_ORDER_UNTOLD, DATE_PAST, &d, &e), 0);
	assert_int_equal(d, DATE_CLEAR);
	assert_int_equal(
		date_parse("None", today(), DATE_ORDER_UNTOLD, DATE_FUTURE, &d, &e), 0);
	assert_int_equal(d, DATE_CLEAR);
	memset(longest, 'x', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(
		date_parse(longest, today(), DATE_ORDER_UNTOLD, DATE_PAST, &d, &e),
		-PDH_USAGE);
}

static void periods_have_two_ends(void **state)
{
	static const struct {
		const char *typed, *from, *to; /* "" open; NULL refused */
	} cases[] = {
		{"2026", "2026-01-01", "2026-12-31"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2026-Q1", "2026-01-01", "2026-03-31"},
		{"2026-q4", "2026-10-01", "2026-12-31"},
		{"2199", "2199-01-01", "2199-12-31"},
		{"2199-12", "2199-12-01", "2199-12-31"},
		{"2199-Q4", "2199-10-01", "2199-12-31"},
		{"fri", "2026-03-13", "2026-03-13"},
		{"2026-01-05..2026-01-06", "2026-01-05", "2026-01-06"},
		{"2025..", "2025-01-01", ""},
		{"..2025-Q2", "", "2025-06-30"},
		{"2025-11..2026", "2025-11-01", "2026-12-31"},
		{"this-week", "2026-03-09", "2026-03-15"},
		{"last-week", "2026-03-02", "2026-03-08"},
		{"this-month", "2026-03-01", "2026-03-31"},
		{"last-month", "2026-02-01", "2026-02-28"},
		{"This-Week", "2026-03-09", "2026-03-15"},
		{"LAST-MONTH", "2026-02-01", "2026-02-28"},
		{"Last-Year", "2025-01-01", "2025-12-31"},
		{"this-year", "2026-01-01", "2026-12-31"},
		{"last-year", "2025-01-01", "2025-12-31"},
		{"last-decade", NULL, NULL},
		{"..", NULL, NULL},
		{"2026..2025", NULL, NULL},
		{"2026-Q5", NULL, NULL},
		{"2026-Q0", NULL, NULL},
		{"2026-1", "2026-01-01", "2026-01-31"},
		{"2026-00", NULL, NULL},
		{"3000", NULL, NULL},
		{"none", NULL, NULL},
		{"x..2026", NULL, NULL},
		{"2026..x", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct period p;
		struct err e;
		char text[DATE_ISO_SIZE];
		int r = period_parse(cases[i].typed, today(), DATE_ORDER_UNTOLD, &p, &e);
		if ((r == 0) != (cases[i].from != NULL))
			fail_msg("%s", cases[i].typed);
		if (r < 0) {
			assert_true(*e.message);
			continue;
		}
		date_format_iso(p.from == DATE_NONE ? 0 : p.from, text);
		assert_string_equal(p.from == DATE_NONE ? "" : text, cases[i].from);
		date_format_iso(p.to == DATE_NONE ? 0 : p.to, text);
		assert_string_equal(p.to == DATE_NONE ? "" : text, cases[i].to);
	}
}

static void spans_are_whole_months(void **state)
{
	static const struct {
		const char *typed;
		int months; /* 0: refused */
	} cases[] = {
		{"2y", 24},   {"5 years", 60}, {"1 Year", 12}, {"18 months", 18},
		{"6m", 6},    {"100y", 1200},  {"101y", 0},    {"0m", 0},
		{"y", 0},     {"2", 0},	       {"2w", 0},      {"-2y", 0},
		{"2y 3m", 0}, {"", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int months = 0;
		struct err e;
		assert_int_equal(span_parse(cases[i].typed, &months, &e),
				 cases[i].months ? 0 : -PDH_USAGE);
		assert_int_equal(months, cases[i].months);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_splits_into_what_made_it),
		cmocka_unit_test(there_is_no_such_day),
		cmocka_unit_test(weekdays_are_those_of_the_calendar),
		cmocka_unit_test(months_are_added_within_the_month),
		cmocka_unit_test(words_become_days),
		cmocka_unit_test(a_refusal_says_what_is_wrong),
		cmocka_unit_test(periods_have_two_ends),
		cmocka_unit_test(spans_are_whole_months),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
