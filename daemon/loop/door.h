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

struct server;

struct door {
	struct server *server;
	struct listener socket;
	const char *path; /* of the socket's file */
	struct gate gate;
	uv_fs_event_t watch;
	uv_timer_t belt; /* the next look */
	struct arena arena;
};

/* Binds where the daemon of `database` is looked for. 0 and the path in the arena; -PDH_REFUSED when another daemon
 * answers there; or another negative error. */
int door_bind(struct arena *a, const char *database, struct listener *ret,
	      const char **ret_path, struct err *e);

/* `path` is borrowed; `in` is called with the server and the descriptor of each client. */
void door_init(struct door *d, struct server *s, const struct listener *l,
	       const char *path, gate_fn in);

/* Lets clients in. 0, or an error of libuv. Takes over the descriptor. */
int door_open(struct door *d);

/* Removes the socket's file if it still is its own, and closes everything. May be called twice. */
void door_close(struct door *d);
void door_free(struct door *d); /* after the loop has ended */
