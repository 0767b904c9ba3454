/* One call of the system fails, each in its turn, while something is stored: it
 * is stored whole or not at all, the answer says which, and the file is sound.
 * The units try some of the calls; PDH_FAULTS=all tries each (make torture). */
#include "daemon/rpc/remind.h"
#include "daemon/store/migrate.h"

#include "tests/support/faults.h"
#include "tests/support/rpc_home.h"
#include "tests/support/stored.h"

#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* What lies in a file, to be put back. */
struct kept {
	char path[96];
	char *bytes;
	size_t n;
};

static void keep(struct kept *k, const char *folder, const char *name)
{
	snprintf(k->path, sizeof(k->path), "%.60s/%.20s", folder, name);
	FILE *f = fopen(k->path, "re");
	struct stat st;

	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &st), 0);
	k->n = (size_t)st.st_size;
	k->bytes = malloc(k->n);
	assert_non_null(k->bytes);
	assert_int_equal(fread(k->bytes, 1, k->n, f), k->n);
	assert_int_equal(fclose(f), 0);
}

/* The log that belongs to another state of it goes. */
static void put_back(const struct kept *k)
{
	static const char *const beside[] = {"-wal", "-shm"};
	char path[112];

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", k->path, beside[i]);
		(void)unlink(path);
	}
	(void)unlink(k->path);
	FILE *f = fopen(k->path, "we");
	assert_non_null(f);
	assert_int_equal(fwrite(k->bytes, 1, k->n, f), k->n);
	assert_int_equal(fclose(f), 0);
}

static bool is_all(void)
{
	const char *how = getenv("PDH_FAULTS");

	return how && strcmp(how, "all") == 0;
}

/* The call after `at` that is to fail. */
static int after(int at)
{
	return is_all() ? at + 1 : 20 * at;
}

static char *content(struct home *h)
{
	struct stored m;

	stored_open(&m, h->rpc.db);
	char *all = stored_dump(&m, true);
	stored_close(&m);
	return all;
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

/* What came of a try, which has a process of its own: where there is no memory
 * left it ends. */
enum how { HAPPENED = 1, FAILED = 2, UNSURE = 4, SILENT = 8, DIED = 16, NONE_SENT = 32 };

struct act;
typedef int (*try_fn)(struct home *h, const struct act *act, enum fault fault, int at);

/* A process that ends is to end: cmocka would go on with the next test in it.
 */
static void be_apart(const struct home *h)
{
	static const int ends[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
	char path[96];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		(void)signal(ends[i], SIG_DFL);
	snprintf(path, sizeof(path), "%s/errors", h->folder);
	if (!freopen(path, "we", stderr) || setvbuf(stderr, NULL, _IONBF, 0) != 0)
		_exit(255);
}

static const char *errors(const struct home *h)
{
	static char text[1000];
	char path[96];

	snprintf(path, sizeof(path), "%s/errors", h->folder);
	FILE *f = fopen(path, "re");
	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	assert_int_equal(fclose(f), 0);
	return text;
}

static int apart(try_fn try, struct home *h, const struct act *act, enum fault fault,
		 int at)
{
	int status;

	(void)fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		be_apart(h);
		_exit(try(h, act, fault, at));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	if (WTERMSIG(status) != SIGABRT || !strstr(errors(h), "out of memory\n"))
		fail_msg("%s %d: %s: %s", fault_name(fault), at,
			 strsignal(WTERMSIG(status)), errors(h));
	return HAPPENED | DIED;
}

/* ---- methods
 * ---------------------------------------------------------------------------------
 */

static const struct act {
	bool always; /* not in the long run alone */
	const char *method, *params;
} acts[] = {
	{true, "activity.add",
	 "{\"title\":\"Ethics\",\"credit\":\"3h\",\"done_on\":\"2026-03-02\","
	 "\"topics\":[\"ethics\"]}"},
	{false, "activity.edit",
	 "{\"id\":1,\"title\":\"Law and ethics\",\"topics\":[\"ethics\",\"law\"]}"},
	{false, "activity.remove", "{\"ids\":[1,2,3]}"},
	{false, "change.undo", "{}"},
	{true, "credential.renew", "{\"credential\":\"city\"}"},
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

static bool is_stored(const char *now, const char *before, const char *after_it)
{
	if (strcmp(now, after_it) == 0)
		return true;
	if (strcmp(now, before) != 0)
		stored_print_difference(before, now);
	assert_string_equal(now, before);
	return false;
}

static int try_method(struct home *h, const struct act *act, enum fault fault, int at)
{
	json_t *params = json_loads(act->params, 0, NULL), *error;

	home_begin(h);
	fault_arm(fault, at);
	(void)home_try(h, act->method, params, &error);
	int how = fault_disarm() ? HAPPENED : 0;
	json_decref(params);
	if (error) {
		const char *text = text_at(error, "message");
		how |= FAILED | (*text ? 0 : SILENT) |
		       (strstr(text, "may be stored") ? UNSURE : 0);
	}
	home_end(h);
	return how;
}

/* What the answer says, and what is there. */
static bool is_right(struct home *h, int how, const char *before, const char *after_it)
{
	check_file(h);
	char *now = content(h);
	bool stored = is_stored(now, before, after_it);

	assert_false(how & SILENT);
	bool right = (how & (UNSURE | DIED)) || stored == !(how & FAILED);
	free(now);
	return right;
}

static int fail_each(struct home *h, const struct kept *base, const struct act *act,
		     enum fault fault, const char *before, const char *after_it)
{
	for (int at = 1, tried = 0;; at = after(at), tried++) {
		home_end(h);
		put_back(base);
		int how = apart(try_method, h, act, fault, at);
		home_begin(h);
		if (!(how & HAPPENED)) {
			assert_int_equal(how, 0);
			return tried;
		}
		if (!is_right(h, how, before, after_it))
			fail_msg(
				"%s, %s %d: the answer says it is %s stored, and it is otherwise",
				act->method, fault_name(fault), at,
				how & FAILED ? "not" : "now");
	}
}

static void what_fails_is_stored_whole_or_not_at_all(void **state)
{
	struct home *h = *state;
	struct kept base;
	int tried = 0;

	fill(h);
	home_end(h);
	keep(&base, h->folder, "pdh.db");
	home_begin(h);
	char *before = content(h);
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (!acts[i].always && !is_all())
			continue;
		home_end(h);
		put_back(&base);
		home_begin(h);
		home_call(h, acts[i].method, acts[i].params);
		char *after_it = content(h);
		for (enum fault f = 0; f < FAULT_COUNT; f++)
			tried += fail_each(h, &base, &acts[i], f, before, after_it);
		free(after_it);
	}
	print_message("%d calls failed\n", tried);
	free(before);
	free(base.bytes);
}

/* ---- a migration
 * --------------------------------------------------------------------------------
 */

static const struct migration migrations[] = {
#define MIGRATION(version, name, sql) {version, name, sql},
#include "migrations.def"
#undef MIGRATION
};

/* A database as an older pdh left it. */
static void make_old(const char *path)
{
	enum { OLD = 6 };
	sqlite3 *handle;
	struct err e;

	(void)unlink(path);
	assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
	assert_int_equal(
		migrate_run_list(handle, path, "/nonexistent", migrations, OLD, &e), 0);
	assert_int_equal(sqlite3_exec(handle,
				      "INSERT INTO person (id, name) VALUES (1, 'Dana')",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_close(handle), SQLITE_OK);
}

static void expect_dana(struct home *h)
{
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(db_handle(h->rpc.db),
					    "SELECT name FROM person", -1, &s, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(s, 0), "Dana");
	sqlite3_finalize(s);
}

/* Those of before, which a migration keeps, go: their names have the second. */
static void sweep_backups(const char *backups)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", backups);
	assert_int_equal(system(command), 0);
}

static int try_to_open(struct home *h, const struct act *unused, enum fault fault, int at)
{
	struct err e = {.message = ""};
	char path[96], backups[96];
	struct db *db = NULL;

	(void)unused;
	snprintf(path, sizeof(path), "%s/pdh.db", h->folder);
	snprintf(backups, sizeof(backups), "%s/backups", h->folder);
	sweep_backups(backups);
	fault_arm(fault, at);
	int r = db_open(path, backups, &db, &e);
	int how = fault_disarm() ? HAPPENED : 0;
	if (r == 0)
		db_close(db);
	else
		how |= FAILED | (*e.message ? 0 : SILENT);
	sweep_backups(backups);
	return how;
}

static void a_migration_that_fails_can_be_made_again(void **state)
{
	struct home *h = *state;
	char path[96];
	struct kept old;

	home_end(h);
	snprintf(path, sizeof(path), "%s/pdh.db", h->folder);
	make_old(path);
	keep(&old, h->folder, "pdh.db");
	for (enum fault f = 0; f < FAULT_COUNT; f++)
		for (int at = 1, how = HAPPENED; how & HAPPENED; at = after(at)) {
			put_back(&old);
			how = apart(try_to_open, h, NULL, f, at);
			assert_false(how & SILENT);
			assert_true((how & HAPPENED) || how == 0);
			home_begin(h);
			check_file(h);
			expect_dana(h);
			home_end(h);
		}
	home_begin(h);
	free(old.bytes);
}

/* ---- a delivery
 * ---------------------------------------------------------------------------------
 */

/* Looks, and reports each message as sent; how many there were, or negative. */
static int deliver(struct home *h)
{
	struct message *next;
	struct err e = {.message = ""};
	int n = 0, r = rpc_remind_look(&h->rpc, &e);

	if (r < 0)
		assert_true(strlen(e.message) > 0);
	for (struct message *m = rpc_remind_messages(&h->rpc); m; m = next) {
		const struct delivery_outcome o = {m->entry, true, 1, "took it"};
		next = m->next;
		if (!m->withdraw) {
			n++;
			(void)rpc_remind_report(&h->rpc, &o, &e);
		}
		message_free(m);
	}
	return r < 0 ? r : n;
}

static void set_up_delivery(struct home *h)
{
	struct err e;

	home_call(h, "reminder.channel", "{\"channel\":\"desktop\",\"off\":true}");
	home_call(h, "reminder.channel",
		  "{\"channel\":\"command\",\"program\":\"/bin/true\"}");
	home_call(h, "reminder.policy", "{\"by\":\"command\"}");
	home_clock(h, "2026-03-30T09:00:00");
	assert_int_equal(rpc_remind_start(&h->rpc, &e), 0);
	home_call(h, "credential.add",
		  "{\"pack\":\"clearance\",\"alias\":\"fp\",\"title\":\"Prints\","
		  "\"expires\":\"2026-05-30\"}");
	assert_int_equal(deliver(h), 0);
	home_clock(h, "2026-03-31T08:00:00");
}

static int sent(struct home *h)
{
	json_t *log = home_call(h, "reminder.log", "{}");
	int n = 0;

	for (size_t i = 0; i < count_at(log, "entries"); i++)
		n += strcmp(text_at(json_array_get(json_at(log, "entries"), i),
				    "outcome"),
			    "sent") == 0;
	return n;
}

static int try_to_deliver(struct home *h, const struct act *unused, enum fault fault,
			  int at)
{
	struct err e;

	(void)unused;
	home_begin(h);
	assert_int_equal(rpc_remind_start(&h->rpc, &e), 0);
	fault_arm(fault, at);
	int n = deliver(h);
	int how = fault_disarm() ? HAPPENED : 0;
	home_end(h);
	return how | (n == 1 ? 0 : NONE_SENT);
}

/* It may be sent twice, and is never lost. */
static void a_delivery_that_fails_is_made_again(void **state)
{
	struct home *h = *state;
	struct kept base;
	struct err e;

	set_up_delivery(h);
	home_end(h);
	keep(&base, h->folder, "pdh.db");
	home_begin(h);
	for (enum fault f = 0; f < FAULT_COUNT; f++)
		for (int at = 1, how = HAPPENED; how & HAPPENED; at = after(at)) {
			home_end(h);
			put_back(&base);
			how = apart(try_to_deliver, h, NULL, f, at);
			assert_true((how & HAPPENED) || how == 0);
			home_begin(h);
			check_file(h);
			assert_int_equal(rpc_remind_start(&h->rpc, &e), 0);
			int again = deliver(h);
			assert_in_range(again, 0, 1);
			assert_int_equal(sent(h), 1);
			assert_true(again == 1 || !(how & NONE_SENT) || (how & DIED));
			assert_int_equal(deliver(h), 0);
		}
	free(base.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_fails_is_stored_whole_or_not_at_all,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(a_migration_that_fails_can_be_made_again,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(a_delivery_that_fails_is_made_again,
						home_open, home_close),
	};

	faults_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
