/* How tight the sandbox of the service is, and whether a tighter one can be had here. */
#pragma once

#include "common/api.h"
#include "common/arena.h"

/* What is to be said of it, in the arena; NULL where systemd did not start the daemon, or nothing better can be had. */
const char *sandbox_look(const struct daemon_status *s, struct arena *a);
