/* Whether a log belongs to the file beside it: killed at any point it does, and beside a restored copy it does not. */
#include "daemon/store/db_internal.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
	char folder[40], path[64], log[64], backups[64];
};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	strcpy(p->folder, "/tmp/pdh-seal-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(p->path, sizeof(p->path), "%s/pdh.db", p->folder);
	snprintf(p->log, sizeof(p->log), "%s/pdh.db-wal", p->folder);
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

static struct db *open_db(const struct place *p)
{
	struct db *db;
	struct err e;

	if (db_open(p->path, p->backups, &db, &e) < 0)
		fail_msg("%s", e.message);
	return db;
}

static void set_name(struct db *db, const char *name)
{
	struct err e;

	assert_int_equal(db_begin(db, &e), 0);
	{
		AUTO_STMT s = NULL;
		assert_int_equal(db_query(db, Q_person_set, &s, &e), 0);
		db_bind_text(s, ":name", name);
		assert_int_equal(db_run(db, s, &e), 0);
	}
	assert_int_equal(db_commit(db, &e), 0);
}

/* Whether the log was taken for one of another state. */
static bool was_put_aside(const struct place *p)
{
	DIR *d = opendir(p->folder);
	bool found = false;

	assert_non_null(d);
	for (struct dirent *entry; (entry = readdir(d));)
		found |= strstr(entry->d_name, "-wal.old-") != NULL;
	closedir(d);
	return found;
}

static void name_is(const struct place *p, const char *name)
{
	struct db *db = open_db(p);
	AUTO_ARENA a = {0};
	const char *complaint;
	struct err e;

	{
		AUTO_STMT s = NULL;
		assert_int_equal(db_query(db, Q_person_get, &s, &e), 0);
		assert_int_equal(db_step(db, s, &e), 1);
		assert_string_equal(db_text(s, 0, &a), name);
	}
	assert_int_equal(db_check(db, &a, &complaint, &e), 0);
	assert_null(complaint);
	db_close(db);
}

struct bytes {
	char *v;
	size_t n;
};

static struct bytes read_all(const char *path)
{
	struct bytes b = {malloc(4 << 20), 0};
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	b.n = fread(b.v, 1, 4 << 20, f);
	fclose(f);
	return b;
}

static void write_all(const char *path, struct bytes b)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, b.v, b.n), b.n);
	close(fd);
}

static bool is_later(const char *path, const char *than)
{
	struct stat a, b;

	assert_int_equal(stat(path, &a), 0);
	assert_int_equal(stat(than, &b), 0);
	return a.st_ctim.tv_sec > b.st_ctim.tv_sec ||
	       (a.st_ctim.tv_sec == b.st_ctim.tv_sec &&
		a.st_ctim.tv_nsec > b.st_ctim.tv_nsec);
}

/* A copy that is put back later than the log was written: the clock of files ticks only every few
 * milliseconds. */
static void restore(const struct place *p, struct bytes b)
{
	do {
		write_all(p->path, b);
	} while (!is_later(p->path, p->log));
}

enum fold { AS_IT_IS, SAID, DONE };

/* A daemon that ends without closing anything, on the way of folding. */
static void die(const struct place *p, const char *name, enum fold fold)
{
	struct err e;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		struct db *db = open_db(p);
		set_name(db, name);
		if (fold != AS_IT_IS) {
			assert_int_equal(sqlite3_exec(db->handle, "BEGIN IMMEDIATE", NULL,
						      NULL, NULL),
					 SQLITE_OK);
			assert_int_equal(db_seal_store(db, true, &e), 0);
			assert_int_equal(
				sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL),
				SQLITE_OK);
		}
		if (fold == DONE)
			assert_int_equal(sqlite3_wal_checkpoint_v2(
						 db->handle, NULL,
						 SQLITE_CHECKPOINT_PASSIVE, NULL, NULL),
					 SQLITE_OK);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void begin(const struct place *p)
{
	struct db *db = open_db(p);

	set_name(db, "Before");
	db_close(db);
	assert_int_not_equal(access(p->log, F_OK), 0);
}

static void a_killed_daemon_loses_nothing(void **state)
{
	const struct place *p = *state;
	static const enum fold folds[] = {AS_IT_IS, SAID, DONE};

	begin(p);
	for (size_t i = 0; i < 3; i++) {
		die(p, "After", folds[i]);
		assert_int_equal(access(p->log, F_OK), 0);
		name_is(p, "After");
	}
	assert_false(was_put_aside(p));
}

/* Some pages are written and some are not; which of them is the disk's to say. */
static void killed_while_folding_it_still_belongs(void **state)
{
	const struct place *p = *state;

	begin(p);
	struct bytes before = read_all(p->path);
	die(p, "After", DONE);
	struct bytes log = read_all(p->log), after = read_all(p->path);
	assert_int_equal(before.n, after.n);
	for (size_t bit = 0; bit < 8; bit++) {
		struct bytes half = {malloc(after.n), after.n};
		for (size_t at = 0; at < after.n; at += 4096) {
			bool done = ((at / 4096) >> (bit / 2) & 1) == bit % 2;
			memcpy(half.v + at, (done ? after : before).v + at, 4096);
		}
		write_all(p->log, log);
		write_all(p->path, half);
		free(half.v);
		name_is(p, "After");
		assert_false(was_put_aside(p));
	}
	free(before.v);
	free(after.v);
	free(log.v);
}

static void a_restored_copy_stays_as_it_is(void **state)
{
	const struct place *p = *state;

	begin(p);
	struct bytes copy = read_all(p->path);
	die(p, "After", AS_IT_IS);
	restore(p, copy);
	name_is(p, "Before");
	assert_true(was_put_aside(p));
	free(copy.v);
}

/* Both files were copied, so the inode of the log is another. */
static void a_copy_of_both_files_is_whole(void **state)
{
	const struct place *p = *state;

	begin(p);
	die(p, "After", AS_IT_IS);
	struct bytes file = read_all(p->path), log = read_all(p->log);
	unlink(p->path);
	unlink(p->log);
	write_all(p->path, file);
	write_all(p->log, log);
	name_is(p, "After");
	assert_false(was_put_aside(p));
	free(file.v);
	free(log.v);
}

/* The log is read as SQLite reads it, wherever it was cut off or spoilt. */
static void a_log_is_read_up_to_where_it_is_sound(void **state)
{
	const struct place *p = *state;
	struct seal whole, part;

	begin(p);
	die(p, "After", AS_IT_IS);
	struct bytes log = read_all(p->log);
	assert_int_equal(db_seal_read_log(p->log, &whole), SEAL_LOG_SEALED);
	for (size_t n = 0; n <= log.n; n += n < 64 ? 1 : 509) {
		write_all(p->log, (struct bytes){log.v, n});
		enum seal_log found = db_seal_read_log(p->log, &part);
		assert_int_equal(found, n == log.n ? SEAL_LOG_SEALED : SEAL_LOG_EMPTY);
	}
	for (size_t at = 0; at < log.n; at += 211) {
		log.v[at] ^= 1;
		write_all(p->log, log);
		/* Bytes of the header that no checksum covers are those of the checksums. */
		assert_int_equal(db_seal_read_log(p->log, &part), SEAL_LOG_EMPTY);
		log.v[at] ^= 1;
	}
	write_all(p->log, log);
	assert_int_equal(db_seal_read_log(p->log, &part), SEAL_LOG_SEALED);
	assert_memory_equal(&whole, &part, sizeof(whole));
	free(log.v);
}

static void a_log_of_another_program_has_no_seal(void **state)
{
	const struct place *p = *state;
	sqlite3 *handle;
	struct seal seal;

	begin(p);
	assert_int_equal(sqlite3_open(p->path, &handle), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(handle,
			     "UPDATE person SET name = 'pdh-seal' || hex(randomblob(28))",
			     NULL, NULL, NULL),
		SQLITE_OK);
	assert_int_equal(db_seal_read_log(p->log, &seal), SEAL_LOG_OPEN);
	assert_int_equal(sqlite3_exec(handle, "UPDATE person SET name = 'Outside'", NULL,
				      NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(handle);
	name_is(p, "Outside");
}

/* Every path can be one of a database. */
static void a_path_may_have_any_characters(void **state)
{
	const struct place *p = *state;
	struct place odd = *p;

	snprintf(odd.path, sizeof(odd.path), "%s/a?b#c%%20d'e.db", p->folder);
	begin(&odd);
	struct bytes copy = read_all(odd.path);
	die(&odd, "After", AS_IT_IS);
	name_is(&odd, "After");
	die(&odd, "Later", AS_IT_IS);
	write_all(odd.path, copy);
	name_is(&odd, "Before");
	free(copy.v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_killed_daemon_loses_nothing, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(killed_while_folding_it_still_belongs,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_restored_copy_stays_as_it_is, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_copy_of_both_files_is_whole, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_log_is_read_up_to_where_it_is_sound,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_log_of_another_program_has_no_seal,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_path_may_have_any_characters, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
