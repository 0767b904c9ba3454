/* What pdh export wrote comes in again: the same bytes where nothing was, what is new elsewhere, and nothing of what pdh
 * did not write. PDH_SEED begins another series. */
#include "tests/support/acts.h"
#include "tests/support/transferred.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *export(struct home *h)
{
	return transferred_document(h, "{}", NULL);
}

static json_t *load(struct home *h, const char *text, const char *params)
{
	json_t *e;
	json_t *r = transferred_load(h, text, params, &e);

	if (!r)
		fail_msg("%s", text_at(e, "message"));
	return r;
}

static void expect_document(struct home *h, const char *wanted, const char *when)
{
	char *is = export(h);

	if (strcmp(is, wanted) != 0) {
		print_message("%s\n---\n%s\n", wanted, is);
		fail_msg("%s: another document", when);
	}
	free(is);
}

/* The clock of the home that is left, which the one beside it had taken over. */
static void close_beside(struct home *h, void *beside)
{
	char clock[96];

	home_close(&beside);
	snprintf(clock, sizeof(clock), "%s/clock", h->folder);
	setenv("PDH_TEST_CLOCK", clock, 1);
}

/* ---- any records -------------------------------------------------------------------------------------- */

/* The same clock and packs, and nothing stored. */
static struct home *home_beside(const struct acts *a)
{
	struct acts beside;
	void *state = NULL;
	char iso[DATE_ISO_SIZE], when[64];

	assert_int_equal(home_open(&state), 0);
	acts_begin(&beside, state, 1);
	date_format_iso(a->today, iso);
	snprintf(when, sizeof(when), "%sT09:30:00", iso);
	home_clock(state, when);
	return state;
}

static void check_records(struct acts *a)
{
	char *text = export(a->home);
	struct home *other = home_beside(a);
	char *nothing = export(other);

	load(other, text, "{}");
	expect_document(other, text, "loaded");
	json_t *r = load(other, text, "{}");
	assert_int_equal(int_at(r, "created"), 0);
	assert_int_equal(int_at(r, "changed"), 0);
	expect_document(other, text, "loaded twice");
	home_call(other, "change.undo", "{}");
	expect_document(other, nothing, "undone");
	home_call(other, "change.redo", "{}");
	expect_document(other, text, "redone");
	home_restart(other);
	expect_document(other, text, "of another daemon");
	home_call(other, "status.get", "{}");
	close_beside(a->home, other);
	free(text);
	free(nothing);
}

static void any_records_come_back_as_they_were(void **state)
{
	enum { ROUNDS = 8, CALLS = 60 };
	const char *given = getenv("PDH_SEED");
	struct acts a;
	uint64_t seed = given ? strtoull(given, NULL, 10) : 1;

	print_message("PDH_SEED=%llu\n", (unsigned long long)seed);
	acts_begin(&a, *state, seed);
	for (int i = 0; i < ROUNDS; i++) {
		for (int k = 0; k < CALLS; k++) {
			struct act act = acts_next(&a);
			json_t *e;
			(void)home_try(a.home, act.method, act.params, &e);
			json_decref(act.params);
			if (k % 8 == 0)
				acts_travel(&a);
		}
		check_records(&a);
	}
}

/* ---- beside what is there ----------------------------------------------------------------------------- */

static void hold(struct home *h, const char *alias)
{
	char params[160];

	snprintf(params, sizeof(params),
		 "{\"title\": \"%s\", \"alias\": \"%s\", \"required\": \"40h\", "
		 "\"every\": \"2y\", \"expires\": \"2026-12-31\"}",
		 alias, alias);
	home_call(h, "credential.add", params);
}

static void log_one(struct home *h, const char *title, const char *only)
{
	char params[160];

	snprintf(params, sizeof(params),
		 "{\"title\": \"%s\", \"credit\": \"2h\", \"topics\": [\"law\"], "
		 "\"split\": [\"ethics=20m\"], \"only\": [\"%s\"]}",
		 title, only);
	home_call(h, "activity.add", params);
}

static char *first_records(struct home *h)
{
	hold(h, "city");
	hold(h, "club");
	log_one(h, "One", "city");
	log_one(h, "Two", "club");
	return export(h);
}

static long long count(struct home *h, const char *sql)
{
	sqlite3_stmt *s;
	long long n = -1;

	assert_int_equal(sqlite3_prepare_v2(db_handle(h->rpc.db), sql, -1, &s, NULL),
			 SQLITE_OK);
	if (sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

static void what_is_new_comes_in_beside_what_is_there(void **state)
{
	struct home *h = *state, *other;
	char *text = first_records(h);
	void *beside = NULL;

	assert_int_equal(home_open(&beside), 0);
	other = beside;
	hold(other, "own");
	hold(other, "club");
	log_one(other, "Own", "own");
	json_t *r = load(other, text, "{}");
	assert_int_equal(int_at(r, "created"), 2);
	assert_non_null(strstr(text_at(r, "notes.0"), "club: there already"));
	assert_int_equal(
		count_at(home_call(other, "credential.list", "{}"), "credentials"), 3);
	r = home_call(other, "activity.list", "{}");
	assert_int_equal(count_at(r, "activities"), 3);
	/* Numbers are this home's, and names are who is meant. */
	r = home_call(other, "activity.get", "{\"ids\": [2]}");
	assert_string_equal(text_at(r, "activities.0.only.0"), "city");
	r = home_call(other, "activity.get", "{\"ids\": [3]}");
	assert_string_equal(text_at(r, "activities.0.only.0"), "club");
	home_call(other, "change.undo", "{}");
	assert_int_equal(count(other, "SELECT count(*) FROM activity"), 1);
	close_beside(h, beside);
	free(text);
}

static void what_says_otherwise_is_taken_when_asked(void **state)
{
	struct home *h = *state;
	char *text = first_records(h);

	home_call(h, "activity.edit",
		  "{\"id\": 1, \"title\": \"Other\", \"topics\": [\"tech\"], \"only\": "
		  "[\"club\"]}");
	json_t *r = load(h, text, "{}");
	assert_int_equal(int_at(r, "have"), 1);
	assert_int_equal(int_at(r, "changed"), 1);
	assert_true(json_is_null(json_at(r, "op")));
	assert_string_equal(text_at(r, "rows.0.title"), "One");
	r = load(h, text, "{\"update\": true}");
	assert_true(json_is_integer(json_at(r, "op")));
	expect_document(h, text, "updated");
	home_call(h, "change.undo", "{}");
	assert_string_equal(text_at(home_call(h, "activity.get", "{\"ids\": [1]}"),
				    "activities.0.title"),
			    "Other");
	free(text);
}

static void an_import_is_known_by_the_rows_that_are_new(void **state)
{
	struct home *h = *state;
	char *text;

	home_call(
		h, "import.run",
		"{\"file\": \"a.csv\", \"layout\": \"generic\", \"activities\": "
		"[{\"title\": \"One\", \"credit\": \"1h\", \"done_on\": \"2026-01-05\", "
		"\"line\": 2}, {\"title\": \"Two\", \"credit\": \"1h\", \"done_on\": "
		"\"2026-01-06\", \"line\": 3}]}");
	text = export(h);
	home_call(h, "activity.remove", "{\"ids\": [1]}");
	load(h, text, "{}");
	assert_int_equal(count(h, "SELECT count(*) FROM import_batch"), 2);
	assert_int_equal(count(h, "SELECT count(*) FROM import_row"), 3);
	load(h, text, "{}");
	assert_int_equal(count(h, "SELECT count(*) FROM import_batch"), 2);
	free(text);
}

/* A credential that comes beside another, with cycles that are closed: what counts in them counts for both, and a load of
 * what is there changes nothing. */
static void closed_cycles_that_come_have_what_counts_in_them(void **state)
{
	struct home *h = *state;
	struct acts a;
	char *text, *again, *from, *to;

	acts_begin(&a, h, 1);
	home_call(h, "credential.add",
		  "{\"alias\": \"first\", \"pack\": \"lab\", \"begins\": \"2023-01-01\", "
		  "\"expires\": \"2023-12-31\"}");
	home_call(h, "activity.add",
		  "{\"title\": \"One\", \"credit\": \"20h\", \"topics\": [\"ethics\"], "
		  "\"done_on\": \"2023-05-01\"}");
	home_call(h, "credential.renew", "{\"credential\": \"first\"}");
	assert_int_equal(count(h, "SELECT count(*) FROM carried"), 1);
	text = export(h);
	memcpy(strstr(text, "\"alias\":\"first\"") + 9, "other", 5);
	from = strstr(text, "\"carried\":[\n") + 12;
	to = strstr(from, "]");
	memmove(from, to, strlen(to) + 1);
	load(h, text, "{}");
	assert_int_equal(count(h, "SELECT count(*) FROM carried"), 2);
	again = export(h);
	load(h, again, "{}");
	expect_document(h, again, "loaded again");
	free(again);
	free(text);
}

static void a_plan_is_kept_or_refused(void **state)
{
	struct home *h = *state;
	char *text = first_records(h), params[96], plan[32];
	json_t *e;

	snprintf(plan, sizeof(plan), "%s",
		 text_at(load(h, text, "{\"dry_run\": true}"), "plan"));
	snprintf(params, sizeof(params), "{\"plan\": \"%s\"}", plan);
	load(h, text, params);
	home_call(h, "activity.remove", "{\"ids\": [1]}");
	assert_null(transferred_load(h, text, params, &e));
	assert_non_null(strstr(text_at(e, "message"), "changed since the preview"));
	free(text);
}

/* What was there before does not decide about programs that it runs already. */
static void programs_are_taken_when_asked(void **state)
{
	struct home *h = *state, *other;
	void *beside = NULL;
	char *text;
	json_t *e;

	hold(h, "city");
	home_call(h, "reminder.policy",
		  "{\"credential\": \"city\", \"by\": \"command:/bin/true\"}");
	text = export(h);
	load(h, text, "{}");
	assert_int_equal(home_open(&beside), 0);
	other = beside;
	assert_null(transferred_load(other, text, "{}", &e));
	assert_string_equal(text_at(e, "name"), "refused");
	assert_non_null(strstr(text_at(e, "message"), "would run \"/bin/true\""));
	load(other, text, "{\"programs\": true}");
	expect_document(other, text, "with programs");
	close_beside(h, beside);
	free(text);
}

/* Of credentials that are gone: who comes next is not meant by what named them. */
static void numbers_that_are_named_are_not_given_again(void **state)
{
	struct home *h = *state, *other;
	void *beside = NULL;
	char *text = first_records(h), *gone;

	free(text);
	home_call(h, "credential.remove", "{\"credential\": \"city\"}");
	home_call(h, "credential.remove", "{\"credential\": \"club\"}");
	gone = export(h);
	assert_int_equal(home_open(&beside), 0);
	other = beside;
	load(other, gone, "{}");
	expect_document(other, gone, "loaded");
	hold(other, "next");
	assert_int_equal(count(other, "SELECT id FROM credential"), 3);
	close_beside(h, beside);
	free(gone);
}

/* ---- what pdh did not write --------------------------------------------------------------------------- */

static void nothing_else_is_taken(void **state)
{
	static const struct {
		const char *from, *to, *message, *code;
	} cases[] = {
		{"pdh.export/1", "pdh.export/2", "written by a newer pdh (pdh.export/2)",
		 "incompatible"},
		{"{\"schema\":\"pdh.export/1\",", "{", "its first line is another",
		 "refused"},
		{"\n}\n", "\n", "cut off after line", "refused"},
		{"\"activities\":[", "\"actions\":[", "not a part of an export",
		 "refused"},
		{"\"facts\":[", "\"credentials\":[", "it is not its turn", "refused"},
		{"\"title\":\"One\"", "\"titel\":\"One\"", "\"titel\" is nothing that",
		 "refused"},
		{"\"title\":\"One\"", "\"title\":\"O\\u001bne\"", "title: ", "refused"},
		{"\"title\":\"One\"", "\"title\":\" One\"", "title: it is not written",
		 "refused"},
		{"\"title\":\"One\"", "\"title\":null", "title: it is missing",
		 "refused"},
		{"\"title\":\"One\"", "\"title\":\"One\",\"title\":\"One\"",
		 "no record stands in it", "refused"},
		{"\"title\":\"One\"", "\"title\":7", "title: a text is wanted",
		 "refused"},
		{"2026-03-14", "2026-02-30", "done_on: a day is wanted", "refused"},
		{"\"exact\":7200000", "\"exact\":-1", "credit: ", "refused"},
		{"\"exact\":7200000", "\"exact\":1e9", "credit: ", "refused"},
		{"\"exact\":7200000", "\"exact\":99999999999999999",
		 "credit: ", "refused"},
		{"\"unit\":\"hour\"", "\"unit\":\"hours\"", "credit: ", "refused"},
		{"\"exact\":1200000", "\"exact\":9200000", "more than the whole",
		 "refused"},
		{"\"planned\":false", "\"planned\":0", "planned: ", "refused"},
		{"\"scope\":\"only\"", "\"scope\":\"some\"", "only: all, only or except",
		 "refused"},
		{"\"topics\":[\"law\"]", "\"topics\":{}", "topics: a list is wanted",
		 "refused"},
		{"\"credentials\":[1]", "\"credentials\":[\"x\"]",
		 "credentials: ", "refused"},
		{"\"uid\":\"", "\"uid\":\"z", "uid: ", "refused"},
		{"\"alias\":\"club\"", "\"alias\":\"city\"", "city twice (lines ",
		 "refused"},
		{"\"alias\":\"club\"", "\"alias\":\"Club\"", "alias: ", "refused"},
		{"{\"id\":2,\"alias\"", "{\"id\":1,\"alias\"", "credentials: id 1 twice",
		 "refused"},
		{"{\"id\":2,\"alias\"", "{\"id\":9,\"alias\"", "there is no 2 among",
		 "refused"},
		{"\"closed_on\":null", "\"closed_on\":\"2026-01-01\"",
		 "has no open cycle", "refused"},
		{"\"pack\":\"own-club\"", "\"pack\":\"own-none\"", "", "refused"},
		{"\"body\":\"", "\"body\":\"nonsense: ", "line ", "refused"},
	};
	struct home *h = *state, *other;
	char *text = first_records(h);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		void *beside = NULL;
		json_t *e;
		assert_int_equal(home_open(&beside), 0);
		other = beside;
		char *nothing = export(other);
		char *bad = transferred_replace(text, cases[i].from, cases[i].to);
		if (strcmp(bad, text) != 0) {
			if (transferred_load(other, bad, "{}", &e))
				fail_msg("%s was taken", cases[i].to);
			if (!strstr(text_at(e, "message"), cases[i].message))
				fail_msg("%s: %s", cases[i].to, text_at(e, "message"));
			assert_string_equal(text_at(e, "name"), cases[i].code);
		} else if (*cases[i].message) {
			fail_msg("%s is not in the document", cases[i].from);
		}
		expect_document(other, nothing, cases[i].to);
		close_beside(h, beside);
		free(nothing);
		free(bad);
	}
	free(text);
}

static void the_same_uid_twice_is_refused_with_both_lines(void **state)
{
	struct home *h = *state;
	char *text = first_records(h), *bad, uid[2][60], message[120];
	const char *first = strstr(text, "\"uid\":\""),
		   *second = strstr(first + 1, "\"uid\":\"");
	json_t *e;
	int line = 1;

	snprintf(uid[0], sizeof(uid[0]), "%.40s", first);
	snprintf(uid[1], sizeof(uid[1]), "%.40s", second);
	for (const char *p = text; p < first; p++)
		line += *p == '\n';
	bad = transferred_replace(text, uid[1], uid[0]);
	assert_null(transferred_load(h, bad, "{}", &e));
	snprintf(message, sizeof(message), "uid %.32s twice (lines %d and %d)", first + 7,
		 line, line + 1);
	assert_string_equal(text_at(e, "message"), message);
	free(text);
	free(bad);
}

#define T(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(any_records_come_back_as_they_were),
		T(what_is_new_comes_in_beside_what_is_there),
		T(what_says_otherwise_is_taken_when_asked),
		T(an_import_is_known_by_the_rows_that_are_new),
		T(closed_cycles_that_come_have_what_counts_in_them),
		T(a_plan_is_kept_or_refused),
		T(programs_are_taken_when_asked),
		T(numbers_that_are_named_are_not_given_again),
		T(nothing_else_is_taken),
		T(the_same_uid_twice_is_refused_with_both_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
