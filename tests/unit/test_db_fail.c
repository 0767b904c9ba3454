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
	assert_non_null(strstr(e.message, "gives no locks"));
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_system_without_locks_is_told,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_could_not_be_synced_may_be_stored,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_memory_for_the_history_is_told, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
