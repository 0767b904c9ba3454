/* Folders whose files other programs copy away while they are written, or which lie on another machine. */
#pragma once

#include "common/arena.h"

/* The service whose folder the file at `path` lies in, links followed: by a name that such folders have, whatever
 * stands behind it ("OneDrive - Springfield Schools"), or by a mark that the program leaves in them. NULL: none. In the
 * arena. */
const char *synced_by(const char *path, struct arena *a);

/* The kind of file system of another machine that the file lies on, such as nfs or sshfs; NULL: none that is known.
 * In the arena. */
const char *synced_remote(const char *path, struct arena *a);
