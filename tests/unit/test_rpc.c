/* The dispatcher and the methods behind it, spoken to in bytes. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#define TX \
	"{\"pack\": \"us-tx-school-librarian\", \"alias\": \"tx-lib\", \"expires\": \"2027-08-31\"}"

static void an_activity_is_logged_and_read_back(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add", TX);
	json_t *r = home_call(h, "activity.add",
			      "{\"title\": \"Primary sources\", \"credit\": \"1.5h\", "
			      "\"done_on\": \"2026-03-13\", \"topics\": [\"Literacy\"]}");
	assert_int_equal(int_at(r, "activities.0.credit.exact"), 5400000);
	assert_string_equal(credit_at(r, "activities.0.credit"), "1.5");
	assert_string_equal(text_at(r, "activities.0.topics.0"), "literacy");
	assert_string_equal(text_at(r, "effects.0.alias"), "tx-lib");
	assert_string_equal(credit_at(r, "effects.0.added"), "1.5");
	assert_string_equal(credit_at(r, "effects.0.required"), "200.0");
	r = home_call(h, "activity.list", "{}");
	assert_int_equal(count_at(r, "activities"), 1);
	assert_string_equal(credit_at(r, "logged"), "1.5");
	assert_true(json_is_null(json_at(r, "next")));
}

static void credit_may_be_text_or_the_exact_integer_but_no_float(void **state)
{
	struct home *h = *state;

	json_t *r =
		home_call(h, "activity.add", "{\"title\": \"A\", \"credit\": 1200000}");
	assert_string_equal(credit_at(r, "activities.0.credit"), "0.3333");
	r = home_call(h, "activity.add", "{\"title\": \"B\", \"credit\": \"3sh\"}");
	assert_string_equal(text_at(r, "activities.0.credit.unit"), "semester hour");
	r = home_call(
		h, "activity.add",
		"{\"title\": \"C\", \"credit\": {\"exact\": 3600000, \"unit\": \"CEU\"}}");
	assert_string_equal(credit_at(r, "activities.0.credit"), "1.0");
	r = home_fail(h, "activity.add", "{\"title\": \"D\", \"credit\": 1.5}", "usage");
	assert_string_equal(text_at(r, "field"), "credit");
	home_fail(h, "activity.add", "{\"title\": \"D\", \"credit\": 0}", "refused");
	home_fail(h, "activity.add", "{\"title\": \"D\", \"credit\": -5}", "refused");
}

/* What is wrong with the parameters, what is said, and of which field. */
static const struct {
	const char *method, *params, *word, *field;
} mistakes[] = {
	{"activity.add", "{\"titel\": \"x\", \"credit\": \"1h\"}", "usage", "titel"},
	{"activity.add", "{\"credit\": \"1h\"}", "usage", "title"},
	{"activity.add", "{\"title\": \"x\"}", "usage", "credit"},
	{"activity.add", "{\"title\": 5, \"credit\": \"1h\"}", "usage", "title"},
	{"activity.add",
	 "{\"title\": \"x\", \"credit\": \"1h\", \"done_on\": \"2026-02-30\"}", "usage",
	 "done_on"},
	{"activity.add",
	 "{\"title\": \"x\", \"credit\": \"1h\", \"done_on\": \"2026-03-15\"}", "refused",
	 "done_on"},
	{"activity.add",
	 "{\"title\": \"x\", \"credit\": \"1h\", \"done_on\": \"2026-03-13\", \"from\": "
	 "\"2026-03-14\"}",
	 "refused", "from"},
	{"activity.add", "{\"title\": \"x\", \"credit\": \"1h\", \"only\": [\"nope\"]}",
	 "not_found", "only"},
	{"activity.add", "{\"title\": \"x\", \"credit\": \"1h\", \"again\": 99}",
	 "not_found", "again"},
	{"activity.add", "{\"title\": \"a\\u0007b\", \"credit\": \"1h\"}", "usage",
	 "title"},
	{"activity.edit", "{\"id\": 99}", "not_found", "id"},
	{"activity.list", "{\"limit\": 0}", "usage", "limit"},
	{"activity.list", "{\"after\": \"x\"}", "usage", "after"},
	{"activity.list", "{\"credential\": \"nope\"}", "not_found", "credential"},
	{"activity.list", "{\"unsubmitted\": \"nope\"}", "not_found", "unsubmitted"},
	{"activity.import",
	 "{\"activities\": [{\"title\": \"x\", \"credit\": \"1h\"}, {}]}", "usage",
	 "activities[1].credit"},
	{"credential.add", "{\"pack\": \"us-tx-school-libarian\"}", "not_found", "pack"},
	{"credential.add", "{\"title\": \"x\", \"required\": \"40h\"}", "usage",
	 "expires"},
	{"credential.add", "{}", "usage", "title"},
	{"credential.add", "{\"title\": \"x\", \"alias\": \"9\"}", "usage", "alias"},
	{"credential.get", "{\"credential\": \"nope\"}", "not_found", "credential"},
	{"change.undo", "{\"op\": 99}", "not_found", "op"},
	{"word.list", "{\"of\": \"nonsense\"}", "usage", "of"},
	{"no.such", "{}", "usage", "(null)"},
	{"status.get", "{\"dry_run\": true}", "usage", "dry_run"},
};

static void mistakes_name_the_field_and_change_nothing(void **state)
{
	struct home *h = *state;

	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		json_t *e = home_fail(h, mistakes[i].method, mistakes[i].params,
				      mistakes[i].word);
		if (strcmp(text_at(e, "field"), mistakes[i].field) != 0)
			fail_msg("%s %s: blames %s: %s", mistakes[i].method,
				 mistakes[i].params, text_at(e, "field"),
				 text_at(e, "message"));
	}
	assert_int_equal(count_at(home_call(h, "activity.list", "{}"), "activities"), 0);
	assert_int_equal(count_at(home_call(h, "change.list", "{}"), "changes"), 0);
}

static void a_license_that_is_there_twice_is_pointed_out(void **state)
{
	static const struct {
		const char *method, *params;
		size_t notes;
	} cases[] = {
		{"credential.add", TX, 0},
		{"credential.add",
		 "{\"pack\": \"us-tx-school-librarian\", \"alias\": \"other\", \"expires\": "
		 "\"2028-08-31\"}",
		 0},
		{"setup.run",
		 "{\"pack\": \"us-tx-school-librarian\", \"expires\": \"2027-08-31\"}",
		 1},
		{"credential.add",
		 "{\"pack\": \"us-tx-school-librarian\", \"expires\": \"2027-08-31\"}",
		 2},
		{"credential.add",
		 "{\"title\": \"City archivist\", \"required\": \"4h\", \"every\": \"2y\", "
		 "\"expires\": \"2027-08-31\"}",
		 0},
		{"credential.add",
		 "{\"title\": \"city Archivist\", \"required\": \"8h\", \"every\": \"2y\", "
		 "\"expires\": \"2027-08-31\"}",
		 1},
		{"credential.add",
		 "{\"title\": \"Notary\", \"required\": \"8h\", \"every\": \"2y\", "
		 "\"expires\": \"2027-08-31\"}",
		 0},
	};
	struct home *h = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *r = home_call(h, cases[i].method, cases[i].params);
		if (count_at(r, "notes") != cases[i].notes)
			fail_msg("%zu notes of %s", count_at(r, "notes"),
				 cases[i].params);
	}
	home_call(h, "credential.retire", "{\"credential\": \"city\"}");
	json_t *r = home_call(h, "credential.add",
			      "{\"title\": \"City archivist\", \"alias\": \"third\", "
			      "\"required\": \"4h\", \"every\": \"2y\", \"expires\": "
			      "\"2027-08-31\"}");
	assert_int_equal(count_at(r, "notes"), 1);
	assert_non_null(strstr(text_at(r, "notes.0"), "city-2 has the same rules"));
	assert_non_null(strstr(text_at(r, "notes.0"), "pdh credential rm third"));
}

static void a_near_name_is_offered(void **state)
{
	struct home *h = *state;

	json_t *e = home_fail(h, "activity.ad", "{}", "usage");
	assert_non_null(strstr(text_at(e, "hint"), "activity.add"));
	assert_int_equal(int_at(e, "api_level"), 1);
	e = home_fail(h, "activity.add", "{\"titel\": \"x\"}", "usage");
	assert_non_null(strstr(text_at(e, "hint"), "title"));
}

static void a_newer_client_is_told_that_the_daemon_is_older(void **state)
{
	struct home *h = *state;

	json_t *e =
		home_fail(h, "activity.teleport", "{\"api_level\": 99}", "incompatible");
	assert_int_equal(int_at(e, "api_level"), 1);
	e = home_fail(h, "activity.list", "{\"api_level\": 99, \"phase\": 1}",
		      "incompatible");
	home_fail(h, "activity.list", "{\"api_level\": 0}", "incompatible");
	assert_non_null(e);
}

static void a_caller_that_means_another_database_is_refused(void **state)
{
	static const char *const other[] = {
		"{\"credit\": \"1h\", \"title\": \"x\", \"database\": {\"path\": \"/other.db\"}}",
		"{\"credit\": \"1h\", \"title\": \"x\", \"database\": {\"path\": \"/other.db\", "
		"\"device\": 1, \"inode\": 0}}",
		"{\"credit\": \"1h\", \"title\": \"x\", \"database\": {\"path\": \"\"}}"};
	static const char *const wrong[] = {
		"{\"database\": \"/x\"}", "{\"database\": {}}", "{\"database\": []}",
		"{\"database\": {\"path\": 1}}", "{\"database\": null}"};
	struct home *h = *state;
	AUTO_ARENA a = {0};
	struct stat st;

	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
		json_t *e = home_fail(h, "activity.add", other[i], "refused");
		assert_string_equal(text_at(e, "field"), "database");
		assert_non_null(strstr(text_at(e, "message"), db_path(h->rpc.db)));
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		home_fail(h, "activity.list", wrong[i], "usage");
	assert_int_equal(count_at(home_call(h, "change.list", "{}"), "changes"), 0);
	home_call(h, "activity.list",
		  arena_printf(&a, "{\"database\": {\"path\": \"%s\"}}",
			       db_path(h->rpc.db)));
	/* The same file by another name. */
	assert_int_equal(stat(db_path(h->rpc.db), &st), 0);
	home_call(h, "activity.list",
		  arena_printf(
			  &a,
			  "{\"database\": {\"path\": \"/linked.db\", \"device\": %llu, "
			  "\"inode\": %llu}}",
			  (unsigned long long)st.st_dev, (unsigned long long)st.st_ino));
}

static void what_is_open_for_reading_alone_is_not_written(void **state)
{
	struct home *h = *state;

	home_call(h, "activity.add", "{\"credit\": \"1h\", \"title\": \"x\"}");
	h->rpc.read_only = true;
	json_t *e = home_fail(h, "activity.add", "{\"credit\": \"1h\", \"title\": \"y\"}",
			      "storage");
	assert_non_null(strstr(text_at(e, "message"), "reading alone"));
	home_fail(h, "change.undo", "{\"dry_run\": true}", "storage");
	assert_int_equal(count_at(home_call(h, "activity.list", "{}"), "activities"), 1);
}

/* The daemon keeps the entries of cycles in memory; whatever happens, totals are those of the database. */
static void totals_follow_every_way_in_which_entries_change(void **state)
{
	static const struct {
		const char *method, *params, *counted;
	} steps[] = {
		{"activity.add", "{\"title\": \"A\", \"credit\": \"2h\"}", "2.0"},
		{"activity.add",
		 "{\"title\": \"Dry\", \"credit\": \"9h\", \"dry_run\": true}", "2.0"},
		{"activity.add",
		 "{\"title\": \"Early\", \"credit\": \"1h\", \"done_on\": \"2025-01-05\"}",
		 "3.0"},
		{"activity.add",
		 "{\"title\": \"Before\", \"credit\": \"5h\", \"done_on\": \"2020-01-05\"}",
		 "3.0"},
		{"activity.add",
		 "{\"title\": \"Not here\", \"credit\": \"5h\", \"except\": [\"tx-lib\"]}",
		 "3.0"},
		{"activity.add",
		 "{\"title\": \"Planned\", \"credit\": \"5h\", \"planned\": true}",
		 "3.0"},
		{"activity.edit", "{\"id\": 1, \"credit\": \"4h\"}", "5.0"},
		{"activity.edit", "{\"id\": 1, \"credit\": \"40h\", \"dry_run\": true}",
		 "5.0"},
		{"activity.remove", "{\"ids\": [2]}", "4.0"},
		{"change.undo", "{}", "5.0"},
		{"activity.import",
		 "{\"activities\": [{\"title\": \"B\", \"credit\": \"1h\"}, {\"title\": \"C\", "
		 "\"credit\": \"1h\"}]}",
		 "7.0"},
		{"change.undo", "{}", "5.0"},
		{"credential.edit",
		 "{\"credential\": \"tx-lib\", \"begins\": \"2020-01-01\"}", "10.0"},
	};
	struct home *h = *state;

	home_call(h, "credential.add", TX);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		home_call(h, steps[i].method, steps[i].params);
		json_t *r = home_call(h, "status.get", "{}");
		assert_string_equal(credit_at(r, "credentials.0.counted"),
				    steps[i].counted);
	}
	home_fail(
		h, "activity.import",
		"{\"activities\": [{\"title\": \"D\", \"credit\": \"1h\"}, {\"title\": \"D\"}]}",
		"usage");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(credit_at(r, "credentials.0.counted"), "10.0");
}

static void a_dry_run_answers_and_stores_nothing(void **state)
{
	struct home *h = *state;

	json_t *r =
		home_call(h, "activity.add",
			  "{\"title\": \"A\", \"credit\": \"1h\", \"dry_run\": true}");
	assert_true(json_is_true(json_at(r, "dry_run")));
	assert_true(json_is_null(json_at(r, "op")));
	assert_int_equal(count_at(home_call(h, "activity.list", "{}"), "activities"), 0);
}

static void the_same_title_on_the_same_day_is_asked_about(void **state)
{
	struct home *h = *state;

	home_call(h, "activity.add", "{\"title\": \"Book Study!\", \"credit\": \"1h\"}");
	json_t *e = home_fail(h, "activity.add",
			      "{\"title\": \"  book  study \", \"credit\": \"2h\"}",
			      "duplicate");
	assert_non_null(strstr(text_at(e, "message"), "#1"));
	home_call(h, "activity.add",
		  "{\"title\": \"book study\", \"credit\": \"2h\", \"similar\": true}");
	home_call(
		h, "activity.add",
		"{\"title\": \"book study\", \"credit\": \"2h\", \"done_on\": \"2026-03-12\"}");
	assert_int_equal(count_at(home_call(h, "activity.list", "{}"), "activities"), 3);
}

static void an_import_is_all_or_nothing_and_one_change(void **state)
{
	struct home *h = *state;

	home_fail(
		h, "activity.import",
		"{\"activities\": [{\"title\": \"A\", \"credit\": \"1h\"}, {\"title\": \"B\", "
		"\"credit\": \"1h\", \"done_on\": \"2027-01-01\"}]}",
		"refused");
	assert_int_equal(count_at(home_call(h, "activity.list", "{}"), "activities"), 0);
	json_t *r = home_call(
		h, "activity.import",
		"{\"activities\": [{\"title\": \"A\", \"credit\": \"1h\"}, {\"title\": "
		"\"B\", \"credit\": \"2h\"}]}");
	assert_int_equal(count_at(r, "activities"), 2);
	home_call(h, "change.undo", "{}");
	assert_int_equal(count_at(home_call(h, "activity.list", "{}"), "activities"), 0);
}

static void scope_ties_hours_to_credentials(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add", TX);
	home_call(
		h, "credential.add",
		"{\"pack\": \"us-il-pel-teacher\", \"alias\": \"il\", \"expires\": \"2029-06-30\"}");
	json_t *r = home_call(
		h, "activity.add",
		"{\"title\": \"A\", \"credit\": \"2h\", \"only\": [\"tx-lib\"]}");
	assert_string_equal(text_at(r, "effects.0.alias"), "il");
	assert_string_equal(credit_at(r, "effects.0.added"), "0.0");
	assert_string_equal(credit_at(r, "effects.1.added"), "2.0");
	r = home_call(h, "activity.edit", "{\"id\": 1, \"only\": []}");
	assert_string_equal(credit_at(r, "effects.0.added"), "2.0");
	r = home_call(h, "activity.edit", "{\"id\": 1, \"except\": [\"tx-lib\"]}");
	assert_string_equal(text_at(r, "effects.0.alias"), "tx-lib");
	assert_string_equal(credit_at(r, "effects.0.added"), "-2.0");
	home_fail(h, "activity.edit",
		  "{\"id\": 1, \"only\": [\"il\"], \"except\": [\"tx-lib\"]}", "refused");
}

static void hours_tied_to_a_credential_that_is_gone_count_for_nothing(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"pack\": \"us-tx-school-librarian\", \"alias\": \"a\", \"expires\": "
		  "\"2027-08-31\", \"opening\": \"100h\"}");
	home_call(
		h, "credential.add",
		"{\"pack\": \"us-il-pel-teacher\", \"alias\": \"b\", \"expires\": \"2029-06-30\"}");
	home_call(h, "credential.remove", "{\"credential\": \"a\"}");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.alias"), "b");
	assert_string_equal(credit_at(r, "credentials.0.counted"), "0.0");
	home_call(h, "change.undo", "{}");
	r = home_call(h, "status.get", "{\"credentials\": [\"a\"]}");
	assert_string_equal(credit_at(r, "credentials.0.counted"), "100.0");
}

/* Texas, 200 hours from 2022-09-01 to 2027-08-31; on 2026-03-14 1,290 of 1,826 days are
 * over. */
static void status_tells_pace_and_state(void **state)
{
	struct home *h = *state;

	home_call(
		h, "setup.run",
		"{\"name\": \"Dana Reyes\", \"pack\": \"us-tx-school-librarian\", \"alias\": "
		"\"tx-lib\", \"expires\": \"2027-08-31\", \"opening\": \"134h\"}");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "person"), "Dana Reyes");
	assert_string_equal(text_at(r, "credentials.0.state"), "behind");
	assert_int_equal(int_at(r, "credentials.0.check"), 8);
	assert_string_equal(text_at(r, "credentials.0.cycle.from"), "2022-09-01");
	assert_int_equal(int_at(r, "credentials.0.cycle.days_left"), 535);
	assert_string_equal(credit_at(r, "credentials.0.remaining"), "66.0");
	assert_int_equal(int_at(r, "credentials.0.pace.expected.exact"),
			 (long long)200 * 3600000 * 1290 / 1826);
	home_call(h, "activity.add", "{\"title\": \"A\", \"credit\": \"20h\"}");
	r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.state"), "on-pace");
	r = home_call(h, "status.get", "{\"as_of\": \"2027-07-01\"}");
	assert_string_equal(text_at(r, "credentials.0.state"), "due-soon");
	r = home_call(h, "status.get", "{\"as_of\": \"2027-09-01\"}");
	assert_string_equal(text_at(r, "credentials.0.state"), "lapsed");
	assert_int_equal(int_at(r, "credentials.0.check"), 9);
	home_call(h, "activity.add", "{\"title\": \"B\", \"credit\": \"46h\"}");
	r = home_call(h, "status.get", "{}");
	assert_string_equal(credit_at(r, "credentials.0.remaining"), "0.0");
	assert_string_equal(text_at(r, "credentials.0.state"), "on-pace");
	assert_string_equal(text_at(r, "credentials.0.needs.1.state"), "short");
	home_call(h, "activity.edit", "{\"id\": 3, \"topics\": [\"dyslexia\"]}");
	r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.needs.1.state"), "met");
	assert_string_equal(text_at(r, "credentials.0.state"), "on-pace");
	home_call(h, "item.done", "{\"id\": 1}");
	r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.state"), "done");
	assert_int_equal(int_at(r, "credentials.0.check"), 0);
}

static void items_color_the_state_of_their_credential(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"title\": \"Fingerprints\", \"alias\": \"fp\"}");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.state"), "no-hours");
	home_call(
		h, "item.add",
		"{\"credential\": \"fp\", \"title\": \"Clearance\", \"kind\": \"clearance\", "
		"\"expires\": \"2026-05-30\"}");
	r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.state"), "due-soon");
	assert_int_equal(int_at(r, "credentials.0.items.0.days_left"), 77);
	r = home_call(h, "status.get", "{\"as_of\": \"2026-06-01\"}");
	assert_string_equal(text_at(r, "credentials.0.items.0.state"), "overdue");
	assert_string_equal(text_at(r, "credentials.0.state"), "overdue");
	assert_int_equal(int_at(r, "credentials.0.check"), 9);
	r = home_call(h, "item.done", "{\"id\": 1, \"expires\": \"2031-05-30\"}");
	assert_string_equal(text_at(r, "item.state"), "done");
	home_fail(h, "item.add",
		  "{\"credential\": \"fp\", \"title\": \"x\", \"kind\": \"tax\"}",
		  "usage");
	home_call(h, "item.remove", "{\"id\": 1}");
	home_fail(h, "item.done", "{\"id\": 1}", "not_found");
}

static void a_renewal_closes_one_cycle_and_opens_the_next(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add", TX);
	home_call(h, "activity.add", "{\"title\": \"A\", \"credit\": \"50h\"}");
	json_t *r = home_call(h, "credential.renew", "{\"credential\": \"tx-lib\"}");
	assert_string_equal(text_at(r, "credential.cycle.from"), "2027-09-01");
	assert_string_equal(text_at(r, "credential.cycle.to"), "2032-08-31");
	assert_int_equal(count_at(r, "credential.cycles"), 2);
	assert_string_equal(credit_at(r, "credential.cycles.1.counted"), "50.0");
	assert_string_equal(text_at(r, "credential.cycles.1.closed_on"), "2026-03-14");
	r = home_call(h, "status.get", "{\"as_of\": \"2026-03-13\"}");
	assert_string_equal(text_at(r, "credentials.0.cycle.to"), "2027-08-31");
	home_call(h, "change.undo", "{}");
	r = home_call(h, "credential.get", "{\"credential\": \"tx-lib\"}");
	assert_int_equal(count_at(r, "credentials.0.cycles"), 1);
	assert_true(json_is_null(json_at(r, "credentials.0.cycle.closed_on")));
}

static void a_pause_stops_the_pace(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add", TX);
	home_call(
		h, "credential.pause",
		"{\"credential\": \"tx-lib\", \"from\": \"2026-03-01\", \"why\": \"leave\"}");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.state"), "paused");
	home_fail(h, "credential.pause", "{\"credential\": \"tx-lib\"}", "refused");
	r = home_call(h, "credential.resume", "{\"credential\": \"tx-lib\"}");
	assert_string_equal(text_at(r, "credential.pauses.0.to"), "2026-03-13");
	r = home_call(h, "status.get", "{}");
	/* 13 days of 1,826 are paused: 1,277 of 1,813 days are over. */
	assert_int_equal(int_at(r, "credentials.0.pace.expected.exact"),
			 (long long)200 * 3600000 * 1277 / 1813);
	home_fail(h, "credential.resume", "{\"credential\": \"tx-lib\"}", "refused");
}

static void numbers_are_masked_unless_revealed(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"title\": \"X\", \"alias\": \"x\", \"number\": \"TX0004821\"}");
	json_t *r = home_call(h, "credential.list", "{}");
	assert_string_equal(text_at(r, "credentials.0.number"), "****4821");
	r = home_call(h, "credential.get", "{\"credential\": \"x\", \"reveal\": true}");
	assert_string_equal(text_at(r, "credentials.0.number"), "TX0004821");
	r = home_call(h, "credential.edit",
		      "{\"credential\": \"x\", \"number\": \"4821\"}");
	assert_string_equal(text_at(r, "credential.number"), "****");
}

static void retired_credentials_are_kept_and_silent(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add", TX);
	home_fail(h, "credential.retire",
		  "{\"credential\": \"tx-lib\", \"on\": \"2026-03-15\"}", "refused");
	home_call(h, "credential.retire",
		  "{\"credential\": \"tx-lib\", \"on\": \"2026-03-14\"}");
	assert_int_equal(count_at(home_call(h, "status.get", "{}"), "credentials"), 0);
	assert_int_equal(count_at(home_call(h, "credential.list", "{}"), "credentials"),
			 0);
	json_t *r = home_call(h, "credential.list", "{\"retired\": true}");
	assert_string_equal(text_at(r, "credentials.0.state"), "retired");
	home_fail(h, "credential.retire", "{\"credential\": \"tx-lib\"}", "refused");
}

static void every_kind_of_change_is_undone_and_redone(void **state)
{
	static const char *const changes[][2] = {
		{"setup.run", "{\"name\": \"Dana\"}"},
		{"credential.add", TX},
		{"activity.add",
		 "{\"title\": \"A\", \"credit\": \"1h\", \"topics\": [\"x\", \"y\"]}"},
		{"activity.edit", "{\"id\": 1, \"credit\": \"2h\", \"topics\": [\"z\"]}"},
		{"credential.edit",
		 "{\"credential\": \"tx-lib\", \"endorsements\": [\"math\"]}"},
		{"credential.pause", "{\"credential\": \"tx-lib\"}"},
		{"item.add", "{\"credential\": \"tx-lib\", \"title\": \"Exam\"}"},
		{"item.done", "{\"id\": 2}"},
		{"activity.remove", "{\"ids\": [1]}"},
		{"credential.retire", "{\"credential\": \"tx-lib\"}"},
		{"credential.remove", "{\"credential\": \"tx-lib\"}"},
	};
	enum { N = sizeof(changes) / sizeof(changes[0]) };
	struct home *h = *state;

	for (size_t i = 0; i < N; i++)
		home_call(h, changes[i][0], changes[i][1]);
	for (size_t i = 0; i < N; i++)
		home_call(h, "change.undo", "{}");
	json_t *r = home_call(h, "credential.list", "{\"retired\": true}");
	assert_int_equal(count_at(r, "credentials"), 0);
	home_fail(h, "change.undo", "{}", "not_found");
	for (size_t i = 0; i < N - 3; i++)
		home_call(h, "change.redo", "{}");
	r = home_call(h, "activity.get", "{\"ids\": [1]}");
	assert_string_equal(credit_at(r, "activities.0.credit"), "2.0");
	assert_string_equal(text_at(r, "activities.0.topics.0"), "z");
	for (size_t i = 0; i < 3; i++)
		home_call(h, "change.redo", "{}");
	home_fail(h, "change.redo", "{}", "not_found");
	r = home_call(h, "credential.list", "{\"retired\": true}");
	assert_int_equal(count_at(r, "credentials"), 0);
}

static void an_undo_that_meets_a_later_change_names_it(void **state)
{
	struct home *h = *state;

	home_call(h, "activity.add", "{\"title\": \"A\", \"credit\": \"1h\"}");
	home_call(h, "activity.edit", "{\"id\": 1, \"credit\": \"2h\"}");
	home_call(h, "activity.edit", "{\"id\": 1, \"credit\": \"3h\"}");
	json_t *e = home_fail(h, "change.undo", "{\"op\": 2}", "refused");
	assert_non_null(strstr(text_at(e, "message"), "#1"));
	json_t *r = home_call(h, "activity.get", "{\"ids\": [1]}");
	assert_string_equal(credit_at(r, "activities.0.credit"), "3.0");
}

static void an_undo_takes_nothing_along_that_came_later(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add", TX);
	home_call(h, "item.add", "{\"credential\": \"tx-lib\", \"title\": \"Exam\"}");
	json_t *e = home_fail(h, "change.undo", "{\"op\": 1}", "refused");
	assert_non_null(strstr(text_at(e, "message"), "change 2 added something"));
	assert_int_equal(count_at(home_call(h, "credential.list", "{}"), "credentials"),
			 1);
	home_call(h, "change.undo", "{\"op\": 2}");
	home_call(h, "change.undo", "{\"op\": 1}");
	assert_int_equal(count_at(home_call(h, "credential.list", "{}"), "credentials"),
			 0);
}

static void rules_shared_by_two_credentials_outlive_an_undo(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add", TX);
	home_call(
		h, "credential.add",
		"{\"pack\": \"us-tx-school-librarian\", \"alias\": \"second\", \"expires\": "
		"\"2028-08-31\"}");
	home_call(h, "change.undo", "{\"op\": 1}");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.alias"), "second");
	assert_string_equal(credit_at(r, "credentials.0.required"), "200.0");
}

static void an_undone_change_is_not_undone_twice(void **state)
{
	struct home *h = *state;

	home_call(h, "activity.add", "{\"title\": \"A\", \"credit\": \"1h\"}");
	home_call(h, "change.undo", "{\"op\": 1}");
	home_fail(h, "change.undo", "{\"op\": 1}", "refused");
	home_call(h, "activity.add", "{\"title\": \"B\", \"credit\": \"1h\"}");
	home_fail(h, "change.redo", "{}", "not_found");
	/* The undo itself can still be taken back by its number. */
	home_call(h, "change.undo", "{\"op\": 2}");
	assert_int_equal(count_at(home_call(h, "activity.list", "{}"), "activities"), 2);
	json_t *r = home_call(h, "change.list", "{}");
	assert_true(json_is_null(json_at(r, "changes.3.undone_by")));
}

static void lists_are_filtered_and_paged(void **state)
{
	struct home *h = *state;

	for (int day = 1; day <= 9; day++) {
		char params[160];
		snprintf(
			params, sizeof(params),
			"{\"title\": \"T%d\", \"credit\": \"1h\", \"done_on\": \"2026-03-0%d\", "
			"\"topics\": [\"%s\"], \"provider\": \"ALA %d\"}",
			day, day, day % 2 ? "odd" : "even", day);
		home_call(h, "activity.add", params);
	}
	assert_int_equal(count_at(home_call(h, "activity.list", "{\"topic\": \"ODD\"}"),
				  "activities"),
			 5);
	assert_int_equal(
		count_at(home_call(h, "activity.list", "{\"provider\": \"ala 3\"}"),
			 "activities"),
		1);
	assert_int_equal(count_at(home_call(h, "activity.list", "{\"text\": \"t7\"}"),
				  "activities"),
			 1);
	assert_int_equal(
		count_at(
			home_call(
				h, "activity.list",
				"{\"period\": \"2026-03-02..2026-03-05\", \"since\": \"2026-03-04\"}"),
			"activities"),
		2);
	json_t *r = home_call(h, "activity.list", "{\"limit\": 4}");
	assert_string_equal(text_at(r, "activities.0.title"), "T9");
	assert_string_equal(credit_at(r, "logged"), "9.0");
	assert_string_equal(text_at(r, "next"), "2026-03-06:6");
	r = home_call(h, "activity.list", "{\"limit\": 8, \"after\": \"2026-03-06:6\"}");
	assert_int_equal(count_at(r, "activities"), 5);
	assert_true(json_is_null(json_at(r, "next")));
}

static void again_takes_what_is_left_out(void **state)
{
	struct home *h = *state;

	home_call(
		h, "activity.add",
		"{\"title\": \"PLC\", \"credit\": \"1h\", \"done_on\": \"2026-03-04\", \"kind\": "
		"\"PLC\", \"topics\": [\"data\"], \"note\": \"once\"}");
	json_t *r = home_call(h, "activity.add", "{\"again\": 1, \"credit\": \"2h\"}");
	assert_string_equal(text_at(r, "activities.0.title"), "PLC");
	assert_string_equal(credit_at(r, "activities.0.credit"), "2.0");
	assert_string_equal(text_at(r, "activities.0.done_on"), "2026-03-14");
	assert_string_equal(text_at(r, "activities.0.kind"), "plc");
	assert_string_equal(text_at(r, "activities.0.topics.0"), "data");
	assert_true(json_is_null(json_at(r, "activities.0.note")));
}

/* Whom it is for is said by one side: to name that side again takes the other away. */
static void again_takes_a_plan_and_its_scope(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add", TX);
	home_call(h, "activity.add",
		  "{\"title\": \"PLC\", \"credit\": \"1h\", \"done_on\": \"2026-03-20\", "
		  "\"planned\": true, \"except\": [\"tx-lib\"]}");
	json_t *r = home_call(h, "activity.add", "{\"again\": 1}");
	assert_true(json_is_false(json_at(r, "activities.0.planned")));
	assert_string_equal(text_at(r, "activities.0.except.0"), "tx-lib");
	r = home_call(h, "activity.add",
		      "{\"again\": 1, \"only\": [\"tx-lib\"], \"similar\": true}");
	assert_int_equal(count_at(r, "activities.0.except"), 0);
	assert_string_equal(text_at(r, "activities.0.only.0"), "tx-lib");
}

/* All of it may be of one topic, and no more than that. */
static void a_split_is_kept_with_what_it_is_of(void **state)
{
	struct home *h = *state;

	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"credit\": \"3h\", \"split\": [\"law=3h\"]}");
	json_t *r = home_call(h, "activity.get", "{\"ids\": [1]}");
	assert_string_equal(text_at(r, "activities.0.split.0"), "law=3.0 hour");
	home_fail(h, "activity.add",
		  "{\"title\": \"B\", \"credit\": \"3h\", \"split\": [\"law=2h\", "
		  "\"ethics=61m\"]}",
		  "refused");
}

/* What an activity adds is what the credential has more, not what is counted of it. */
static void what_takes_the_place_of_another_adds_less(void **state)
{
	struct home *h = *state;

	home_pack(h, "capped",
		  "pack: capped\nversion: 1\ntitle: Capped\nunit: hour\n"
		  "kinds: [webinar]\nrules:\n  - {id: total, need: 20}\n"
		  "  - {id: webinars, limit: 5, where: {kind: webinar}}\n");
	home_call(h, "credential.add",
		  "{\"pack\": \"capped\", \"alias\": \"c\", \"begins\": \"2026-01-01\", "
		  "\"expires\": \"2026-12-31\"}");
	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"credit\": \"4h\", \"kind\": \"webinar\", "
		  "\"done_on\": \"2026-03-10\"}");
	json_t *r = home_call(h, "activity.add",
			      "{\"title\": \"B\", \"credit\": \"4h\", \"kind\": "
			      "\"webinar\", \"done_on\": \"2026-03-01\"}");
	assert_string_equal(credit_at(r, "effects.0.added"), "1.0");
	assert_string_equal(credit_at(r, "activities.0.counts.0.counted"), "4.0");
}

/* It lies in the past: on the day before, the last of a cycle that is over, and the first of one that begins. */
static void an_opening_balance_lies_in_its_cycle(void **state)
{
	static const struct {
		const char *begins, *expires, *done_on;
	} cases[] = {
		{"2024-01-01", "2025-12-31", "2025-12-31"},
		{"2024-03-15", "2026-03-14", "2026-03-13"},
		{"2026-03-14", "2027-03-13", "2026-03-14"},
		{"2026-03-15", "2027-03-14", NULL},
	};
	struct home *h = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_ARENA a = {NULL};
		const char *params = arena_printf(
			&a,
			"{\"title\": \"City\", \"required\": \"40h\", \"opening\": "
			"\"4h\", \"begins\": \"%s\", \"expires\": \"%s\"}",
			cases[i].begins, cases[i].expires);
		if (!cases[i].done_on) {
			home_fail(h, "credential.add", params, "refused");
			continue;
		}
		home_call(h, "credential.add", params);
		json_t *r = home_call(h, "activity.list", "{}");
		assert_string_equal(text_at(r, "activities.0.done_on"), cases[i].done_on);
		home_call(h, "change.undo", "{}");
	}
}

static void an_edit_leaves_the_rest_of_a_credential_alone(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"title\": \"City\", \"alias\": \"c\", \"required\": \"40h\", "
		  "\"issued\": \"2020-02-03\", \"begins\": \"2026-01-01\", \"expires\": "
		  "\"2027-12-31\", \"number\": \"TX0004821\", \"level\": \"two\", "
		  "\"jurisdiction\": \"Texas\", \"note\": \"Room 3\", \"endorsements\": "
		  "[\"art\"]}");
	json_t *r = home_call(h, "credential.edit",
			      "{\"credential\": \"c\", \"title\": \"Town\"}");
	assert_int_equal(count_at(r, "changed"), 1);
	r = json_at(home_call(h, "credential.get",
			      "{\"credential\": \"c\", \"reveal\": true}"),
		    "credentials.0");
	assert_string_equal(text_at(r, "title"), "Town");
	assert_string_equal(text_at(r, "issued"), "2020-02-03");
	assert_string_equal(text_at(r, "cycle.from"), "2026-01-01");
	assert_string_equal(text_at(r, "expires"), "2027-12-31");
	assert_string_equal(credit_at(r, "cycle.required"), "40.0");
	assert_string_equal(text_at(r, "number"), "TX0004821");
	assert_string_equal(text_at(r, "level"), "two");
	assert_string_equal(text_at(r, "jurisdiction"), "Texas");
	assert_string_equal(text_at(r, "note"), "Room 3");
	assert_string_equal(text_at(r, "endorsements.0"), "art");
}

static void a_topic_near_a_known_one_is_pointed_out(void **state)
{
	struct home *h = *state;

	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"credit\": \"1h\", \"topics\": [\"literacy\"]}");
	json_t *r = home_call(
		h, "activity.add",
		"{\"title\": \"B\", \"credit\": \"1h\", \"topics\": [\"litaracy\"]}");
	assert_non_null(strstr(text_at(r, "notes.0"), "literacy"));
	r = home_call(h, "activity.add", "{\"title\": \"C\", \"credit\": \"25h\"}");
	assert_int_equal(count_at(r, "notes"), 1);
}

static void planned_hours_count_once_they_are_done(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add", TX);
	json_t *r = home_call(
		h, "activity.add",
		"{\"title\": \"TLA\", \"credit\": \"6h\", \"done_on\": \"2026-04-14\", "
		"\"planned\": true}");
	assert_string_equal(credit_at(r, "effects.0.added"), "0.0");
	assert_string_equal(text_at(r, "effects.0.why_not.0"), "planned, not done yet");
	home_fail(h, "activity.edit", "{\"id\": 1, \"planned\": false}", "refused");
	home_clock(h, "2026-04-15T08:00:00");
	r = home_call(h, "activity.edit", "{\"id\": 1, \"planned\": false}");
	assert_string_equal(credit_at(r, "effects.0.added"), "6.0");
}

static void the_interface_describes_itself(void **state)
{
	struct home *h = *state;

	json_t *r = home_call(h, "api.info", "{}");
	assert_int_equal(count_at(r, "errors"), 14);
	for (size_t i = 0; i < count_at(r, "methods"); i++) {
		char path[64];
		snprintf(path, sizeof(path), "methods.%zu.doc", i);
		assert_true(strlen(text_at(r, path)) > 5);
	}
	r = home_call(h, "daemon.status", "{}");
	assert_true(json_is_true(json_at(r, "test_clock")));
	r = home_call(h, "daemon.check", "{}");
	assert_string_equal(text_at(r, "findings.0.level"), "ok");
}

static void frames_that_are_no_requests_are_answered_with_an_error(void **state)
{
	static const char *const frames[] = {"\xc0", "\x90", "\x94\x00\x01\xa1x\x91\x05",
					     "\x01", "\x94\x01\x01\xc0\xc0"};
	struct home *h = *state;

	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		AUTO_BUF out = {0};
		rpc_dispatch(&h->rpc, frames[i], strlen(frames[i]) + (i == 2 ? 1 : 0),
			     &out);
		assert_true(out.len > 10);
	}
}

#define T(test) cmocka_unit_test_setup_teardown(test, home_open, home_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_activity_is_logged_and_read_back),
		T(credit_may_be_text_or_the_exact_integer_but_no_float),
		T(mistakes_name_the_field_and_change_nothing),
		T(a_license_that_is_there_twice_is_pointed_out),
		T(a_near_name_is_offered),
		T(a_newer_client_is_told_that_the_daemon_is_older),
		T(a_caller_that_means_another_database_is_refused),
		T(what_is_open_for_reading_alone_is_not_written),
		T(a_dry_run_answers_and_stores_nothing),
		T(totals_follow_every_way_in_which_entries_change),
		T(the_same_title_on_the_same_day_is_asked_about),
		T(an_import_is_all_or_nothing_and_one_change),
		T(scope_ties_hours_to_credentials),
		T(hours_tied_to_a_credential_that_is_gone_count_for_nothing),
		T(status_tells_pace_and_state),
		T(items_color_the_state_of_their_credential),
		T(a_renewal_closes_one_cycle_and_opens_the_next),
		T(a_pause_stops_the_pace),
		T(numbers_are_masked_unless_revealed),
		T(retired_credentials_are_kept_and_silent),
		T(every_kind_of_change_is_undone_and_redone),
		T(an_undo_that_meets_a_later_change_names_it),
		T(an_undo_takes_nothing_along_that_came_later),
		T(rules_shared_by_two_credentials_outlive_an_undo),
		T(an_undone_change_is_not_undone_twice),
		T(lists_are_filtered_and_paged),
		T(again_takes_what_is_left_out),
		T(again_takes_a_plan_and_its_scope),
		T(a_split_is_kept_with_what_it_is_of),
		T(what_takes_the_place_of_another_adds_less),
		T(an_opening_balance_lies_in_its_cycle),
		T(an_edit_leaves_the_rest_of_a_credential_alone),
		T(a_topic_near_a_known_one_is_pointed_out),
		T(planned_hours_count_once_they_are_done),
		T(the_interface_describes_itself),
		T(frames_that_are_no_requests_are_answered_with_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
