#include "common/lock.h"

#include "common/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
	TEXT_MOST = 8192, /* a path and four short lines */
	PAUSE_MS = 20,
	GRACE_MS = 100,	    /* for a daemon that binds anew or is on its way out */
	PATIENCE_MS = 5000, /* for it to have ended: it drains for 2 s */
	UNKNOWN_MS =
		500 /* for a holder that is no process here: of a container, or not yet written */
};

static const char *lock_path(struct arena *a, const char *database)
{
	return arena_printf(a, "%s.lock", database);
}

/* ---- processes ---------------------------------------------------------------------------------- */

/* When the process was started, in ticks since boot: the 22nd field of /proc/PID/stat, the 20th after the name, which
 * may hold anything. 0: it is not there. */
static unsigned long long started_at(pid_t pid)
{
	enum { FIELD = 20 };
	char path[32], text[1024];

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	ssize_t n = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	char *p = strrchr(text, ')');
	for (int i = 0; p && i < FIELD; i++)
		p = strchr(p + 1, ' ');
	return p ? strtoull(p + 1, NULL, 10) : 0;
}

int lock_open_holder(const struct lock_holder *h)
{
	int fd = h->pid > 0 && h->since > 0 ? pidfd_open(h->pid, 0) : -1;

	/* The number is held by now: whoever has it keeps it. */
	if (fd >= 0 && started_at(h->pid) != h->since) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* ---- what the file says ------------------------------------------------------------------------- */

static const char *value_of(const char *line, const char *key)
{
	size_t n = strlen(key);

	return strncmp(line, key, n) == 0 && line[n] == ' ' ? line + n + 1 : NULL;
}

static bool parse(char *text, struct arena *a, struct lock_holder *ret)
{
	struct lock_holder h = {.pid = atoi(text), .by = "?"};
	char *rest = text, *line;

	while ((line = strsep(&rest, "\n"))) {
		const char *v;
		if (strcmp(line, "end") == 0) {
			*ret = h;
			return h.pid > 0;
		}
		if ((v = value_of(line, "since")))
			h.since = strtoull(v, NULL, 10);
		else if ((v = value_of(line, "by")))
			h.by = arena_dup(a, v);
		else if ((v = value_of(line, "socket")) && *v == '/')
			h.socket = arena_dup(a, v);
	}
	return false;
}

static bool read_fd(int fd, struct arena *a, struct lock_holder *ret)
{
	char text[TEXT_MOST];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	if (n <= 0)
		return false;
	text[n] = '\0';
	return parse(text, a, ret);
}

static int open_to_read(const char *database)
{
	AUTO_ARENA a = {0};

	return open(lock_path(&a, database), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

bool lock_read(const char *database, struct arena *a, struct lock_holder *ret)
{
	int fd = open_to_read(database);

	if (fd < 0)
		return false;
	bool found = read_fd(fd, a, ret);
	close(fd);
	return found;
}

bool lock_is_held(const char *database)
{
	int fd = open_to_read(database);
	bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;

	if (fd >= 0)
		close(fd);
	return held;
}

void lock_tell(int fd, const char *by, const char *socket)
{
	AUTO_ARENA a = {0};
	pid_t self = getpid();
	const char *text = arena_printf(
		&a, "%d\nsince %llu\nby %s\n%s%s%send\n", (int)self, started_at(self), by,
		socket ? "socket " : "", socket ? socket : "", socket ? "\n" : "");
	size_t n = strlen(text);

	/* One write, so that whoever reads meanwhile has the old or the new. */
	if (pwrite(fd, text, n, 0) != (ssize_t)n || ftruncate(fd, (off_t)n) < 0)
		log_debug("cannot write the lock");
}

/* ---- others who hold it ------------------------------------------------------------------------- */

/* Whether who listens at the socket is the holder: a later one may have bound the same path. Process 0 is one of another
 * namespace. */
static bool is_reachable(const struct lock_holder *h)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	struct ucred peer;
	socklen_t size = sizeof(peer);

	if (strlen(h->socket) >= sizeof(un.sun_path))
		return false;
	strcpy(un.sun_path, h->socket);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return true;
	bool is = connect(fd, (const struct sockaddr *)&un, sizeof(un)) == 0
			  ? getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
				    (peer.pid == h->pid || peer.pid == 0)
			  : errno == EAGAIN;
	close(fd);
	return is;
}

static bool end(const struct lock_holder *h)
{
	int fd = lock_open_holder(h);
	bool told = fd >= 0 && pidfd_send_signal(fd, SIGTERM, NULL, 0) == 0;

	if (fd >= 0)
		close(fd);
	return told;
}

int lock_end_holder(const char *database, pid_t *ret_pid)
{
	AUTO_ARENA a = {0};
	struct lock_holder h;

	if (!lock_read(database, &a, &h) || !lock_is_held(database) || !end(&h))
		return 0;
	*ret_pid = h.pid;
	return 1;
}

static int refuse(const char *database, const struct lock_holder *h, struct err *e)
{
	err_set(e, -PDH_REFUSED, NULL,
		"another pdhd (process %d) holds the database %.200s%s%.150s",
		(int)h->pid, database, h->socket ? " and answers on " : "",
		h->socket ? h->socket : "");
	return err_hint(e, "pdh daemon stop ends it");
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

/* One look at whoever holds the lock: 0 to go on waiting, or a refusal. */
static int look_at_holder(int fd, const char *database, int64_t waited, bool *told,
			  struct err *e)
{
	AUTO_ARENA a = {0};
	struct lock_holder h = {0};
	bool known = read_fd(fd, &a, &h);

	if (known && h.pid == getpid())
		return refuse(database, &h, e);
	if (!*told && known && h.socket && is_reachable(&h))
		return refuse(database, &h, e);
	int process = known ? lock_open_holder(&h) : -1;
	bool lives = process >= 0;
	if (lives)
		close(process);
	if (lives && h.socket && waited >= GRACE_MS && !*told) {
		log_info(
			"process %d holds the database and cannot be reached: it is asked to end",
			(int)h.pid);
		*told = end(&h);
	}
	return waited < (lives ? PATIENCE_MS : UNKNOWN_MS) ? 0 : refuse(database, &h, e);
}

static int say_cannot(const char *what, const char *path, struct err *e)
{
	return err_set(e, -PDH_STORAGE, NULL, "cannot %s %.300s: %s", what, path,
		       strerror(errno));
}

static int say_no_locks(const char *database, struct err *e)
{
	err_set(e, -PDH_STORAGE, NULL,
		"the file system of %.300s does not support locks (%s), which pdh needs",
		database, strerror(errno));
	return err_hint(e, "set PDH_DATABASE to a place on a local disk");
}

int lock_take(const char *database, int *ret, struct err *e)
{
	AUTO_ARENA a = {0};
	const char *path = lock_path(&a, database);
	int64_t begun = now_ms();
	bool told = false;
	int r = 0;

	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return say_cannot("open", path, e);
	while (r == 0 && flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK)
			r = say_no_locks(database, e);
		else
			r = look_at_holder(fd, database, now_ms() - begun, &told, e);
		if (r == 0)
			(void)poll(NULL, 0, PAUSE_MS);
	}
	if (r < 0) {
		close(fd);
		return r;
	}
	lock_tell(fd, "?", NULL);
	*ret = fd;
	return 0;
}

void lock_replace_started_by_pdh(const char *database)
{
	AUTO_ARENA a = {0};
	struct lock_holder h;

	if (!lock_read(database, &a, &h) || strcmp(h.by, "pdh") != 0)
		return;
	struct pollfd p = {.fd = lock_open_holder(&h), .events = POLLIN};
	if (p.fd < 0)
		return;
	if (lock_is_held(database) && pidfd_send_signal(p.fd, SIGTERM, NULL, 0) == 0) {
		log_info(
			"process %d, which pdh started, is asked to end: the service takes its place",
			(int)h.pid);
		(void)poll(&p, 1, PATIENCE_MS);
	}
	close(p.fd);
}
