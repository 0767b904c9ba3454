/* A program that is run for a message. It is started without a shell, gets a text on its standard input, and is killed with
 * all that it started when its time is over. No function here waits for it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct child;

struct child_spec {
	char **argv;	   /* NULL at the end; the program is searched in $PATH */
	const char *name;  /* what to call it */
	char **env;	   /* besides the daemon's own; NULL: nothing */
	const char *input; /* copied; NULL: nothing */
	int64_t timeout_ms;
};

/* Called once, maybe before child_run() returns: `ok` says whether the program ended with status 0. `text` is a sentence with
 * the last line that the program wrote to standard error, without control characters. */
typedef void (*child_done)(void *data, bool ok, const char *text);

/* Starts the program. The child frees itself after `done` was called. NULL: it could not be started, and `done` was called
 * with the reason. */
struct child *child_run(uv_loop_t *loop, const struct child_spec *spec, child_done done,
			void *data);

/* Kills the program, and calls `done` at once. */
void child_kill(struct child *c);
