/* A database of an older pdh is opened, and one call of the system fails, or the process is killed at it, each in its turn:
 * afterward it is what it was, or what it was to become, and opens; and no copy is kept that is not whole. */
#include "daemon/store/migrate.h"

#include "tests/support/stored.h"
#include "tests/support/sweep.h"

#include <dirent.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static const struct migration migrations[] = {
#define MIGRATION(version, name, sql) {version, name, sql},
#include "migrations.def"
#undef MIGRATION
};

enum { ACTIVITIES = 300 };

/* What a person had when the first schema was the only one. */
static const char first_content[] =
	"PRAGMA journal_mode = WAL;"
	"INSERT INTO person VALUES (1, 'Dana');"
	"INSERT INTO rule_set (pack, version, body) VALUES ('city', '1', 'pack: city');"
	"INSERT INTO credential (alias, title) VALUES ('city', 'City'), ('lab', 'Lab');"
	"INSERT INTO credential_fact VALUES (1, 'birth month', '7');"
	"INSERT INTO credential_endorsement VALUES (2, 'law');"
	"INSERT INTO cycle (credential_id, rule_set_id, begins, ends)"
	" VALUES (1, 1, '2025-01-01', '2027-12-31');"
	"INSERT INTO pause (credential_id, begins) VALUES (1, '2025-07-01');"
	"INSERT INTO item (credential_id, title, kind, due)"
	" VALUES (1, 'Fee', 'fee', '2027-01-01');"
	"WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
	" INSERT INTO activity (title, title_key, done_on, credit, credit_unit, note, scope)"
	" SELECT 'Course ' || i, 'course ' || i, date('2025-01-01', '+' || i || ' days'),"
	"  3600000 * i, 'hour', hex(zeroblob(60)), iif(i % 3, 'all', 'only') FROM n;"
	"INSERT INTO activity_topic SELECT id, 'law' FROM activity;"
	"INSERT INTO activity_scope SELECT id, 1 FROM activity WHERE scope = 'only';"
	"INSERT INTO change VALUES (1, 0, 'dana', 'item.add', 'item add Fee', x'', NULL, NULL);";

/* Of one version; shared with the processes that try it. */
struct opening {
	struct home *h;
	char path[96], backups[96];
	int version;
	const char *wanted; /* content afterward */
	/* Told by the process. */
	bool failed, silent, unbound;
};

static int number(sqlite3 *handle, const char *sql)
{
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &s, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

static void sweep_away(const char *folder)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", folder);
	assert_int_equal(system(command), 0);
}

static void migrate(const struct opening *o, sqlite3 *handle, int version)
{
	struct err e;

	if (migrate_run_list(handle, o->path, o->backups, migrations, (size_t)version,
			     &e) < 0)
		fail_msg("%s", e.message);
}

static void make_old(const struct opening *o)
{
	sqlite3 *handle;

	(void)unlink(o->path);
	assert_int_equal(sqlite3_open(o->path, &handle), SQLITE_OK);
	migrate(o, handle, 1);
	assert_int_equal(sqlite3_exec(handle, first_content, NULL, NULL, NULL),
			 SQLITE_OK);
	migrate(o, handle, o->version);
	assert_int_equal(sqlite3_close(handle), SQLITE_OK);
	sweep_away(o->backups);
}

static void try(void *arg)
{
	struct opening *o = arg;
	struct err e = {.message = ""};
	struct db *db = NULL;

	sweep_arm();
	int r = db_open(o->path, o->backups, &db, &e);
	sweep_disarm();
	o->failed = r < 0;
	o->silent = r < 0 && !*e.message;
	if (r < 0)
		return;
	o->unbound = number(db_handle(db), "PRAGMA foreign_keys") != 1;
	db_close(db);
}

/* As it lies there, whatever pdh would make of it. */
static sqlite3 *look_at(const char *path)
{
	sqlite3 *handle;
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL),
			 SQLITE_OK);
	assert_int_equal(
		sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL),
		SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(handle, "PRAGMA integrity_check", -1, &s, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	assert_string_equal(sqlite3_column_text(s, 0), "ok");
	sqlite3_finalize(s);
	assert_int_equal(number(handle, "SELECT count(*) FROM activity"), ACTIVITIES);
	return handle;
}

static int version_of(const char *path)
{
	sqlite3 *handle = look_at(path);
	int version = number(handle, "PRAGMA user_version");

	assert_int_equal(sqlite3_close(handle), SQLITE_OK);
	return version;
}

/* How many copies there are, each of which is whole and of the version before. */
static int check_copies(const struct opening *o)
{
	DIR *folder = opendir(o->backups);
	const struct dirent *entry;
	char path[400];
	int n = 0;

	while (folder && (entry = readdir(folder))) {
		const char *dot = strrchr(entry->d_name, '.');
		if (!dot || strcmp(dot, ".db") != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", o->backups, entry->d_name);
		assert_int_equal(version_of(path), o->version);
		n++;
	}
	if (folder)
		closedir(folder);
	return n;
}

static char *content(struct home *h)
{
	struct stored m;
	sqlite3 *handle = db_handle(h->rpc.db);

	assert_int_equal(number(handle, "SELECT sum(entries) FROM activity_sum"),
			 ACTIVITIES);
	assert_int_equal(number(handle, "SELECT count(*) FROM change"), 1);
	stored_open(&m, h->rpc.db);
	char *all = stored_dump(&m, true);
	stored_mask_drawn(all);
	stored_close(&m);
	return all;
}

static void check(void *arg, const struct sweep_try *t)
{
	struct opening *o = arg;

	assert_false(o->silent);
	assert_false(o->unbound);
	if (!t->happened)
		assert_false(o->failed);
	int version = version_of(o->path), copies = check_copies(o);
	if (version != o->version)
		assert_int_equal(version, migrate_latest());
	if (!t->ended && !o->failed)
		assert_int_equal(version, migrate_latest());
	if (version == migrate_latest())
		assert_int_equal(copies, 1);
	/* In the same second, too. */
	home_begin(o->h);
	char *now = content(o->h);
	if (strcmp(now, o->wanted) != 0)
		stored_print_difference(o->wanted, now);
	assert_string_equal(now, o->wanted);
	free(now);
	home_end(o->h);
	assert_int_equal(check_copies(o), 1);
	sweep_away(o->backups);
	o->failed = o->silent = o->unbound = false;
}

static void sweep_version(struct home *h, int version)
{
	struct opening *o = sweep_share(sizeof(*o));
	struct kept old;
	char what[32];

	o->h = h;
	o->version = version;
	snprintf(o->path, sizeof(o->path), "%s/pdh.db", h->folder);
	snprintf(o->backups, sizeof(o->backups), "%s/backups", h->folder);
	make_old(o);
	keep(&old, h->folder, "pdh.db");
	home_begin(h);
	char *wanted = content(h);
	home_end(h);
	sweep_away(o->backups);
	o->wanted = wanted;
	snprintf(what, sizeof(what), "from version %d", version);
	const struct sweep s = {h, what, &old, NULL, try, check, o};
	sweep_run(&s);
	free(wanted);
	kept_free(&old);
	munmap(o, sizeof(*o));
}

static void a_migration_that_fails_can_be_made_again(void **state)
{
	struct home *h = *state;

	home_end(h);
	sweep_version(h, 1);
	if (sweep_is_whole()) {
		sweep_version(h, 6);
		sweep_version(h, migrate_latest() - 1);
	}
	home_begin(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_migration_that_fails_can_be_made_again,
						home_open, home_close),
	};

	faults_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
