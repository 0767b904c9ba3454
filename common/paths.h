/* Where things are kept, after the XDG Base Directory Specification 0.8:
 *
 *   socket    PDH_SOCKET, or $XDG_RUNTIME_DIR/pdh/sock, or /tmp/pdh-UID/sock where no
 * runtime directory exists database  PDH_DATABASE, or $XDG_DATA_HOME/pdh/pdh.db
 * (~/.local/share) backups   $XDG_STATE_HOME/pdh/backups (~/.local/state) log
 * $XDG_STATE_HOME/pdh/pdhd.log, of a daemon that pdh started packs     <folder of the
 * program>/../share/pdh/packs, then /etc/pdh/packs, then $XDG_CONFIG_HOME/pdh/packs; the
 * later wins. PDH_PACKS replaces the first.
 *
 * A relative path in an XDG variable is ignored, as the specification asks. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

/* All return 0 and an absolute path in the arena, or a negative error. Nothing is
 * created. */
int path_socket(struct arena *a, const char **ret,
		struct err *e); /* refuses what sun_path cannot hold */
/* The file with what a shell prompt shows: "line" beside the socket, or PATH.line where the socket has another name
 * than "sock", so that two daemons never share one. */
const char *path_line(struct arena *a, const char *socket);
int path_database(struct arena *a, const char **ret, struct err *e);
int path_backups(struct arena *a, const char **ret, struct err *e);
int path_state(struct arena *a, const char *name, const char **ret,
	       struct err *e); /* $XDG_STATE_HOME/pdh/name */

enum { PATH_PACK_LAYERS = 3 };
struct pack_layer {
	const char *name; /* "shipped", "system", "own" */
	const char *folder;
};
int path_packs(struct arena *a, struct pack_layer ret[PATH_PACK_LAYERS], struct err *e);

/* The path of a program installed beside this one: /proc/self/exe's folder and `name`. */
int path_sibling(struct arena *a, const char *name, const char **ret, struct err *e);

/* Makes the folder that holds `path` and those above it, private (0700) where created; never the home folder.
 * Refuses a folder that belongs to another user, or one in /tmp that others may enter. */
int path_make_parent(const char *path, struct err *e);
