/* Days and amounts as files write them. */
#include "client/read/amount.h"
#include "client/read/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void day_is(const char *text, enum day_order order, const char *wanted)
{
	AUTO_ARENA a = {0};
	char iso[DATE_ISO_SIZE] = "none";
	struct moment m;

	if (moment_read(text, order, date_make(2026, 3, 14), &a, &m))
		date_format_iso(m.day, iso);
	if (strcmp(iso, wanted) != 0)
		fail_msg("\"%s\" is %s, not %s", text, iso, wanted);
}

static void days(void **state)
{
	(void)state;
	day_is("2026-03-04", DAY_UNTOLD, "2026-03-04");
	day_is("2026/3/4", DAY_DAY_FIRST, "2026-03-04");
	day_is("20260304", DAY_UNTOLD, "2026-03-04");
	day_is("3/4/2026", DAY_MONTH_FIRST, "2026-03-04");
	day_is("3/4/2026", DAY_DAY_FIRST, "2026-04-03");
	day_is("13/4/2026", DAY_MONTH_FIRST, "2026-04-13");
	day_is("3-4-26", DAY_MONTH_FIRST, "2026-03-04");
	day_is("3/4/99", DAY_MONTH_FIRST, "1999-03-04");
	day_is("3/13/2026 16:02:11", DAY_MONTH_FIRST, "2026-03-13");
	day_is("13.03.2026", DAY_UNTOLD, "2026-03-13");
	day_is("3. 4. 2026", DAY_UNTOLD, "2026-04-03");
	day_is("46094", DAY_UNTOLD, "2026-03-13");
	day_is("46094.75", DAY_UNTOLD, "2026-03-13");
	day_is("14 March 2026", DAY_UNTOLD, "2026-03-14");
	day_is("Fri, Mar 14th 2026", DAY_UNTOLD, "2026-03-14");
	day_is("14-Mar-26", DAY_UNTOLD, "2026-03-14");
	day_is("13. M\xc3\xa4rz 2026", DAY_UNTOLD, "2026-03-13");
	day_is("1 ao\xc3\xbbt 2025", DAY_UNTOLD, "2025-08-01");
	day_is("3 de enero de 2026", DAY_UNTOLD, "2026-01-03");
	day_is("2026-01-02T23:30:00-06:00", DAY_UNTOLD, "2026-01-02");
	day_is("2/30/2026", DAY_MONTH_FIRST, "none");
	day_is("3/2026", DAY_MONTH_FIRST, "none");
	day_is("13/13/2026", DAY_MONTH_FIRST, "none");
	day_is("1234567890123", DAY_UNTOLD, "none");
	day_is("spring", DAY_UNTOLD, "none");
	day_is("", DAY_UNTOLD, "none");
}

static void utc_becomes_the_day_here(void **state)
{
	AUTO_ARENA a = {0};
	struct moment m;

	(void)state;
	setenv("TZ", "America/Chicago", 1);
	assert_true(moment_read("20260313T033000Z", DAY_UNTOLD, date_make(2026, 3, 14),
				&a, &m));
	assert_int_equal(m.day, date_make(2026, 3, 12));
	assert_int_equal(m.second, 22 * 3600 + 1800);
	assert_true(m.instant);
}

static void times_of_day(void **state)
{
	(void)state;
	assert_int_equal(time_of_day_read("16:30"), 59400);
	assert_int_equal(time_of_day_read("4:30 PM"), 59400);
	assert_int_equal(time_of_day_read("4:30:00 p.m."), 59400);
	assert_int_equal(time_of_day_read("12:00 AM"), 0);
	assert_int_equal(time_of_day_read("4 pm"), 57600);
	assert_int_equal(time_of_day_read("163000"), 59400);
	assert_int_equal(time_of_day_read("13:00 PM"), -1);
	assert_int_equal(time_of_day_read("4"), -1);
	assert_int_equal(time_of_day_read("25:00"), -1);
	assert_int_equal(time_of_day_read("noon"), -1);
}

static void a_column_tells_what_a_cell_does_not(void **state)
{
	struct day_evidence e = {0};

	(void)state;
	day_look("3/4/2026", 2, &e);
	assert_string_equal(e.unsure, "3/4/2026");
	assert_int_equal(e.line, 2);
	assert_false(e.first_over_12 || e.second_over_12);
	day_look("3/13/2026", 3, &e);
	assert_true(e.second_over_12 && e.slashes);
}

static void amount_is(const char *text, const char *unit, bool lenient,
		      const char *wanted)
{
	AUTO_ARENA a = {0};
	const struct amount_form form = {.unit = unit, .lenient = lenient};
	char number[CREDIT_TEXT_SIZE];
	struct amount got;
	const char *drawn = "zero";

	switch (amount_read(text, &form, &a, &got)) {
	case AMOUNT_READ:
		credit_format(got.credit.exact, number);
		drawn = arena_printf(&a, "%s %s%s%s", number,
				     credit_unit_brief(got.credit.unit),
				     got.flag ? ", " : "", got.flag ? got.flag : "");
		break;
	case AMOUNT_BAD:
		drawn = got.why;
		break;
	case AMOUNT_NO_UNIT:
		drawn = "of what?";
		break;
	case AMOUNT_ZERO:
		break;
	}
	if (strcmp(drawn, wanted) != 0)
		fail_msg("\"%s\" is %s, not %s", text, drawn, wanted);
}

static void amounts(void **state)
{
	(void)state;
	amount_is("2.5", "hour", false, "2.5 h");
	amount_is("2,5", "hour", false, "2.5 h");
	amount_is(".75", "hour", false, "0.75 h");
	amount_is("90", "minute", false, "1.5 h");
	amount_is("2h30", "hour", false, "2.5 h");
	amount_is("2 h 30 min", "hour", false, "2.5 h");
	amount_is("150m", "hour", false, "2.5 h");
	amount_is("90 min", "hour", false, "1.5 h");
	amount_is("0.6 CEU", "hour", false, "0.6 CEU");
	amount_is("3sh", "ask", false, "3.0 sh");
	amount_is("1:30", "clock", false, "1.5 h");
	amount_is("02:30:00", "clock", false, "2.5 h");
	amount_is("1:30", "hour", false, "1.5 h, \"1:30\" read as 1 h 30");
	amount_is("2 hrs 30", "hour", false, "read it as 2.5 with --lenient");
	amount_is("2 hrs 30", "hour", true, "2.5 h");
	amount_is("1,234.5", "hour", false, "1234.5 h");
	amount_is("1,250", "hour", false,
		  "a thousand or a decimal? say --decimal . or --decimal ,");
	amount_is("0.3333333333333333", "hour", false, "0.3333 h");
	amount_is("0.30000000000000004", "hour", false, "0.3 h");
	amount_is("0.1234567", "hour", false,
		  "0.1235 h, \"0.1234567\" rounded to the nearest that pdh keeps");
	amount_is("2", "ask", false, "of what?");
	amount_is("2", NULL, false, "of what?");
	amount_is("0.00", "hour", false, "zero");
	amount_is("half day", "hour", false, "not an amount");
	amount_is("-2", "hour", false, "less than nothing");
	amount_is("1:75", "hour", false, "not an amount");
	amount_is("9:00-11:30", "ask", false, "2.5 h");
	amount_is("9am\u201311:30am", NULL, false, "2.5 h");
	amount_is("9-11:30, 1-3pm", "hour", false, "4.5 h");
	amount_is("9-11", "hour", false, "not an amount");
	amount_is("1\u00bd h", "ask", false, "1.5 h");
	amount_is("1 1/2 hours", "ask", false, "1.5 h");
	amount_is("1/2", "ask", false, "not an amount");
	amount_is("2 hour(s)", "ask", false, "2.0 h");
	amount_is("15 PDH", "hour", false, "15.0 h");
	amount_is("2 contact hours", "ask", false, "2.0 h");
	amount_is("Contact Hours: 3.0", "ask", false, "3.0 h");
	amount_is("CEUs: 0.5", "ask", false, "0.5 CEU");
	amount_is("Minutes: 90", "hour", false, "1.5 h");
	amount_is("Hours: 1:30", "hour", false, "not an amount");
	amount_is("Room: 12", "hour", false, "not an amount");
	amount_is("PT1H30M", "ask", false, "1.5 h");
	amount_is("PT45M", "hour", false, "0.75 h");
	amount_is("PT2H", "minute", false, "2.0 h");
	amount_is("PT", "hour", false, "not an amount");
	amount_is("PT1H30M15S", "hour", false, "not an amount");
	amount_is("1:30", "minute", false, "hours and minutes in a column of minutes");
	amount_is("1000000", "hour", false, "credit is at most 100000");
	amount_is("99999999999999999999999", "hour", false, "credit is at most 100000");
	amount_is("2 hats", "hour", false, "not an amount");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days),
		cmocka_unit_test(utc_becomes_the_day_here),
		cmocka_unit_test(times_of_day),
		cmocka_unit_test(a_column_tells_what_a_cell_does_not),
		cmocka_unit_test(amounts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
