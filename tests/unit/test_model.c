/* What holds for every method that writes, tried with random calls: a dry run is the run, a refusal changes nothing, the
 * answer names a change where there is one, its effects are what status then says, undo and redo lead back and
 * forth, and a daemon that was started anew says the same. PDH_SEED begins another series, PDH_CALLS makes it longer. */
#include "tests/support/acts.h"
#include "tests/support/stored.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct model {
	struct home *h;
	struct acts acts;
	uint64_t seed;
	int at; /* number of the call */
	const char *method;
	char *params;	     /* as text */
	char *noted, *stood; /* dump of what is noted, and of content, before the call */
	json_t *status;	     /* before the call */
	struct stored now;
	int asked; /* calls of any kind so far */
	int refused, undone;
};

#define BROKEN(m, ...)                                                             \
	do {                                                                       \
		print_message("PDH_SEED=%llu, call %d: %s %s\n",                   \
			      (unsigned long long)(m)->seed, (m)->at, (m)->method, \
			      (m)->params);                                        \
		fail_msg(__VA_ARGS__);                                             \
	} while (0)

static void expect_dump(struct model *m, bool content, const char *wanted,
			const char *what)
{
	char *now = stored_dump(&m->now, content);

	if (strcmp(now, wanted) != 0) {
		stored_print_difference(wanted, now);
		BROKEN(m, "%s: something else is stored", what);
	}
	free(now);
}

/* After what must not change anything. */
static void expect_untouched(struct model *m, const char *what)
{
	expect_dump(m, true, m->stood, what);
	expect_dump(m, false, m->noted, what);
}

/* ---- asking ----------------------------------------------------------------------------------------- */

static json_t *call(struct model *m, const char *method, json_t *params,
		    json_t **ret_error)
{
	m->asked++;
	return home_try(m->h, method, params, ret_error);
}

/* The caller's to release; an error is turned into one as well. */
static json_t *ask(struct model *m, const char *method, const char *params)
{
	json_t *p = json_loads(params, 0, NULL), *e;
	json_t *r = call(m, method, p, &e);

	json_decref(p);
	return json_deep_copy(r ? r : e);
}

static void expect_same(struct model *m, json_t *a, json_t *b, const char *what)
{
	if (json_equal(a, b))
		return;
	char *x = json_dumps(a, JSON_SORT_KEYS), *y = json_dumps(b, JSON_SORT_KEYS);
	print_message("%s\n%s\n", x, y);
	BROKEN(m, "%s: another answer", what);
}

static long long number_of(json_t *record, const char *name)
{
	json_t *v = json_object_get(record, name);

	return json_is_integer(v) ? json_integer_value(v) : -1;
}

static sqlite3_stmt *prepared(struct model *m, const char *sql)
{
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(db_handle(m->h->rpc.db), sql, -1, &s, NULL),
			 SQLITE_OK);
	return s;
}

static long long last_change(struct model *m)
{
	sqlite3_stmt *s = prepared(m, "SELECT max(id) FROM change");
	long long op = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;

	sqlite3_finalize(s);
	return op;
}

/* ---- a daemon that was started anew ----------------------------------------------------------------- */

static void begin(struct model *m)
{
	sqlite3_exec(db_handle(m->h->rpc.db), "PRAGMA synchronous = OFF", NULL, NULL,
		     NULL);
	stored_open(&m->now, m->h->rpc.db);
}

static void restart(struct model *m)
{
	static const struct {
		const char *method, *params;
	} asked[] = {
		{"status.get", "{}"},
		{"credential.list", "{\"retired\": true}"},
		{"activity.list", "{\"limit\": 1000}"},
		{"reminder.list", "{\"all\": true}"},
		{"change.list", "{\"limit\": 50}"},
	};
	enum { ASKED = sizeof(asked) / sizeof(asked[0]) };
	json_t *was[ASKED];

	for (size_t i = 0; i < ASKED; i++)
		was[i] = ask(m, asked[i].method, asked[i].params);
	stored_close(&m->now);
	home_restart(m->h);
	begin(m);
	for (size_t i = 0; i < ASKED; i++) {
		json_t *is = ask(m, asked[i].method, asked[i].params);
		expect_same(m, was[i], is, "after a restart");
		json_decref(was[i]);
		json_decref(is);
	}
}

/* ---- effects ---------------------------------------------------------------------------------------- */

static json_t *named(json_t *list, const char *alias)
{
	size_t i;
	json_t *one;

	json_array_foreach(list, i,
			   one) if (strcmp(text_at(one, "alias"), alias) == 0) return one;
	return NULL;
}

static double amount_of(json_t *record, const char *name)
{
	json_t *v = record ? json_object_get(record, name) : NULL;

	return json_is_object(v) ? atof(text_at(v, "amount")) : 0;
}

/* Amounts are told rounded to hundredths. */
static bool is_near(double a, double b)
{
	return a - b < 0.021 && b - a < 0.021;
}

static bool tells_effects(const char *method)
{
	const struct method *m = api_find(method, strlen(method));

	return shape_find(m->result, "effects", strlen("effects"));
}

static void expect_effects(struct model *m, json_t *result)
{
	json_t *effects = json_object_get(result, "effects");
	json_t *now = ask(m, "status.get", "{}"), *one;
	size_t i;

	json_array_foreach(json_at(now, "credentials"), i, one)
	{
		const char *alias = text_at(one, "alias");
		json_t *was = named(json_at(m->status, "credentials"), alias);
		json_t *told = named(effects, alias);
		double moved = amount_of(one, "counted") - amount_of(was, "counted");
		if (json_is_null(json_at(one, "required")) || !was)
			continue;
		if (told &&
		    !is_near(amount_of(told, "counted"), amount_of(one, "counted")))
			BROKEN(m, "%s: status counts %.2f, the answer %.2f", alias,
			       amount_of(one, "counted"), amount_of(told, "counted"));
		if (!is_near(told ? amount_of(told, "added") : 0, moved))
			BROKEN(m, "%s: %.2f more in status, the answer says %.2f", alias,
			       moved, told ? amount_of(told, "added") : 0);
	}
	json_decref(now);
}

/* ---- one call --------------------------------------------------------------------------------------- */

static bool sends(const char *method)
{
	return strcmp(method, "reminder.test") == 0 ||
	       strcmp(method, "reminder.run") == 0;
}

static void expect_dry_run(struct model *m, json_t *dry, json_t *result, json_t *error)
{
	if (!dry)
		return;
	json_t *is = json_deep_copy(result ? result : error);
	if (result) {
		json_object_del(is, "op");
		json_object_del(dry, "op");
		json_object_del(is, "dry_run");
		json_object_del(dry, "dry_run");
	}
	if (!sends(m->method))
		expect_same(m, dry, is, "dry run and run");
	json_decref(is);
}

/* The answer names a change where something is other than before, and else none. */
static void expect_named(struct model *m, json_t *result, long long last)
{
	char *now = stored_dump(&m->now, true);
	bool moved = strcmp(now, m->stood) != 0,
	     takes_back = strncmp(m->method, "change.", 7) == 0;
	long long op = number_of(result, "op");
	long long newest = last_change(m);
	bool more = newest > last;

	if (more != (moved || takes_back))
		BROKEN(m, "%s changed, and there is %s change",
		       moved ? "something" : "nothing", more ? "a" : "no");
	if (json_object_get(result, "op") && op != (more ? newest : -1))
		BROKEN(m, "it names change %lld", op);
	free(now);
}

static void undo_and_redo(struct model *m, long long op)
{
	char *after = stored_dump(&m->now, true), params[64];

	m->undone++;
	snprintf(params, sizeof(params), "{\"op\": %lld}", op);
	json_t *r = ask(m, "change.undo", params);
	if (!json_object_get(r, "undid")) {
		char *why = json_dumps(r, 0);
		BROKEN(m, "undo is refused: %s", why);
	}
	expect_dump(m, true, m->stood, "undo");
	if (acts_draw(&m->acts, 3)) {
		snprintf(params, sizeof(params), "{\"op\": %lld}", number_of(r, "op"));
		json_decref(r);
		r = ask(m, "change.undo", params);
		if (!json_object_get(r, "undid")) {
			char *why = json_dumps(r, 0);
			BROKEN(m, "redo is refused: %s", why);
		}
		expect_dump(m, true, after, "redo");
	}
	json_decref(r);
	free(after);
}

static void try_dry(struct model *m, const struct act *act, json_t **ret)
{
	json_t *e, *r;

	json_object_set_new(act->params, "dry_run", json_true());
	r = call(m, act->method, act->params, &e);
	*ret = json_deep_copy(r ? r : e);
	json_object_del(act->params, "dry_run");
	expect_untouched(m, "dry run");
}

static void check_references(struct model *m)
{
	sqlite3_stmt *s = prepared(m, "PRAGMA foreign_key_check");

	if (sqlite3_step(s) == SQLITE_ROW)
		BROKEN(m, "a row of %s belongs to nothing", sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
}

static void one_call(struct model *m)
{
	struct act act = acts_next(&m->acts);
	json_t *dry = NULL, *e;
	long long last;

	m->method = act.method;
	m->params = json_dumps(act.params, 0);
	m->status = tells_effects(act.method) ? ask(m, "status.get", "{}") : NULL;
	last = last_change(m);
	m->noted = stored_dump(&m->now, false);
	m->stood = stored_dump(&m->now, true);
	if (acts_draw(&m->acts, 2))
		try_dry(m, &act, &dry);
	json_t *r = call(m, act.method, act.params, &e);
	expect_dry_run(m, dry, r, e);
	if (r) {
		r = json_deep_copy(r);
		expect_named(m, r, last);
		if (m->status)
			expect_effects(m, r);
		check_references(m);
		if (number_of(r, "op") > 0 && acts_draw(&m->acts, 2))
			undo_and_redo(m, number_of(r, "op"));
		json_decref(r);
	} else {
		m->refused++;
		expect_untouched(m, "refused");
	}
	json_decref(dry);
	json_decref(m->status);
	json_decref(act.params);
	free(m->noted);
	free(m->stood);
	free(m->params);
}

static uint64_t number_from(const char *name, uint64_t usual)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 10) : usual;
}

/* Sanitizers take their time. */
#ifdef __SANITIZE_ADDRESS__
enum { CALLS = 2000 };
#else
enum { CALLS = 5000 };
#endif

static void whatever_is_called_in_whatever_order(void **state)
{
	struct model m = {.h = *state, .method = "", .params = (char *)""};
	int calls = (int)number_from("PDH_CALLS", CALLS);

	m.seed = number_from("PDH_SEED", 1);
	print_message("PDH_SEED=%llu\n", (unsigned long long)m.seed);
	acts_begin(&m.acts, m.h, m.seed);
	begin(&m);
	for (m.at = 1; m.asked < calls; m.at++) {
		if (m.at % 8 == 0)
			acts_travel(&m.acts);
		if (m.at % 200 == 0)
			restart(&m);
		one_call(&m);
	}
	stored_close(&m.now);
	print_message(
		"%d calls; of %d that write %d were refused; %d were undone at once\n",
		m.asked, m.at - 1, m.refused, m.undone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whatever_is_called_in_whatever_order,
						home_open, home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
