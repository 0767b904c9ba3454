/* Where things are kept, after the XDG Base Directory Specification 0.8:
 *
 *   database  PDH_DATABASE, or $XDG_DATA_HOME/pdh/pdh.db (~/.local/share)
 *   sockets   PDH_SOCKET, or in $XDG_RUNTIME_DIR/pdh, else /run/user/UID/pdh, else /tmp/pdh-UID
 *   backups   $XDG_STATE_HOME/pdh/backups (~/.local/state)
 *   log       $XDG_STATE_HOME/pdh/pdhd.log, of a daemon that pdh started
 *   packs     <folder of the program>/../share/pdh/packs, then /etc/pdh/packs, then
 *             $XDG_CONFIG_HOME/pdh/packs; the later wins. PDH_PACKS replaces the first.
 *   layouts   the same with "layouts"; PDH_LAYOUTS replaces the first.
 *
 * A relative path in an XDG variable is ignored, as the specification asks. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stdbool.h>

/* All return 0 and an absolute path in the arena, or a negative error. Nothing is
 * created. */
/* The file with what a shell prompt shows: "line" beside the socket, or PATH.line where the socket has another name
 * than "sock", so that two daemons never share one. */
const char *path_line(struct arena *a, const char *socket);
int path_database(struct arena *a, const char **ret, struct err *e);
/* Whether the environment says which database is meant, other than by the home folder. */
bool path_database_is_named(void);

/* Where the daemon of a database may listen. `common` is the address that service managers and stock clients know; it is
 * for the database of the home folder. Any other has `own`, named after its path; so has that of a second home which
 * finds the common address taken. The lock beside the database (lock.h) says which it was. */
struct path_sockets {
	const char
		*named; /* the one of PDH_SOCKET, and then there is no other; else NULL */
	const char *common, *own; /* both are `named` where it is set */
	bool usual;		  /* the database is that of the home folder */
	const char
		*note; /* a sentence when XDG_RUNTIME_DIR could not be used; else NULL */
};
/* Refuses what sun_path cannot hold: -PDH_USAGE. */
int path_sockets(struct arena *a, const char *database, struct path_sockets *ret,
		 struct err *e);

/* Sets XDG_RUNTIME_DIR to the runtime directory that is there, or to nothing: a daemon started from cron finds the bus
 * of the session by it. */
void path_settle_runtime(void);

/* The folder of the proofs of a database: "evidence" beside pdh.db, NAME.evidence beside any other, so that two of them in
 * one folder never share one. */
const char *path_evidence(struct arena *a, const char *database);
int path_backups(struct arena *a, const char **ret, struct err *e);
int path_state(struct arena *a, const char *name, const char **ret,
	       struct err *e); /* $XDG_STATE_HOME/pdh/name */

enum { PATH_PACK_LAYERS = 3 };
struct pack_layer {
	const char *name; /* "shipped", "system", "own" */
	const char *folder;
};
int path_packs(struct arena *a, struct pack_layer ret[PATH_PACK_LAYERS], struct err *e);
int path_layouts(struct arena *a, struct pack_layer ret[PATH_PACK_LAYERS], struct err *e);

/* The path of a program installed beside this one: /proc/self/exe's folder and `name`. */
int path_sibling(struct arena *a, const char *name, const char **ret, struct err *e);

/* Makes the folder that holds `path` and those above it, private (0700) where created; never the home folder.
 * Refuses a folder that belongs to another user, or one in /tmp that others may enter. */
int path_make_parent(const char *path, struct err *e);

/* Before connecting to `path`: refuses a folder in /tmp that is a link, belongs to another user or may be entered by
 * others. 0 where there is none, and everywhere else. */
int path_check_parent(const char *path, struct err *e);
