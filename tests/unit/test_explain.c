/* explain.get: every hour in one place, and the rule that put it there. Whatever a test asks about, the places add
 * up to what was logged. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                                                                                 \
	"version: 1\ntitle: Laboratory\nauthority: The board\nread: 2026-01-02\n"            \
	"sources: {s: {title: The rule, url: \"https://example.org/s\", mark: confirmed}}\n" \
	"unit: hour\nunits: {hour: 60 min, CEU: 10}\n"                                       \
	"facts: {months: {type: number, ask: How many months?}}\n"

/* Holds credential `lab` from 2024 to 2028 under a pack of these rules. */
static void hold(struct home *h, const char *rules)
{
	AUTO_ARENA a = {NULL};

	home_pack(h, "lab", arena_printf(&a, "pack: lab\n" HEAD "rules:\n%s", rules));
	home_call(h, "credential.add",
		  "{\"pack\": \"lab\", \"alias\": \"lab\", \"begins\": \"2024-01-01\", "
		  "\"expires\": \"2028-12-31\"}");
}

/* Logs an activity: its day, credit and what else is said of it; titles are told apart by the day. */
static void entry(struct home *h, const char *done_on, const char *credit,
		  const char *more)
{
	AUTO_ARENA a = {NULL};

	home_call(h, "activity.add",
		  arena_printf(&a,
			       "{\"title\": \"Of %s\", \"done_on\": \"%s\", \"credit\": "
			       "\"%s\", \"similar\": true%s%s}",
			       done_on, done_on, credit, *more ? ", " : "", more));
}

/* ---- sums --------------------------------------------------------------------------------------- */

static bool same_unit(json_t *a, json_t *b)
{
	return json_is_object(a) && json_is_object(b) &&
	       strcmp(text_at(a, "unit"), text_at(b, "unit")) == 0;
}

static void check_entry(json_t *e)
{
	json_t *logged = json_at(e, "logged"), *part;
	long long sum = 0;
	size_t i;

	json_array_foreach(json_at(e, "parts"), i, part)
	{
		if (same_unit(json_at(part, "credit"), logged))
			sum += int_at(part, "credit.exact");
	}
	if (json_is_object(logged))
		assert_int_equal(sum, int_at(logged, "exact"));
}

static void check_credential(json_t *c, bool whole)
{
	json_t *one;
	long long sum = 0, counted = 0;
	size_t i;

	json_array_foreach(json_at(c, "entries"), i, one) check_entry(one);
	if (!whole)
		return;
	json_array_foreach(json_at(c, "sums"), i, one)
	{
		sum += int_at(one, "credit.exact");
		if (strcmp(text_at(one, "place"), "counted") == 0)
			counted = int_at(one, "credit.exact");
	}
	assert_int_equal(sum, int_at(c, "cycle.logged.exact"));
	assert_int_equal(counted, int_at(c, "cycle.counted.exact"));
}

/* What explain says of the only credential asked about. */
static json_t *explain(struct home *h, const char *params)
{
	json_t *r = home_call(h, "explain.get", params), *c;
	bool whole = json_is_null(json_at(r, "activity"));
	size_t i;

	json_array_foreach(json_at(r, "credentials"), i, c) check_credential(c, whole);
	return json_at(r, "credentials.0");
}

static json_t *explain_id(struct home *h, int id)
{
	AUTO_ARENA a = {NULL};

	return explain(
		h,
		arena_printf(&a, "{\"subject\": \"%d\", \"credential\": \"lab\"}", id));
}

/* The member of a list whose `key` is this word; fails the test if there is none. */
static json_t *find(json_t *list, const char *key, const char *word)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (strcmp(text_at(one, key), word) == 0)
			return one;
	}
	fail_msg("no %s %s", key, word);
	return NULL;
}

static json_t *part(json_t *credential, const char *place)
{
	return find(json_at(credential, "entries.0.parts"), "place", place);
}

static void expect_part(json_t *credential, const char *place, const char *amount,
			const char *why)
{
	json_t *p = part(credential, place);

	assert_string_equal(credit_at(p, "credit"), amount);
	if (why)
		assert_string_equal(text_at(p, "why"), why);
	else
		assert_true(json_is_null(json_at(p, "why")));
}

/* ---- tests -------------------------------------------------------------------------------------- */

static void what_counts_is_told_with_the_needs_it_serves(void **state)
{
	struct home *h = *state;

	hold(h,
	     "  - {id: total, need: 30, cite: s}\n"
	     "  - {id: law, need: 5, where: {topic: law}, title: school law, cite: s}\n");
	entry(h, "2025-01-01", "3h", "\"topics\": [\"law\"]");
	json_t *c = explain_id(h, 1);
	expect_part(c, "counted", "3.0", NULL);
	assert_string_equal(text_at(part(c, "counted"), "rules.0"), "total");
	assert_string_equal(text_at(part(c, "counted"), "rules.1"), "law");
	json_t *rule = find(json_at(c, "rules"), "id", "law");
	assert_string_equal(text_at(rule, "title"), "school law");
	assert_string_equal(text_at(rule, "words"), "5 h a cycle");
	assert_string_equal(text_at(rule, "of"), "topic law");
	assert_string_equal(text_at(rule, "cite"), "The rule");
	assert_string_equal(text_at(rule, "url"), "https://example.org/s");
	assert_string_equal(text_at(rule, "mark"), "confirmed");
	assert_string_equal(text_at(c, "read"), "2026-01-02");
	assert_string_equal(text_at(c, "cycle.version"), "1");
	json_t *need = find(json_at(c, "needs"), "words", "5 h a cycle");
	assert_int_equal(int_at(need, "served_by.0.id"), 1);
	assert_string_equal(credit_at(need, "need.have"), "3.0");
}

static void a_limit_names_what_used_its_room(void **state)
{
	struct home *h = *state;

	hold(h,
	     "  - {id: total, need: 100, cite: s}\n"
	     "  - {id: reading, limit: 10% of required, where: {kind: reading}, cite: s}\n");
	for (int i = 1; i <= 7; i++) {
		char day[] = "2025-01-01";
		day[9] = (char)('0' + i);
		entry(h, day, i == 3 ? "3h" : "1h", "\"kind\": \"reading\"");
	}
	entry(h, "2025-02-01", "4h", "\"kind\": \"reading\"");
	json_t *c = explain_id(h, 8);
	expect_part(c, "counted", "1.0", NULL);
	expect_part(c, "cut", "3.0", "reading: at most 10 % of 100 h = 10.0 h a cycle");
	json_t *l = json_at(c, "limits.0");
	assert_string_equal(credit_at(l, "before"), "9.0");
	assert_string_equal(credit_at(l, "after"), "0.0");
	assert_string_equal(credit_at(l, "left"), "0.0");
	assert_int_equal(int_at(l, "entries"), 7);
	assert_int_equal(count_at(l, "used_by"), 5);
	assert_int_equal(int_at(l, "used_by.0.id"), 3);
	assert_int_equal(int_at(l, "used_by.1.id"), 1);
	assert_string_equal(text_at(l, "used_by.1.title"), "Of 2025-01-01");
}

static void a_later_entry_may_have_the_room(void **state)
{
	struct home *h = *state;

	hold(h, "  - {id: total, need: 10, cite: s}\n"
		"  - {id: law, need: 5, where: {topic: law}, cite: s}\n"
		"  - {id: reading, limit: 5, where: {kind: reading}, cite: s}\n");
	entry(h, "2025-01-01", "5h", "\"kind\": \"reading\"");
	entry(h, "2025-02-01", "5h", "\"kind\": \"reading\", \"topics\": [\"law\"]");
	json_t *c = explain_id(h, 1);
	expect_part(c, "cut", "5.0", "reading: at most 5 h a cycle");
	assert_string_equal(credit_at(c, "limits.0.before"), "0.0");
	assert_string_equal(credit_at(c, "limits.0.after"), "5.0");
	assert_int_equal(int_at(c, "limits.0.used_by.0.id"), 2);
}

static void what_a_credit_rule_changed_is_told_even_where_a_limit_cuts(void **state)
{
	struct home *h = *state;

	hold(h,
	     "  - {id: total, need: 100, cite: s}\n"
	     "  - {id: aid, credit: {times: 2, most: 16}, where: {topic: aid}, cite: s,\n"
	     "     title: first aid counts double}\n"
	     "  - {id: whole, credit: {step: {to: 1, round: down}}, cite: s}\n"
	     "  - {id: aid-limit, limit: 12, where: {topic: aid}, cite: s}\n");
	entry(h, "2025-01-01", "10h", "\"topics\": [\"aid\"]");
	json_t *c = explain_id(h, 1);
	expect_part(c, "changed", "-6.0", "first aid counts double, at most 16 h");
	expect_part(c, "counted", "12.0", NULL);
	expect_part(c, "cut", "4.0", "aid-limit: at most 12 h a cycle");
	assert_string_equal(credit_at(c, "entries.0.logged"), "10.0");
	entry(h, "2025-02-01", "90m", "");
	expect_part(explain_id(h, 2), "changed", "0.5", "whole: rounded down to 1 h");
}

static void the_parts_of_a_split_entry_are_told_apart(void **state)
{
	struct home *h = *state;

	hold(h,
	     "  - {id: total, need: 100, cite: s}\n"
	     "  - {id: no-art, credit: 0, where: {topic: art}, why: art does not count, cite: s}\n");
	entry(h, "2025-01-01", "3h", "\"split\": [\"law=1h\", \"art=1h\"]");
	json_t *c = explain_id(h, 1);
	expect_part(c, "refused", "1.0", "art does not count");
	assert_string_equal(text_at(part(c, "refused"), "topic"), "art");
	assert_string_equal(text_at(c, "entries.0.parts.1.topic"), "law");
	assert_true(json_is_null(json_at(c, "entries.0.parts.2.topic")));
	assert_string_equal(credit_at(c, "counted"), "2.0");
	assert_int_equal(int_at(find(json_at(c, "sums"), "place", "counted"), "entries"),
			 1);
}

static void a_need_that_does_not_apply_is_served_by_nothing(void **state)
{
	struct home *h = *state;

	hold(h, "  - {id: total, need: 10, cite: s}\n"
		"  - {id: long, need: 5, when: {months: at least 12}, cite: s}\n");
	home_call(h, "credential.edit",
		  "{\"credential\": \"lab\", \"facts\": [\"months=6\"]}");
	entry(h, "2025-01-01", "2h", "");
	json_t *c = explain_id(h, 1);
	assert_int_equal(count_at(part(c, "counted"), "rules"), 1);
	assert_int_equal(count_at(c, "needs"), 1);
	c = explain(h, "{\"subject\": \"lab\"}");
	assert_string_equal(text_at(c, "needs.1.need.state"), "not-applying");
	assert_int_equal(int_at(c, "needs.1.entries"), 0);
	/* An entry that counts whole is not among those that do not. */
	assert_int_equal(count_at(c, "entries"), 0);
}

static void what_is_refused_says_by_what(void **state)
{
	struct home *h = *state;

	hold(h, "  - {id: total, need: 100, cite: s}\n"
		"  - {id: least, credit: {least: 1}, where: {kind: lecture}, cite: s}\n"
		"  - {id: once, credit: {once: course in period}, cite: s}\n"
		"  - {id: approved, credit: {unless: {approval: refused}}, cite: s}\n");
	entry(h, "2025-01-01", "30m", "\"kind\": \"lecture\"");
	entry(h, "2025-02-01", "2h", "\"course\": \"LIB 1\"");
	entry(h, "2025-03-01", "2h", "\"course\": \"LIB 1\"");
	entry(h, "2025-04-01", "2h", "\"approval\": \"refused\"");
	expect_part(explain_id(h, 1), "refused", "0.5", "least: nothing below 1 h");
	expect_part(explain_id(h, 3), "refused", "2.0",
		    "once: the same course counts once a cycle; this one counted as #2 "
		    "on 1 Feb 2025");
	expect_part(explain_id(h, 4), "refused", "2.0",
		    "approved: not with approval refused");
}

static void what_lies_outside_is_told_apart(void **state)
{
	struct home *h = *state;

	hold(h, "  - {id: total, need: 10, cite: s}\n");
	home_call(
		h, "credential.add",
		"{\"pack\": \"clearance\", \"alias\": \"fp\", \"expires\": \"2026-05-30\"}");
	entry(h, "2023-12-31", "1h", "");
	entry(h, "2025-01-01", "2h", "\"except\": [\"lab\"]");
	entry(h, "2025-01-02", "3h", "\"only\": [\"fp\"]");
	entry(h, "2027-01-01", "4h", "\"planned\": true");
	entry(h, "2025-01-04", "12pt", "");
	expect_part(explain_id(h, 1), "early", "1.0",
		    "done before this cycle, which began 1 Jan 2024");
	expect_part(explain_id(h, 2), "kept", "2.0", "excluded by --not");
	expect_part(explain_id(h, 3), "kept", "3.0", "counts for fp only");
	expect_part(explain_id(h, 4), "planned", "4.0", "planned, not done yet");
	expect_part(explain_id(h, 5), "unit", "12.0",
		    "a point is worth nothing in its rules");
	json_t *c = explain(h, "{\"subject\": \"lab\"}");
	assert_int_equal(count_at(c, "entries"), 5);
	assert_string_equal(
		credit_at(find(json_at(c, "outside"), "place", "kept"), "credit"), "5.0");
	assert_int_equal(int_at(find(json_at(c, "outside"), "place", "kept"), "entries"),
			 2);
	/* A credential without hours has none to explain. */
	json_t *all = home_call(h, "explain.get", "{\"subject\": \"1\"}");
	assert_int_equal(count_at(all, "credentials"), 1);
}

static void hours_that_are_not_of_the_total_are_beside_it(void **state)
{
	struct home *h = *state;

	hold(h,
	     "  - {id: total, need: 10, window: last 24 months, cite: s}\n"
	     "  - {id: law, need: 2, where: {topic: law}, window: before 12 months, cite: s}\n");
	entry(h, "2023-06-01", "2h", "\"topics\": [\"law\"]");
	entry(h, "2025-01-01", "4h", "");
	json_t *c = explain_id(h, 2);
	expect_part(c, "aside", "4.0", "its day is not among those of the total");
	/* What lies before the cycle may still serve a need that looks further back. */
	c = explain_id(h, 1);
	expect_part(c, "early", "2.0", "done before this cycle, which began 1 Jan 2024");
	assert_string_equal(text_at(part(c, "early"), "rules.0"), "law");
	c = explain(h, "{\"subject\": \"lab\"}");
	assert_string_equal(
		credit_at(find(json_at(c, "sums"), "place", "aside"), "credit"), "4.0");
}

static void a_verdict_that_hangs_on_an_unsure_rule_has_both_totals(void **state)
{
	struct home *h = *state;

	hold(h, "  - {id: total, need: 10, cite: s}\n"
		"  - {id: reading, limit: 5, where: {kind: reading}, level: unsure}\n");
	entry(h, "2025-01-01", "4h", "");
	entry(h, "2025-02-01", "8h", "\"kind\": \"reading\"");
	json_t *c = explain(h, "{\"subject\": \"lab\"}");
	assert_true(json_is_true(json_at(c, "undecided")));
	assert_string_equal(credit_at(c, "cycle.counted"), "9.0");
	assert_string_equal(credit_at(c, "otherwise"), "12.0");
	assert_string_equal(text_at(c, "hangs_on.0"), "reading");
	assert_int_equal(count_at(explain_id(h, 2), "hangs_on"), 1);
	assert_int_equal(count_at(explain_id(h, 1), "hangs_on"), 0);
}

static void what_is_asked_of_one_person_alone_says_why(void **state)
{
	struct home *h = *state;

	hold(h, "  - {id: total, need: 60, cite: s}\n"
		"  - {id: leave, adjust: {scale: months of 60}, cite: s}\n");
	home_call(h, "credential.edit",
		  "{\"credential\": \"lab\", \"facts\": [\"months=30\"]}");
	json_t *n = json_at(explain(h, "{\"subject\": \"lab\"}"), "needs.0");
	assert_string_equal(credit_at(n, "need.need"), "30.0");
	assert_string_equal(credit_at(n, "asked"), "60.0");
	assert_string_equal(text_at(n, "adjusted"), "leave");
}

static void a_closed_cycle_is_explained_under_the_rules_it_had(void **state)
{
	struct home *h = *state;

	home_pack(h, "lab",
		  "pack: lab\n" HEAD "calendar: {length: 1 year}\n"
		  "rules:\n  - {id: total, need: 10, cite: s}\n"
		  "  - {id: reading, limit: 2, where: {kind: reading}, cite: s}\n");
	home_call(h, "credential.add",
		  "{\"pack\": \"lab\", \"alias\": \"lab\", \"begins\": \"2025-01-01\", "
		  "\"expires\": \"2025-12-31\"}");
	entry(h, "2025-06-01", "3h", "\"kind\": \"reading\"");
	entry(h, "2025-12-01", "4h", "");
	home_pack(h, "lab",
		  "pack: lab\nversion: 2\ntitle: Laboratory\nunit: hour\n"
		  "calendar: {length: 1 year}\nrules:\n  - {id: total, need: 20}\n");
	home_call(h, "credential.renew", "{\"credential\": \"lab\"}");

	json_t *c = explain_id(h, 1);
	expect_part(c, "early", "3.0", "done before this cycle, which began 1 Jan 2026");
	assert_string_equal(text_at(c, "cycle.version"), "2");
	assert_string_equal(text_at(c, "notices.0"),
			    "It lies in another cycle of lab: pdh explain 1 lab --as-of "
			    "2025-12-31");
	c = explain(h, "{\"subject\": \"1\", \"as_of\": \"2025-12-31\"}");
	assert_string_equal(text_at(c, "cycle.version"), "1");
	expect_part(c, "cut", "1.0", "reading: at most 2 h a cycle");
	c = explain(h, "{\"subject\": \"lab\", \"as_of\": \"2025-12-31\"}");
	assert_string_equal(credit_at(c, "counted"), "6.0");
	/* As of a day in it, what came later is not there yet. */
	c = explain(h, "{\"subject\": \"lab\", \"as_of\": \"2025-11-30\"}");
	assert_string_equal(credit_at(c, "logged"), "3.0");
	expect_part(explain(h, "{\"subject\": \"2\", \"as_of\": \"2025-11-30\"}"), "late",
		    "4.0", "done after 30 Nov 2025, the day asked about");
	/* What another cycle has is not told of this one. */
	c = explain(h, "{\"subject\": \"lab\"}");
	assert_int_equal(count_at(c, "entries"), 0);
	assert_int_equal(count_at(c, "outside"), 0);
}

static void hours_of_another_cycle_are_told_apart(void **state)
{
	struct home *h = *state;

	home_pack(h, "lab",
		  "pack: lab\n" HEAD "calendar: {length: 1 year}\n"
		  "rules:\n  - {id: total, need: 10, cite: s}\n"
		  "  - {id: few, limit: 3, where: {origin: carried}, cite: s}\n"
		  "  - {id: over, carry: {most: 5}, cite: s}\n"
		  "  - {id: finish, duty: finish, due: period end, cite: s,\n"
		  "     late: {until: period end + 3 months, fill: previous}}\n");
	home_call(h, "credential.add",
		  "{\"pack\": \"lab\", \"alias\": \"lab\", \"begins\": \"2025-01-01\", "
		  "\"expires\": \"2025-12-31\"}");
	entry(h, "2025-06-01", "7h", "");
	entry(h, "2026-01-01", "4h", "");
	/* Until it is renewed, the days of grace are of the old cycle. */
	expect_part(explain_id(h, 2), "counted", "4.0", NULL);
	home_call(h, "credential.renew", "{\"credential\": \"lab\"}");
	json_t *c = explain_id(h, 2);
	expect_part(c, "held", "3.0", "used by the cycle before, which it was late for");
	expect_part(c, "counted", "1.0", NULL);
	c = explain(h, "{\"subject\": \"2\", \"as_of\": \"2025-12-31\"}");
	expect_part(c, "carried", "3.0", "done late, and counted in this cycle");
	assert_string_equal(credit_at(c, "counted"), "3.0");
	/* What the next cycle asks for was not asked in this one. */
	c = explain(h, "{\"subject\": \"lab\", \"as_of\": \"2025-12-31\"}");
	assert_string_equal(text_at(c, "state"), "done");
	assert_string_equal(credit_at(c, "cycle.carried"), "0.0");
	assert_string_equal(
		credit_at(find(json_at(c, "sums"), "place", "late"), "credit"), "-3.0");

	entry(h, "2026-02-01", "20h", "");
	home_clock(h, "2027-01-05T09:00:00");
	home_call(h, "credential.renew", "{\"credential\": \"lab\"}");
	c = explain_id(h, 3);
	expect_part(c, "carried", "3.0", "carried over from the cycle before");
	assert_string_equal(text_at(part(c, "carried"), "rules.0"), "total");
	expect_part(c, "cut", "2.0", "few: at most 3 h a cycle");
	c = explain(h, "{\"subject\": \"lab\"}");
	assert_string_equal(credit_at(c, "counted"), "3.0");
	assert_string_equal(
		credit_at(find(json_at(c, "sums"), "place", "carried"), "credit"),
		"-5.0");
}

static void hours_that_serve_another_credential_say_so(void **state)
{
	struct home *h = *state;

	home_pack(h, "lab",
		  "pack: lab\n" HEAD "share: {credentials: none}\n"
		  "rules:\n  - {id: total, need: 10, cite: s}\n");
	home_call(h, "credential.add",
		  "{\"pack\": \"lab\", \"alias\": \"first\", \"begins\": \"2024-01-01\", "
		  "\"expires\": \"2028-12-31\"}");
	home_call(h, "credential.add",
		  "{\"pack\": \"lab\", \"alias\": \"lab\", \"begins\": \"2024-01-01\", "
		  "\"expires\": \"2028-12-31\"}");
	entry(h, "2025-01-01", "2h", "");
	json_t *c = explain_id(h, 1);
	expect_part(
		c, "kept", "2.0",
		"an hour serves one credential of The board alone; --only lab ties it "
		"to this one");
	c = explain(h, "{\"subject\": \"lab\"}");
	assert_string_equal(
		credit_at(find(json_at(c, "outside"), "place", "kept"), "credit"), "2.0");
	c = explain(h, "{\"subject\": \"first\"}");
	assert_string_equal(credit_at(c, "counted"), "2.0");
	assert_int_equal(count_at(c, "outside"), 0);
}

static void what_the_board_did_not_say_yet_is_told(void **state)
{
	struct home *h = *state;

	hold(h, "  - {id: total, need: 10, cite: s}\n"
		"  - {id: approved, credit: {only if: {approval: approved}}, cite: s,\n"
		"     why: only approved activities count}\n");
	entry(h, "2025-01-01", "2h", "");
	json_t *c = explain_id(h, 1);
	expect_part(
		c, "counted", "2.0",
		"approval unknown: only approved activities count. Record it: pdh edit "
		"1 --approval approved");
	assert_string_equal(text_at(find(json_at(c, "rules"), "id", "approved"), "cite"),
			    "The rule");
}

static void subjects_that_are_none_are_refused(void **state)
{
	static const struct {
		const char *params, *word, *field, *says;
	} cases[] = {
		{"{\"subject\": \"99\"}", "not_found", "subject",
		 "there is no activity #99"},
		{"{\"subject\": \"#99\"}", "not_found", "subject",
		 "there is no activity #99"},
		{"{\"subject\": \"lib\"}", "not_found", "subject",
		 "no credential is called \"lib\""},
		{"{\"subject\": \"1\", \"credential\": \"lib\"}", "not_found",
		 "credential", "no credential is called \"lib\""},
		{"{\"subject\": \"9x\"}", "usage", "subject",
		 "\"9x\" is neither the number of an activity nor the short name of a "
		 "credential"},
		{"{\"subject\": \"-9\"}", "usage", "subject", NULL},
		{"{\"subject\": \"99999999999999999999\"}", "usage", "subject", NULL},
		{"{\"subject\": \"lab\", \"credential\": \"lab\"}", "usage", "credential",
		 NULL},
	};
	struct home *h = *state;

	hold(h, "  - {id: total, need: 10, cite: s}\n");
	entry(h, "2025-01-01", "1h", "");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *e = home_fail(h, "explain.get", cases[i].params, cases[i].word);
		assert_string_equal(text_at(e, "field"), cases[i].field);
		if (cases[i].says)
			assert_string_equal(text_at(e, "message"), cases[i].says);
	}
}

/* ---- whatever is logged ------------------------------------------------------------------------- */

static unsigned seed = 1;

static unsigned roll(unsigned n)
{
	seed = seed * 1103515245U + 12345U;
	return seed / 65536U % n;
}

static void log_anything(struct home *h)
{
	static const char *const kinds[] = {"reading", "lecture", "course"};
	static const char *const units[] = {"h", "h", "h", "ceu", "pt"};
	static const char *const topics[] = {"law", "art", "aid"};
	AUTO_ARENA a = {NULL};
	const char *unit = units[roll(5)];
	const char *day = arena_printf(&a, "20%02u-%02u-%02u", 22 + roll(4), 1 + roll(12),
				       1 + roll(28));
	const char *credit = arena_printf(&a, "%u.%u%s", 2 + roll(9), roll(10), unit);
	const char *more = arena_printf(&a, "\"kind\": \"%s\", \"topics\": [\"%s\"]",
					kinds[roll(3)], topics[roll(3)]);

	if (roll(3) == 0)
		more = arena_printf(&a, "%s, \"split\": [\"%s=0.5%s\", \"other=1%s\"]",
				    more, topics[roll(3)], unit, unit);
	if (roll(4) == 0)
		more = arena_printf(&a, "%s, \"course\": \"C%u\"", more, roll(2));
	if (roll(8) == 0)
		more = arena_printf(&a, "%s, \"approval\": \"refused\"", more);
	if (roll(8) == 0)
		more = arena_printf(&a, "%s, \"except\": [\"lab\"]", more);
	entry(h, day, credit, more);
}

static void the_places_add_up_whatever_is_logged(void **state)
{
	struct home *h = *state;
	enum { ENTRIES = 80 };

	hold(h,
	     "  - {id: total, need: 100, window: last 54 months, cite: s}\n"
	     "  - {id: law, need: 5, where: {topic: law}, exclusive: g, cite: s}\n"
	     "  - {id: art, need: 5, where: {topic: art}, exclusive: g, cite: s}\n"
	     "  - {id: back, need: 3, where: {kind: lecture}, window: before 12 months, cite: s}\n"
	     "  - {id: reading, limit: 20% of required, where: {kind: reading}, cite: s}\n"
	     "  - {id: yearly, limit: 9, where: {topic: aid}, window: each year, cite: s}\n"
	     "  - {id: talks, limit: 30% of counted, where: {kind: lecture}, cite: s, level: unsure}\n"
	     "  - {id: inside, limit: 2, where: {kind: course}, toward: law, cite: s}\n"
	     "  - {id: aid, credit: {times: 2, most: 16}, where: {topic: aid}, cite: s}\n"
	     "  - {id: half, credit: {times: 0.5, least: 2}, where: {kind: lecture}, cite: s}\n"
	     "  - {id: floor, credit: {floor: 3, step: {to: 1, round: up}}, where: {topic: art}, cite: s}\n"
	     "  - {id: once, credit: {once: course in period}, cite: s}\n"
	     "  - {id: approved, credit: {unless: {approval: refused}}, cite: s}\n");
	for (int i = 1; i <= ENTRIES; i++)
		log_anything(h);
	explain(h, "{\"subject\": \"lab\"}");
	explain(h, "{\"subject\": \"lab\", \"as_of\": \"2024-09-01\"}");
	for (int i = 1; i <= ENTRIES; i++)
		explain_id(h, i);
}

static void the_places_add_up_under_every_shipped_pack(void **state)
{
	struct home *h = *state;
	/* Sanitizers take their time. */
#ifdef __SANITIZE_ADDRESS__
	enum { ENTRIES = 4 };
#else
	enum { ENTRIES = 12 };
#endif
	json_t *packs = json_deep_copy(json_at(home_call(h, "pack.list", "{}"), "packs"));
	json_t *pack;
	size_t n;

	hold(h, "  - {id: total, need: 100, cite: s}\n");
	for (int i = 1; i <= ENTRIES; i++)
		log_anything(h);
	json_array_foreach(packs, n, pack)
	{
		AUTO_ARENA a = {NULL};
		home_call(
			h, "credential.add",
			arena_printf(
				&a,
				"{\"pack\": \"%s\", \"alias\": \"p%zu\", "
				"\"begins\": \"2023-07-01\", \"expires\": \"2027-06-30\"}",
				text_at(pack, "pack"), n));
		explain(h, arena_printf(&a, "{\"subject\": \"p%zu\"}", n));
		for (int i = 1; i <= ENTRIES; i++)
			explain(h,
				arena_printf(
					&a,
					"{\"subject\": \"%d\", \"credential\": \"p%zu\"}",
					i, n));
		home_call(h, "credential.remove",
			  arena_printf(&a, "{\"credential\": \"p%zu\"}", n));
	}
	json_decref(packs);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)

/* How many cycles one question puts before the rules. */
static size_t judged_by(struct home *h, const char *method, const char *params)
{
	home_call(h, method, params);
	size_t before = h->rpc.ledgers.judged;
	home_call(h, method, params);
	return h->rpc.ledgers.judged - before;
}

static void a_question_judges_each_credential_once(void **state)
{
	struct home *h = *state;

	hold(h,
	     "  - {id: total, need: 20, cite: s}\n"
	     "  - {id: talks, limit: 5, where: {kind: presenting}, cite: s, level: unsure}\n");
	home_call(h, "credential.add",
		  "{\"title\": \"Other\", \"alias\": \"other\", \"required\": \"10h\", "
		  "\"begins\": \"2025-01-01\", \"expires\": \"2026-12-31\"}");
	entry(h, "2026-02-01", "8h", "\"kind\": \"presenting\"");
	entry(h, "2026-05-01", "2h", "\"planned\": true");
	assert_int_equal(judged_by(h, "status.get", "{}"), 2);
	assert_int_equal(judged_by(h, "explain.get", "{\"subject\": \"lab\"}"), 1);
	assert_int_equal(judged_by(h, "explain.get", "{\"subject\": \"1\"}"), 2);
	assert_int_equal(judged_by(h, "explain.get",
				   "{\"subject\": \"1\", \"credential\": \"lab\"}"),
			 2);
	assert_int_equal(judged_by(h, "credential.get", "{\"credential\": \"other\"}"),
			 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_counts_is_told_with_the_needs_it_serves),
		TEST(a_limit_names_what_used_its_room),
		TEST(a_later_entry_may_have_the_room),
		TEST(what_a_credit_rule_changed_is_told_even_where_a_limit_cuts),
		TEST(the_parts_of_a_split_entry_are_told_apart),
		TEST(a_need_that_does_not_apply_is_served_by_nothing),
		TEST(what_is_refused_says_by_what),
		TEST(what_lies_outside_is_told_apart),
		TEST(hours_that_are_not_of_the_total_are_beside_it),
		TEST(a_verdict_that_hangs_on_an_unsure_rule_has_both_totals),
		TEST(what_is_asked_of_one_person_alone_says_why),
		TEST(a_closed_cycle_is_explained_under_the_rules_it_had),
		TEST(hours_of_another_cycle_are_told_apart),
		TEST(hours_that_serve_another_credential_say_so),
		TEST(what_the_board_did_not_say_yet_is_told),
		TEST(subjects_that_are_none_are_refused),
		TEST(the_places_add_up_whatever_is_logged),
		TEST(the_places_add_up_under_every_shipped_pack),
		TEST(a_question_judges_each_credential_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
