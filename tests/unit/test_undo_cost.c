/* What undo and redo cost: as much as there is to take back, however long the history is. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Undoes and redoes change `op` of what was done last, whatever that is. */
static void back_and_forth(struct home *h)
{
	home_call(h, "change.undo", "{}");
	home_call(h, "change.redo", "{}");
	home_call(h, "change.undo", "{}");
	home_call(h, "change.redo", "{}");
}

static void redo_goes_forth_in_the_order_that_undo_went_back(void **state)
{
	enum { CHANGES = 12 };
	struct home *h = *state;
	char params[80];

	for (int i = 1; i <= CHANGES; i++) {
		snprintf(params, sizeof(params),
			 "{\"title\": \"T%d\", \"credit\": \"1h\"}", i);
		home_call(h, "activity.add", params);
	}
	for (int i = CHANGES; i >= 1; i--)
		assert_int_equal(int_at(home_call(h, "change.undo", "{}"), "undid"), i);
	home_fail(h, "change.undo", "{}", "not_found");
	for (int i = 1; i <= CHANGES; i++) {
		home_call(h, "change.redo", "{}");
		assert_int_equal(
			count_at(home_call(h, "activity.list", "{}"), "activities"), i);
	}
	home_fail(h, "change.redo", "{}", "not_found");
}

/* Steps of SQLite's machine that one run of a statement takes. */
static int steps_of(struct home *h, enum db_query q)
{
	struct err e;
	AUTO_STMT s = NULL;

	assert_int_equal(db_query(h->rpc.db, q, &s, &e), 0);
	(void)sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 1);
	assert_true(db_step(h->rpc.db, s, &e) >= 0);
	return sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 1);
}

static void the_last_change_is_found_at_once(void **state)
{
	static const int changes[] = {8, 40};
	struct home *h = *state;
	int undo = 0, redo = 0;

	for (int round = 0; round < 2; round++) {
		int n = changes[round];
		for (int i = 0; i < n; i++)
			home_call(
				h, "activity.add",
				"{\"title\": \"T\", \"credit\": \"1h\", \"similar\": true}");
		for (int i = 0; i < n - 1; i++)
			home_call(h, "change.undo", "{}");
		for (int i = 0; i < n / 2; i++)
			home_call(h, "change.redo", "{}");
		if (round && (steps_of(h, Q_change_last) != undo ||
			      steps_of(h, Q_change_last_undone) != redo))
			fail_msg("it takes %d and %d steps, and took %d and %d before",
				 steps_of(h, Q_change_last),
				 steps_of(h, Q_change_last_undone), undo, redo);
		undo = steps_of(h, Q_change_last);
		redo = steps_of(h, Q_change_last_undone);
	}
}

static void log_many(struct home *h, int n)
{
	enum { BATCH = 500 };

	for (int i = 0; i < n;) {
		AUTO_ARENA a = {NULL};
		AUTO_BUF b = {0};
		for (int k = 0; k < BATCH && i < n; k++, i++) {
			const char *one = arena_printf(
				&a,
				"%s{\"title\": \"Entry number %d\", \"credit\": \"1h\", "
				"\"done_on\": \"2025-05-01\", \"topics\": [\"ethics\", \"law\"]}",
				k ? "," : "{\"similar\": true, \"activities\": [", i);
			assert_int_equal(buf_write(&b, one, strlen(one)), 0);
		}
		assert_int_equal(buf_write(&b, "]}", 3), 0);
		home_call(h, "activity.import", b.data);
	}
}

static void remove_many(struct home *h, int n)
{
	AUTO_BUF b = {0};
	char id[32];

	for (int i = 1; i <= n; i++) {
		snprintf(id, sizeof(id), "%s%d", i > 1 ? "," : "{\"ids\": [", i);
		assert_int_equal(buf_write(&b, id, strlen(id)), 0);
	}
	assert_int_equal(buf_write(&b, "]}", 3), 0);
	home_call(h, "activity.remove", b.data);
}

/* Kilobytes that a process of its own comes to need in which so many entries are removed and restored. */
static long peak_of(int entries)
{
	struct rusage used;
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		void *state;
		_exit(home_open(&state) || (log_many(state, entries), 0) ||
		      (remove_many(state, entries), 0) || (back_and_forth(state), 0) ||
		      home_close(&state));
	}
	assert_int_equal(wait4(pid, &status, 0, &used), pid);
	assert_int_equal(status, 0);
	return used.ru_maxrss;
}

static void memory_grows_with_what_is_taken_back(void **state)
{
	enum { FEW = 500, TIMES = 4, SLACK_KIB = 4096 };
	long none = peak_of(1), few = peak_of(FEW) - none,
	     many = peak_of(FEW * TIMES) - none;

	(void)state;
	if (many > 2 * TIMES * few + SLACK_KIB)
		fail_msg("%d entries take %ld KiB, %d take %ld", FEW, few, FEW * TIMES,
			 many);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)
	const struct CMUnitTest tests[] = {
		T(redo_goes_forth_in_the_order_that_undo_went_back),
		T(the_last_change_is_found_at_once),
		cmocka_unit_test(memory_grows_with_what_is_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
