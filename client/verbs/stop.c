#include "client/verbs/stop.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

enum {
	ENDING_MS = 5000
}; /* it writes its answers for 2 s at the most, and closes its database */

/* Waits until the process has ended, so that what comes next does not meet it. */
static int wait_end(const struct call *c, int64_t pid, struct err *e)
{
	int fd = pidfd_open((pid_t)pid, 0);
	int most = c->peer.timeout_ms > ENDING_MS ? c->peer.timeout_ms : ENDING_MS;
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int r;

	if (fd < 0)
		return 0;
	do {
		r = poll(&p, 1, most);
	} while (r < 0 && errno == EINTR);
	close(fd);
	if (r > 0)
		return 0;
	err_set(e, -PDH_UNREACHABLE, NULL, "the daemon (process %lld) has not ended yet",
		(long long)pid);
	return err_hint(e, "to end it, run: kill -9 %lld; what was acknowledged is kept",
			(long long)pid);
}

/* The process of the lock, unless a socket is named and it is not its. */
static bool end_holder(const struct call *c, int64_t *ret_pid)
{
	const char *named = c->find.sockets.named;
	struct lock_holder holder;
	pid_t pid;

	if (named && (!lock_read(c->find.database, c->arena, &holder) || !holder.socket ||
		      strcmp(holder.socket, named) != 0))
		return false;
	if (lock_end_holder(c->find.database, &pid) == 0)
		return false;
	*ret_pid = pid;
	return true;
}

static void answer_by_hand(const struct call *c, int64_t pid, struct answer *ret)
{
	struct daemon_status *s = arena_alloc(c->arena, sizeof(*s));

	shape_none(&shape_daemon_status, s);
	s->pid = pid;
	s->socket = c->peer.path;
	answer_local(&api_methods[METHOD_daemon_stop], s, c->arena, ret);
}

int stop_daemon(struct call *c, struct answer *ret, struct err *e)
{
	int64_t pid = INT_NONE;
	int r;

	c->may_spawn = false;
	r = call_method(c, &api_methods[METHOD_daemon_stop], NULL, false, ret, e);
	if (r == 0) {
		r = wait_end(c, ((const struct daemon_status *)ret->record)->pid, e);
		if (r < 0)
			answer_done(ret);
		return r;
	}
	if (end_holder(c, &pid))
		r = wait_end(c, pid, e);
	else if (c->nobody)
		r = 0;
	if (r == 0)
		answer_by_hand(c, pid, ret);
	return r;
}

void stop_started(struct call *c)
{
	struct answer ans;
	struct err e;

	if (c->spawned.pid > 0 && stop_daemon(c, &ans, &e) == 0)
		answer_done(&ans);
}
