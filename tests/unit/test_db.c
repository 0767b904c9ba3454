/* Opening, locking, constraints, migrations: with real files in a folder of its own. */
#include "daemon/store/change.h"
#include "daemon/store/db.h"
#include "daemon/store/migrate.h"

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
	char folder[40], path[64], backups[64];
};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	strcpy(p->folder, "/tmp/pdh-db-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(p->path, sizeof(p->path), "%s/in/pdh.db", p->folder);
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

static int open_code(const struct place *p, struct err *e)
{
	struct db *db = NULL;
	int r = db_open(p->path, p->backups, &db, e);

	db_close(db);
	return r;
}

/* Runs SQL as another program would, without pdh's own opening. */
static void outside(const struct place *p, const char *sql)
{
	sqlite3 *handle;
	char *said = NULL;

	assert_int_equal(sqlite3_open(p->path, &handle), SQLITE_OK);
	if (sqlite3_exec(handle, sql, NULL, NULL, &said) != SQLITE_OK)
		fail_msg("%s", said);
	sqlite3_close(handle);
}

static void write_file(const struct place *p, const char *text)
{
	char folder[64];

	snprintf(folder, sizeof(folder), "%s/in", p->folder);
	mkdir(folder, 0700);
	FILE *f = fopen(p->path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void a_new_database_is_private_and_complete(void **state)
{
	const struct place *p = *state;
	struct db *db = open_db(p);
	struct stat st;
	const char *complaint = "unset";
	AUTO_ARENA a = {0};
	struct err e;

	assert_int_equal(stat(p->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(db_check(db, &a, &complaint, &e), 0);
	assert_null(complaint);
	assert_true(db_size(db) > 4096);
	db_close(db);
}

static void every_statement_can_be_prepared(void **state)
{
	struct db *db = open_db(*state);
	struct err e;

	for (int q = 0; q < QUERY_COUNT; q++) {
		AUTO_STMT s = NULL;
		if (db_query(db, (enum db_query)q, &s, &e) < 0)
			fail_msg("statement %d: %s", q, e.message);
	}
	db_close(db);
}

static void the_schema_is_the_reviewed_one(void **state)
{
	const struct place *p = *state;
	char line[512], want[512];
	char command[256];

	db_close(open_db(p));
	snprintf(
		command, sizeof(command),
		"sqlite3 %s \"SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND "
		"name NOT LIKE 'sqlite%%' ORDER BY name\"",
		p->path);
	if (getenv("PDH_WRITE_GOLDEN")) {
		char write[320];
		snprintf(write, sizeof(write), "%s > schema/schema.sql", command);
		assert_int_equal(system(write), 0);
	}
	FILE *now = popen(command, "r"), *reviewed = fopen("schema/schema.sql", "r");
	assert_non_null(now);
	assert_non_null(reviewed);
	while (fgets(line, sizeof(line), now)) {
		if (!fgets(want, sizeof(want), reviewed) || strcmp(line, want) != 0)
			fail_msg("schema/schema.sql is stale at: %s", line);
	}
	assert_null(fgets(want, sizeof(want), reviewed));
	fclose(reviewed);
	assert_int_equal(pclose(now), 0);
}

static void a_second_daemon_is_kept_out_by_name(void **state)
{
	const struct place *p = *state;
	struct db *db = open_db(p);
	struct err e;

	assert_int_equal(open_code(p, &e), -PDH_REFUSED);
	char pid[32];
	snprintf(pid, sizeof(pid), "process %d", (int)getpid());
	assert_non_null(strstr(e.message, pid));
	db_close(db);
	assert_int_equal(open_code(p, &e), 0);
}

static void what_is_not_ours_is_left_alone(void **state)
{
	const struct place *p = *state;
	struct err e;

	write_file(
		p,
		"Dear diary, this is not a database at all, only a long enough text file.\n");
	assert_int_equal(open_code(p, &e), -PDH_CORRUPT);
	assert_non_null(strstr(e.message, "is not a database"));
	unlink(p->path);
	outside(p, "CREATE TABLE diary (x)");
	assert_int_equal(open_code(p, &e), -PDH_INCOMPATIBLE);
	assert_non_null(strstr(e.message, "another program"));
	outside(p, "SELECT x FROM diary");
}

static void a_newer_schema_is_refused_by_name(void **state)
{
	const struct place *p = *state;
	struct err e;

	db_close(open_db(p));
	outside(p, "PRAGMA user_version = 99");
	assert_int_equal(open_code(p, &e), -PDH_INCOMPATIBLE);
	assert_non_null(strstr(e.message, "newer pdh (schema 99"));
	assert_string_equal(e.hint, "upgrade pdh");
}

static void a_truncated_database_gets_one_sentence(void **state)
{
	const struct place *p = *state;
	struct err e;

	db_close(open_db(p));
	assert_int_equal(truncate(p->path, 5000), 0);
	assert_true(open_code(p, &e) < 0);
	assert_true(strlen(e.message) > 10);
}

static int count_backups(const struct place *p)
{
	char command[256];
	int n = -1;

	snprintf(command, sizeof(command), "ls %s 2>/dev/null | grep -c '^pdh-v.*\\.db$'",
		 p->backups);
	FILE *f = popen(command, "r");
	assert_int_equal(fscanf(f, "%d", &n), 1);
	pclose(f);
	return n;
}

static const struct migration steps[] = {
	{1, "0001",
	 "CREATE TABLE t (x INTEGER PRIMARY KEY) STRICT; INSERT INTO t VALUES (7);"},
	{2, "0002", "ALTER TABLE t ADD COLUMN y TEXT; UPDATE t SET y = 'seven';"},
	{3, "0003", "CREATE TABLE broken (; "},
};

static void migrate(const struct place *p, size_t n, int expected)
{
	sqlite3 *handle;
	struct err e;

	assert_int_equal(sqlite3_open(p->path, &handle), SQLITE_OK);
	assert_int_equal(migrate_run_list(handle, p->path, p->backups, steps, n, &e),
			 expected);
	sqlite3_close(handle);
}

static void an_old_database_is_copied_and_migrated(void **state)
{
	const struct place *p = *state;

	write_file(p, "");
	migrate(p, 1, 0);
	assert_int_equal(count_backups(p), 0);
	migrate(p, 2, 0);
	assert_int_equal(count_backups(p), 1);
	outside(p, "SELECT y FROM t WHERE x = 7 AND y = 'seven'");
	migrate(p, 2, 0);
	assert_int_equal(count_backups(p), 1);
}

static void a_migration_that_fails_leaves_everything_as_it_was(void **state)
{
	const struct place *p = *state;
	sqlite3 *handle;
	sqlite3_stmt *s;

	/* All steps or none. */
	write_file(p, "");
	migrate(p, 1, 0);
	migrate(p, 3, -PDH_FAILED);
	assert_int_equal(sqlite3_open(p->path, &handle), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(handle, "PRAGMA user_version", -1, &s, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(s, 0), 1);
	sqlite3_finalize(s);
	sqlite3_close(handle);
}

static void constraints_speak_in_sentences(void **state)
{
	struct db *db = open_db(*state);
	struct err e;

	assert_int_equal(db_begin(db, &e), 0);
	for (int i = 0; i < 2; i++) {
		AUTO_STMT s = NULL;
		assert_int_equal(db_query(db, Q_credential_insert, &s, &e), 0);
		db_bind_text(s, ":alias", "x");
		db_bind_text(s, ":title", "X");
		assert_int_equal(db_run(db, s, &e), i ? -PDH_REFUSED : 0);
	}
	assert_string_equal(e.field, "alias");
	assert_non_null(strstr(e.message, "choose another"));
	AUTO_STMT s = NULL;
	assert_int_equal(db_query(db, Q_activity_insert, &s, &e), 0);
	db_bind_text(s, ":title", "X");
	db_bind_text(s, ":title_key", "x");
	db_bind_date(s, ":done_on", date_make(2026, 3, 14));
	db_bind_int(s, ":credit", -1);
	db_bind_text(s, ":credit_unit", "hour");
	db_bind_int(s, ":planned", 0);
	db_bind_int(s, ":duty", 0);
	db_bind_text(s, ":scope", "all");
	assert_int_equal(db_run(db, s, &e), -PDH_REFUSED);
	assert_string_equal(e.field, "credit");
	assert_string_equal(e.message, "credit must be more than zero");
	db_reset(&s);
	db_rollback(db);
	db_close(db);
}

static void a_commit_with_an_open_statement_is_refused(void **state)
{
	struct db *db = open_db(*state);
	struct err e;

	assert_int_equal(db_begin(db, &e), 0);
	AUTO_STMT s = NULL;
	assert_int_equal(db_query(db, Q_change_next, &s, &e), 0);
	assert_int_equal(db_step(db, s, &e), 1);
	assert_int_equal(db_commit(db, &e), -PDH_FAILED);
	assert_false(db_in_transaction(db));
	db_reset(&s);
	db_close(db);
}

/* Killed between COMMIT and close: the next opening finds what was committed. */
static void what_was_committed_survives_a_kill(void **state)
{
	const struct place *p = *state;
	pid_t pid = fork();
	struct err e;
	int status;

	if (pid == 0) {
		struct db *db = open_db(p);
		struct sqlite3_stmt *s;
		db_begin(db, &e);
		db_query(db, Q_person_set, &s, &e);
		db_bind_text(s, ":name", "Dana");
		db_run(db, s, &e);
		db_reset(&s);
		db_commit(db, &e);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	struct db *db = open_db(p);
	AUTO_ARENA a = {0};
	AUTO_STMT s = NULL;
	assert_int_equal(db_query(db, Q_person_get, &s, &e), 0);
	assert_int_equal(db_step(db, s, &e), 1);
	assert_string_equal(db_text(s, 0, &a), "Dana");
	db_reset(&s);
	db_close(db);
}

static void name_the_person(struct db *db, const char *name)
{
	struct sqlite3_stmt *s;
	struct err e;

	assert_int_equal(db_begin(db, &e), 0);
	assert_int_equal(db_query(db, Q_person_set, &s, &e), 0);
	db_bind_text(s, ":name", name);
	assert_int_equal(db_run(db, s, &e), 0);
	db_reset(&s);
	assert_int_equal(db_commit(db, &e), 0);
}

static void expect_person(struct db *db, const char *name)
{
	AUTO_ARENA a = {0};
	AUTO_STMT s = NULL;
	struct err e;

	assert_int_equal(db_query(db, Q_person_get, &s, &e), 0);
	assert_int_equal(db_step(db, s, &e), 1);
	assert_string_equal(db_text(s, 0, &a), name);
}

static void it_is_read_beside_who_has_it_and_without(void **state)
{
	const struct place *p = *state;
	struct db *db = open_db(p), *reader;
	struct err e;

	name_the_person(db, "Dana");
	assert_int_equal(db_open_to_read(p->path, &reader, &e), 0);
	expect_person(reader, "Dana");
	name_the_person(db, "Reyes");
	expect_person(reader, "Reyes");
	struct sqlite3_stmt *s;
	assert_int_equal(db_query(reader, Q_person_set, &s, &e), 0);
	db_bind_text(s, ":name", "Nobody");
	assert_int_equal(db_run(reader, s, &e), -PDH_STORAGE);
	db_reset(&s);
	db_close(reader);
	expect_person(db, "Reyes");
	db_close(db);
	assert_int_equal(db_open_to_read(p->path, &reader, &e), 0);
	expect_person(reader, "Reyes");
	db_close(reader);
}

static void nothing_is_made_where_nothing_is_to_be_read(void **state)
{
	const struct place *p = *state;
	struct db *reader;
	struct err e;

	assert_int_equal(db_open_to_read(p->path, &reader, &e), -PDH_STORAGE);
	assert_non_null(strstr(e.message, "cannot read the database"));
	write_file(p, "no database, and long enough to be looked at as one\n");
	assert_int_equal(db_open_to_read(p->path, &reader, &e), -PDH_CORRUPT);
	assert_int_equal(unlink(p->path), 0);
	outside(p, "PRAGMA application_id = 0x70646864; CREATE TABLE t (x)");
	assert_true(db_open_to_read(p->path, &reader, &e) < 0);
}

static void a_database_has_many_names(void **state)
{
	const struct place *p = *state;
	struct db *db = open_db(p);
	struct stat st;

	assert_int_equal(stat(p->path, &st), 0);
	assert_true(db_is(db, p->path, 0, 0));
	assert_true(db_is(db, "/by/a/link.db", st.st_dev, st.st_ino));
	assert_false(db_is(db, "/by/a/link.db", st.st_dev, st.st_ino + 1));
	assert_false(db_is(db, "/by/a/link.db", st.st_dev + 1, st.st_ino));
	assert_false(db_is(db, "/not/there.db", 0, 0));
	db_close(db);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_new_database_is_private_and_complete),
		T(every_statement_can_be_prepared),
		T(the_schema_is_the_reviewed_one),
		T(a_second_daemon_is_kept_out_by_name),
		T(it_is_read_beside_who_has_it_and_without),
		T(nothing_is_made_where_nothing_is_to_be_read),
		T(a_database_has_many_names),
		T(what_is_not_ours_is_left_alone),
		T(a_newer_schema_is_refused_by_name),
		T(a_truncated_database_gets_one_sentence),
		T(an_old_database_is_copied_and_migrated),
		T(a_migration_that_fails_leaves_everything_as_it_was),
		T(constraints_speak_in_sentences),
		T(a_commit_with_an_open_statement_is_refused),
		T(what_was_committed_survives_a_kill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
