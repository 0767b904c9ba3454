/* The door: the listening socket, and whether clients still find it.
 *
 * No client reaches a socket whose file is gone: its folder was swept, the session ended, or a service manager put its own
 * socket in its place. So the folder is watched, and looked at every 15 minutes in case the watch misses something. Where
 * the file is gone the daemon binds again at the path that is right today, and writes it into the lock of the database.
 * Where another daemon listens there, this one ends. */
#pragma once

#include "common/arena.h"
#include "common/listen.h"
#include "daemon/loop/gate.h"

#include <uv.h>

/* What a door calls at its owner. */
struct door_calls {
	gate_fn in;
	void (*moved)(
		void *owner,
		const char *
			path); /* clients are served on this path now; it lives as long as the door */
	void (*lost)(void *owner); /* no client can reach this daemon any more */
};

struct door {
	const struct door_calls *calls;
	void *owner;
	const char *database;
	struct listener socket;
	const char *path; /* of the socket's file */
	struct gate gate;
	bool closed;
	uv_fs_event_t watch;
	uv_timer_t belt; /* until the folder is looked at again */
	struct arena arena;
};

/* Binds where the daemon of `database` is looked for. 0 and the path in the arena; -PDH_REFUSED when another daemon
 * answers there; or another negative error. */
int door_bind(struct arena *a, const char *database, struct listener *ret,
	      const char **ret_path, struct err *e);

/* The caller has filled in calls, owner, database, socket and path; all are borrowed. */
void door_init(struct door *d, uv_loop_t *loop);

/* Lets clients in. 0, or an error of libuv. Takes over the descriptor. */
int door_open(struct door *d);

/* Removes the socket's file if it still is its own, and closes everything. May be called twice. */
void door_close(struct door *d);
void door_free(struct door *d); /* after the loop has ended */
