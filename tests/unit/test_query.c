/* SQL of a person: limits, what is refused, and what SQLite says in plain words. */
#include "daemon/store/ask.h"
#include "daemon/store/ask_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct ask_limits wide = {.ms = 60000, .rows = 1000, .bytes = 1000000};

struct taken {
	char columns[512];
	int64_t rows, sum;
	int64_t stop_after; /* 0: never */
};

static int take_columns(void *data, const char *const *names, size_t n, struct err *e)
{
	struct taken *t = data;

	(void)e;
	for (size_t i = 0; i < n; i++) {
		size_t at = strlen(t->columns);
		snprintf(t->columns + at, sizeof(t->columns) - at, "%s%s", i ? "," : "",
			 names[i]);
	}
	return 0;
}

static int take_row(void *data, const struct ask_value *v, size_t n, struct err *e)
{
	struct taken *t = data;

	t->rows++;
	if (n && v[0].type == ASK_INT)
		t->sum += v[0].i;
	if (t->stop_after && t->rows >= t->stop_after)
		return err_set(e, -PDH_FAILED, NULL, "nobody reads any more");
	return 0;
}

static int ask(const char *sql, const struct ask_limits *limits, struct taken *t,
	       struct err *e)
{
	const struct ask_taker to = {take_columns, take_row, t};
	struct ask *a;

	assert_int_equal(ask_new(&a, e), 0);
	int r = ask_run(a, sql, limits, &to, e);
	ask_free(a);
	return r;
}

static void each_view_has_its_columns(void **state)
{
	struct err e;

	(void)state;
	for (size_t i = 0; i < VIEW_COUNT; i++) {
		struct taken t = {.rows = 0};
		char sql[80], want[512] = "";
		for (size_t k = 0; k < views[i].n; k++) {
			size_t at = strlen(want);
			snprintf(want + at, sizeof(want) - at, "%s%s", k ? "," : "",
				 views[i].columns[k].name);
		}
		snprintf(sql, sizeof(sql), "select * from %s", views[i].name);
		assert_int_equal(ask(sql, &wide, &t, &e), 0);
		assert_string_equal(t.columns, want);
	}
}

static void time_rows_and_bytes_are_bounded(void **state)
{
	static const char endless[] = "with recursive n(i) as (select 1 union all select "
				      "i + 1 from n) select count(*) from n";
	static const char rows[] =
		"with recursive n(i) as (select 1 union all select i + "
		"1 from n where i < 10) select i from n";
	const struct ask_limits short_ = {.ms = 20, .rows = 10, .bytes = 100},
				few = {.ms = 60000, .rows = 9, .bytes = 100};
	struct taken t = {.rows = 0};
	struct err e;

	(void)state;
	assert_int_equal(ask(endless, &short_, &t, &e), -PDH_UNREACHABLE);
	assert_string_equal(e.message, "takes longer than 1 s");
	assert_int_equal(t.rows, 0);
	assert_int_equal(ask(rows, &wide, &t, &e), 0);
	assert_int_equal(t.rows, 10);
	assert_int_equal(t.sum, 55);
	t.rows = 0;
	assert_int_equal(ask(rows, &few, &t, &e), -PDH_TOO_LARGE);
	assert_int_equal(t.rows, 9);
	assert_int_equal(ask("select hex(zeroblob(100))", &few, &t, &e), -PDH_TOO_LARGE);
	assert_int_equal(ask("select zeroblob(17000000)", &wide, &t, &e), -PDH_TOO_LARGE);
}

static void who_takes_it_may_stop(void **state)
{
	struct taken t = {.stop_after = 2};
	struct err e;

	(void)state;
	assert_int_equal(ask("values (1), (2), (3)", &wide, &t, &e), -PDH_FAILED);
	assert_int_equal(t.rows, 2);
	assert_string_equal(e.message, "nobody reads any more");
}

static void nothing_but_a_select_is_run(void **state)
{
	static const struct {
		const char *sql;
		int code;
	} cases[] = {
		{"delete from entries", -PDH_REFUSED},
		{"create temp table x (y)", -PDH_REFUSED},
		{"attach ':memory:' as x", -PDH_REFUSED},
		{"pragma journal_mode", -PDH_REFUSED},
		{"select * from pragma_function_list", -PDH_REFUSED},
		{"select load_extension('x')", -PDH_REFUSED},
		{"savepoint x", -PDH_REFUSED},
		{"explain query plan select 1", -PDH_REFUSED},
		{"select * from sqlite_temp_schema", -PDH_REFUSED},
		{"reindex", -PDH_REFUSED},
		{"analyze", -PDH_REFUSED},
		{"", -PDH_USAGE},
		{"-- nothing", -PDH_USAGE},
		{"select 1; -- fine", 0},
		{"select 1; select 2", -PDH_USAGE},
		{"select 1; drop table entries", -PDH_USAGE},
		{"select abs(-9223372036854775808)", -PDH_REFUSED},
	};
	struct taken t = {.rows = 0};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (ask(cases[i].sql, &wide, &t, &e) != cases[i].code)
			fail_msg("%s: %s", cases[i].sql, e.message);
}

static void what_sqlite_says_is_said_plainly(void **state)
{
	static const struct {
		const char *said, *message, *hint;
	} cases[] = {
		{"no such column: e.hour", "there is no column \"e.hour\"",
		 "did you mean \"hours\"?"},
		{"no such column: qqqqqq", "there is no column \"qqqqqq\"",
		 "pdh query lists the views and their columns"},
		{"no such table: entrys", "there is no view \"entrys\"",
		 "did you mean \"entries\"?"},
		{"no such table: main.activity", "there is no view \"main.activity\"",
		 "pdh query lists the views"},
		{"near \"form\": syntax error", "cannot be read at \"form\"", ""},
		{"incomplete input", "cannot be read: it ends too early", ""},
		{"ambiguous column name: id",
		 "more than one view has the column \"id\"; say of which, as entries.id",
		 ""},
		{"wrong number of arguments to function sum()",
		 "cannot be run: wrong number of arguments to function sum()", ""},
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(ask_words(cases[i].said, &e), -PDH_USAGE);
		assert_string_equal(e.message, cases[i].message);
		assert_string_equal(e.hint, cases[i].hint);
		assert_string_equal(e.field, "sql");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_view_has_its_columns),
		cmocka_unit_test(time_rows_and_bytes_are_bounded),
		cmocka_unit_test(who_takes_it_may_stop),
		cmocka_unit_test(nothing_but_a_select_is_run),
		cmocka_unit_test(what_sqlite_says_is_said_plainly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
