/* What is logged, corrected or removed in the days of a cycle that was renewed already:
 * what went on from it follows, through all cycles since, and the person is told. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Cycles of a year, of 2023 and 2024 closed and of 2025 open on 14 March 2026, which is a
 * day of its grace. #1 and #2 are of 2023, #3 is of 2024. */
static void hold(struct home *h)
{
	home_pack(h, "lab",
		  "pack: lab\nversion: 1\ntitle: Laboratory\nauthority: The board\n"
		  "read: 2023-01-02\nunit: hour\ncalendar: {length: 1 year}\n"
		  "sources: {s: {title: The rule, mark: confirmed}}\n"
		  "rules:\n  - {id: total, need: 10, cite: s}\n"
		  "  - {id: over, carry: {most: 6}, cite: s}\n"
		  "  - {id: finish, duty: finish, due: period end, cite: s,\n"
		  "     late: {until: period end + 4 months, fill: previous}}\n");
	home_clock(h, "2024-01-02T09:00:00");
	home_call(h, "credential.add",
		  "{\"pack\": \"lab\", \"alias\": \"lab\", \"begins\": \"2023-01-01\", "
		  "\"expires\": \"2023-12-31\"}");
	home_call(
		h, "activity.add",
		"{\"title\": \"One\", \"credit\": \"8h\", \"done_on\": \"2023-05-01\"}");
	home_call(
		h, "activity.add",
		"{\"title\": \"Two\", \"credit\": \"6h\", \"done_on\": \"2023-06-01\"}");
	home_call(h, "credential.renew", "{\"credential\": \"lab\"}");
	home_clock(h, "2025-01-02T09:00:00");
	home_call(h, "activity.add",
		  "{\"title\": \"Three\", \"credit\": \"9h\", \"done_on\": "
		  "\"2024-05-01\"}");
	home_call(h, "credential.renew", "{\"credential\": \"lab\"}");
	home_clock(h, "2026-03-14T09:30:00");
}

/* "counted/carried in" of each cycle, the open one first. */
static void expect_cycles(struct home *h, const char *wanted)
{
	AUTO_ARENA a = {NULL};
	const char *got = "";
	json_t *c = json_at(home_call(h, "credential.get", "{\"credential\": \"lab\"}"),
			    "credentials.0.cycles");

	for (size_t i = 0; i < json_array_size(c); i++)
		got = arena_printf(&a, "%s%s%s/%s", got, i ? " " : "",
				   credit_at(json_array_get(c, i), "counted"),
				   credit_at(json_array_get(c, i), "carried"));
	assert_string_equal(got, wanted);
}

static void a_correction_moves_what_was_carried_through_every_cycle(void **state)
{
	struct home *h = *state;

	hold(h);
	expect_cycles(h, "3.0/3.0 13.0/4.0 14.0/0.0");
	json_t *r = home_call(h, "activity.edit", "{\"id\": 2, \"credit\": \"4h\"}");
	assert_string_equal(
		text_at(r, "notes.0"),
		"the closed cycle of lab to 31 Dec 2023 counts 12.0 h of 10.0 h "
		"now, 14.0 h before; 2.0 h are carried over, 4.0 h before");
	assert_string_equal(
		text_at(r, "notes.1"),
		"the closed cycle of lab to 31 Dec 2024 counts 11.0 h of 10.0 h "
		"now, 13.0 h before; 1.0 h are carried over, 3.0 h before");
	assert_string_equal(credit_at(r, "effects.0.added"), "-2.0");
	expect_cycles(h, "1.0/1.0 11.0/2.0 12.0/0.0");
	home_call(h, "change.undo", "{}");
	expect_cycles(h, "3.0/3.0 13.0/4.0 14.0/0.0");
	home_call(h, "change.redo", "{}");
	expect_cycles(h, "1.0/1.0 11.0/2.0 12.0/0.0");
}

static void what_is_logged_late_goes_on_as_far_as_the_board_lets_it(void **state)
{
	struct home *h = *state;

	hold(h);
	home_call(
		h, "activity.import",
		"{\"activities\": [{\"title\": \"Four\", \"credit\": \"1h\", "
		"\"done_on\": \"2026-01-09\"}, {\"title\": \"Five\", \"credit\": \"5h\", "
		"\"done_on\": \"2023-07-01\"}]}");
	expect_cycles(h, "6.0/5.0 15.0/6.0 19.0/0.0");
	home_call(h, "activity.add",
		  "{\"title\": \"Six\", \"credit\": \"1h\", \"done_on\": \"2024-07-01\", "
		  "\"planned\": true}");
	expect_cycles(h, "6.0/5.0 15.0/6.0 19.0/0.0");
	json_t *r =
		home_call(h, "activity.edit", "{\"id\": 4, \"done_on\": \"2024-12-01\"}");
	assert_int_equal(count_at(r, "notes"), 1);
	expect_cycles(h, "6.0/6.0 16.0/6.0 19.0/0.0");
}

static void what_is_removed_is_carried_no_more(void **state)
{
	struct home *h = *state;

	hold(h);
	json_t *r = home_call(h, "activity.remove", "{\"ids\": [1]}");
	assert_int_equal(count_at(r, "notes"), 2);
	/* The closed cycle is short now, and gives nothing. */
	expect_cycles(h, "0.0/0.0 9.0/0.0 6.0/0.0");
	r = home_call(h, "activity.remove", "{\"ids\": [3, 2]}");
	expect_cycles(h, "0.0/0.0 0.0/0.0 0.0/0.0");
	home_call(h, "change.undo", "{}");
	home_call(h, "change.undo", "{}");
	expect_cycles(h, "3.0/3.0 13.0/4.0 14.0/0.0");
}

static void hours_of_days_of_grace_fill_what_is_short_after_a_correction(void **state)
{
	struct home *h = *state;

	hold(h);
	home_call(
		h, "activity.add",
		"{\"title\": \"Late\", \"credit\": \"12h\", \"done_on\": \"2026-03-01\"}");
	home_call(h, "credential.renew", "{\"credential\": \"lab\"}");
	/* 3 h were carried in, and 7 h of the 12 h fill it. */
	expect_cycles(h, "5.0/0.0 10.0/3.0 13.0/4.0 14.0/0.0");
	home_clock(h, "2026-04-02T09:00:00");
	home_call(
		h, "activity.add",
		"{\"title\": \"After\", \"credit\": \"2h\", \"done_on\": \"2026-04-01\"}");
	home_call(h, "activity.edit", "{\"id\": 2, \"credit\": \"4h\"}");
	expect_cycles(h, "5.0/0.0 10.0/1.0 11.0/2.0 12.0/0.0");
	/* What was done after the renewal is of the new cycle. */
	json_t *r = home_call(h, "activity.edit", "{\"id\": 4, \"credit\": \"5h\"}");
	assert_int_equal(count_at(r, "notes"), 1);
	expect_cycles(h, "2.0/0.0 6.0/1.0 11.0/2.0 12.0/0.0");
}

static void what_touches_no_closed_cycle_says_nothing(void **state)
{
	struct home *h = *state;

	hold(h);
	json_t *r =
		home_call(h, "activity.add", "{\"title\": \"Now\", \"credit\": \"1h\"}");
	assert_int_equal(count_at(r, "notes"), 0);
	r = home_call(h, "activity.edit", "{\"id\": 1, \"note\": \"Room 3\"}");
	assert_int_equal(count_at(r, "notes"), 0);
	home_fail(h, "activity.remove", "{\"ids\": [2, 99]}", "not_found");
	expect_cycles(h, "4.0/3.0 13.0/4.0 14.0/0.0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_correction_moves_what_was_carried_through_every_cycle,
			home_open, home_close),
		cmocka_unit_test_setup_teardown(
			what_is_logged_late_goes_on_as_far_as_the_board_lets_it,
			home_open, home_close),
		cmocka_unit_test_setup_teardown(what_is_removed_is_carried_no_more,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(
			hours_of_days_of_grace_fill_what_is_short_after_a_correction,
			home_open, home_close),
		cmocka_unit_test_setup_teardown(what_touches_no_closed_cycle_says_nothing,
						home_open, home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
