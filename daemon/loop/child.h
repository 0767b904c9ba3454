/* A program that is run for a message: its words without a shell, a text on its standard input, and a time after which
 * it is killed, with what it started. Never waits. */
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

/* Once, maybe before child_run() returns: it ended with 0, or did not. `text` is a sentence, with the last line that it
 * wrote to standard error, made harmless. */
typedef void (*child_done)(void *data, bool ok, const char *text);

/* The child frees itself. NULL where it could not be started, which `done` was told. */
struct child *child_run(uv_loop_t *loop, const struct child_spec *spec, child_done done,
			void *data);

/* Kills it; `done` is told so at once. */
void child_kill(struct child *c);
