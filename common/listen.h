/* A listening Unix socket of one's own: bound under a lock, so that of two who start at
 * once one listens and the other is told so; a socket file whose owner died is replaced;
 * a live one is left alone.
 *
 * Used by pdhd started by hand and by pdh, which binds and listens before it starts pdhd:
 * from that moment requests wait in the kernel's backlog and nobody has to poll for
 * readiness. */
#pragma once

#include "common/err.h"

#include <stdbool.h>
#include <sys/types.h>

struct listener {
	int fd;	   /* -1: none */
	dev_t dev; /* of the socket file, to remove it only while it is ours */
	ino_t ino;
	bool owned; /* the file may be removed at the end */
};

/* Binds and listens on `path` (mode 0600, in a private folder, made if missing). 0; 1
 * when somebody listens there already, and then *ret is not touched; or negative. */
int listen_open(const char *path, struct listener *ret, struct err *e);

/* Takes over a descriptor that is bound and listening; `path` may be removed at the end
 * if `owned` and it still is the file of this socket's name. */
void listen_adopt(int fd, const char *path, bool owned, struct listener *ret);

/* The path that a bound descriptor has. False: it has none. */
enum { LISTEN_PATH_SIZE = 109 }; /* sun_path, and its end */
bool listen_path(int fd, char ret[LISTEN_PATH_SIZE]);

/* Whether clients still find the socket at `path`: its file is there, and no other in its place. */
bool listen_is_there(const struct listener *l, const char *path);

/* Removes the socket file if it is still ours. Does not close the descriptor, which the
 * loop owns. */
void listen_unlink(const struct listener *l, const char *path);
