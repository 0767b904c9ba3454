/* What goes wrong below SQLite has a sentence of its own: no locks, no memory, a disk that does not sync. */
#include "daemon/store/change.h"
#include "daemon/store/db.h"

#include <errno.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

/* In place of the C library's, for SQLite too. */
static int no_locks;
static bool no_sync;

int flock(int fd, int operation)
{
	if (!no_locks)
		return (int)syscall(SYS_flock, fd, operation);
	errno = no_locks;
	return -1;
}

int fdatasync(int fd)
{
	if (!no_sync)
		return (int)syscall(SYS_fdatasync, fd);
	errno = EIO;
	return -1;
}

int fsync(int fd)
{
	return fdatasync(fd);
}

struct place {
	char folder[40], path[64], backups[64];
};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	strcpy(p->folder, "/tmp/pdh-fail-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(p->path, sizeof(p->path), "%s/pdh.db", p->folder);
	snprintf(p->backups, sizeof(p->backups), "%s/backups", p->folder);
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", p->folder);
	int r = system(command);
	free(p);
	return r;
}

static int open_db(const struct place *p, struct db **ret, struct err *e)
{
	return db_open(p->path, p->backups, ret, e);
}

static void set_name(struct db *db, const char *name, struct err *e)
{
	AUTO_STMT s = NULL;

	assert_int_equal(db_query(db, Q_person_set, &s, e), 0);
	db_bind_text(s, ":name", name);
	assert_int_equal(db_run(db, s, e), 0);
}

static void a_file_system_without_locks_is_told(void **state)
{
	struct db *db = NULL;
	struct err e;

	no_locks = ENOLCK;
	assert_int_equal(open_db(*state, &db, &e), -PDH_STORAGE);
	assert_non_null(strstr(e.message, "does not support locks"));
	assert_non_null(strstr(e.hint, "PDH_DATABASE"));
	no_locks = 0;
	assert_int_equal(open_db(*state, &db, &e), 0);
	db_close(db);
}

static void what_could_not_be_synced_may_be_stored(void **state)
{
	struct db *db;
	struct err e;

	assert_int_equal(open_db(*state, &db, &e), 0);
	assert_int_equal(db_begin(db, &e), 0);
	set_name(db, "Dana", &e);
	no_sync = true;
	assert_int_equal(db_commit(db, &e), -PDH_STORAGE);
	no_sync = false;
	assert_non_null(strstr(e.message, "it may be stored"));
	assert_non_null(strstr(e.hint, "pdh history"));
	assert_false(db_in_transaction(db));
	assert_int_equal(db_begin(db, &e), 0);
	set_name(db, "Dana Reyes", &e);
	assert_int_equal(db_commit(db, &e), 0);
	db_close(db);
}

/* The session extension leaves no words in the connection. */
static void no_memory_for_the_history_is_told(void **state)
{
	struct change_recorder *recorder;
	const void *bytes;
	struct db *db;
	struct err e;
	int n;

	assert_int_equal(open_db(*state, &db, &e), 0);
	assert_int_equal(db_begin(db, &e), 0);
	assert_int_equal(change_begin(db, &recorder, &e), 0);
	char *name = calloc(1, 300001);
	memset(name, 'x', 300000);
	set_name(db, name, &e);
	sqlite3_hard_heap_limit64(sqlite3_memory_used() + 50000);
	assert_int_equal(change_set(recorder, &bytes, &n, &e), -PDH_FAILED);
	sqlite3_hard_heap_limit64(0);
	assert_string_equal(e.message,
			    "pdhd has not enough memory for this; nothing was stored");
	change_end(recorder);
	db_rollback(db);
	db_close(db);
	free(name);
}

/* ---- a failure that is overlooked ---------------------------------------------------------------- */

static int try_name(struct db *db, const char *name, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(db, Q_person_set, &s, e);

	if (r == 0)
		db_bind_text(s, ":name", name);
	return r < 0 ? r : db_run(db, s, e);
}

static int count_persons(struct db *db)
{
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(db_handle(db), "SELECT count(*) FROM person",
					    -1, &s, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

static int interrupt(void *unused)
{
	(void)unused;
	return 1;
}

/* SQLite rolls all of it back, and would commit what follows by itself. */
static void fail_and_roll_back(struct db *db, struct err *e)
{
	sqlite3_progress_handler(db_handle(db), 1, interrupt, NULL);
	assert_true(try_name(db, "Nobody", e) < 0);
	sqlite3_progress_handler(db_handle(db), 0, NULL, NULL);
	assert_true(sqlite3_get_autocommit(db_handle(db)));
}

/* SQLite rolls back the statement alone, and would commit the rest. */
static void fail_for_want_of_room(struct db *db, struct err *e)
{
	static char much[100000];

	memset(much, 'x', sizeof(much) - 1);
	assert_int_equal(sqlite3_exec(db_handle(db), "PRAGMA max_page_count = 1", NULL,
				      NULL, NULL),
			 SQLITE_OK);
	assert_int_equal(try_name(db, much, e), -PDH_STORAGE);
	assert_int_equal(sqlite3_exec(db_handle(db), "PRAGMA max_page_count = 100000",
				      NULL, NULL, NULL),
			 SQLITE_OK);
}

static void who_overlooks_a_failure_commits_nothing(void **state)
{
	static void (*const ways[])(struct db * db, struct err * e) = {
		fail_and_roll_back, fail_for_want_of_room};
	struct err first, e;
	struct db *db;

	assert_int_equal(open_db(*state, &db, &e), 0);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		assert_int_equal(db_begin(db, &e), 0);
		assert_int_equal(try_name(db, "Before", &e), 0);
		ways[i](db, &first);
		int r = try_name(db, "Dana", &e);
		assert_int_equal(r, first.code);
		assert_int_equal(db_commit(db, &e), first.code);
		assert_string_equal(e.message, first.message);
		assert_false(db_in_transaction(db));
		assert_int_equal(count_persons(db), 0);
	}
	/* The next one is whole. */
	assert_int_equal(db_begin(db, &e), 0);
	assert_int_equal(try_name(db, "Dana", &e), 0);
	assert_int_equal(db_commit(db, &e), 0);
	assert_int_equal(count_persons(db), 1);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_system_without_locks_is_told,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_could_not_be_synced_may_be_stored,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_memory_for_the_history_is_told, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(who_overlooks_a_failure_commits_nothing,
						set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
