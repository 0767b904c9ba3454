/* States of credentials and items on the day on which they change, and on the day before. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char *state_on(struct home *h, const char *day)
{
	AUTO_ARENA a = {NULL};

	return text_at(
		home_call(h, "status.get", arena_printf(&a, "{\"as_of\":\"%s\"}", day)),
		"credentials.0.state");
}

/* On the first day nothing is expected yet; the last 90 are told of, and the very last is still of the cycle. */
static void a_cycle_is_open_to_its_last_day(void **state)
{
	static const struct {
		const char *day, *state;
	} cases[] = {
		{"2026-01-01", "on-pace"},  {"2026-02-06", "on-pace"},
		{"2026-02-07", "behind"},   {"2026-10-01", "behind"},
		{"2026-10-02", "due-soon"}, {"2026-12-31", "due-soon"},
		{"2027-01-01", "lapsed"},
	};
	struct home *h = *state;

	home_clock(h, "2026-01-01T09:30:00");
	home_call(h, "credential.add",
		  "{\"title\":\"City\",\"alias\":\"c\",\"required\":\"40h\",\"begins\":"
		  "\"2026-01-01\",\"expires\":\"2026-12-31\"}");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(state_on(h, cases[i].day), cases[i].state);
}

static void an_item_is_due_to_the_end_of_its_day(void **state)
{
	static const struct {
		const char *day, *state;
	} cases[] = {
		{"2026-03-02", "open"},
		{"2026-03-03", "due-soon"},
		{"2026-06-01", "due-soon"},
		{"2026-06-02", "overdue"},
	};
	struct home *h = *state;

	home_call(h, "credential.add", "{\"title\":\"City\",\"alias\":\"c\"}");
	home_call(h, "item.add",
		  "{\"credential\":\"c\",\"title\":\"Fee\",\"due\":\"2026-06-01\"}");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		(void)state_on(h, cases[i].day);
		json_t *r = json_array_get(h->last, 3);
		assert_string_equal(text_at(r, "credentials.0.items.0.state"),
				    cases[i].state);
	}
}

/* 31 hours in 31 days, one of which is paused: 12.4 of them by the end of the thirteenth. */
static void a_pause_of_one_day_is_one_day(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"title\":\"City\",\"alias\":\"c\",\"required\":\"31h\",\"begins\":"
		  "\"2026-03-01\",\"expires\":\"2026-03-31\"}");
	home_call(
		h, "credential.pause",
		"{\"credential\":\"c\",\"from\":\"2026-03-05\",\"until\":\"2026-03-05\"}");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(credit_at(r, "credentials.0.pace.expected"), "12.4");
	assert_string_equal(text_at(r, "credentials.0.state"), "due-soon");
	/* One that begins today ends without a day. */
	home_call(h, "credential.pause", "{\"credential\":\"c\"}");
	r = home_call(h, "credential.resume", "{\"credential\":\"c\"}");
	assert_int_equal(count_at(r, "credential.pauses"), 1);
}

/* 292 days are left after today: an hour a day. */
static void what_is_left_is_spread_over_the_days_after_today(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"title\":\"City\",\"alias\":\"c\",\"required\":\"292h\",\"begins\":"
		  "\"2026-01-01\",\"expires\":\"2026-12-31\"}");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(credit_at(r, "credentials.0.pace.per_month"), "30.436875");
}

static void hours_of_the_day_of_retirement_count_for_nothing(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"title\":\"City\",\"alias\":\"c\",\"required\":\"40h\",\"begins\":"
		  "\"2026-01-01\",\"expires\":\"2026-12-31\"}");
	home_call(h, "credential.retire", "{\"credential\":\"c\",\"on\":\"2026-03-14\"}");
	json_t *r = home_call(h, "activity.add", "{\"title\":\"A\",\"credit\":\"1h\"}");
	assert_int_equal(count_at(r, "effects"), 0);
	assert_int_equal(count_at(r, "activities.0.counts"), 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)
	const struct CMUnitTest tests[] = {
		TEST(a_cycle_is_open_to_its_last_day),
		TEST(an_item_is_due_to_the_end_of_its_day),
		TEST(a_pause_of_one_day_is_one_day),
		TEST(what_is_left_is_spread_over_the_days_after_today),
		TEST(hours_of_the_day_of_retirement_count_for_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
