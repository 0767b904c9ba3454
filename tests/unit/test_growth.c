/* What an answer costs follows the answer, not what is stored: counted in steps of SQLite's machine, in calls and in
 * bytes, never in time. */
#include "tests/support/rpc_home.h"

#include <malloc.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { SQL = 2000, PARAMS = 400 };

/* ---- what is counted ----------------------------------------------------------------------------- */

static int64_t steps;	/* of statements that ended */
static int64_t mktimes; /* each asks the system for its zone */
static size_t bytes, peak;

static int note_steps(unsigned what, void *unused, void *s, void *nanoseconds)
{
	(void)what;
	(void)unused;
	(void)nanoseconds;
	steps += sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 1);
	return 0;
}

extern time_t timelocal(struct tm *tm); /* the same as mktime() */

time_t mktime(struct tm *tm)
{
	mktimes++;
	return timelocal(tm);
}

#ifndef __SANITIZE_ADDRESS__
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void __libc_free(void *p);

static void *note_more(void *p)
{
	bytes += malloc_usable_size(p);
	if (bytes > peak)
		peak = bytes;
	return p;
}

void *malloc(size_t n)
{
	return note_more(__libc_malloc(n));
}

void *calloc(size_t n, size_t size)
{
	return note_more(__libc_calloc(n, size));
}

void *realloc(void *p, size_t n)
{
	bytes -= malloc_usable_size(p);
	return note_more(__libc_realloc(p, n));
}

void free(void *p)
{
	bytes -= malloc_usable_size(p);
	__libc_free(p);
}
#endif

static int64_t cost(struct home *h, const char *method, const char *params)
{
	steps = 0;
	home_call(h, method, params);
	return steps;
}

/* The most that a call needs beyond what was there before; 0 under a sanitizer, which has memory of its own. */
static size_t memory(struct home *h, const char *method, const char *params)
{
	size_t before = bytes;

	peak = bytes;
	home_call(h, method, params);
	return peak - before;
}

/* ---- what is stored ------------------------------------------------------------------------------ */

static void run(struct home *h, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(db_handle(h->rpc.db), sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s", why);
}

/* So many activities more, of which sixteen are particular in each way that can be asked for. */
static void fill(struct home *h, int n)
{
	char sql[SQL];

	snprintf(
		sql, sizeof(sql),
		"CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "
		"SELECT i + 1 FROM n WHERE i < %d) SELECT i, i %% (%d / 16) = 0 AS rare "
		"FROM n;"
		"INSERT INTO activity (title, title_key, done_on, credit, credit_unit, kind,"
		" provider, planned) SELECT 'Workshop ' || i, 'workshop' || i, "
		"date('2000-01-01', '+' || (i * 9000 / %d) || ' days'), 3600000, 'hour', "
		"CASE WHEN rare THEN 'exam' ELSE 'workshop' END, "
		"CASE WHEN rare THEN 'Seldom' ELSE 'Often ' || (i %% 20) END, rare FROM n;"
		"INSERT INTO activity_topic SELECT id, CASE WHEN provider = 'Seldom' "
		"THEN 'rare' ELSE 'usual' END FROM activity;"
		"DROP TABLE n;",
		n, n, n);
	run(h, sql);
}

static int open_traced(void **state)
{
	int r = home_open(state);
	struct home *h = *state;

	sqlite3_trace_v2(db_handle(h->rpc.db), SQLITE_TRACE_PROFILE, note_steps, NULL);
	return r;
}

/* ---- listings ------------------------------------------------------------------------------------ */

static const char *const flat[] = {
	"{\"limit\": 20}",
	"{\"limit\": 20, \"since\": \"2003-03-03\", \"until\": \"2019-09-09\"}",
	"{\"limit\": 20, \"planned\": true}",
	"{\"limit\": 20, \"topic\": \"rare\", \"planned\": true}",
	"{\"limit\": 20, \"topic\": \"rare\"}",
	"{\"limit\": 20, \"topic\": \"none such\"}",
	"{\"limit\": 20, \"kind\": \"exam\"}",
	"{\"limit\": 20, \"kind\": \"none\"}",
	"{\"limit\": 20, \"provider\": \"seld\"}",
	"{\"limit\": 20, \"provider\": \"none such\"}",
};
enum { FLAT = sizeof(flat) / sizeof(flat[0]) };

static void a_listing_costs_what_it_shows(void **state)
{
	enum { FEW = 1000, MANY = 16000 };
	struct home *h = *state;
	int64_t few[FLAT];

	fill(h, FEW);
	for (size_t i = 0; i < FLAT; i++)
		few[i] = cost(h, "activity.list", flat[i]);
	run(h, "DELETE FROM activity");
	fill(h, MANY);
	for (size_t i = 0; i < FLAT; i++) {
		int64_t many = cost(h, "activity.list", flat[i]);
		if (many > 2 * few[i])
			fail_msg("%s: %lld steps, and %lld of 16 times as many", flat[i],
				 (long long)few[i], (long long)many);
	}
}

/* The totals are of all pages, and added up for the first. */
static void further_pages_cost_what_they_show(void **state)
{
	struct home *h = *state;
	char params[PARAMS];

	fill(h, 8000);
	int64_t first = cost(h, "activity.list", "{\"limit\": 20, \"topic\": \"usual\"}");
	json_t *page = json_array_get(h->last, 3);
	long long entries = int_at(page, "totals.0.entries");
	snprintf(params, sizeof(params),
		 "{\"limit\": 20, \"topic\": \"usual\", \"after\": \"%s\"}",
		 text_at(page, "next"));
	int64_t second = cost(h, "activity.list", params);
	if (second > first / 10)
		fail_msg("%lld steps, and %lld for the next page", (long long)first,
			 (long long)second);
	assert_int_equal(int_at(json_array_get(h->last, 3), "totals.0.entries"), entries);
	home_call(h, "activity.add",
		  "{\"title\": \"New\", \"credit\": \"1h\", \"topics\": [\"usual\"]}");
	page = home_call(h, "activity.list", "{\"limit\": 20, \"topic\": \"usual\"}");
	assert_int_equal(int_at(page, "totals.0.entries"), entries + 1);
}

static const char *numbers_of(json_t *listed, struct arena *a)
{
	json_t *rows = json_at(listed, "activities");
	const char *text = "";

	for (size_t i = 0; i < json_array_size(rows); i++)
		text = arena_printf(a, "%s %lld", text,
				    int_at(json_array_get(rows, i), "id"));
	return text;
}

/* All numbers, page by page. How many a page has decides on which way they are found. */
static const char *list_by(struct home *h, const char *filter, int limit, struct arena *a)
{
	const char *after = "", *all = "";

	for (;;) {
		json_t *page = home_call(
			h, "activity.list",
			arena_printf(a, "{\"limit\": %d%s%s}", limit, after, filter));
		all = arena_printf(a, "%s%s", all, numbers_of(page, a));
		if (json_is_null(json_at(page, "next")))
			return all;
		after = arena_printf(a, ", \"after\": \"%s\"", text_at(page, "next"));
	}
}

static void every_way_finds_the_same(void **state)
{
	static const char *const filters[] = {
		"",
		", \"topic\": \"rare\"",
		", \"topic\": \"usual\"",
		", \"kind\": \"exam\"",
		", \"kind\": \"workshop\", \"topic\": \"rare\"",
		", \"provider\": \"SELDOM\"",
		", \"provider\": \"often 1\", \"until\": \"2011-01-01\"",
		", \"planned\": true",
		", \"text\": \"workshop 1\"",
		", \"text\": \"selDom\", \"since\": \"2009-01-01\"",
		", \"topic\": \"rare\", \"text\": \"workshop 1\"",
	};
	struct home *h = *state;

	fill(h, 480);
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		AUTO_ARENA a = {NULL};
		const char *some = list_by(h, filters[i], 7, &a);
		if (i != 4)
			assert_true(*some);
		assert_string_equal(list_by(h, filters[i], 1000, &a), some);
		assert_string_equal(list_by(h, filters[i], 1, &a), some);
	}
}

/* ---- sums ---------------------------------------------------------------------------------------- */

static int64_t sum_in(struct home *h, const char *since, const char *until)
{
	sqlite3_stmt *s;

	assert_int_equal(
		sqlite3_prepare_v2(db_handle(h->rpc.db),
				   "SELECT coalesce(sum(credit), 0) FROM activity "
				   "WHERE done_on >= ? AND done_on <= ? AND "
				   "NOT planned",
				   -1, &s, NULL),
		SQLITE_OK);
	sqlite3_bind_text(s, 1, since, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, until, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int64_t sum = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return sum;
}

static void expect_sums(struct home *h)
{
	static const char *const days[][2] = {
		{"2000-01-01", "2030-12-31"}, {"2004-02-10", "2004-02-20"},
		{"2004-02-10", "2004-03-09"}, {"2004-02-01", "2004-02-29"},
		{"2004-02-10", "2014-11-30"}, {"2004-01-31", "2005-02-01"},
		{"2014-05-05", "2014-05-05"},
	};
	char params[PARAMS];

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		snprintf(params, sizeof(params), "{\"since\": \"%s\", \"until\": \"%s\"}",
			 days[i][0], days[i][1]);
		json_t *listed = home_call(h, "activity.list", params);
		assert_int_equal(int_at(listed, "logged.exact"),
				 sum_in(h, days[i][0], days[i][1]));
	}
}

static void sums_follow_whatever_is_done(void **state)
{
	static const char *const done[][2] = {
		{"activity.add",
		 "{\"title\": \"New\", \"credit\": \"2.5h\", \"done_on\": "
		 "\"2014-05-05\"}"},
		{"activity.edit", "{\"id\": 100, \"credit\": \"7h\"}"},
		{"activity.edit", "{\"id\": 101, \"done_on\": \"2004-02-15\"}"},
		{"activity.edit", "{\"id\": 102, \"planned\": true}"},
		{"activity.remove", "{\"ids\": [103, 104]}"},
		{"change.undo", "{}"},
		{"change.redo", "{}"},
		{"change.undo", "{\"op\": 2}"},
	};
	struct home *h = *state;

	fill(h, 480);
	expect_sums(h);
	for (size_t i = 0; i < sizeof(done) / sizeof(done[0]); i++) {
		home_call(h, done[i][0], done[i][1]);
		expect_sums(h);
	}
	run(h, "DELETE FROM activity");
	assert_int_equal(count_at(home_call(h, "activity.list", "{}"), "totals"), 0);
}

/* ---- reminders and plans ------------------------------------------------------------------------- */

static void hold(struct home *h, int n)
{
	char params[PARAMS];

	snprintf(params, sizeof(params),
		 "{\"pack\": \"us-tx-school-librarian\", \"alias\": \"tx%d\", \"title\": "
		 "\"Held %d\", \"expires\": \"2027-08-31\"}",
		 n, n);
	home_call(h, "credential.add", params);
}

static void add_items(struct home *h, int n)
{
	char sql[SQL];

	snprintf(
		sql, sizeof(sql),
		"INSERT INTO item (credential_id, title, kind, due) WITH RECURSIVE n (i) "
		"AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT 1, "
		"'Item ' || i, 'other', date('2026-04-01', '+' || (i %% 40) || ' days') "
		"FROM n",
		n);
	run(h, sql);
}

static void reminders_ask_for_each_day_once(void **state)
{
	struct home *h = *state;

	hold(h, 0);
	add_items(h, 40);
	mktimes = 0;
	home_call(h, "reminder.list", "{\"all\": true}");
	int64_t few = mktimes;
	add_items(h, 360);
	mktimes = 0;
	int64_t more = cost(h, "reminder.list", "{\"all\": true}");
	assert_true(few > 0 && mktimes < few + 50);
	add_items(h, 1200);
	assert_true(cost(h, "reminder.list", "{\"all\": true}") < 5 * more);
}

/* Boards that ask for much, so that their programmes are large. */
static void hold_packs(struct home *h, size_t n)
{
	static const char *const packs[] = {
		"au-nsw-nesa-teacher",
		"isaca-cism",
		"isc2-cissp",
		"pmi-pmp",
		"us-ca-cpa",
		"us-ca-rn",
		"us-ct-certificate",
		"us-fl-pe",
		"us-fl-rn",
		"us-il-attorney",
		"us-il-pel-teacher",
		"us-ky-eila",
		"us-tx-attorney",
		"us-tx-cpa",
		"us-tx-pe",
		"us-tx-principal",
	};
	char params[PARAMS];

	for (size_t i = 0; i < n; i++) {
		snprintf(params, sizeof(params),
			 "{\"pack\": \"%s\", \"alias\": \"c%zu\", \"expires\": "
			 "\"2028-06-30\"}",
			 packs[i], i);
		home_call(h, "credential.add", params);
	}
}

static void a_plan_needs_memory_for_one_programme(void **state)
{
	enum { PACKS = 16, MOST = 12 << 20 };
	struct home *h = *state;

	hold_packs(h, PACKS);
	size_t needed = memory(h, "plan.get", "{}");
	if (needed > MOST)
		fail_msg("%zu bytes for %d credentials", needed, PACKS);
}

static void a_calendar_needs_memory_for_one_event(void **state)
{
	enum { TIMES = 4 };
	struct home *h = *state;

	hold(h, 0);
	add_items(h, 400);
	size_t size = strlen(text_at(home_call(h, "calendar.get", "{}"), "text"));
	size_t plan = memory(h, "reminder.list", "{}");
	size_t calendar = memory(h, "calendar.get", "{}");
	if (calendar > plan + TIMES * size)
		fail_msg("%zu bytes for a text of %zu", calendar - plan, size);
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_traced, home_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_listing_costs_what_it_shows),
		T(further_pages_cost_what_they_show),
		T(every_way_finds_the_same),
		T(sums_follow_whatever_is_done),
		T(reminders_ask_for_each_day_once),
		T(a_plan_needs_memory_for_one_programme),
		T(a_calendar_needs_memory_for_one_event),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
