/* The one-line file for shell prompts and status bars, which need no process and no socket to read it. It has the day for
 * which it was computed and, where something needs attention, what `pdh prompt` prints:
 *
 *   2026-03-14 PD:2!
 *
 * The file stays when the daemon ends. Without a daemon nobody changes the records, so it is right until its day is over. */
#pragma once

#include "daemon/rpc/rpc.h"

struct line {
	struct rpc *rpc;
	const char *path;
	bool old;      /* something was stored since it was computed */
	civil_day day; /* the day in the file; DATE_NONE: nothing was written yet */
	char text[RPC_PROMPT_SIZE];
};

void line_init(struct line *l, struct rpc *rpc, const char *path);

/* Uses another file from now on; `path` is borrowed. */
void line_move(struct line *l, const char *path);

/* Computes the line anew if something was stored or another day has begun, and writes the file if the line is another. Cheap
 * where neither is so. */
void line_look(struct line *l);

/* Computes the line anew in any case, as after a change of rules. */
void line_write(struct line *l);
