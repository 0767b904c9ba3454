/* The box: what a reader can still do once it is shut, tried in a child. */
#include "client/read/box.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

typedef bool attempt(void);

static bool open_file(void)
{
	return open("/etc/passwd", O_RDONLY) >= 0;
}

static bool make_file(void)
{
	return open("/tmp/pdh-box", O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool make_folder(void)
{
	return mkdir("/tmp/pdh-box", 0700) == 0;
}

static bool start_program(void)
{
	char *const words[] = {(char *)(uintptr_t) "true", NULL};

	return execv("/bin/true", words) == 0;
}

static bool fork_itself(void)
{
	return fork() >= 0;
}

static bool connect_out(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool signal_parent(void)
{
	return kill(getppid(), 0) == 0;
}

static bool give_memory(void)
{
	void *p = malloc(1 << 20);
	bool got = p != NULL;

	free(p);
	return got;
}

/* The exit status of a child that shuts itself in and then tries: 1 where it could. */
static int try_inside(attempt *what)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct err e;
		struct box box;
		if (box_limit(&e) < 0 || box_shut(&box, &e) < 0)
			_exit(99);
		_exit(what());
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

static void nothing_gets_out(void **state)
{
	static attempt *const forbidden[] = {open_file, make_file};
	static attempt *const filtered[] = {make_folder, start_program, fork_itself,
					    connect_out, signal_parent};

	(void)state;
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		assert_int_equal(try_inside(forbidden[i]), 0);
#ifndef __SANITIZE_ADDRESS__
	for (size_t i = 0; i < sizeof(filtered) / sizeof(filtered[0]); i++)
		assert_int_equal(try_inside(filtered[i]), 0);
#else
	(void)filtered;
#endif
}

static void it_can_still_work(void **state)
{
	(void)state;
	assert_int_equal(try_inside(give_memory), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_gets_out),
		cmocka_unit_test(it_can_still_work),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
