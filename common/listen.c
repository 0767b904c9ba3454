#include "common/listen.h"

#include "common/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	BACKLOG = 128,	   /* connections that wait while the daemon starts */
	LOCK_TRIES = 2000, /* of a millisecond each; who holds the lock binds and listens,
			      nothing else */
};

static int fail(struct err *e, const char *what, const char *path)
{
	return err_set(e, -PDH_UNREACHABLE, NULL, "cannot %s %.200s: %s", what, path,
		       strerror(errno));
}

static int address(const char *path, struct sockaddr_un *un, struct err *e)
{
	memset(un, 0, sizeof(*un));
	un->sun_family = AF_UNIX;
	if (strlen(path) >= sizeof(un->sun_path))
		return err_set(
			e, -PDH_USAGE, NULL,
			"the socket's path has %zu bytes and a socket takes %zu at the most: "
			"%.200s",
			strlen(path), sizeof(un->sun_path) - 1, path);
	strcpy(un->sun_path, path);
	return 0;
}

/* The lock is held for the moment of binding alone; a holder that dies gives it up. */
static int take_lock(const char *path, struct err *e)
{
	char lock[sizeof(((struct sockaddr_un *)NULL)->sun_path) + 8];

	snprintf(lock, sizeof(lock), "%s.lock", path);
	int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail(e, "open", lock);
	for (int i = 0; i < LOCK_TRIES; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		usleep(1000);
	}
	close(fd);
	return err_set(e, -PDH_UNREACHABLE, NULL,
		       "another program has held %.200s for 2 s", lock);
}

/* Whether somebody answers at the address: 1, 0 (nobody; a dead file may be in the way),
 * or negative. */
static int probe(const struct sockaddr_un *un, struct err *e)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return fail(e, "make a socket for", un->sun_path);
	int r = connect(fd, (const struct sockaddr *)un, sizeof(*un));
	int why = r < 0 ? errno : 0;
	close(fd);
	/* EAGAIN: its backlog is full, so it is alive. */
	if (r == 0 || why == EAGAIN)
		return 1;
	if (why == ENOENT || why == ECONNREFUSED)
		return 0;
	errno = why;
	return fail(e, "connect to", un->sun_path);
}

static int remove_dead(const char *path, struct err *e)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return errno == ENOENT ? 0 : fail(e, "look at", path);
	if (!S_ISSOCK(st.st_mode))
		return err_set(e, -PDH_UNREACHABLE, NULL,
			       "%.200s is not a socket; it is left alone", path);
	return unlink(path) == 0 || errno == ENOENT ? 0 : fail(e, "remove", path);
}

static void remember(struct listener *l, const char *path)
{
	struct stat st;

	if (lstat(path, &st) == 0) {
		l->dev = st.st_dev;
		l->ino = st.st_ino;
	} else {
		l->owned = false;
	}
}

/* The mode is set before anybody can connect: listening comes after. */
static int bind_and_listen(const struct sockaddr_un *un, struct listener *ret,
			   struct err *e)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return fail(e, "make a socket for", un->sun_path);
	if (bind(fd, (const struct sockaddr *)un, sizeof(*un)) < 0 ||
	    chmod(un->sun_path, 0600) < 0 || listen(fd, BACKLOG) < 0) {
		fail(e, "listen on", un->sun_path);
		close(fd);
		return e->code;
	}
	*ret = (struct listener){.fd = fd, .owned = true};
	remember(ret, un->sun_path);
	return 0;
}

int listen_open(const char *path, struct listener *ret, struct err *e)
{
	struct sockaddr_un un;
	int r = address(path, &un, e);

	if (r == 0)
		r = path_make_parent(path, e);
	if (r < 0)
		return r;
	int lock = take_lock(path, e);
	if (lock < 0)
		return lock;
	r = probe(&un, e);
	if (r == 0)
		r = remove_dead(path, e);
	if (r == 0)
		r = bind_and_listen(&un, ret, e);
	close(lock);
	return r;
}

void listen_adopt(int fd, const char *path, bool owned, struct listener *ret)
{
	*ret = (struct listener){.fd = fd, .owned = owned};
	remember(ret, path);
	/* From now on it is this process that clients see at the other end. */
	(void)listen(fd, BACKLOG);
}

bool listen_path(int fd, char ret[LISTEN_PATH_SIZE])
{
	struct sockaddr_un un;
	socklen_t size = sizeof(un);

	memset(&un, 0, sizeof(un));
	if (getsockname(fd, (struct sockaddr *)&un, &size) < 0 || un.sun_path[0] != '/')
		return false;
	snprintf(ret, LISTEN_PATH_SIZE, "%.*s", (int)sizeof(un.sun_path), un.sun_path);
	return true;
}

bool listen_is_there(const struct listener *l, const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && st.st_dev == l->dev && st.st_ino == l->ino;
}

void listen_unlink(const struct listener *l, const char *path)
{
	if (l->owned && listen_is_there(l, path))
		unlink(path);
}
