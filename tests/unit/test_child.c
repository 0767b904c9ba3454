/* Programs that the daemon runs: what they get, what is said of how they ended, and that they do not outlive it. */
#include "daemon/loop/child.h"

#include "tests/support/loop.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { LONG_MS = 60 * 1000 };

struct told {
	bool done, ok;
	int times;
	char text[600];
};

static uv_loop_t loop;

static int set_up(void **state)
{
	(void)state;
	return uv_loop_init(&loop);
}

static int tear_down(void **state)
{
	(void)state;
	loop_end(&loop);
	return 0;
}

static void on_done(void *data, bool ok, const char *text)
{
	struct told *told = data;

	told->done = true;
	told->ok = ok;
	told->times++;
	snprintf(told->text, sizeof(told->text), "%s", text);
}

static struct child *begin(const char *script, const char *input, char **env,
			   int64_t timeout_ms, struct told *told)
{
	char shell[] = "/bin/sh", option[] = "-c", *own = strdup(script);
	char *argv[] = {shell, option, own, NULL};
	const struct child_spec spec = {argv, "tell", env, input, timeout_ms};

	*told = (struct told){.times = 0};
	struct child *c = child_run(&loop, &spec, on_done, told);
	free(own);
	return c;
}

static void expect(const char *script, bool ok, const char *text)
{
	struct told told;

	assert_non_null(begin(script, "hello\n", NULL, LONG_MS, &told));
	loop_until(&loop, &told.done);
	assert_string_equal(told.text, text);
	assert_int_equal(told.ok, ok);
	assert_int_equal(told.times, 1);
}

static void what_became_of_it_is_a_sentence(void **state)
{
	(void)state;
	expect("exit 0", true, "tell took it");
	expect("exit 3", false, "tell: exit 3");
	expect("kill -TERM $$", false, "tell was ended by Terminated");
}

/* It goes to a log that people read at a terminal. */
static void the_last_line_of_its_errors_is_told_made_harmless(void **state)
{
	char script[400], text[400], z[300];

	(void)state;
	expect("printf 'one\\ntwo\\n' >&2; exit 1", false, "tell: exit 1 \"two\"");
	expect("printf 'one\\r\\n\\n\\n' >&2; exit 1", false, "tell: exit 1 \"one\"");
	expect("printf 'a\\033[1mb\\303\\244~ ' >&2; exit 1", false,
	       "tell: exit 1 \"a?[1mb??~ \"");
	expect("echo unheard >&2", true, "tell took it");
	memset(z, 'z', sizeof(z) - 1);
	z[sizeof(z) - 1] = '\0';
	snprintf(script, sizeof(script), "echo %s >&2; exit 1", z);
	snprintf(text, sizeof(text), "tell: exit 1 \"%.159s\"", z);
	expect(script, false, text);
}

static void it_gets_its_input_and_the_home_folder(void **state)
{
	(void)state;
	expect("read word && [ \"$word\" = hello ] && ! read word", true, "tell took it");
	expect("[ \"$PWD\" = \"$HOME\" ]", true, "tell took it");
	expect("exec 1>&- || exit 1", true, "tell took it");
}

/* Sixty-five times as much as a pipe holds. */
static void one_that_does_not_read_did_what_it_should(void **state)
{
	enum { MUCH = 65 * 65536 };
	char *much = malloc(MUCH + 1);
	struct told told;

	(void)state;
	assert_non_null(much);
	memset(much, 'm', MUCH);
	much[MUCH] = '\0';
	assert_non_null(begin("exit 0", much, NULL, LONG_MS, &told));
	loop_until(&loop, &told.done);
	assert_true(told.ok);
	assert_non_null(begin("[ $(wc -c) = 4259840 ]", much, NULL, LONG_MS, &told));
	memset(much, 'x', MUCH);
	free(much);
	loop_until(&loop, &told.done);
	assert_string_equal(told.text, "tell took it");
}

static void what_is_the_daemon_s_own_is_not_passed_on(void **state)
{
	static const char *const own[] = {"NOTIFY_SOCKET", "LISTEN_FDS", "LISTEN_PID",
					  "WATCHDOG_USEC", "PDH_STARTED_BY"};
	char more[] = "PDH_REMINDER=fp/30d", *env[] = {more, NULL};
	struct told told;

	(void)state;
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		setenv(own[i], "/nonexistent", 1);
	setenv("LISTENER", "stays", 1);
	assert_non_null(begin("[ -z \"$NOTIFY_SOCKET$LISTEN_FDS$LISTEN_PID$WATCHDOG_USEC"
			      "$PDH_STARTED_BY\" ] && [ \"$LISTENER\" = stays ] && "
			      "[ \"$PDH_REMINDER\" = fp/30d ]",
			      NULL, env, LONG_MS, &told));
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		unsetenv(own[i]);
	loop_until(&loop, &told.done);
	assert_string_equal(told.text, "tell took it");
}

static void one_that_cannot_be_run_is_told_at_once(void **state)
{
	char none[] = "/nonexistent/tell", folder[] = "/", *argv[] = {none, NULL};
	struct child_spec spec = {argv, none, NULL, NULL, LONG_MS};
	struct told told = {.times = 0};

	(void)state;
	assert_null(child_run(&loop, &spec, on_done, &told));
	assert_false(told.ok);
	assert_string_equal(told.text,
			    "/nonexistent/tell cannot be run: there is no such program");
	argv[0] = folder;
	spec.name = folder;
	assert_null(child_run(&loop, &spec, on_done, &told));
	assert_string_equal(told.text, "/ cannot be run: permission denied");
	assert_int_equal(told.times, 2);
}

/* ---- none outlives its time, or the daemon ------------------------------------------------ */

/* Runs a program that starts another, both of which would go on for long; both are watched. */
static struct child *begin_two(int64_t timeout_ms, struct told *told, int watches[2])
{
	char pidfile[2][64], script[300];

	for (int i = 0; i < 2; i++)
		snprintf(pidfile[i], sizeof(pidfile[i]), "/tmp/pdh-child-%d-%d",
			 (int)getpid(), i);
	snprintf(script, sizeof(script),
		 "sleep 1000 </dev/null 2>/dev/null & echo $! >%s; echo $$ >%s; wait",
		 pidfile[0], pidfile[1]);
	struct child *c = begin(script, NULL, NULL, timeout_ms, told);
	for (int i = 0; i < 2; i++) {
		watches[i] = process_watch(process_of(&loop, pidfile[i]));
		assert_int_equal(unlink(pidfile[i]), 0);
	}
	return c;
}

static void one_that_takes_too_long_is_killed_with_what_it_started(void **state)
{
	struct told told;
	int watches[2];

	(void)state;
	assert_non_null(begin_two(1000, &told, watches));
	loop_until(&loop, &told.done);
	assert_false(told.ok);
	assert_string_equal(told.text, "tell had not ended after 1 s and was killed");
	for (int i = 0; i < 2; i++)
		process_await_end(watches[i]);
	assert_int_equal(told.times, 1);
}

static void one_that_is_cut_off_dies_with_what_it_started(void **state)
{
	struct told told;
	int watches[2];

	(void)state;
	struct child *c = begin_two(LONG_MS, &told, watches);
	child_kill(c);
	assert_true(told.done);
	assert_false(told.ok);
	assert_string_equal(told.text, "it was cut off when the daemon ended");
	for (int i = 0; i < 2; i++)
		process_await_end(watches[i]);
	/* The loop waits for the program, and nothing more is said. */
	uv_run(&loop, UV_RUN_DEFAULT);
	assert_int_equal(told.times, 1);
}

/* What counts is that the program ended: one that goes on beside it may keep its standard error. */
static void one_that_left_something_running_is_done_in_time(void **state)
{
	char pidfile[64], script[200];
	struct told told;

	(void)state;
	snprintf(pidfile, sizeof(pidfile), "/tmp/pdh-child-%d", (int)getpid());
	snprintf(script, sizeof(script), "sleep 1000 </dev/null & echo $! >%s; exit 0",
		 pidfile);
	assert_non_null(begin(script, NULL, NULL, 200, &told));
	pid_t left = process_of(&loop, pidfile);
	int watch = process_watch(left);
	loop_until(&loop, &told.done);
	assert_string_equal(told.text, "tell took it");
	assert_true(told.ok);
	assert_int_equal(kill(left, SIGTERM), 0);
	process_await_end(watch);
	assert_int_equal(unlink(pidfile), 0);
}

#define LOOP_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOOP_TEST(what_became_of_it_is_a_sentence),
		LOOP_TEST(the_last_line_of_its_errors_is_told_made_harmless),
		LOOP_TEST(it_gets_its_input_and_the_home_folder),
		LOOP_TEST(one_that_does_not_read_did_what_it_should),
		LOOP_TEST(what_is_the_daemon_s_own_is_not_passed_on),
		LOOP_TEST(one_that_cannot_be_run_is_told_at_once),
		LOOP_TEST(one_that_takes_too_long_is_killed_with_what_it_started),
		LOOP_TEST(one_that_is_cut_off_dies_with_what_it_started),
		LOOP_TEST(one_that_left_something_running_is_done_in_time),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
