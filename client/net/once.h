/* The identity of a write, which the daemon does once however often it comes.
 *
 * It is made up anew for each command. One whose answer did not come is remembered, in
 * $XDG_STATE_HOME/pdh/unsure/, for ten minutes: the same command, typed again, is the same write. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { ONCE_SIZE = 33 };

struct once {
	char key[ONCE_SIZE]; /* "": none could be made */
	const char *file;    /* where it is remembered, if it is; NULL: nowhere */
	bool again;	     /* it is that of an earlier command */
};

/* `digest` is the same for the same write to the same daemon. */
void once_begin(struct once *o, uint64_t digest, struct arena *a);

void once_remember(const struct once *o);
void once_forget(const struct once *o);
