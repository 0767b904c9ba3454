/* pack.try, pack.diff and pack.adopt: the same record under other rules. */
#include "tests/support/rpc_home.h"

#include "daemon/pack/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A pack of the person's own; `rules` begins at the indent of a rule. */
static void put_pack(struct home *h, const char *id, const char *version,
		     const char *head, const char *rules)
{
	AUTO_ARENA a = {NULL};

	home_pack(h, id,
		  arena_printf(&a,
			       "pack: %s\nversion: %s\ntitle: Pack %s\nunit: clock hour\n"
			       "calendar: {length: 5 years}\n%s\nrules:\n"
			       "  - {id: total, need: 100}\n%s",
			       id, version, id, head, rules));
}

static const char hold_a[] =
	"{\"pack\": \"a\", \"alias\": \"mine\", \"expires\": \"2027-08-31\"}";

static json_t *try(struct home *h, const char *more)
{
	char params[300];

	snprintf(params, sizeof(params), "{\"pack\": \"b\"%s%s}", *more ? ", " : "",
		 more);
	return home_call(h, "pack.try", params);
}

/* ---- try -------------------------------------------------------------------------------- */

static void hours_tied_to_a_credential_are_tried_with_it_alone(void **state)
{
	struct home *h = *state;

	put_pack(h, "a", "1", "", "");
	put_pack(h, "b", "1", "", "");
	home_call(h, "credential.add", hold_a);
	home_call(h, "activity.add",
		  "{\"title\": \"Tied\", \"credit\": \"10h\", \"only\": [\"mine\"]}");
	home_call(h, "activity.add",
		  "{\"title\": \"Kept\", \"credit\": \"5h\", \"except\": [\"mine\"]}");
	home_call(h, "activity.add", "{\"title\": \"Free\", \"credit\": \"3h\"}");
	for (int i = 0; i < 2; i++) {
		json_t *r = try(h, "\"expires\": \"2027-08-31\"");
		assert_string_equal(credit_at(r, "credentials.0.counted"),
				    i ? "12.0" : "8.0");
		r = try(h, "\"credential\": \"mine\", \"expires\": \"2027-08-31\"");
		assert_string_equal(credit_at(r, "credentials.0.counted"),
				    i ? "17.0" : "13.0");
		r = home_call(h, "status.get", "{}");
		assert_string_equal(credit_at(r, "credentials.0.counted"),
				    i ? "17.0" : "13.0");
		/* What is kept in memory follows. */
		home_call(h, "activity.add",
			  "{\"title\": \"Later\", \"credit\": \"4h\", "
			  "\"similar\": true}");
	}
}

static void the_cycle_is_told_or_that_of_the_packs_calendar(void **state)
{
	struct home *h = *state;

	put_pack(h, "a", "1", "", "");
	put_pack(h, "b", "1", "", "");
	home_call(h, "credential.add", hold_a);
	static const struct {
		const char *params, *from, *to;
	} cases[] = {
		{"\"credential\": \"mine\", \"expires\": \"2028-06-30\"", "2023-07-01",
		 "2028-06-30"},
		{"\"expires\": \"2028-06-30\", \"begins\": \"2024-01-01\"", "2024-01-01",
		 "2028-06-30"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *r = try(h, cases[i].params);
		assert_string_equal(text_at(r, "credentials.0.cycle.from"),
				    cases[i].from);
		assert_string_equal(text_at(r, "credentials.0.cycle.to"), cases[i].to);
	}
	json_t *e = home_fail(h, "pack.try", "{\"pack\": \"b\"}", "usage");
	assert_string_equal(text_at(e, "field"), "expires");
	e = home_fail(h, "pack.try", "{\"pack\": \"b\", \"credential\": \"mine\"}",
		      "usage");
	assert_string_equal(text_at(e, "field"), "expires");
	e = home_fail(h, "pack.try",
		      "{\"pack\": \"b\", \"credential\": \"mine\", \"begins\": "
		      "\"2027-08-31\", \"expires\": \"2027-08-31\"}",
		      "refused");
	assert_string_equal(text_at(e, "field"), "begins");
}

/* Another board ends its cycles on days of its own; a newer version of the same pack does not. */
static void the_cycle_of_the_old_board_is_not_that_of_the_new(void **state)
{
	struct home *h = *state;

	put_pack(h, "a", "1", "", "");
	home_pack(h, "b",
		  "pack: b\nversion: 1\ntitle: B\nunit: clock hour\n"
		  "facts: {birth month: {type: month, ask: When?}}\n"
		  "calendar: {length: 2 years, end: end of birth month}\n"
		  "rules: [{id: total, need: 30}]\n");
	home_call(h, "credential.add",
		  "{\"pack\": \"a\", \"alias\": \"mine\", \"expires\": "
		  "\"2027-08-31\", \"issued\": \"2022-04-01\"}");
	json_t *e = home_fail(h, "pack.try",
			      "{\"pack\": \"b\", \"credential\": \"mine\"}", "refused");
	assert_string_equal(text_at(e, "field"), "facts");
	json_t *r = try(h, "\"credential\": \"mine\", \"facts\": [\"birth month=5\"]");
	assert_string_equal(text_at(r, "credentials.0.cycle.from"), "2024-06-01");
	assert_string_equal(text_at(r, "credentials.0.cycle.to"), "2026-05-31");

	put_pack(h, "a", "2", "", "");
	r = home_call(h, "pack.try", "{\"pack\": \"a\", \"credential\": \"mine\"}");
	assert_string_equal(text_at(r, "credentials.0.version"), "2");
	assert_string_equal(text_at(r, "credentials.0.cycle.to"), "2027-08-31");
}

static void facts_that_are_typed_hide_those_that_are_stored(void **state)
{
	struct home *h = *state;
	static const char work[] = "facts: {work: {type: word, ask: Where?}, "
				   "age: {type: number, ask: How old?}}";

	put_pack(h, "a", "1", work, "");
	put_pack(h, "b", "1", work,
		 "  - {id: law, need: 7, where: {topic: law}, when: {work: school}}\n");
	home_call(h, "credential.add", hold_a);
	home_call(h, "credential.edit",
		  "{\"credential\": \"mine\", \"facts\": [\"work=library\"]}");
	home_call(h, "credential.edit",
		  "{\"credential\": \"mine\", \"facts\": [\"work=school\"], \"from\": "
		  "\"2026-05-01\"}");

	json_t *r = try(h, "\"credential\": \"mine\", \"expires\": \"2027-08-31\"");
	assert_string_equal(text_at(r, "credentials.0.needs.1.state"), "not-applying");
	assert_int_equal(count_at(r, "unanswered"), 1);
	assert_string_equal(text_at(r, "unanswered.0.name"), "age");
	r = try(h,
		"\"credential\": \"mine\", \"expires\": \"2027-08-31\", \"as_of\": \"2026-05-01\"");
	assert_string_equal(text_at(r, "credentials.0.needs.1.state"), "short");
	r = try(h,
		"\"credential\": \"mine\", \"expires\": \"2027-08-31\", \"facts\": [\"Work=school\", \"age=30\"]");
	assert_string_equal(text_at(r, "credentials.0.needs.1.state"), "short");
	assert_int_equal(count_at(r, "unanswered"), 0);
	r = try(h, "\"expires\": \"2027-08-31\"");
	assert_string_equal(text_at(r, "credentials.0.needs.1.state"), "undecided");

	home_fail(h, "pack.try",
		  "{\"pack\": \"b\", \"credential\": \"mine\", \"facts\": [\"work=a\", "
		  "\"WORK=b\"]}",
		  "usage");
	home_fail(h, "pack.try",
		  "{\"pack\": \"b\", \"credential\": \"mine\", \"facts\": [\"x=1\"]}",
		  "usage");
	r = home_call(h, "credential.get", "{\"credential\": \"mine\"}");
	assert_int_equal(count_at(r, "credentials.0.facts"), 2);
}

static void acts_are_proposed_and_not_stored(void **state)
{
	struct home *h = *state;

	put_pack(h, "a", "1", "", "");
	put_pack(
		h, "b", "1", "",
		"  - {id: fee, duty: pay, due: period end - 30 days, title: The fee, level: "
		"unsure}\n"
		"  - {id: done, duty: finish, due: period end, level: unsure}\n"
		"  - {id: proof, duty: keep proof, due: period end + 5 years, level: "
		"unsure}\n");
	home_call(h, "credential.add", hold_a);
	home_call(h, "item.add", "{\"credential\": \"mine\", \"title\": \"My own\"}");
	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"credit\": \"100h\", \"similar\": true}");

	json_t *r = try(h, "\"credential\": \"mine\", \"expires\": \"2027-08-31\"");
	assert_int_equal(count_at(r, "credentials.0.items"), 2);
	assert_true(json_is_null(json_at(r, "credentials.0.items.0.id")));
	assert_string_equal(text_at(r, "credentials.0.items.0.title"), "The fee");
	assert_string_equal(text_at(r, "credentials.0.items.0.due"), "2027-08-01");
	assert_string_equal(text_at(r, "credentials.0.items.1.state"), "done");
	assert_string_equal(text_at(r, "credentials.0.cycle.keep_proof"), "2032-08-31");
	r = home_call(h, "status.get", "{}");
	assert_int_equal(count_at(r, "credentials.0.items"), 1);
	assert_string_equal(text_at(r, "credentials.0.items.0.title"), "My own");
}

/* ---- diff ------------------------------------------------------------------------------- */

static json_t *first_effect(struct home *h, const char *head, const char *rules)
{
	put_pack(h, "a", "2", head, rules);
	return json_at(home_call(h, "pack.diff", "{\"rules\": [\"mine\"]}"), "effects.0");
}

static void whether_new_rules_bind_the_open_cycle_is_told(void **state)
{
	struct home *h = *state;
	static const char limit[] = "  - {id: x, limit: 10, where: {kind: workshop}%s}\n";
	static const struct {
		const char *head, *days;
		const char *binds; /* NULL: cannot be told */
		int besides;
		const char *next;
	} cases[] = {
		{"", "", NULL, 0, "yes"},
		{"in_force: {from: 2022-09-01}", "", "yes", 0, "yes"},
		{"in_force: {from: 2022-09-02}", "", "no", 0, "yes"},
		{"in_force: {from: 2027-09-01}", "", "no", 0, "yes"},
		{"in_force: {from: 2027-09-02}", "", "no", 0, "no"},
		{"in_force: {from: 2020-01-01, to: 2021-12-31}", "", "no", 0, "no"},
		{"in_force: {to: 2022-09-01}", "", "yes", 0, "no"},
		{"in_force: {from: 2027-09-01}", ", from: 2026-03-14, by: now", "no", 1,
		 "yes"},
		{"in_force: {from: 2027-09-01}", ", from: 2026-03-15, by: now", "no", 0,
		 "yes"},
		{"in_force: {from: 2027-09-01}", ", from: 2027-08-31, by: period end",
		 "no", 1, "yes"},
		{"in_force: {from: 2027-09-01}", ", from: 2027-09-01, by: period end",
		 "no", 0, "yes"},
		{"in_force: {from: 2027-09-01}", ", from: 2027-08-31, by: activity", "no",
		 1, "yes"},
		{"in_force: {from: 2027-09-01}", ", until: 2022-08-31, by: activity",
		 "no", 0, "yes"},
		{"in_force: {from: 2027-09-01}", ", from: 2020-01-01, by: issue", "no", 0,
		 "yes"},
		{"in_force: {from: 2027-09-01}", ", from: 2022-01-01", "no", 0, "yes"},
	};

	put_pack(h, "a", "1", "", "");
	home_call(h, "credential.add", hold_a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char rules[200];
		snprintf(rules, sizeof(rules), limit, cases[i].days);
		json_t *x = first_effect(h, cases[i].head, rules);
		json_t *binds = json_at(x, "binds");
		assert_int_equal(json_is_null(binds), cases[i].binds == NULL);
		if (cases[i].binds)
			assert_int_equal(json_is_true(binds), cases[i].binds[0] == 'y');
		assert_int_equal(count_at(x, "besides"), cases[i].besides);
		assert_int_equal(json_is_true(json_at(x, "next")),
				 cases[i].next[0] == 'y');
		assert_true(json_is_false(json_at(x, "judged")));
	}
}

static void what_other_rules_mean_is_told_in_hours(void **state)
{
	struct home *h = *state;
	static const char limited[] = "  - {id: x, limit: 10, where: {kind: workshop}}\n";

	put_pack(h, "a", "1", "", "");
	home_call(h, "credential.add", hold_a);
	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"credit\": \"24h\", \"kind\": \"workshop\"}");
	json_t *x = first_effect(h, "", limited);
	assert_string_equal(credit_at(x, "added"), "-14.0");
	assert_string_equal(credit_at(x, "before.remaining"), "76.0");
	assert_string_equal(credit_at(x, "after.remaining"), "90.0");

	/* Hours that the person gave it stay where the board does. */
	home_call(h, "credential.edit",
		  "{\"credential\": \"mine\", \"required\": \"40h\"}");
	x = first_effect(h, "", limited);
	assert_string_equal(credit_at(x, "after.required"), "40.0");
	put_pack(h, "b", "1", "units: {hour: 30 min}", "");
	json_t *r = home_call(h, "pack.diff", "{\"rules\": [\"mine\", \"b\"]}");
	assert_string_equal(credit_at(r, "effects.0.before.required"), "40.0");
	assert_string_equal(credit_at(r, "effects.0.after.required"), "100.0");
	assert_string_equal(credit_at(r, "effects.0.after.counted"), "48.0");
	assert_int_equal(count_at(r, "effects"), 1);
}

static void a_side_is_a_credential_a_pack_a_version_or_a_file(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *rules, *before, *after;
	} cases[] = {
		{"\"mine\"", "1 pinned", "2 own"},
		{"\"a\"", "1 pinned", "2 own"}, /* the only credential of it */
		{"\"Pack a\"", "1 pinned", "2 own"},
		{"\"a\", \"1\"", "1 pinned", "2 own"},
		{"\"a\", \"1\", \"2\"", "1 pinned", "2 own"},
		{"\"a\", \"2\", \"1\"", "2 own", "1 pinned"},
		{"\"a\", \"2\", \"mine\"", "2 own", "1 pinned"},
		{"\"mine\", \"2\"", "1 pinned", "2 own"},
		{"\"b\", \"a\", \"1\"", "5 own", "1 pinned"},
		{"\"a\", \"1\", \"b\", \"5\"", "1 pinned", "5 own"},
		{"\"./f.yaml\", \"a\"", "9 ./f.yaml", "2 own"},
		{"\"./f.yaml\"", "2 own", "9 ./f.yaml"},
	};
	char params[400], side[100];

	put_pack(h, "a", "1", "", "");
	home_call(h, "credential.add", hold_a);
	put_pack(h, "a", "2", "", "");
	put_pack(h, "b", "5", "", "");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(
			params, sizeof(params),
			"{\"rules\": [%s], \"files\": [{\"file\": \"./f.yaml\", \"text\": "
			"\"pack: a\\nversion: 9\\ntitle: F\\nrules: [{id: total, need: 3}]\\n\"}]}",
			cases[i].rules);
		json_t *r = home_call(h, "pack.diff", params);
		snprintf(side, sizeof(side), "%s %s", text_at(r, "before.version"),
			 text_at(r, "before.from"));
		assert_string_equal(side, cases[i].before);
		snprintf(side, sizeof(side), "%s %s", text_at(r, "after.version"),
			 text_at(r, "after.from"));
		assert_string_equal(side, cases[i].after);
	}

	home_fail(h, "pack.diff", "{\"rules\": []}", "usage");
	home_fail(h, "pack.diff", "{\"rules\": [\"b\"]}", "usage");
	home_fail(h, "pack.diff", "{\"rules\": [\"mine\", \"a\", \"2\", \"b\"]}",
		  "usage");
	json_t *e = home_fail(h, "pack.diff", "{\"rules\": [\"a\", \"3\"]}", "not_found");
	assert_string_equal(text_at(e, "hint"), "there is 1 and 2");
	e = home_fail(h, "pack.diff", "{\"rules\": [\"mina\", \"b\"]}", "not_found");
	assert_string_equal(text_at(e, "hint"), "did you mean \"mine\"?");
	home_fail(h, "pack.diff", "{\"rules\": [\"./g.yaml\"]}", "not_found");
}

/* ---- adopt ------------------------------------------------------------------------------ */

static void newer_rules_are_taken_over_and_given_back(void **state)
{
	struct home *h = *state;

	put_pack(h, "a", "1", "", "");
	home_call(h, "credential.add", hold_a);
	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"credit\": \"24h\", \"kind\": \"workshop\"}");
	put_pack(h, "a", "2",
		 "in_force: {from: 2027-09-01}\nfacts: {work: {type: word, ask: Where?}}",
		 "  - {id: x, limit: 10, where: {kind: workshop}}\n"
		 "  - {id: fee, duty: pay, due: period end, title: The fee, level: "
		 "unsure}\n");
	json_t *r = home_call(h, "pack.adopt", "{\"credential\": \"mine\"}");
	assert_string_equal(text_at(r, "changed.0.field"), "version");
	assert_string_equal(text_at(r, "changed.1.after"), "The fee, due 31 Aug 2027");
	assert_string_equal(text_at(r, "changed.2.after"), "10.0 h");
	assert_int_equal(count_at(r, "notes"), 2);
	assert_string_equal(credit_at(r, "credential.cycle.counted"), "10.0");
	assert_int_equal(count_at(r, "credential.items"), 1);

	r = home_call(h, "pack.adopt", "{\"credential\": \"mine\"}");
	assert_true(json_is_null(json_at(r, "op")));
	assert_int_equal(count_at(r, "changed"), 0);
	home_call(h, "change.undo", "{}");
	r = home_call(h, "credential.get", "{\"credential\": \"mine\"}");
	assert_string_equal(text_at(r, "credentials.0.cycle.version"), "1");
	assert_int_equal(count_at(r, "credentials.0.items"), 0);
	home_call(h, "change.redo", "{}");
	r = home_call(h, "credential.get", "{\"credential\": \"mine\"}");
	assert_string_equal(text_at(r, "credentials.0.cycle.version"), "2");
}

static void rules_that_are_not_there_are_not_taken_over(void **state)
{
	struct home *h = *state;
	char path[128];

	put_pack(h, "a", "1", "", "");
	home_call(h, "credential.add", hold_a);
	put_pack(h, "a", "1", "", "  - {id: x, limit: 10, where: {kind: workshop}}\n");
	json_t *e = home_fail(h, "pack.adopt", "{\"credential\": \"mine\"}", "refused");
	assert_non_null(strstr(text_at(e, "message"), "a new version"));
	snprintf(path, sizeof(path), "%s/packs/a.yaml", h->folder);
	assert_int_equal(unlink(path), 0);
	pack_library_reload(h->rpc.packs);
	e = home_fail(h, "pack.adopt", "{\"credential\": \"mine\"}", "not_found");
	assert_string_equal(text_at(e, "field"), "credential");

	home_call(
		h, "credential.add",
		"{\"title\": \"Own\", \"alias\": \"own\", \"required\": \"40h\", \"every\": 24, "
		"\"expires\": \"2027-08-31\"}");
	home_fail(h, "pack.adopt", "{\"credential\": \"own\"}", "not_found");
	home_call(h, "credential.retire", "{\"credential\": \"mine\"}");
	home_fail(h, "pack.adopt", "{\"credential\": \"mine\"}", "refused");
}

static void status_says_that_there_are_newer_rules(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *version;
		int notices;
	} cases[] = {{"2.9", 0}, {"2.10", 1}, {"2.8", 0}, {"3", 1}};

	put_pack(h, "a", "2.9", "", "");
	home_call(h, "credential.add", hold_a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		put_pack(h, "a", cases[i].version, "", "");
		json_t *r = home_call(h, "status.get", "{}");
		assert_int_equal(count_at(r, "notices"), cases[i].notices);
	}
}

#define T(test) cmocka_unit_test_setup_teardown(test, home_open, home_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(hours_tied_to_a_credential_are_tried_with_it_alone),
		T(the_cycle_is_told_or_that_of_the_packs_calendar),
		T(the_cycle_of_the_old_board_is_not_that_of_the_new),
		T(facts_that_are_typed_hide_those_that_are_stored),
		T(acts_are_proposed_and_not_stored),
		T(whether_new_rules_bind_the_open_cycle_is_told),
		T(what_other_rules_mean_is_told_in_hours),
		T(a_side_is_a_credential_a_pack_a_version_or_a_file),
		T(newer_rules_are_taken_over_and_given_back),
		T(rules_that_are_not_there_are_not_taken_over),
		T(status_says_that_there_are_newer_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
