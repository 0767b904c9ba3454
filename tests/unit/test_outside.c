/* What the service manager gives to the daemon and hears from it, and programs that it runs in the daemon's stead. */
#include "daemon/loop/notify.h"
#include "daemon/loop/outside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_SIZE = 100 };

struct place {
	char folder[40];
	struct sockaddr_un at;
	int fd; /* of a socket in the folder; -1: none */
};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	strcpy(p->folder, "/tmp/pdh-out-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	p->fd = -1;
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const variables[] = {"NOTIFY_SOCKET", "WATCHDOG_USEC",
						"WATCHDOG_PID",	 "LISTEN_FDS",
						"LISTEN_PID",	 "XDG_RUNTIME_DIR"};
	struct place *p = *state;
	char command[64];

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		unsetenv(variables[i]);
	if (p->fd >= 0)
		close(p->fd);
	snprintf(command, sizeof(command), "rm -rf %s", p->folder);
	int r = system(command);
	free(p);
	return r;
}

static const char *in(const struct place *p, const char *leaf)
{
	static char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/%s", p->folder, leaf);
	return path;
}

static void bind_socket(struct place *p, const char *leaf, int type)
{
	p->fd = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	p->at.sun_family = AF_UNIX;
	snprintf(p->at.sun_path, sizeof(p->at.sun_path), "%s", in(p, leaf));
	assert_int_equal(bind(p->fd, (struct sockaddr *)&p->at, sizeof(p->at)), 0);
	if (type == SOCK_STREAM)
		assert_int_equal(listen(p->fd, 4), 0);
}

/* ---- what it hears
 * ----------------------------------------------------------------------------------
 */

static const char *heard(const struct place *p)
{
	static char text[100];
	ssize_t n = recv(p->fd, text, sizeof(text) - 1, MSG_DONTWAIT);

	text[n > 0 ? n : 0] = '\0';
	return text;
}

static void the_service_manager_hears_how_it_is(void **state)
{
	struct place *p = *state;

	bind_socket(p, "notify", SOCK_DGRAM);
	notify_ready();
	assert_string_equal(heard(p), "");
	setenv("NOTIFY_SOCKET", p->at.sun_path, 1);
	notify_ready();
	assert_string_equal(heard(p), "READY=1");
	notify_reloading();
	assert_string_equal(heard(p), "RELOADING=1");
	notify_watchdog();
	assert_string_equal(heard(p), "WATCHDOG=1");
	notify_stopping();
	assert_string_equal(heard(p), "STOPPING=1");
}

static void the_watchdog_is_for_this_process(void **state)
{
	char pid[24];

	(void)state;
	assert_int_equal(notify_watchdog_usec(), 0);
	setenv("WATCHDOG_USEC", "3000000", 1);
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("WATCHDOG_PID", pid, 1);
	assert_int_equal(notify_watchdog_usec(), 3000000);
	setenv("WATCHDOG_PID", "1", 1);
	assert_int_equal(notify_watchdog_usec(), 0);
}

/* ---- what it gives
 * ----------------------------------------------------------------------------------
 */

/* In a process of its own, whose third descriptor is the socket (and so many follow): -1 none was there, 1 the one, 2 it is
 * refused. */
static int given(const struct place *p, const char *count)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		struct err e = {.message = ""};
		char number[24];
		int fd;
		if (dup2(p->fd, 3) != 3 || dup2(p->fd, 4) != 4)
			_exit(100);
		snprintf(number, sizeof(number), "%d", (int)getpid());
		setenv("LISTEN_PID", number, 1);
		setenv("LISTEN_FDS", count, 1);
		int r = notify_listen_fd(&fd, &e);
		_exit(r < 0		     ? (*e.message ? 2 : 101)
		      : fd < 0		     ? 0
		      : getenv("LISTEN_FDS") ? 102
		      : fd == 3		     ? 1
					     : 103);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void one_listening_socket_is_taken(void **state)
{
	struct place *p = *state;

	bind_socket(p, "sock", SOCK_STREAM);
	assert_int_equal(given(p, "1"), 1);
	assert_int_equal(given(p, "0"), 0);
	assert_int_equal(given(p, "2"), 2);
	struct err e;
	int fd;
	assert_int_equal(notify_listen_fd(&fd, &e), 0);
	assert_int_equal(fd, -1);
}

static void what_is_no_listening_socket_is_refused(void **state)
{
	struct place *p = *state;

	bind_socket(p, "notify", SOCK_DGRAM);
	assert_int_equal(given(p, "1"), 2);
}

/* ---- programs that it runs
 * --------------------------------------------------------------------------
 */

/* The words, each in brackets. */
static const char *words(char **argv, struct arena *a)
{
	const char *all = "";

	for (; *argv; argv++)
		all = arena_printf(a, "%s[%s]", all, *argv);
	return all;
}

static const char *asked(struct arena *a)
{
	static char program[] = "/usr/sbin/sendmail", option[] = "-t",
		    title[] = "PDH_TITLE=fp expires", day[] = "PDH_DAY=2026-05-30";
	char **own = arena_array(a, 3, sizeof(char *));
	char *const env[] = {title, day, NULL};

	own[0] = program;
	own[1] = option;
	return words(outside_argv(own, env, 1500, a), a);
}

static const char own_words[] = "[/usr/sbin/sendmail][-t]";

static void make_runner(const struct place *p)
{
	FILE *f = fopen(in(p, "systemd-run"), "we");

	assert_non_null(f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(in(p, "systemd-run"), 0755), 0);
}

/* The last test: what a process gives up by this it never gets back. */
static void a_program_is_run_outside_of_the_sandbox_alone(void **state)
{
	struct place *p = *state;
	AUTO_ARENA a = {0};
	char path[PATH_SIZE + 40];
	const char *usual = arena_dup(&a, getenv("PATH"));

	setenv("XDG_RUNTIME_DIR", p->folder, 1);
	snprintf(path, sizeof(path), "/nonexistent:%s", p->folder);
	setenv("PATH", path, 1);
	assert_int_equal(mkdir(in(p, "systemd"), 0700), 0);
	bind_socket(p, "systemd/private", SOCK_STREAM);
	make_runner(p);
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0)
		assert_string_equal(asked(&a), own_words);
	assert_int_equal(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	/* Values, which everybody could read, are in the environment alone. */
	assert_string_equal(
		asked(&a),
		"[systemd-run][--user][--quiet][--pipe][--wait][--collect]"
		"[--property=RuntimeMaxSec=1500ms][--setenv=PDH_TITLE][--setenv=PDH_DAY]"
		"[--][/usr/sbin/sendmail][-t]");
	/* Without the program, without a manager, or without a place for one. */
	assert_int_equal(unlink(in(p, "systemd-run")), 0);
	assert_string_equal(asked(&a), own_words);
	make_runner(p);
	setenv("XDG_RUNTIME_DIR", "tmp", 1);
	assert_string_equal(asked(&a), own_words);
	unsetenv("XDG_RUNTIME_DIR");
	assert_string_equal(asked(&a), own_words);
	setenv("XDG_RUNTIME_DIR", p->folder, 1);
	close(p->fd);
	p->fd = -1;
	assert_string_equal(asked(&a), own_words);
	setenv("PATH", usual, 1);
}

#define PLACE_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE_TEST(the_service_manager_hears_how_it_is),
		PLACE_TEST(the_watchdog_is_for_this_process),
		PLACE_TEST(one_listening_socket_is_taken),
		PLACE_TEST(what_is_no_listening_socket_is_refused),
		PLACE_TEST(a_program_is_run_outside_of_the_sandbox_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
