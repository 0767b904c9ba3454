/* A file on its way to the daemon, in pieces through ordinary requests, so that other requests come in between and any
 * way of reaching the daemon will do. */
#pragma once

#include "client/net/call.h"

/* Sends the whole of a regular file, from its beginning on wherever `fd` stands, for `purpose` (evidence, import,
 * records). *ret_token, in the call's arena, is what the method that it is for takes as "upload". Where it takes over
 * half a second and standard error is a terminal, what has gone is told there under `name`, unless that is NULL.
 * -PDH_REFUSED: it is not a regular file, empty, or it changed while it was read; -PDH_TOO_LARGE: over 100 MiB; and what
 * the daemon answers. After a failure the daemon keeps nothing. */
int upload_file(struct call *c, int fd, const char *name, const char *purpose,
		const char **ret_token, struct err *e);

/* Has the daemon forget a file that was not used. */
void upload_forget(struct call *c, const char *token);
