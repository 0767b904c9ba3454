/* Alarms of the calendar: at the time of day that is meant on both nights on which clocks are set, and names that no
 * other record has. */
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

enum { TEXT = 300 };

static void zone(const char *name)
{
	setenv("TZ", name, 1);
	tzset();
}

/* What stands behind each NAME at the beginning of a line, with blanks between. */
static const char *lines(struct home *h, const char *name, char out[TEXT])
{
	const char *text = text_at(home_call(h, "calendar.get", "{}"), "text");
	size_t n = 0, length = strlen(name);

	out[0] = '\0';
	for (const char *p = text; p; p = strchr(p, '\n')) {
		p += *p == '\n';
		if (strncmp(p, name, length) == 0)
			n += (size_t)snprintf(out + n, TEXT - n, "%s%.*s", n ? " " : "",
					      (int)strcspn(p + length, "\r\n"),
					      p + length);
	}
	return out;
}

static void expire(struct home *h, const char *method, civil_day day)
{
	char iso[DATE_ISO_SIZE], params[TEXT];

	date_format_iso(day, iso);
	snprintf(params, sizeof(params),
		 "{\"%s\":\"%s\",\"title\":\"Prints\",\"expires\":\"%s\"}",
		 strstr(method, "add") ? "alias" : "credential", "fp", iso);
	home_call(h, method, params);
}

/* The night lies before, in and behind the days of the ladder; a day and a time of day are the same in all of them. */
static void alarms_are_days_and_minutes_of_the_clock_on_the_wall(void **state)
{
	static const struct {
		const char *zone;
		int night[3];
	} nights[] = {
		{"America/New_York", {2027, 3, 14}},
		{"America/New_York", {2027, 11, 7}},
		{"Europe/Berlin", {2027, 3, 28}},
		{"Europe/Berlin", {2027, 10, 31}},
	};
	struct home *h = *state;
	char found[TEXT];

	expire(h, "credential.add", date_make(2027, 1, 1));
	home_call(h, "reminder.policy",
		  "{\"lead\":\"30d,1d,0d\",\"after\":\"1d,30d\",\"at\":\"08:30\"}");
	for (size_t i = 0; i < sizeof(nights) / sizeof(nights[0]); i++) {
		const int *n = nights[i].night;
		zone(nights[i].zone);
		for (int days = -31; days <= 31; days++) {
			expire(h, "credential.edit", date_make(n[0], n[1], n[2]) + days);
			assert_string_equal(
				lines(h, "TRIGGER:", found),
				"-P29DT15H30M -PT15H30M PT8H30M P1DT8H30M P30DT8H30M");
		}
	}
}

static void an_alarm_that_was_put_off_is_on_its_day(void **state)
{
	struct home *h = *state;
	char found[TEXT];

	home_clock(h, "2026-02-27T12:00:00");
	expire(h, "credential.add", date_make(2026, 3, 29));
	home_call(h, "reminder.policy", "{\"lead\":\"30d,14d\",\"after\":\"\"}");
	home_call(h, "reminder.snooze",
		  "{\"reminder\":\"fp/30d\",\"until\":\"2026-03-08\"}");
	assert_string_equal(lines(h, "TRIGGER:", found), "-P20DT16H -P13DT16H");
	home_call(h, "reminder.policy", "{\"lead\":\"14d,0d\",\"at\":\"00:00\"}");
	assert_string_equal(lines(h, "TRIGGER:", found), "-P14D PT0S");
}

/* The names in one record, and those in another. */
static void names_are_those_of_the_record(void **state)
{
	struct home *h = *state;
	void *other;
	char first[TEXT], again[TEXT], elsewhere[TEXT];

	expire(h, "credential.add", date_make(2027, 1, 1));
	home_call(h, "item.add",
		  "{\"credential\":\"fp\",\"title\":\"x\",\"due\":\"2026-05-05\"}");
	lines(h, "UID:", first);
	expire(h, "credential.edit", date_make(2027, 5, 1));
	home_call(h, "change.undo", "{}");
	assert_string_equal(lines(h, "UID:", again), first);
	assert_non_null(strstr(first, "credential-1-"));
	assert_non_null(strstr(first, "item-1-"));
	assert_int_equal(home_open(&other), 0);
	expire(other, "credential.add", date_make(2027, 1, 1));
	lines(other, "UID:", elsewhere);
	assert_non_null(strstr(elsewhere, "credential-1-"));
	assert_null(strstr(first, elsewhere));
	assert_int_equal(home_close(&other), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			alarms_are_days_and_minutes_of_the_clock_on_the_wall, home_open,
			home_close),
		cmocka_unit_test_setup_teardown(an_alarm_that_was_put_off_is_on_its_day,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(names_are_those_of_the_record, home_open,
						home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
