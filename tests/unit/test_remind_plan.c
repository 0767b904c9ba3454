/* The ladder under the test clock: day by day, over sleep, and where clocks are set forward or back. */
#include "tests/support/rpc_home.h"

#include "common/clock.h"
#include "common/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { TEXT = 80 };

static void hold(struct home *h, const char *expires)
{
	char params[200];

	snprintf(
		params, sizeof(params),
		"{\"pack\":\"clearance\",\"alias\":\"fp\",\"title\":\"Prints\",\"expires\":\"%s\"}",
		expires);
	home_call(h, "credential.add", params);
}

static void travel(struct home *h, civil_day day, const char *hour)
{
	char iso[DATE_ISO_SIZE], when[TEXT];

	date_format_iso(day, iso);
	snprintf(when, sizeof(when), "%sT%s", iso, hour);
	home_clock(h, when);
}

/* The name of the one reminder that is due, or "". */
static const char *due(struct home *h)
{
	json_t *all = home_call(h, "reminder.list", "{}"), *one;
	const char *found = "";
	size_t i;

	json_array_foreach(json_at(all, "reminders"), i, one)
	{
		if (strcmp(text_at(one, "state"), "due") != 0)
			continue;
		assert_string_equal(found, "");
		found = text_at(one, "id");
	}
	return found;
}

static void ack(struct home *h, const char *id)
{
	char params[TEXT + 20];

	snprintf(params, sizeof(params), "{\"reminder\":\"%s\"}", id);
	home_call(h, "reminder.ack", params);
}

static void a_five_year_cycle_has_exactly_these_rungs(void **state)
{
	static const struct {
		const char *day, *id;
	} expected[] = {
		{"2029-12-31", "fp/365d"}, {"2030-07-04", "fp/180d"},
		{"2030-10-02", "fp/90d"},  {"2030-11-01", "fp/60d"},
		{"2030-12-01", "fp/30d"},  {"2030-12-17", "fp/14d"},
		{"2030-12-24", "fp/7d"},   {"2030-12-30", "fp/1d"},
		{"2030-12-31", "fp/0d"},   {"2031-01-01", "fp/+1d"},
		{"2031-01-07", "fp/+7d"},  {"2031-01-30", "fp/+30d"},
	};
	struct home *h = *state;
	size_t n = 0;

	home_clock(h, "2026-01-01T07:00:00");
	hold(h, "2030-12-31");
	for (civil_day d = date_make(2026, 1, 1); d < date_make(2031, 12, 31); d++) {
		char iso[DATE_ISO_SIZE], id[TEXT];
		travel(h, d, "07:59:59");
		assert_string_equal(due(h), "");
		travel(h, d, "08:00:00");
		snprintf(id, sizeof(id), "%s", due(h));
		if (!*id)
			continue;
		date_format_iso(d, iso);
		assert_true(n < sizeof(expected) / sizeof(expected[0]));
		assert_string_equal(iso, expected[n].day);
		assert_string_equal(id, expected[n].id);
		ack(h, id);
		assert_string_equal(due(h), "");
		n++;
	}
	assert_int_equal(n, sizeof(expected) / sizeof(expected[0]));
}

static void after_a_month_switched_off_the_nearest_speaks(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-01T09:00:00");
	hold(h, "2026-06-30");
	assert_string_equal(due(h), "fp/180d");
	home_clock(h, "2026-06-20T09:00:00");
	assert_string_equal(due(h), "fp/14d");
	ack(h, "fp/14d");
	assert_string_equal(due(h), "");
}

static void a_clock_set_back_repeats_nothing_that_was_acknowledged(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-01T07:00:00");
	hold(h, "2026-06-30");
	home_clock(h, "2026-04-01T08:00:00");
	ack(h, "fp/90d");
	home_clock(h, "2026-03-31T12:00:00");
	assert_string_equal(due(h), "fp/180d");
	ack(h, "fp/180d");
	home_clock(h, "2026-04-01T08:00:00");
	assert_string_equal(due(h), "");
	home_clock(h, "2026-05-01T08:00:00");
	assert_string_equal(due(h), "fp/60d");
}

/* New York: 8 March 2026 has 23 hours, 1 November 25. */
static void a_rung_speaks_at_eight_by_the_clock_on_the_wall(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-02-20T09:00:00");
	hold(h, "2026-03-08");
	ack(h, due(h));
	home_clock(h, "2026-03-08T07:59:59");
	ack(h, due(h));
	assert_string_equal(due(h), "");
	home_clock(h, "2026-03-08T08:00:00");
	assert_string_equal(due(h), "fp/0d");
	home_call(h, "credential.edit",
		  "{\"credential\":\"fp\",\"expires\":\"2026-11-01\"}");
	home_clock(h, "2026-11-01T07:59:59");
	assert_string_equal(due(h), "fp/1d");
	home_clock(h, "2026-11-01T08:00:00");
	assert_string_equal(due(h), "fp/0d");
}

static void another_zone_neither_loses_nor_repeats_a_rung(void **state)
{
	struct home *h = *state;
	char zone[TEXT];

	snprintf(zone, sizeof(zone), "%s", getenv("TZ"));
	home_clock(h, "2026-05-31T08:00:00");
	hold(h, "2026-06-30");
	assert_string_equal(due(h), "fp/30d");
	ack(h, "fp/30d");
	setenv("TZ", "Pacific/Honolulu", 1);
	tzset();
	home_clock(h, "2026-05-31T03:00:00");
	assert_string_equal(due(h), "fp/60d");
	home_clock(h, "2026-05-31T08:00:00");
	assert_string_equal(due(h), "");
	setenv("TZ", zone, 1);
	tzset();
}

static void a_renewal_ends_the_ladder_of_the_old_cycle(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-01T09:00:00");
	home_call(
		h, "credential.add",
		"{\"alias\":\"x\",\"title\":\"X\",\"required\":{\"exact\":36000000,\"unit\":\"hour\"},"
		"\"every\":24,\"expires\":\"2026-03-31\"}");
	assert_string_equal(due(h), "x/30d");
	home_call(h, "credential.renew", "{\"credential\":\"x\"}");
	assert_string_equal(due(h), "");
	home_call(h, "change.undo", "{}");
	assert_string_equal(due(h), "x/30d");
	home_call(h, "credential.retire", "{\"credential\":\"x\"}");
	assert_string_equal(due(h), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, home_open, home_close)
		T(a_five_year_cycle_has_exactly_these_rungs),
		T(after_a_month_switched_off_the_nearest_speaks),
		T(a_clock_set_back_repeats_nothing_that_was_acknowledged),
		T(a_rung_speaks_at_eight_by_the_clock_on_the_wall),
		T(another_zone_neither_loses_nor_repeats_a_rung),
		T(a_renewal_ends_the_ladder_of_the_old_cycle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
