/* The lock beside a database: who holds it, and what others make of it. */
#include "common/lock.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static char folder[64];
static const char *database, *lock, *address;

static int set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(folder, sizeof(folder), "%.40s/pdh-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(folder));
	database = arena_printf(&arena, "%s/pdh.db", folder);
	lock = arena_printf(&arena, "%s.lock", database);
	address = arena_printf(&arena, "%s/sock", folder);
	return 0;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	arena_done(&arena);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static int bind_address(void)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(un.sun_path, address);
	unlink(address);
	assert_int_equal(bind(fd, (struct sockaddr *)&un, sizeof(un)), 0);
	assert_int_equal(listen(fd, 128), 0);
	return fd;
}

/* Another process that holds the lock and says so; with `listens` it can be reached. It ends on SIGTERM, or when
 * killed. */
static pid_t start_holder(const char *by, int listens)
{
	int ready[2];
	char c;

	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	pid_t pid = fork();
	if (pid == 0) {
		struct err e;
		int fd;
		if (listens)
			bind_address();
		if (lock_take(database, &fd, &e) < 0)
			_exit(1);
		lock_tell(fd, by, address);
		(void)!write(ready[1], "x", 1);
		for (;;)
			pause();
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	return pid;
}

static int ended_by(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : -1;
}

static void write_lock(const char *text)
{
	int fd = open(lock, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void it_says_who_holds_it_and_where(void **state)
{
	struct lock_holder h;
	struct stat st;
	struct err e;
	int fd, again;

	(void)state;
	assert_false(lock_read(database, &arena, &h));
	assert_int_equal(lock_take(database, &fd, &e), 0);
	assert_true(lock_read(database, &arena, &h));
	assert_null(h.socket);
	lock_tell(fd, "systemd", "/run/user/7/pdh/a rather long name of a socket");
	lock_tell(fd, "hand", "/s");
	assert_true(lock_read(database, &arena, &h));
	assert_int_equal(h.pid, getpid());
	assert_string_equal(h.by, "hand");
	assert_string_equal(h.socket, "/s");
	assert_true(lock_is_held(database));
	assert_int_equal(stat(lock, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	int process = lock_open_holder(&h);
	assert_true(process >= 0);
	close(process);
	assert_int_equal(lock_take(database, &again, &e), -PDH_REFUSED);
	assert_non_null(strstr(e.message, "another pdhd"));
	assert_non_null(strstr(e.message, "answers on /s"));
	close(fd);
	assert_false(lock_is_held(database));
}

static void what_was_left_or_cut_says_nothing(void **state)
{
	static const char *const cases[] = {"", "12", "1234\n", "x\nsocket /s\nend\n",
					    "1234\nsince 5\nby pdh\nsocket /s\nen"};
	struct lock_holder h;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		write_lock(cases[i]);
		assert_false(lock_read(database, &arena, &h));
	}
	write_lock("1234\nsocket relative\nnew words\nend\nsocket /left/over\n");
	assert_true(lock_read(database, &arena, &h));
	assert_null(h.socket);
}

/* Numbers come again: a process that began at another time is not the one. */
static void another_process_of_the_number_is_left_alone(void **state)
{
	pid_t pid = fork(), told;

	(void)state;
	if (pid == 0) {
		for (;;)
			pause();
	}
	write_lock(
		arena_printf(&arena, "%d\nsince 1\nby pdh\nsocket /s\nend\n", (int)pid));
	struct lock_holder h;
	assert_true(lock_read(database, &arena, &h));
	assert_int_equal(lock_open_holder(&h), -1);
	assert_int_equal(lock_end_holder(database, &told), 0);
	kill(pid, SIGKILL);
	assert_int_equal(ended_by(pid), SIGKILL);
}

static void a_holder_that_answers_is_left_alone(void **state)
{
	pid_t pid = start_holder("hand", 1);
	struct err e;
	int fd;

	(void)state;
	assert_int_equal(lock_take(database, &fd, &e), -PDH_REFUSED);
	assert_non_null(strstr(e.message, arena_printf(&arena, "process %d", (int)pid)));
	lock_replace_started_by_pdh(database);
	assert_int_equal(lock_take(database, &fd, &e), -PDH_REFUSED);
	kill(pid, SIGKILL);
	assert_int_equal(ended_by(pid), SIGKILL);
	assert_int_equal(lock_take(database, &fd, &e), 0);
	close(fd);
}

static void a_holder_whose_socket_is_gone_is_ended(void **state)
{
	struct err e;
	int fd;

	(void)state;
	pid_t pid = start_holder("hand", 0);
	assert_int_equal(lock_take(database, &fd, &e), 0);
	close(fd);
	assert_int_equal(ended_by(pid), SIGTERM);

	/* Another listens there by now, and not for the holder. */
	pid = start_holder("systemd", 1);
	int other = bind_address();
	if (lock_take(database, &fd, &e) < 0)
		fail_msg("%s", e.message);
	close(fd);
	close(other);
	assert_int_equal(ended_by(pid), SIGTERM);
}

static void a_service_takes_the_place_of_what_pdh_started(void **state)
{
	pid_t pid = start_holder("pdh", 1);
	struct err e;
	int fd;

	(void)state;
	lock_replace_started_by_pdh(database);
	assert_int_equal(ended_by(pid), SIGTERM);
	assert_int_equal(lock_take(database, &fd, &e), 0);
	close(fd);
	/* It has ended long since. */
	lock_replace_started_by_pdh(database);
}

static void a_lock_that_cannot_be_made_is_told(void **state)
{
	struct err e;
	int fd;

	(void)state;
	assert_int_equal(symlink("/etc/passwd", lock), 0);
	assert_int_equal(lock_take(database, &fd, &e), -PDH_STORAGE);
	assert_non_null(strstr(e.message, "cannot open"));
	assert_int_equal(lock_take("/nowhere/at/all", &fd, &e), -PDH_STORAGE);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(it_says_who_holds_it_and_where),
		TEST(what_was_left_or_cut_says_nothing),
		TEST(another_process_of_the_number_is_left_alone),
		TEST(a_holder_that_answers_is_left_alone),
		TEST(a_holder_whose_socket_is_gone_is_ended),
		TEST(a_service_takes_the_place_of_what_pdh_started),
		TEST(a_lock_that_cannot_be_made_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
