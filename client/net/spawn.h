/* Starting the daemon where no service manager does. The client takes the lock, binds and listens itself (listen.h)
 * and hands the listening descriptor to pdhd the way systemd would; from that moment requests wait in the
 * kernel's backlog, so nobody polls for readiness and nothing sleeps. */
#pragma once

#include "common/arena.h"
#include "common/listen.h"

#include <sys/types.h>

struct spawned {
	pid_t pid; /* 0: none was started */
	int pidfd; /* readable once it has ended; -1: none */
	struct listener listener;
	const char *socket; /* borrowed; the path that `listener` is of */
	const char *log;
	int log_fd;	/* what it says; -1: none */
	off_t log_from; /* what the log held before */
	bool refused;	/* it has ended because another daemon has the database */
	bool killed;	/* it has ended because somebody killed it */
};

#define SPAWNED_NONE ((struct spawned){.pidfd = -1, .listener.fd = -1, .log_fd = -1})

/* Starts pdhd on the socket `path`. 0; 1 when somebody listens there by now; or a negative error. */
int spawn_daemon(const char *path, struct arena *a, struct spawned *ret, struct err *e);

/* When the connection broke before the first answer: if the daemon that was started has ended, or ends within
 * `timeout_ms`, this is its reason, its socket file is gone, and the result is negative. 0: it lives. */
int spawn_failed(struct spawned *s, int timeout_ms, struct arena *a, struct err *e);

void spawn_done(struct spawned *s);

/* Starts a pdhd that answers requests from the database without changing it: the descriptor to speak with it, which ends
 * with it; -1: none could be started. */
int spawn_reader(struct arena *a);
