/* The lock beside a database: one daemon for each, and where it is found.
 *
 * The file DATABASE.lock stays; who holds it (flock(2)) has written into it which process it is, since when, by whom it
 * was started, and the socket on which it listens. Clients follow that, so that all of them find the one daemon,
 * whatever their environment says of sockets. Lines of words, closed by "end"; what follows is left from before:
 *
 *   1234
 *   since 8876543          starttime of proc(5), so that another process of the same number is not taken for it
 *   by pdh                 pdh, systemd or hand
 *   socket /run/user/1000/pdh/sock
 *   end */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stdbool.h>
#include <sys/types.h>

struct lock_holder {
	pid_t pid;
	unsigned long long since;
	const char *by;
	const char *socket; /* NULL: not listening yet */
};

/* What the lock of `database` says, which may be of a daemon that has ended. False: it says nothing. */
bool lock_read(const char *database, struct arena *a, struct lock_holder *ret);

/* Whether somebody holds the lock of `database`. */
bool lock_is_held(const char *database);

/* A pidfd of the holder, or -1 when that process is no more (or of another namespace). */
int lock_open_holder(const struct lock_holder *h);

/* Asks the holder of `database` to end, with SIGTERM: 1 and *ret_pid; 0 when nobody holds it, or nobody who can be
 * told. */
int lock_end_holder(const char *database, pid_t *ret_pid);

/* Takes the lock of `database` for this process and returns its descriptor in *ret. A holder that is on its way up or
 * down is waited for; one that no client can reach any more, since its socket is gone, is asked to end. -PDH_REFUSED:
 * another daemon holds it and answers; -PDH_STORAGE. */
int lock_take(const char *database, int *ret, struct err *e);

/* Where a daemon started by pdh holds the lock, asks it to end and waits for that, for at most 5 s: a daemon that the
 * service manager keeps takes its place. */
void lock_replace_started_by_pdh(const char *database);

/* Writes into the lock who holds it and where clients find it. Best effort: without it they look where sockets usually
 * are. */
void lock_tell(int fd, const char *by, const char *socket);
