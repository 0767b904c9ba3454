/* Where clients come in: each once, also when files run out; and how many are served at once. */
#include "daemon/loop/gate.h"

#include "tests/support/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST = 80 };

struct hall {
	uv_loop_t loop;
	struct gate gate;
	int in[MOST]; /* descriptors of who came in */
	int n;
	bool closes; /* the gate, with the first */
	bool entered;
};

static void on_in(void *data, int fd)
{
	struct hall *hall = data;

	assert_true(hall->n < MOST);
	hall->in[hall->n++] = fd;
	hall->entered = true;
	if (hall->closes)
		gate_close(&hall->gate);
}

static int set_up(void **state)
{
	struct hall *hall = calloc(1, sizeof(*hall));

	assert_non_null(hall);
	assert_int_equal(uv_loop_init(&hall->loop), 0);
	gate_init(&hall->gate, &hall->loop, on_in, hall);
	*state = hall;
	return 0;
}

static int tear_down(void **state)
{
	struct hall *hall = *state;

	gate_close(&hall->gate);
	gate_close(&hall->gate);
	loop_end(&hall->loop);
	for (int i = 0; i < hall->n; i++)
		close(hall->in[i]);
	free(hall);
	return 0;
}

/* A socket without a file; its address is the kernel's to choose. */
static int listening(struct sockaddr_un *at, socklen_t *n)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	*at = (struct sockaddr_un){.sun_family = AF_UNIX};
	assert_int_equal(bind(fd, (struct sockaddr *)at, sizeof(sa_family_t)), 0);
	*n = sizeof(*at);
	assert_int_equal(getsockname(fd, (struct sockaddr *)at, n), 0);
	assert_int_equal(listen(fd, MOST), 0);
	return fd;
}

static int caller(const struct sockaddr_un *at, socklen_t n)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (const struct sockaddr *)at, n), 0);
	return fd;
}

static void await_entry(struct hall *hall)
{
	hall->entered = false;
	loop_until(&hall->loop, &hall->entered);
}

/* More than are let in at once. */
static void all_who_wait_come_in(void **state)
{
	struct hall *hall = *state;
	struct sockaddr_un at;
	socklen_t n;
	int calls[MOST - 10];

	assert_int_equal(gate_open(&hall->gate, listening(&at, &n)), 0);
	for (int i = 0; i < MOST - 10; i++)
		calls[i] = caller(&at, n);
	while (hall->n < MOST - 10)
		await_entry(hall);
	for (int i = 0; i < MOST - 10; i++) {
		assert_true(fcntl(hall->in[i], F_GETFD) & FD_CLOEXEC);
		assert_true(fcntl(hall->in[i], F_GETFL) & O_NONBLOCK);
		close(calls[i]);
	}
}

static void another_socket_takes_the_place_of_the_first(void **state)
{
	struct hall *hall = *state;
	struct sockaddr_un first, second;
	socklen_t first_n, second_n;

	assert_int_equal(gate_open(&hall->gate, listening(&first, &first_n)), 0);
	assert_int_equal(gate_open(&hall->gate, listening(&second, &second_n)), 0);
	uv_run(&hall->loop, UV_RUN_NOWAIT);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&first, first_n), -1);
	assert_int_equal(errno, ECONNREFUSED);
	close(fd);
	fd = caller(&second, second_n);
	await_entry(hall);
	assert_int_equal(hall->n, 1);
	close(fd);
}

/* The one that was open stays. */
static void what_cannot_be_watched_is_no_socket(void **state)
{
	struct hall *hall = *state;
	struct sockaddr_un at;
	socklen_t n;
	int file = open("/dev/null", O_RDONLY | O_CLOEXEC);

	assert_int_equal(gate_open(&hall->gate, listening(&at, &n)), 0);
	assert_true(gate_open(&hall->gate, file) < 0);
	assert_int_equal(close(file), 0);
	int fd = caller(&at, n);
	await_entry(hall);
	assert_int_equal(hall->n, 1);
	close(fd);
}

static void nobody_comes_in_once_it_is_closed(void **state)
{
	struct hall *hall = *state;
	struct sockaddr_un at;
	socklen_t n;

	hall->closes = true;
	assert_int_equal(gate_open(&hall->gate, listening(&at, &n)), 0);
	int first = caller(&at, n), second = caller(&at, n);
	await_entry(hall);
	uv_run(&hall->loop, UV_RUN_DEFAULT);
	assert_int_equal(hall->n, 1);
	close(first);
	close(second);
}

/* ---- files run out -------------------------------------------------------------------------- */

/* No file more than are open, so that the next client cannot be let in; the limit before it in *was. */
static void run_out(struct rlimit *was)
{
	struct rlimit none;
	int next = dup(STDERR_FILENO);

	assert_int_equal(getrlimit(RLIMIT_NOFILE, was), 0);
	none = (struct rlimit){.rlim_cur = (rlim_t)next, .rlim_max = was->rlim_max};
	close(next);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
}

static void who_cannot_be_let_in_is_turned_away(void **state)
{
	struct hall *hall = *state;
	struct sockaddr_un at;
	struct rlimit was;
	socklen_t n;
	char byte;

	assert_int_equal(gate_open(&hall->gate, listening(&at, &n)), 0);
	int away = caller(&at, n);
	run_out(&was);
	uv_run(&hall->loop, UV_RUN_NOWAIT);
	assert_int_equal(recv(away, &byte, 1, MSG_DONTWAIT), 0);
	assert_int_equal(hall->n, 0);
	/* It was told once, and nobody else waited. */
	assert_int_not_equal(hall->gate.told, 0);
	assert_int_equal(hall->gate.times, 0);
	assert_true(hall->gate.spare >= 0);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
	int in = caller(&at, n);
	await_entry(hall);
	assert_int_equal(hall->n, 1);
	close(away);
	close(in);
}

/* Where even the spare one is gone it rests, and the client that waits comes in later. */
static void without_a_spare_one_it_rests(void **state)
{
	struct hall *hall = *state;
	struct sockaddr_un at;
	struct rlimit was;
	socklen_t n;
	char byte;

	assert_int_equal(gate_open(&hall->gate, listening(&at, &n)), 0);
	int waits = caller(&at, n);
	run_out(&was);
	close(hall->gate.spare);
	int taken = open("/dev/null", O_RDONLY | O_CLOEXEC);
	assert_int_equal(taken, hall->gate.spare);
	hall->gate.spare = -1;
	uv_run(&hall->loop, UV_RUN_NOWAIT);
	assert_int_equal(recv(waits, &byte, 1, MSG_DONTWAIT), -1);
	assert_true(uv_is_active((uv_handle_t *)&hall->gate.rest));
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
	await_entry(hall);
	assert_int_equal(hall->n, 1);
	assert_true(hall->gate.spare >= 0);
	close(taken);
	close(waits);
}

/* ---- places ----------------------------------------------------------------------------------- */

/* In a process of its own: a hard limit is not to be raised again. */
static int places_under(rlim_t soft, rlim_t hard, int wanted)
{
	int status;

	(void)fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		const struct rlimit limit = {soft, hard};
		if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
			_exit(255);
		int64_t places = gate_places(wanted);
		struct rlimit after;
		_exit(getrlimit(RLIMIT_NOFILE, &after) < 0 ||
				      after.rlim_cur < (rlim_t)places
			      ? 254
			      : (int)places);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void as_many_are_served_as_files_may_be_open(void **state)
{
	static const struct {
		rlim_t soft, hard;
		int wanted, places;
	} cases[] = {
		{200, 200, 100, 100}, /* enough */
		{164, 164, 100, 100}, /* just enough, with 64 of its own */
		{163, 163, 100, 99},
		{64, 164, 100, 100}, /* raised */
		{64, 160, 100, 96},  /* as far as it may be */
		{129, 129, 100, 65},
		{128, 128, 100, 64}, /* half of them where there are few */
		{64, 64, 100, 32},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(
			places_under(cases[i].soft, cases[i].hard, cases[i].wanted),
			cases[i].places);
}

#define HALL_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HALL_TEST(all_who_wait_come_in),
		HALL_TEST(another_socket_takes_the_place_of_the_first),
		HALL_TEST(what_cannot_be_watched_is_no_socket),
		HALL_TEST(nobody_comes_in_once_it_is_closed),
		HALL_TEST(who_cannot_be_let_in_is_turned_away),
		HALL_TEST(without_a_spare_one_it_rests),
		cmocka_unit_test(as_many_are_served_as_files_may_be_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
