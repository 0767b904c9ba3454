/* One call of the system fails, or the process is killed at it, each in its turn, while something is stored: it is stored
 * whole or not at all, the answer says which, whoever asks once more with the same identity has it stored once, and the file
 * is sound. The units try some of the calls; PDH_FAULTS=all tries each (make torture). */
#include "tests/support/stored.h"
#include "tests/support/sweep.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

struct act {
	const char *method, *params;
	const char *
		first; /* a method without parameters that is called before; NULL: none */
};

static const struct act acts[] = {
	{"activity.add",
	 "{\"title\":\"Ethics\",\"credit\":\"3h\",\"done_on\":\"2026-03-02\","
	 "\"topics\":[\"ethics\"]}",
	 NULL},
	{"activity.import",
	 "{\"activities\":[{\"title\":\"Ethics\",\"credit\":\"3h\",\"done_on\":\"2026-03-02\"},"
	 "{\"title\":\"Law\",\"credit\":\"1h\",\"done_on\":\"2026-03-03\"}]}",
	 NULL},
	{"import.run",
	 "{\"file\":\"log.csv\",\"layout\":\"generic\",\"opening\":\"keep\",\"activities\":["
	 "{\"line\":2,\"title\":\"Ethics\",\"credit\":\"3h\",\"done_on\":\"2026-03-02\","
	 "\"source_id\":\"c-1\"},"
	 "{\"line\":3,\"title\":\"Law\",\"credit\":\"1h\",\"done_on\":\"2026-03-03\"}]}",
	 NULL},
	{"activity.edit",
	 "{\"id\":1,\"title\":\"Law and ethics\",\"topics\":[\"ethics\",\"law\"]}", NULL},
	{"activity.remove", "{\"ids\":[1,2,3]}", NULL},
	{"change.undo", "{}", NULL},
	{"change.redo", "{}", "change.undo"},
	{"credential.renew", "{\"credential\":\"city\"}", NULL},
};

enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

/* Sanitizers take their time: a half of the acts does for them. */
#ifdef __SANITIZE_ADDRESS__
enum { EACH = 2 };
#else
enum { EACH = 1 };
#endif

/* Of one act; shared with the processes that try it. */
struct attempt {
	struct home *h;
	const struct act *act;
	const char *before, *after_it; /* what is stored */
	/* Told by the process. */
	bool again; /* it asked once more, after an error */
	bool failed, silent, unsure;
	char message[200];
};

static void fill(struct home *h)
{
	char params[200];

	home_call(h, "credential.add",
		  "{\"title\":\"City\",\"alias\":\"city\",\"required\":\"40h\","
		  "\"every\":\"2y\",\"expires\":\"2026-03-31\"}");
	for (int i = 1; i <= 20; i++) {
		snprintf(params, sizeof(params),
			 "{\"title\":\"Course %d\",\"credit\":\"2h\","
			 "\"done_on\":\"2025-%02d-%02d\"}",
			 i, i % 12 + 1, i);
		home_call(h, "activity.add", params);
	}
}

/* What the person stored, and how many changes there are, of which so many are undone. */
static char *content(struct home *h)
{
	struct stored m;
	sqlite3_stmt *s;
	char *all, *whole;

	stored_open(&m, h->rpc.db);
	all = stored_dump(&m, true);
	stored_mask_drawn(all);
	stored_close(&m);
	assert_int_equal(
		sqlite3_prepare_v2(db_handle(h->rpc.db),
				   "SELECT count(*), count(undone_by) FROM change", -1,
				   &s, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	assert_true(asprintf(&whole, "%schanges|%d|%d\n", all, sqlite3_column_int(s, 0),
			     sqlite3_column_int(s, 1)) > 0);
	sqlite3_finalize(s);
	free(all);
	return whole;
}

/* The same write, by its identity, whoever asks for it and how often. */
static json_t *ask(const struct attempt *a, json_t **ret_error)
{
	json_t *params = json_loads(a->act->params, 0, NULL);

	json_object_set_new(params, "once", json_string("the-same-write-once-more"));
	json_t *r = home_try(a->h, a->act->method, params, ret_error);
	json_decref(params);
	return r;
}

static void try(void *arg)
{
	struct attempt *a = arg;
	json_t *error;

	home_begin(a->h);
	sweep_arm();
	(void)ask(a, &error);
	sweep_disarm();
	a->failed = error != NULL;
	if (error) {
		const char *text = text_at(error, "message");
		snprintf(a->message, sizeof(a->message), "%s", text);
		a->silent = !*text;
		a->unsure = strstr(text, "may be stored");
	}
	/* A daemon that goes on does what it is asked, and knows what there is. */
	if (error && a->again) {
		(void)ask(a, &error);
		assert_null(error);
	}
	home_call(a->h, "status.get", "{}");
	home_end(a->h);
}

static void check_file(struct home *h)
{
	AUTO_ARENA a = {0};
	const char *complaint;
	struct err e;

	assert_int_equal(db_check(h->rpc.db, &a, &complaint, &e), 0);
	if (complaint)
		fail_msg("the file is damaged: %s", complaint);
}

static bool is_stored(const struct attempt *a)
{
	char *now = content(a->h);
	bool stored = strcmp(now, a->after_it) == 0;

	if (!stored && strcmp(now, a->before) != 0) {
		stored_print_difference(a->before, now);
		fail_msg("a part of it is stored");
	}
	free(now);
	return stored;
}

static void check(void *arg, const struct sweep_try *t)
{
	struct attempt *a = arg;
	json_t *error;

	home_begin(a->h);
	check_file(a->h);
	bool stored = is_stored(a), done = !a->failed || a->again;
	assert_false(a->silent);
	if (!t->ended && stored != done && (done || !a->unsure))
		fail_msg("%s, %s %d%s: it is %sstored, and the answer was \"%s\"",
			 a->act->method, fault_name(t->fault), t->at,
			 a->again ? ", asked again" : "", stored ? "" : "not ",
			 a->message);
	(void)ask(a, &error);
	assert_null(error);
	assert_true(is_stored(a));
	home_end(a->h);
	*a = (struct attempt){.h = a->h,
			      .act = a->act,
			      .before = a->before,
			      .after_it = a->after_it,
			      .again = !a->again};
}

static void sweep_act(struct home *h, const struct kept *filled, const struct act *act)
{
	struct attempt *a = sweep_share(sizeof(*a));
	struct kept base;

	put_back(filled);
	home_begin(h);
	if (act->first)
		home_call(h, act->first, "{}");
	char *before = content(h);
	home_end(h);
	keep(&base, h->folder, "pdh.db");
	home_begin(h);
	home_call(h, act->method, act->params);
	char *after_it = content(h);
	home_end(h);
	*a = (struct attempt){.h = h, .act = act, .before = before, .after_it = after_it};
	const struct sweep s = {h, act->method, &base, NULL, try, check, a};
	sweep_run(&s);
	free(before);
	free(after_it);
	kept_free(&base);
	munmap(a, sizeof(*a));
}

static void what_fails_is_stored_whole_or_not_at_all(void **state)
{
	struct home *h = *state;
	struct kept filled;

	fill(h);
	home_end(h);
	keep(&filled, h->folder, "pdh.db");
	for (size_t i = 0; i < ACTS; i += sweep_is_whole() ? 1 : EACH)
		sweep_act(h, &filled, &acts[i]);
	kept_free(&filled);
	home_begin(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_fails_is_stored_whole_or_not_at_all,
						home_open, home_close),
	};

	faults_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
