#include "tests/support/loop.h"

#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATIENCE_MS = 10 * 1000 };

static void on_late(uv_timer_t *timer)
{
	*(bool *)timer->data = true;
}

static void turn(uv_loop_t *loop, bool (*over)(const void *data), const void *data)
{
	bool late = false;
	uv_timer_t timer;

	uv_timer_init(loop, &timer);
	timer.data = &late;
	uv_timer_start(&timer, on_late, PATIENCE_MS, 0);
	while (!over(data) && !late)
		uv_run(loop, UV_RUN_ONCE);
	uv_close((uv_handle_t *)&timer, NULL);
	uv_run(loop, UV_RUN_NOWAIT);
	if (late)
		fail_msg("the loop waited in vain");
}

static bool is_set(const void *data)
{
	return *(const bool *)data;
}

void loop_until(uv_loop_t *loop, const bool *done)
{
	turn(loop, is_set, done);
}

void loop_end(uv_loop_t *loop)
{
	uv_run(loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(loop), 0);
}

static pid_t read_number(const char *file)
{
	FILE *f = fopen(file, "re");
	int pid = 0;
	char end = 0;

	if (!f)
		return 0;
	if (fscanf(f, "%9d%c", &pid, &end) != 2 || end != '\n')
		pid = 0;
	(void)fclose(f);
	return pid;
}

static bool has_number(const void *file)
{
	return read_number(file) > 0;
}

static void on_tick(uv_timer_t *timer)
{
	(void)timer;
}

/* A file tells the loop nothing, so it looks at it once in a millisecond. */
pid_t process_of(uv_loop_t *loop, const char *file)
{
	uv_timer_t tick;

	uv_timer_init(loop, &tick);
	uv_timer_start(&tick, on_tick, 1, 1);
	turn(loop, has_number, file);
	uv_close((uv_handle_t *)&tick, NULL);
	uv_run(loop, UV_RUN_NOWAIT);
	return read_number(file);
}

int process_watch(pid_t pid)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);

	assert_true(fd >= 0);
	return fd;
}

void process_await_end(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	int r;

	do {
		r = poll(&p, 1, PATIENCE_MS);
	} while (r < 0 && errno == EINTR);
	assert_int_equal(r, 1);
	close(fd);
}
