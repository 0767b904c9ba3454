#include "common/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char path[64];

static void set_clock(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void set_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

static int set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(path, sizeof(path), "%.40s/clock-XXXXXX", tmp ? tmp : "/tmp");
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	setenv("PDH_TEST_CLOCK", path, 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unsetenv("PDH_TEST_CLOCK");
	return unlink(path);
}

static void the_file_is_the_time(void **state)
{
	static const struct {
		const char *zone, *text;
		int64_t now;
		int day[3];
	} cases[] = {
		{"UTC", "2026-03-14T09:30:00\n", 1773480600, {2026, 3, 14}},
		{"UTC", "2026-03-14T09:30", 1773480600, {2026, 3, 14}},
		{"UTC", "1773480600", 1773480600, {2026, 3, 14}},
		{"America/New_York", "2026-03-14T23:30:00", 1773545400, {2026, 3, 14}},
		{"America/New_York", "1773545400", 1773545400, {2026, 3, 14}},
		{"Pacific/Auckland", "1773545400", 1773545400, {2026, 3, 15}},
		/* The hour that daylight saving left out is read as the one after it. */
		{"America/New_York", "2026-03-08T02:30:00", 1772955000, {2026, 3, 8}},
	};

	(void)state;
	assert_true(clock_is_test());
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		set_zone(cases[i].zone);
		set_clock(cases[i].text);
		assert_int_equal(clock_now(), cases[i].now);
		assert_int_equal(
			clock_today(),
			date_make(cases[i].day[0], cases[i].day[1], cases[i].day[2]));
	}
	set_zone("UTC");
}

static void a_day_has_23_to_25_hours(void **state)
{
	static const struct {
		const char *now;
		int64_t left;
	} cases[] = {
		{"2026-03-14T00:00:00", 24 * 3600},
		{"2026-03-08T00:00:00", 23 * 3600},
		{"2026-11-01T00:00:00", 25 * 3600},
		{"2026-12-31T23:59:59", 1},
	};

	(void)state;
	set_zone("America/New_York");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		set_clock(cases[i].now);
		assert_int_equal(clock_seconds_left(), cases[i].left);
	}
	set_zone("UTC");
}

static int64_t parsed(const char *text)
{
	struct err e;
	int64_t at;
	int r = time_parse(text, date_make(2026, 11, 1), DATE_ORDER_UNTOLD, &at, &e);

	return r < 0 ? r : at;
}

static void a_time_is_read_in_the_local_zone(void **state)
{
	(void)state;
	set_zone("America/New_York");
	assert_int_equal(parsed("9:00"), 1793541600);
	assert_int_equal(parsed("09:00"), 1793541600);
	assert_int_equal(parsed("yesterday 22:30"), 1793500200);
	assert_int_equal(parsed("2026-10-31 22:30"), 1793500200);
	assert_int_equal(parsed("31 oct 22:30"), 1793500200);
	assert_int_equal(parsed("2026-11-01T14:00:00Z"), 1793541600);
	assert_int_equal(parsed("0:30"), 1793507400);
	set_zone("UTC");
	assert_int_equal(parsed("1:30"), 1793496600);
}

static void a_time_that_is_none_is_refused(void **state)
{
	static const char *const texts[] = {"",	     "9",     "9:5",   "24:00",	   "9:60",
					    "-1:30", "9:00x", "9:00 ", "none 9:00"};

	(void)state;
	set_zone("America/New_York");
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(parsed(texts[i]), -PDH_USAGE);
	assert_int_equal(parsed("1:30"), -PDH_REFUSED);		   /* twice */
	assert_int_equal(parsed("2026-03-08 2:30"), -PDH_REFUSED); /* never */
	set_zone("UTC");
}

static void a_clock_that_nobody_sets(void **state)
{
	(void)state;
	set_clock("2026-03-14T09:30:00 1234");
	assert_int_equal(clock_now(), 1773480600);
	assert_int_equal(clock_steady(), 1234);
	set_clock("2026-03-14T09:30:00");
	assert_int_equal(clock_steady(), 1773480600);
}

static void without_the_file_it_is_the_system_s(void **state)
{
	(void)state;
	unsetenv("PDH_TEST_CLOCK");
	assert_false(clock_is_test());
	assert_true(clock_now() > 1773480600);
	setenv("PDH_TEST_CLOCK", "", 1);
	assert_false(clock_is_test());
	setenv("PDH_TEST_CLOCK", path, 1);
}

static void instants_are_written_and_read_back(void **state)
{
	static const struct {
		int64_t seconds;
		const char *iso, *human;
	} cases[] = {
		{0, "1970-01-01T00:00:00Z", "Thu 1 Jan 00:00"},
		{1773480661, "2026-03-14T09:31:01Z", "Sat 14 Mar 09:31"},
		{-1, "1969-12-31T23:59:59Z", "Wed 31 Dec 23:59"},
		{951827696, "2000-02-29T12:34:56Z", "Tue 29 Feb 12:34"},
	};
	char iso[TIME_ISO_SIZE], human[TIME_HUMAN_SIZE];
	int64_t back;
	struct err e;

	(void)state;
	set_zone("UTC");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		time_format_iso(cases[i].seconds, iso);
		assert_string_equal(iso, cases[i].iso);
		assert_int_equal(time_parse_iso(iso, &back, &e), 0);
		assert_int_equal(back, cases[i].seconds);
		time_format_human(cases[i].seconds, human);
		assert_string_equal(human, cases[i].human);
	}
	time_format_iso(INT64_MAX, iso);
	assert_string_equal(iso, "1970-01-01T00:00:00Z");
	assert_int_equal(clock_day_of(INT64_MAX), 0);
}

static void what_is_no_instant_is_refused(void **state)
{
	static const char *const cases[] = {"",
					    "2026-03-14",
					    "2026-03-14T09:30:00",
					    "2026-03-14T09:30:00+",
					    "2026-02-30T09:30:00Z",
					    "2026-03-14T09:30:00Zx"};
	int64_t back = 7;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(time_parse_iso(cases[i], &back, &e), -PDH_USAGE);
		assert_non_null(
			strstr(e.message,
			       "is not an instant; write it as 2026-03-14T14:30:00Z"));
		assert_int_equal(back, 7);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_is_the_time),
		cmocka_unit_test(a_day_has_23_to_25_hours),
		cmocka_unit_test(a_time_is_read_in_the_local_zone),
		cmocka_unit_test(a_time_that_is_none_is_refused),
		cmocka_unit_test(a_clock_that_nobody_sets),
		cmocka_unit_test(without_the_file_it_is_the_system_s),
		cmocka_unit_test(instants_are_written_and_read_back),
		cmocka_unit_test(what_is_no_instant_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
