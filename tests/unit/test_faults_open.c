/* A database whose daemon was killed is opened, with the log beside it, and a log is folded into its file; one call of the
 * system fails, or the process is killed at it, each in its turn: nothing of what was acknowledged is lost, and the log is
 * not taken for that of another file. */
#include "tests/support/stored.h"
#include "tests/support/sweep.h"

#include <dirent.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { HALF = 12, ALL = 24 }; /* activities */

/* Shared with the processes that try. */
struct opening {
	struct home *h;
	const char *wanted; /* what is stored */
	/* Told by the process. */
	bool failed, silent, wrong;
	int calls;
};

static char *content(struct db *db)
{
	struct stored m;

	stored_open(&m, db);
	char *all = stored_dump(&m, true);
	stored_mask_drawn(all);
	stored_close(&m);
	return all;
}

static bool is_wanted(const struct opening *o, struct db *db)
{
	char *now = content(db);
	bool same = strcmp(now, o->wanted) == 0;

	if (!same)
		stored_print_difference(o->wanted, now);
	free(now);
	return same;
}

static void add(struct home *h, int from, int to)
{
	char params[160];

	for (int i = from; i < to; i++) {
		snprintf(params, sizeof(params),
			 "{\"title\":\"Course %d\",\"credit\":\"2h\",\"note\":\"%060d\","
			 "\"done_on\":\"2025-%02d-%02d\"}",
			 i, i, i % 12 + 1, i);
		home_call(h, "activity.add", params);
	}
}

/* Logs that were put aside. */
static int put_aside(const struct home *h)
{
	DIR *folder = opendir(h->folder);
	const struct dirent *entry;
	int n = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder)))
		n += strstr(entry->d_name, "-wal.old") != NULL;
	closedir(folder);
	return n;
}

static void check(void *arg, const struct sweep_try *t)
{
	struct opening *o = arg;
	AUTO_ARENA a = {0};
	const char *complaint;
	struct err e;

	assert_false(o->silent);
	assert_false(o->wrong);
	if (!t->happened)
		assert_false(o->failed);
	assert_int_equal(put_aside(o->h), 0);
	home_begin(o->h);
	assert_int_equal(put_aside(o->h), 0);
	assert_int_equal(db_check(o->h->rpc.db, &a, &complaint, &e), 0);
	assert_null(complaint);
	assert_true(is_wanted(o, o->h->rpc.db));
	home_end(o->h);
	o->failed = o->silent = o->wrong = false;
}

/* ---- opening
 * ----------------------------------------------------------------------------------------
 */

static void try_to_open(void *arg)
{
	struct opening *o = arg;
	char path[96], backups[96];
	struct err e = {.message = ""};
	struct db *db = NULL;

	snprintf(path, sizeof(path), "%s/pdh.db", o->h->folder);
	snprintf(backups, sizeof(backups), "%s/backups", o->h->folder);
	sweep_arm();
	int r = db_open(path, backups, &db, &e);
	sweep_disarm();
	o->failed = r < 0;
	o->silent = r < 0 && !*e.message;
	o->wrong = r == 0 && !is_wanted(o, db);
	db_close(r == 0 ? db : NULL);
}

/* ---- folding
 * ----------------------------------------------------------------------------------------
 */

/* The rest is logged, and the daemon ends: then the log is folded into the file. */
static void try_to_fold(void *arg)
{
	struct opening *o = arg;

	home_begin(o->h);
	add(o->h, HALF, ALL);
	sweep_arm();
	home_end(o->h);
	sweep_disarm();
}

/* A process that dies at this of the calls with which it folds; how many there were. */
static int die_folding(struct opening *o, int at)
{
	(void)fflush(NULL);
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		home_begin(o->h);
		add(o->h, HALF, ALL);
		fault_arm(FAULT_KILL, at);
		home_end(o->h);
		o->calls = fault_disarm().calls;
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(at == INT_MAX ? WIFEXITED(status) : WIFSIGNALED(status));
	return o->calls;
}

/* What it leaves is opened. */
static void sweep_opening(struct opening *o, const struct kept *half, int at)
{
	struct kept base, log;
	char what[60];

	put_back(half);
	(void)die_folding(o, at);
	keep(&base, o->h->folder, "pdh.db");
	keep(&log, o->h->folder, "pdh.db-wal");
	assert_true(log.n > 0);
	snprintf(what, sizeof(what), "opened after a kill at %d of %d", at, o->calls);
	const struct sweep s = {o->h, what, &base, &log, try_to_open, check, o};
	sweep_run(&s);
	kept_free(&base);
	kept_free(&log);
}

static void what_is_in_the_log_is_not_lost(void **state)
{
	struct home *h = *state;
	struct opening *o = sweep_share(sizeof(*o));
	struct kept half;

	add(h, 1, HALF);
	home_end(h);
	keep(&half, h->folder, "pdh.db");
	home_begin(h);
	add(h, HALF, ALL);
	char *wanted = content(h->rpc.db);
	home_end(h);
	*o = (struct opening){.h = h, .wanted = wanted};
	const struct sweep s = {h, "folded", &half, NULL, try_to_fold, check, o};
	sweep_run(&s);
	put_back(&half);
	int calls = die_folding(o, INT_MAX);
	sweep_opening(o, &half, 1);
	sweep_opening(o, &half, calls / 2);
	if (sweep_is_whole())
		sweep_opening(o, &half, calls - 2);
	kept_free(&half);
	free(wanted);
	munmap(o, sizeof(*o));
	home_begin(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_in_the_log_is_not_lost, home_open,
						home_close),
	};

	faults_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
