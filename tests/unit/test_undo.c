/* Taking changes back: what belongs to what is known from the schema, what pdh wrote by itself never stands in the way,
 * and what a person did since does, and is named. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char lab[] =
	"pack: lab\nversion: 1\ntitle: Laboratory\nauthority: The board\n"
	"read: 2023-01-02\nunit: hour\ncalendar: {length: 1 year}\n"
	"sources: {s: {title: The rule, mark: confirmed}}\n"
	"facts:\n  work: {type: choice, of: [school, none], ask: Where?}\n"
	"  group: {type: choice, of: [a, b], ask: Which?}\n"
	"rules:\n  - {id: total, need: 10, cite: s}\n"
	"  - {id: over, carry: {most: 6}, cite: s}\n"
	"  - {id: fee, duty: pay, due: period end - 30 days, title: The fee, cite: s,\n"
	"     when: {work: school}}\n"
	"  - {id: tell, duty: report, due: period end - 60 days, title: Tell, cite: s,\n"
	"     when: {group: b}}\n"
	"  - {id: finish, duty: finish, due: period end, cite: s,\n"
	"     late: {until: period end + 4 months, fill: previous}}\n";

static void hold_city(struct home *h)
{
	home_call(
		h, "credential.add",
		"{\"title\": \"City\", \"alias\": \"city\", \"required\": \"40h\", \"every\": "
		"\"2y\", \"expires\": \"2026-12-31\"}");
}

/* 2025 is closed with 14 hours of 10, 4 of them carried over; 2026 is open. */
static void hold_lab(struct home *h)
{
	home_pack(h, "lab", lab);
	home_clock(h, "2026-01-02T09:00:00");
	home_call(h, "credential.add",
		  "{\"pack\": \"lab\", \"alias\": \"lab\", \"begins\": \"2025-01-01\", "
		  "\"expires\": \"2025-12-31\"}");
	home_call(
		h, "activity.add",
		"{\"title\": \"One\", \"credit\": \"14h\", \"done_on\": \"2025-05-01\"}");
	home_call(h, "credential.renew", "{\"credential\": \"lab\"}");
	home_clock(h, "2026-03-14T09:30:00");
}

/* The first column of the first row, as text. */
static const char *stored(struct home *h, const char *sql)
{
	static char text[512];
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(db_handle(h->rpc.db), sql, -1, &s, NULL),
			 SQLITE_OK);
	text[0] = '\0';
	if (sqlite3_step(s) == SQLITE_ROW)
		snprintf(text, sizeof(text), "%s",
			 (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return text;
}

static const char carried[] =
	"SELECT group_concat(activity_id || ':' || (credit / 3600000), ' ') FROM "
	"(SELECT * FROM carried WHERE origin = 'carried' ORDER BY activity_id)";

/* Undoes and redoes change `op` of what was done last, whatever that is. */
static void back_and_forth(struct home *h)
{
	home_call(h, "change.undo", "{}");
	home_call(h, "change.redo", "{}");
	home_call(h, "change.undo", "{}");
	home_call(h, "change.redo", "{}");
}

/* ---- what pdh wrote by itself ----------------------------------------------------------------------- */

static void a_reminder_that_was_shown_is_in_nobodys_way(void **state)
{
	static const struct {
		const char *method, *params;
	} added[] = {
		{"credential.add",
		 "{\"pack\": \"clearance\", \"alias\": \"fp\", \"title\": \"Prints\", "
		 "\"expires\": \"2026-05-30\"}"},
		{"setup.run",
		 "{\"name\": \"Dana\", \"title\": \"City\", \"alias\": \"fp\", \"required\": "
		 "\"40h\", \"every\": \"2y\", \"expires\": \"2026-05-30\"}"},
	};
	struct home *h = *state;

	for (size_t i = 0; i < 2; i++) {
		home_call(h, added[i].method, added[i].params);
		home_call(h, "reminder.shown", "{\"reminder\": \"fp/90d\"}");
		assert_string_equal(stored(h, "SELECT count(*) FROM reminder_shown"),
				    "1");
		back_and_forth(h);
		home_call(h, "change.undo", "{}");
		assert_string_equal(stored(h, "SELECT count(*) FROM credential"), "0");
	}
}

static void hours_carried_over_are_in_nobodys_way(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	assert_string_equal(stored(h, carried), "1:4");
	home_call(
		h, "activity.add",
		"{\"title\": \"Two\", \"credit\": \"1h\", \"done_on\": \"2025-06-01\"}");
	assert_string_equal(stored(h, carried), "1:4 2:1");
	back_and_forth(h);
	assert_string_equal(stored(h, carried), "1:4 2:1");
	home_call(
		h, "activity.add",
		"{\"title\": \"Three\", \"credit\": \"1h\", \"done_on\": \"2025-07-01\"}");
	assert_string_equal(stored(h, carried), "1:4 2:1 3:1");
	/* The older of the two: what is carried over follows from the rest. */
	home_call(h, "change.undo", "{\"op\": 4}");
	assert_string_equal(stored(h, carried), "1:4 3:1");
	home_call(h, "change.redo", "{}");
	assert_string_equal(stored(h, carried), "1:4 2:1 3:1");
}

/* Six hours go on at most: one takes the place that another leaves. */
static void hours_carried_over_follow_whatever_else_was_undone(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	home_call(
		h, "activity.add",
		"{\"title\": \"Two\", \"credit\": \"6h\", \"done_on\": \"2025-06-01\"}");
	home_call(h, "change.undo", "{\"op\": 4}");
	home_call(
		h, "activity.add",
		"{\"title\": \"Three\", \"credit\": \"1h\", \"done_on\": \"2025-07-01\"}");
	assert_string_equal(stored(h, carried), "1:4 3:1");
	home_call(h, "change.undo", "{\"op\": 5}");
	assert_string_equal(stored(h, carried), "2:5 3:1");
	home_call(h, "change.undo", "{\"op\": 6}");
	assert_string_equal(stored(h, carried), "2:6");
}

static void a_renewal_is_taken_back_behind_a_late_entry(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	home_call(
		h, "activity.add",
		"{\"title\": \"Two\", \"credit\": \"1h\", \"done_on\": \"2025-06-01\"}");
	home_call(h, "change.undo", "{\"op\": 3}");
	assert_string_equal(stored(h, "SELECT count(*) FROM carried"), "0");
	assert_string_equal(stored(h, "SELECT count(*) FROM cycle"), "1");
	home_call(h, "change.redo", "{}");
	assert_string_equal(stored(h, carried), "1:4 2:1");
}

/* What was done late fills a closed cycle, and none that is open again; not even where it was counted anew since. */
static void what_filled_a_cycle_late_goes_with_its_renewal(void **state)
{
	static const char late[] =
		"SELECT sum(credit) / 3600000 FROM carried WHERE origin = 'late'";
	struct home *h = *state;

	home_pack(h, "lab", lab);
	home_clock(h, "2026-01-02T09:00:00");
	home_call(h, "credential.add",
		  "{\"pack\": \"lab\", \"alias\": \"lab\", \"begins\": \"2025-01-01\", "
		  "\"expires\": \"2025-12-31\"}");
	home_call(
		h, "activity.add",
		"{\"title\": \"One\", \"credit\": \"8h\", \"done_on\": \"2025-05-01\"}");
	home_call(
		h, "activity.add",
		"{\"title\": \"Two\", \"credit\": \"3h\", \"done_on\": \"2026-01-01\"}");
	home_call(h, "credential.renew", "{\"credential\": \"lab\"}");
	assert_string_equal(stored(h, late), "2");
	home_call(h, "activity.edit", "{\"id\": 1, \"credit\": \"7h\"}");
	assert_string_equal(stored(h, late), "3");
	home_call(h, "change.undo", "{\"op\": 4}");
	assert_string_equal(stored(h, "SELECT count(*) FROM carried"), "0");
	home_call(h, "change.redo", "{}");
	assert_string_equal(stored(h, late), "3");
}

static const char items[] =
	"SELECT group_concat(title, ' ') FROM (SELECT title FROM item WHERE rule IS NOT 'finish' ORDER BY title)";

static void what_rules_ask_for_is_in_nobodys_way(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	home_call(h, "credential.edit",
		  "{\"credential\": \"lab\", \"facts\": [\"work=school\"]}");
	home_call(
		h, "credential.edit",
		"{\"credential\": \"lab\", \"facts\": [\"group=b\"], \"expires\": \"2026-11-30\"}");
	assert_string_equal(stored(h, items), "Tell The fee");
	/* The day of the fee has moved since. */
	home_call(h, "change.undo", "{\"op\": 4}");
	assert_string_equal(stored(h, items), "Tell");
	home_call(h, "change.redo", "{}");
	assert_string_equal(stored(h, items), "Tell The fee");
	assert_string_equal(stored(h, "SELECT due FROM item WHERE title = 'The fee'"),
			    "2026-10-31");
}

static void what_a_person_did_to_it_is(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	home_call(h, "credential.edit",
		  "{\"credential\": \"lab\", \"facts\": [\"work=school\"]}");
	home_call(h, "item.done", "{\"id\": 3}");
	json_t *e = home_fail(h, "change.undo", "{\"op\": 4}", "refused");
	assert_string_equal(
		text_at(e, "message"),
		"an item of lab was changed since, by change 5; nothing was undone");
	home_call(h, "change.undo", "{\"op\": 5}");
	home_call(h, "change.undo", "{\"op\": 4}");
	assert_string_equal(stored(h, items), "(null)");
}

/* ---- what belongs to what --------------------------------------------------------------------------- */

static void a_credential_goes_and_comes_with_all_that_hangs_on_it(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	home_call(
		h, "credential.edit",
		"{\"credential\": \"lab\", \"facts\": [\"work=school\"], \"endorsements\": [\"stem\"]}");
	home_call(h, "activity.add",
		  "{\"title\": \"Two\", \"credit\": \"1h\", \"except\": [\"lab\"]}");
	home_call(h, "credential.pause", "{\"credential\": \"lab\"}");
	home_call(h, "item.add", "{\"credential\": \"lab\", \"title\": \"Mine\"}");
	home_call(h, "reminder.policy",
		  "{\"credential\": \"lab\", \"lead\": \"300d,3d\"}");
	home_call(h, "reminder.ack", "{\"reminder\": \"lab/300d\"}");
	home_call(h, "credential.remove", "{\"credential\": \"lab\"}");
	back_and_forth(h);
	home_call(h, "change.undo", "{}");
	assert_string_equal(stored(h, carried), "1:4");
	assert_string_equal(stored(h, items), "Mine The fee");
	assert_string_equal(stored(h, "SELECT lead FROM reminder_policy"), "300d, 3d");
	assert_string_equal(stored(h, "SELECT count(*) FROM reminder"), "1");
}

static void a_scope_outlives_its_credentials(void **state)
{
	struct home *h = *state;

	hold_city(h);
	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"credit\": \"1h\", \"except\": [\"city\"]}");
	home_call(h, "activity.remove", "{\"ids\": [1]}");
	home_call(h, "credential.remove", "{\"credential\": \"city\"}");
	home_call(h, "change.undo", "{\"op\": 3}");
	/* Who corrects it now has not wished anything else. */
	home_call(h, "activity.edit", "{\"id\": 1, \"note\": \"corrected\"}");
	home_call(h, "change.undo", "{\"op\": 4}");
	json_t *r = home_call(h, "activity.get", "{\"ids\": [1]}");
	assert_string_equal(text_at(r, "activities.0.except.0"), "city");
	r = home_call(h, "status.get", "{}");
	assert_string_equal(credit_at(r, "credentials.0.counted"), "0.0");
}

/* Undone, redone and undone again, it is undone by the first of the three. */
static void a_chain_of_undos_says_what_stands(void **state)
{
	static const char marks[] =
		"SELECT group_concat(id || ':' || coalesce(undone_by, '-'), ' ') FROM "
		"(SELECT * FROM change ORDER BY id)";
	struct home *h = *state;

	hold_city(h);
	home_call(h, "change.undo", "{\"op\": 1}");
	assert_string_equal(stored(h, marks), "1:2 2:-");
	home_call(h, "change.undo", "{\"op\": 2}");
	assert_string_equal(stored(h, marks), "1:- 2:3 3:-");
	home_call(h, "change.undo", "{\"op\": 3}");
	assert_string_equal(stored(h, marks), "1:2 2:- 3:4 4:-");
}

static void what_is_gone_is_named(void **state)
{
	static const struct {
		const char *op, *message;
	} refused[] = {
		{"{\"op\": 3}", "city is gone since, by change 4; nothing was undone"},
		{"{\"op\": 2}", "an item is gone since, by change 3; nothing was undone"},
		{"{\"op\": 1}", "city is gone since, by change 4; nothing was undone"},
	};
	struct home *h = *state;

	hold_city(h);
	home_call(h, "item.add", "{\"credential\": \"city\", \"title\": \"Mine\"}");
	home_call(h, "item.remove", "{\"id\": 1}");
	home_call(h, "credential.remove", "{\"credential\": \"city\"}");
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		json_t *e = home_fail(h, "change.undo", refused[i].op, "refused");
		assert_string_equal(text_at(e, "message"), refused[i].message);
	}
	hold_city(h);
	json_t *e = home_fail(h, "change.undo", "{\"op\": 4}", "refused");
	assert_string_equal(text_at(e, "message"),
			    "another credential is called city now; nothing was undone");
}

/* Each foreign key of the schema is one that undo can follow: to the primary key. */
static void every_foreign_key_is_to_a_primary_key(void **state)
{
	struct home *h = *state;

	assert_string_equal(
		stored(h,
		       "SELECT count(*) FROM pragma_table_list AS t, "
		       "pragma_foreign_key_list(t.name) AS f, pragma_table_info(f.\"table\") AS c "
		       "WHERE t.schema = 'main' AND c.name = f.\"to\" AND c.pk = 0"),
		"0");
}

/* ---- which change it was ---------------------------------------------------------------------------- */

static void no_change_is_named_where_there_is_none(void **state)
{
	static const struct {
		const char *method, *params;
	} idle[] = {
		{"activity.edit", "{\"id\": 1, \"title\": \"A\"}"},
		{"credential.edit", "{\"credential\": \"city\", \"title\": \"City\"}"},
		{"item.edit", "{\"id\": 1, \"title\": \"Mine\"}"},
		{"item.done", "{\"id\": 1, \"on\": \"2026-03-01\"}"},
		{"setup.run", "{\"name\": \"Dana\"}"},
		{"reminder.policy", "{\"credential\": \"city\", \"lead\": \"30d\"}"},
		{"reminder.channel",
		 "{\"channel\": \"mail\", \"to\": \"d@example.org\"}"},
		{"reminder.channel", "{}"},
	};
	struct home *h = *state;

	hold_city(h);
	home_call(h, "activity.add", "{\"title\": \"A\", \"credit\": \"1h\"}");
	home_call(h, "item.add", "{\"credential\": \"city\", \"title\": \"Mine\"}");
	home_call(h, "item.done", "{\"id\": 1, \"on\": \"2026-03-01\"}");
	home_call(h, "setup.run", "{\"name\": \"Dana\"}");
	home_call(h, "reminder.policy", "{\"credential\": \"city\", \"lead\": \"30d\"}");
	home_call(h, "reminder.channel",
		  "{\"channel\": \"mail\", \"to\": \"d@example.org\"}");
	for (size_t i = 0; i < sizeof(idle) / sizeof(idle[0]); i++) {
		json_t *r = home_call(h, idle[i].method, idle[i].params);
		if (!json_is_null(json_at(r, "op")))
			fail_msg("%s %s names change %lld", idle[i].method,
				 idle[i].params, int_at(r, "op"));
		assert_string_equal(stored(h, "SELECT max(id) FROM change"), "7");
	}
}

static void numbers_are_compared_as_they_are(void **state)
{
	struct home *h = *state;

	hold_city(h);
	json_t *r = home_call(h, "credential.edit",
			      "{\"credential\": \"city\", \"number\": \"12345678\"}");
	assert_string_equal(text_at(r, "changed.0.after"), "****5678");
	r = home_call(h, "credential.edit",
		      "{\"credential\": \"city\", \"number\": \"99995678\"}");
	assert_int_equal(count_at(r, "changed"), 1);
	assert_string_equal(text_at(r, "changed.0.field"), "number");
	assert_string_equal(text_at(r, "changed.0.before"), "****5678");
	assert_string_equal(text_at(r, "changed.0.after"), "****5678, another");
	assert_int_equal(int_at(r, "op"), 3);
	r = home_call(h, "credential.edit",
		      "{\"credential\": \"city\", \"number\": \"99995678\"}");
	assert_int_equal(count_at(r, "changed"), 0);
	assert_true(json_is_null(json_at(r, "op")));
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)
	const struct CMUnitTest tests[] = {
		T(a_reminder_that_was_shown_is_in_nobodys_way),
		T(hours_carried_over_are_in_nobodys_way),
		T(hours_carried_over_follow_whatever_else_was_undone),
		T(a_renewal_is_taken_back_behind_a_late_entry),
		T(what_filled_a_cycle_late_goes_with_its_renewal),
		T(what_rules_ask_for_is_in_nobodys_way),
		T(what_a_person_did_to_it_is),
		T(a_credential_goes_and_comes_with_all_that_hangs_on_it),
		T(a_scope_outlives_its_credentials),
		T(a_chain_of_undos_says_what_stands),
		T(what_is_gone_is_named),
		T(every_foreign_key_is_to_a_primary_key),
		T(no_change_is_named_where_there_is_none),
		T(numbers_are_compared_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
