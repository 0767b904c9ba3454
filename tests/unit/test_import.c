/* import.run: which row is which activity, what of it is written, and what it takes off an opening balance. Each case is at
 * an edge: the last day that is near, the last word that makes two titles alike, the day of the balance itself. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Runs a file of these rows; `more` is what else is said, with a comma in front. */
static json_t *import(struct home *h, const char *rows, const char *more)
{
	AUTO_ARENA a = {NULL};

	return home_call(h, "import.run",
			 arena_printf(&a, "{\"file\":\"x.csv\",\"activities\":[%s]%s}",
				      rows, more));
}

/* The states of the rows, and the activities that they are. */
static void expect(json_t *imported, const char *wanted)
{
	AUTO_ARENA a = {NULL};
	json_t *rows = json_at(imported, "rows");
	const char *got = "";

	for (size_t i = 0; i < json_array_size(rows); i++) {
		json_t *id = json_object_get(json_array_get(rows, i), "id");
		got = arena_printf(&a, "%s%s%s", got, *got ? " " : "",
				   text_at(json_array_get(rows, i), "state"));
		if (json_is_integer(id))
			got = arena_printf(&a, "%s:%lld", got,
					   (long long)json_integer_value(id));
	}
	assert_string_equal(got, wanted);
}

/* The first column of the first row, as text. */
static const char *stored(struct home *h, const char *sql)
{
	static char text[200];
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(db_handle(h->rpc.db), sql, -1, &s, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	snprintf(text, sizeof(text), "%s", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return text;
}

static void log_one(struct home *h, const char *params)
{
	home_call(h, "activity.add", params);
}

/* ---- which activity it is --------------------------------------------------------------------- */

/* Files that were brought in by an earlier pdh are known by it. */
static void the_key_of_a_row_is_for_ever(void **state)
{
	struct home *h = *state;

	import(h,
	       "{\"title\":\"Book TALK!\",\"credit\":\"1.5h\",\"done_on\":\"2026-03-01\","
	       "\"provider\":\"The Library\",\"course\":\"B-1\"}",
	       "");
	assert_string_equal(stored(h, "SELECT key FROM import_row"),
			    "k1:2026-03-01 5400000 hour|booktalk|thelibrary|b1");
}

static void an_activity_is_one_row_alone(void **state)
{
	struct home *h = *state;
	const char *walk =
		"{\"title\":\"Walk\",\"credit\":\"1h\",\"done_on\":\"2026-03-01\"},"
		"{\"title\":\"Walk\",\"credit\":\"1h\",\"done_on\":\"2026-03-01\"}";

	log_one(h, "{\"title\":\"Walk\",\"credit\":\"1h\",\"done_on\":\"2026-03-01\"}");
	expect(import(h, walk, ""), "have:1 new:2");
	expect(import(h, walk, ""), "have:1 have:2");
	/* Brought in again beside something new, it is remembered once. */
	AUTO_ARENA a = {NULL};
	expect(import(h,
		      arena_printf(&a,
				   "%s,{\"title\":\"Run\",\"credit\":\"1h\",\"done_on\":"
				   "\"2026-03-01\"}",
				   walk),
		      ""),
	       "have:1 have:2 new:3");
	assert_string_equal(stored(h, "SELECT count(*) FROM import_row"), "3");
}

/* What one of the two does not say is no difference. */
static void a_provider_that_is_not_told_may_be_any(void **state)
{
	struct home *h = *state;
	const char *walk =
		"{\"title\":\"Walk\",\"credit\":\"1h\",\"done_on\":\"2026-03-01\","
		"\"provider\":\"Library\",\"course\":\"B-1\"}";

	log_one(h, "{\"title\":\"Walk\",\"credit\":\"1h\",\"done_on\":\"2026-03-01\"}");
	expect(import(h, walk, ""), "have:1");
	home_call(h, "activity.edit", "{\"id\":1,\"provider\":\"Other\"}");
	expect(import(h, walk, ""), "similar:1");
}

/* 45 days off the same title may be the same thing. */
static void what_is_similar_is_near(void **state)
{
	static const struct {
		const char *day, *state;
	} cases[] = {
		{"2025-12-16", "new:2"},
		{"2025-12-17", "similar:1"},
		{"2026-03-17", "similar:1"},
		{"2026-03-18", "new:2"},
	};
	struct home *h = *state;

	home_clock(h, "2026-04-01T09:30:00");
	log_one(h, "{\"title\":\"Walk\",\"credit\":\"1h\",\"done_on\":\"2026-01-31\"}");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_ARENA a = {NULL};
		expect(import(h,
			      arena_printf(&a,
					   "{\"title\":\"Walk\",\"credit\":\"2h\","
					   "\"done_on\":\"%s\"}",
					   cases[i].day),
			      ",\"dry_run\":true"),
		       cases[i].state);
	}
}

static void three_fifths_of_the_words_are_alike(void **state)
{
	struct home *h = *state;

	log_one(h, "{\"title\":\"alpha bravo charlie delta\",\"credit\":\"1h\","
		   "\"done_on\":\"2026-03-01\"}");
	expect(import(h,
		      "{\"title\":\"alpha bravo charlie echo\",\"credit\":\"1h\","
		      "\"done_on\":\"2026-03-01\"}",
		      ",\"dry_run\":true"),
	       "similar:1");
	expect(import(h,
		      "{\"title\":\"alpha bravo echo\",\"credit\":\"1h\","
		      "\"done_on\":\"2026-03-01\"}",
		      ",\"dry_run\":true"),
	       "new:2");
}

static void what_was_removed_stays_removed(void **state)
{
	struct home *h = *state;
	const char *walk =
		"{\"title\":\"Walk\",\"credit\":\"1h\",\"done_on\":\"2026-03-01\"}";

	expect(import(h, walk, ""), "new:1");
	home_call(h, "activity.remove", "{\"ids\":[1]}");
	expect(import(h, walk, ""), "removed");
	expect(import(h, walk, ",\"again\":true"), "new:2");
}

/* ---- what is written -------------------------------------------------------------------------- */

static void a_row_gives_what_is_missing_and_takes_nothing(void **state)
{
	struct home *h = *state;

	log_one(h, "{\"title\":\"Walk\",\"credit\":\"1h\",\"done_on\":\"2026-03-01\","
		   "\"provider\":\"Library\",\"topics\":[\"own\"]}");
	expect(import(h,
		      "{\"title\":\"Walking\",\"credit\":\"2h\",\"done_on\":\"2026-03-02\","
		      "\"provider\":\"Other\",\"kind\":\"course\",\"topics\":[\"theirs\"],"
		      "\"line\":2}",
		      ",\"same\":[\"2=1\"]"),
	       "same:1");
	json_t *r = home_call(h, "activity.get", "{\"ids\":[1]}");
	assert_string_equal(text_at(r, "activities.0.title"), "Walk");
	assert_string_equal(text_at(r, "activities.0.provider"), "Library");
	assert_string_equal(text_at(r, "activities.0.kind"), "course");
	assert_string_equal(text_at(r, "activities.0.topics.0"), "own");
	assert_string_equal(text_at(r, "activities.0.done_on"), "2026-03-01");
	assert_string_equal(credit_at(r, "activities.0.credit"), "1.0");
}

static void what_was_planned_is_done_as_the_file_says(void **state)
{
	struct home *h = *state;

	log_one(h, "{\"title\":\"Walk\",\"credit\":\"1h\",\"done_on\":\"2026-03-20\","
		   "\"planned\":true}");
	expect(import(h,
		      "{\"title\":\"Walk\",\"credit\":\"2h\",\"done_on\":\"2026-03-13\","
		      "\"line\":2}",
		      ",\"same\":[\"2=1\"]"),
	       "same:1");
	json_t *r = home_call(h, "activity.get", "{\"ids\":[1]}");
	assert_true(json_is_false(json_at(r, "activities.0.planned")));
	assert_string_equal(text_at(r, "activities.0.done_on"), "2026-03-13");
	assert_string_equal(credit_at(r, "activities.0.credit"), "2.0");
}

static void a_changed_row_waits_for_a_word(void **state)
{
	struct home *h = *state;
	const char *two = "{\"title\":\"Walk\",\"credit\":\"2h\",\"done_on\":"
			  "\"2026-03-01\",\"source_id\":\"s1\"},{\"title\":\"Run\","
			  "\"credit\":\"1h\",\"done_on\":\"2026-03-01\"}";

	expect(import(h,
		      "{\"title\":\"Walk\",\"credit\":\"1h\",\"done_on\":\"2026-03-01\","
		      "\"source_id\":\"s1\"}",
		      ""),
	       "new:1");
	expect(import(h, two, ""), "changed:1 new:2");
	json_t *r = home_call(h, "activity.get", "{\"ids\":[1]}");
	assert_string_equal(credit_at(r, "activities.0.credit"), "1.0");
	expect(import(h, two, ",\"update\":true"), "changed:1 have:2");
	r = home_call(h, "activity.get", "{\"ids\":[1]}");
	assert_string_equal(credit_at(r, "activities.0.credit"), "2.0");
}

/* ---- an opening balance ----------------------------------------------------------------------- */

/* It covers the days from the first of its cycle to its own, both with it; what is planned takes nothing off. */
static void an_opening_balance_covers_its_days(void **state)
{
	static const struct {
		const char *day, *after;
	} cases[] = {
		{"2025-12-31", NULL},
		{"2026-01-01", "3.0"},
		{"2026-03-13", "3.0"},
		{"2026-03-14", NULL},
	};
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"title\":\"City\",\"alias\":\"own\",\"required\":\"40h\",\"begins\":"
		  "\"2026-01-01\",\"expires\":\"2027-12-31\",\"opening\":\"4h\"}");
	home_clock(h, "2026-04-01T09:30:00");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_ARENA a = {NULL};
		json_t *r = import(h,
				   arena_printf(&a,
						"{\"title\":\"Walk\",\"credit\":\"1h\","
						"\"done_on\":\"%s\"},{\"title\":\"Plan\","
						"\"credit\":\"1h\",\"planned\":true,"
						"\"done_on\":\"2026-03-01\"}",
						cases[i].day),
				   ",\"dry_run\":true");
		assert_int_equal(count_at(r, "openings"), cases[i].after ? 1 : 0);
		if (cases[i].after)
			assert_string_equal(credit_at(r, "openings.0.after"),
					    cases[i].after);
	}
}

static void an_opening_balance_that_is_used_up_goes(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"title\":\"City\",\"alias\":\"own\",\"required\":\"40h\",\"begins\":"
		  "\"2026-01-01\",\"expires\":\"2027-12-31\",\"opening\":\"4h\"}");
	json_t *r = import(
		h, "{\"title\":\"Walk\",\"credit\":\"4h\",\"done_on\":\"2026-03-01\"}",
		",\"opening\":\"reduce\"");
	assert_true(json_is_null(json_at(r, "openings.0.after")));
	r = home_call(h, "activity.list", "{}");
	assert_int_equal(count_at(r, "activities"), 1);
	assert_string_equal(text_at(r, "activities.0.title"), "Walk");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)
	const struct CMUnitTest tests[] = {
		TEST(the_key_of_a_row_is_for_ever),
		TEST(an_activity_is_one_row_alone),
		TEST(a_provider_that_is_not_told_may_be_any),
		TEST(what_is_similar_is_near),
		TEST(three_fifths_of_the_words_are_alike),
		TEST(what_was_removed_stays_removed),
		TEST(a_row_gives_what_is_missing_and_takes_nothing),
		TEST(what_was_planned_is_done_as_the_file_says),
		TEST(a_changed_row_waits_for_a_word),
		TEST(an_opening_balance_covers_its_days),
		TEST(an_opening_balance_that_is_used_up_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
