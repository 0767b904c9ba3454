/* Writes with an identity: done once, answered the same, and remembered within bounds. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static long long activities(struct home *h)
{
	return (long long)count_at(home_call(h, "activity.list", "{\"limit\": 1000}"),
				   "activities");
}

static long long answered(struct home *h, const char *what)
{
	char sql[160];
	long long n = -1;

	snprintf(sql, sizeof(sql), "sqlite3 %s/pdh.db \"SELECT %s FROM answered\"",
		 h->folder, what);
	FILE *f = popen(sql, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%lld", &n), 1);
	pclose(f);
	return n;
}

static const char add[] = "{\"title\": \"PLC\", \"credit\": \"1h\", \"once\": "
			  "\"0123456789abcdef\", \"similar\": true}";

static void a_write_that_comes_again_is_not_done_again(void **state)
{
	struct home *h = *state;
	char *first, *second;

	first = json_dumps(home_call(h, "activity.add", add), JSON_SORT_KEYS);
	second = json_dumps(home_call(h, "activity.add", add), JSON_SORT_KEYS);
	assert_string_equal(first, second);
	free(first);
	free(second);
	assert_int_equal(activities(h), 1);
	/* The identity alone makes it the same. */
	home_call(h, "activity.add",
		  "{\"title\": \"PLC\", \"credit\": \"1h\", \"similar\": true}");
	assert_int_equal(activities(h), 2);
}

static void undo_that_comes_again_takes_back_one(void **state)
{
	struct home *h = *state;
	static const char undo[] = "{\"once\": \"fedcba9876543210\"}";

	home_call(h, "activity.add", "{\"title\": \"One\", \"credit\": \"1h\"}");
	home_call(h, "activity.add", "{\"title\": \"Two\", \"credit\": \"1h\"}");
	long long op = int_at(home_call(h, "change.undo", undo), "op");
	assert_int_equal(int_at(home_call(h, "change.undo", undo), "op"), op);
	assert_int_equal(activities(h), 1);
	/* Taking it all back does not make the identity new. */
	home_call(h, "change.redo", "{}");
	assert_int_equal(int_at(home_call(h, "change.undo", undo), "op"), op);
	assert_int_equal(activities(h), 2);
}

/* Refused, or only tried, it was not done, and may come again. */
static void what_was_not_done_is_not_remembered(void **state)
{
	struct home *h = *state;

	home_fail(h, "activity.add",
		  "{\"title\": \"PLC\", \"credit\": \"1h\", \"done_on\": \"2027-01-01\", "
		  "\"once\": \"0123456789abcdef\", \"similar\": true}",
		  "refused");
	home_call(h, "activity.add",
		  "{\"title\": \"PLC\", \"credit\": \"1h\", \"once\": "
		  "\"0123456789abcdef\", \"similar\": true, \"dry_run\": true}");
	assert_int_equal(activities(h), 0);
	home_call(h, "activity.add", add);
	assert_int_equal(activities(h), 1);
	/* And what is only tried is no answer of what was done. */
	json_t *r =
		home_call(h, "activity.add",
			  "{\"title\": \"PLC\", \"credit\": \"1h\", \"once\": "
			  "\"0123456789abcdef\", \"similar\": true, \"dry_run\": true}");
	assert_true(json_is_true(json_at(r, "dry_run")));
	/* An hour later, with others in between, it is remembered. */
	home_clock(h, "2026-03-14T10:30:00");
	home_call(h, "activity.add",
		  "{\"title\": \"Other\", \"credit\": \"1h\", \"once\": "
		  "\"fedcba9876543210\"}");
	home_call(h, "activity.add", add);
	assert_int_equal(activities(h), 2);
}

static void an_identity_belongs_to_one_request(void **state)
{
	struct home *h = *state;
	static const char *const wrong[] = {
		"\"short\"", "7", "\"has a blank in its text\"", "\"0123456789abcdef/\""};
	char params[160];

	home_call(h, "activity.add", add);
	json_t *e =
		home_fail(h, "change.undo", "{\"once\": \"0123456789abcdef\"}", "usage");
	assert_string_equal(text_at(e, "field"), "once");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		snprintf(params, sizeof(params), "{\"once\": %s}", wrong[i]);
		e = home_fail(h, "change.undo", params, "usage");
		assert_string_equal(text_at(e, "field"), "once");
	}
	assert_int_equal(activities(h), 1);
}

static void a_large_answer_is_not_kept_but_what_it_did_is(void **state)
{
	struct home *h = *state;
	enum { ENTRIES = 700 };
	char *params = malloc(ENTRIES * 200);
	size_t at = (size_t)sprintf(params, "{\"once\": \"0123456789abcdef\", "
					    "\"similar\": true, \"activities\": [");

	for (int i = 0; i < ENTRIES; i++)
		at += (size_t)sprintf(params + at,
				      "%s{\"title\": \"Line %d of a long list of the "
				      "same\", \"credit\": \"1h\", \"done_on\": "
				      "\"2026-01-01\"}",
				      i ? "," : "", i);
	strcpy(params + at, "]}");
	long long op = int_at(home_call(h, "activity.import", params), "op");
	assert_int_equal(answered(h, "coalesce(length(answer), 0)"), 0);
	char text[64];
	json_t *e = home_fail(h, "activity.import", params, "duplicate");
	snprintf(text, sizeof(text), "as change %lld", op);
	assert_non_null(strstr(text_at(e, "message"), text));
	free(params);
	assert_int_equal(activities(h), ENTRIES);
}

static void few_are_remembered_and_not_for_long(void **state)
{
	struct home *h = *state;
	char params[160];

	for (int i = 0; i < 300; i++) {
		snprintf(params, sizeof(params),
			 "{\"title\": \"PLC\", \"credit\": \"1h\", \"similar\": true, "
			 "\"once\": \"number-%016d\"}",
			 i);
		home_call(h, "activity.add", params);
	}
	assert_int_equal(answered(h, "count(*)"), 256);
	home_clock(h, "2026-03-16T09:30:00");
	home_call(h, "activity.add", add);
	assert_int_equal(answered(h, "count(*)"), 1);
}

/* The day is the caller's, within what zones can make of it. */
static void the_day_is_the_callers(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *caller, *day;
	} cases[] = {
		{"", "2026-03-14"},
		{", \"today\": \"2026-03-15\", \"zone\": \"+13:00\"", "2026-03-15"},
		{", \"today\": \"2026-03-13\", \"zone\": \"-11:00\"", "2026-03-13"},
		{", \"today\": \"2026-03-14\"", "2026-03-14"},
	};
	char params[200];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(params, sizeof(params),
			 "{\"title\": \"PLC\", \"credit\": \"1h\", \"similar\": true%s}",
			 cases[i].caller);
		json_t *logged = home_call(h, "activity.add", params);
		assert_string_equal(text_at(logged, "activities.0.done_on"),
				    cases[i].day);
	}
	home_fail(h, "activity.list", "{\"today\": \"2026-03-16\"}", "refused");
	json_t *e = home_fail(h, "activity.add",
			      "{\"title\": \"PLC\", \"credit\": \"1h\", \"today\": "
			      "\"2026-03-12\"}",
			      "refused");
	assert_non_null(strstr(text_at(e, "message"), "one of the clocks is wrong"));
	home_fail(h, "activity.list", "{\"today\": \"tomorrow\"}", "usage");
	home_fail(h, "activity.list", "{\"today\": \"none\"}", "usage");
	home_fail(h, "activity.list", "{\"today\": 5}", "usage");
	home_fail(h, "activity.list", "{\"zone\": \"Europe/Paris\"}", "usage");
	home_fail(h, "activity.list", "{\"zone\": \"+19:00\"}", "usage");
	/* Whatever day it is, the daemon can be ended. */
	home_call(h, "daemon.status", "{\"today\": \"2020-01-01\"}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_write_that_comes_again_is_not_done_again, home_open,
			home_close),
		cmocka_unit_test_setup_teardown(undo_that_comes_again_takes_back_one,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(what_was_not_done_is_not_remembered,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(an_identity_belongs_to_one_request,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(
			a_large_answer_is_not_kept_but_what_it_did_is, home_open,
			home_close),
		cmocka_unit_test_setup_teardown(few_are_remembered_and_not_for_long,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(the_day_is_the_callers, home_open,
						home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
