/* The methods about rules packs, over the wire. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_text_is_checked_without_a_file(void **state)
{
	struct home *h = *state;
	json_t *r = home_call(
		h, "pack.check",
		"{\"file\": \"/no/such/a.yaml\", \"text\": \"pack: a\\nversion: "
		"1\\ntitle: A\\nrules: [{id: t, need: 3}]\\n\"}");

	assert_string_equal(text_at(r, "pack"), "a");
	assert_int_equal(int_at(r, "rules"), 1);
	assert_int_equal(int_at(r, "examples"), 0);
	assert_int_equal(count_at(r, "notes"), 0);
	r = home_fail(h, "pack.check",
		      "{\"file\": \"a.yaml\", \"text\": \"pack: a\\nversion: 1\\n\"}",
		      "refused");
	assert_string_equal(text_at(r, "message"), "a.yaml:1: a pack needs \"title\"");
	r = home_fail(h, "pack.check", "{\"file\": \"a.yaml\"}", "usage");
	assert_string_equal(text_at(r, "field"), "text");
}

static void an_overlay_of_a_text_finds_its_base(void **state)
{
	struct home *h = *state;
	json_t *r = home_call(
		h, "pack.check",
		"{\"file\": \"-\", \"text\": \"pack: mine\\nversion: 1\\nextends: "
		"us-tx-school-librarian\\ndrop: [mentoring]\\n\"}");

	const char *base = text_at(r, "extends");
	assert_memory_equal(base, "us-tx-school-librarian ",
			    strlen("us-tx-school-librarian "));
	assert_non_null(strstr(base, ", shipped"));
	assert_int_equal(int_at(r, "rules"), 8);
}

static void examples_of_packs_and_texts_are_computed(void **state)
{
	struct home *h = *state;
	json_t *r = home_call(
		h, "pack.test",
		"{\"packs\": [\"us-ny-ctle\"], \"files\": [{\"file\": \"a.yaml\", \"text\": "
		"\"pack: a\\nversion: 1\\ntitle: A\\nrules: [{id: t, need: 3}]\\nexamples:\\n  "
		"- {name: e, period: 2026-01-01 to 2026-12-31, entries: [{credit: 1h}], "
		"expect: {counted: 2}}\\n\"}]}");

	assert_true(int_at(r, "examples") > 1);
	assert_int_equal(int_at(r, "agree"), int_at(r, "examples") - 1);
	assert_true(json_is_false(json_at(r, "good")));
	assert_int_equal(int_at(r, "packs.0.disagreements.0.line"), 6);
	assert_string_equal(text_at(r, "packs.0.disagreements.0.texts.0"),
			    "counted is 1.0, not 2.0");
	assert_string_equal(text_at(r, "packs.1.layer"), "shipped");
	r = home_call(h, "pack.test", "{\"all\": true}");
	assert_true(json_is_true(json_at(r, "good")));
	home_fail(h, "pack.test", "{}", "usage");
	home_fail(h, "pack.test", "{\"packs\": [\"us-ny-ctle\"], \"all\": true}",
		  "usage");
	home_fail(h, "pack.test", "{\"packs\": [\"us-ny\"]}", "not_found");
}

/* What an example lists is all there is of its kind, be it a word and no amount. */
static void what_an_example_leaves_out_is_told(void **state)
{
	struct home *h = *state;
	json_t *r = home_call(
		h, "pack.test",
		"{\"files\": [{\"file\": \"a.yaml\", \"text\": "
		"\"pack: a\\nversion: 1\\ntitle: A\\nfacts: {works: {type: yes-no, ask: Well?}}\\n"
		"topics: [law]\\nrules: [{id: t, need: 3}, {id: l, need: 1, where: {topic: law}, "
		"when: {works: 'yes'}}]\\nexamples:\\n  - {name: e, period: 2026-01-01 to "
		"2026-12-31, entries: [{credit: 1h}], expect: {undecided: []}}\\n\"}]}");

	assert_int_equal(int_at(r, "agree"), 0);
	assert_string_equal(text_at(r, "packs.0.disagreements.0.texts.0"),
			    "l undecided is 0.0, and is not in the example");
}

static void packs_are_found_and_shown_with_their_rules(void **state)
{
	struct home *h = *state;
	json_t *r = home_call(h, "pack.search", "{\"text\": \"tx libr\"}");

	assert_int_equal(count_at(r, "packs"), 1);
	assert_int_equal(count_at(r, "packs.0.rules"), 0);
	r = home_call(h, "pack.get", "{\"pack\": \"us-ny-ctle\"}");
	assert_true(json_is_null(json_at(r, "packs.0.text")));
	assert_string_equal(
		text_at(r, "packs.0.rules.1.when"),
		"certificate is not esol, unless exemption is national-board or "
		"permanent or inactive");
	assert_string_equal(text_at(r, "packs.0.rules.3.why"),
			    "only activities of sponsors that NYSED approved count");
	r = home_call(h, "pack.get", "{\"pack\": \"clearance\", \"source\": true}");
	assert_non_null(strstr(text_at(r, "packs.0.text"), "\npack: clearance\n"));
	assert_int_equal(count_at(home_call(h, "pack.reload", "{}"), "problems"), 0);
}

static void packs_of_last_year_are_out_of_date(void **state)
{
	struct home *h = *state;

	assert_int_equal(
		count_at(home_call(h, "pack.list", "{\"outdated\": true}"), "packs"), 0);
	home_clock(h, "2028-02-01T09:00:00");
	json_t *r = home_call(h, "pack.list", "{\"outdated\": true, \"text\": \"ctle\"}");
	assert_int_equal(count_at(r, "packs"), 1);
	assert_non_null(strstr(text_at(r, "packs.0.outdated.0"),
			       "its author last compared it with its sources "));
}

/* A need that must be met is asked for, whether or not the rules have a total. */
static void a_need_without_a_total_is_not_no_hours(void **state)
{
	struct home *h = *state;

	home_pack(h, "visits",
		  "pack: visits\nversion: 1\ntitle: V\ncalendar: {length: 1 year}\n"
		  "rules: [{id: a, need: {activities: 2}, where: {kind: workshop}}]\n");
	home_call(h, "credential.add",
		  "{\"alias\": \"v\", \"pack\": \"visits\", \"begins\": "
		  "\"2026-01-01\", \"expires\": \"2026-12-31\"}");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.state"), "on-pace");
	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"kind\": \"workshop\", \"credit\": \"1h\"}");
	home_call(h, "activity.add",
		  "{\"title\": \"B\", \"kind\": \"workshop\", \"credit\": \"1h\"}");
	r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.state"), "done");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)
	const struct CMUnitTest tests[] = {
		TEST(a_text_is_checked_without_a_file),
		TEST(an_overlay_of_a_text_finds_its_base),
		TEST(examples_of_packs_and_texts_are_computed),
		TEST(what_an_example_leaves_out_is_told),
		TEST(packs_are_found_and_shown_with_their_rules),
		TEST(packs_of_last_year_are_out_of_date),
		cmocka_unit_test_setup_teardown(a_need_without_a_total_is_not_no_hours,
						home_open, home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
