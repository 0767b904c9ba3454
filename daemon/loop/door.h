/* The door: the listening socket, and that clients find it.
 *
 * A socket whose file is gone (its folder was swept, the session ended, a service manager put its own in its place)
 * is one that nobody reaches. So the folder is watched, and looked at every 15 minutes where a watch tells nothing; a
 * daemon whose file is gone binds anew where it would today, and tells the lock of the database; one that finds another
 * in its place ends. */
#pragma once

#include "common/arena.h"
#include "common/listen.h"
#include "daemon/loop/gate.h"

#include <uv.h>

/* What a door tells whoever owns it. */
struct door_calls {
	gate_fn in;
	void (*moved)(
		void *owner,
		const char
			*path); /* clients are served on another path, which lives on */
	void (*lost)(void *owner); /* nobody can be served any more */
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
	uv_timer_t belt; /* the next look */
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
