#include "client/net/peer.h"

#include "common/paths.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 65536, SLOW_MS = 250 };

static int say_slow(const struct peer *p, struct err *e)
{
	err_set(e, -PDH_UNREACHABLE, NULL,
		"the daemon at %.300s did not answer within %d.%d s", p->path,
		p->timeout_ms / 1000, p->timeout_ms % 1000 / 100);
	return err_hint(e,
			"wait longer with --timeout 10, or end it with: pdh daemon stop");
}

/* Anybody may listen in /tmp. What is sent is the person's own, and what comes back is printed. */
static bool is_same_user(int fd)
{
	struct ucred peer;
	socklen_t n = sizeof(peer);

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0 &&
	       peer.uid == getuid();
}

static int say_foreign(const struct peer *p, struct err *e)
{
	err_set(e, -PDH_UNREACHABLE, NULL,
		"another user listens at %.300s; nothing was sent there", p->path);
	err_hint(e, "set XDG_RUNTIME_DIR to a folder that is yours alone, or PDH_SOCKET");
	return 2;
}

static int check_folder(const struct peer *p, struct err *e)
{
	if (path_check_parent(p->path, e) == 0)
		return 0;
	e->code = -PDH_UNREACHABLE;
	err_hint(e, "set XDG_RUNTIME_DIR to a folder that is yours alone, or PDH_SOCKET");
	return 2;
}

static int take(struct peer *p, int fd, struct err *e)
{
	if (!is_same_user(fd)) {
		close(fd);
		return say_foreign(p, e);
	}
	p->fd = fd;
	return 0;
}

int peer_connect(struct peer *p, struct err *e)
{
	if (check_folder(p, e) != 0)
		return 2;
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	struct timeval limit = {p->timeout_ms / 1000, p->timeout_ms % 1000 * 1000};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return err_set(e, -PDH_UNREACHABLE, NULL, "cannot make a socket: %s",
			       strerror(errno));
	strcpy(un.sun_path, p->path);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	if (connect(fd, (const struct sockaddr *)&un, sizeof(un)) == 0)
		return take(p, fd, e);
	int why = errno;
	close(fd);
	if (why == ENOENT || why == ECONNREFUSED)
		return 1;
	if (why == EAGAIN)
		return say_slow(p, e);
	return err_set(e, -PDH_UNREACHABLE, NULL, "cannot connect to %.300s: %s", p->path,
		       strerror(why));
}

void peer_disconnect(struct peer *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
	p->in.len = 0;
}

void peer_done(struct peer *p)
{
	peer_disconnect(p);
	buf_done(&p->in);
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

/* Waits for the socket until `deadline`: 0, or -PDH_UNREACHABLE. */
static int wait_for(struct peer *p, short events, int64_t deadline, struct err *e)
{
	struct pollfd pfd = {.fd = p->fd, .events = events};
	int r;

	do {
		int64_t left = deadline - now_ms();
		r = poll(&pfd, 1, left > 0 ? (int)left : 0);
	} while (r < 0 && errno == EINTR);
	return r > 0 ? 0 : say_slow(p, e);
}

static bool may_wait(void)
{
	return errno == EAGAIN || errno == EINTR;
}

int peer_send(struct peer *p, const struct buf *out, struct err *e)
{
	int64_t deadline = now_ms() + p->timeout_ms;
	int r = 0;

	for (size_t at = 0; r == 0 && at < out->len;) {
		ssize_t n = send(p->fd, out->data + at, out->len - at,
				 MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n > 0)
			at += (size_t)n;
		else if (!may_wait())
			return 0;
		else
			r = wait_for(p, POLLOUT, deadline, e);
	}
	return r;
}

/* A person grows impatient long before the time is over. */
static int wait_for_answer(struct peer *p, bool *told, struct err *e)
{
	int64_t deadline = now_ms() + p->timeout_ms;

	if (!*told && p->slow && p->timeout_ms > SLOW_MS) {
		struct pollfd pfd = {.fd = p->fd, .events = POLLIN};
		if (poll(&pfd, 1, SLOW_MS) > 0)
			return 0;
		*told = true;
		p->slow(p->slow_data);
	}
	return wait_for(p, POLLIN, deadline, e);
}

/* A Unix socket is reset, not just closed, when what was sent was not all read. */
static enum attempt broken(const struct peer *p, ssize_t n)
{
	return n < 0 && errno == ECONNRESET && p->in.len == 0 ? ATTEMPT_UNREAD
							      : ATTEMPT_CUT;
}

enum attempt peer_receive(struct peer *p, size_t *ret_size, struct err *e)
{
	struct wire_scanner scanner = {0};
	enum wire_scan scan;
	bool told = false;

	while ((scan = wire_scan(&scanner, &wire_reply_limits, p->in.data, p->in.len,
				 ret_size)) == WIRE_MORE) {
		char *room = buf_reserve(&p->in, CHUNK);
		ssize_t n = recv(p->fd, room, CHUNK, MSG_DONTWAIT);
		if (n > 0)
			p->in.len += (size_t)n;
		else if (n == 0 || !may_wait())
			return broken(p, n);
		else if (wait_for_answer(p, &told, e) < 0)
			return ATTEMPT_FAILED;
	}
	if (scan == WIRE_DONE)
		return ATTEMPT_ANSWERED;
	err_set(e, -PDH_BAD_FRAME, NULL, "the daemon's answer cannot be read: %s",
		wire_scan_text(scan));
	return ATTEMPT_FAILED;
}
