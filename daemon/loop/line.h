/* The one-line file for shell prompts and status bars, which costs its reader no process and no socket: the day it was
 * judged and, where something needs attention, what `pdh prompt` prints.
 *
 *   2026-03-14 PD:2!
 *
 * It stays when the daemon ends: nobody else changes the records, so it is right for as long as its day lasts, and the
 * day says when it is not. */
#pragma once

#include "daemon/rpc/rpc.h"

struct line {
	struct rpc *rpc;
	const char *path;
	bool old;      /* something was stored since it was judged */
	civil_day day; /* the day that was written; DATE_NONE: none yet */
	char text[RPC_PROMPT_SIZE];
};

void line_init(struct line *l, struct rpc *rpc, const char *path);

/* Writes it to another file from now on; `path` is borrowed. */
void line_move(struct line *l, const char *path);

/* Judges anew where something was stored or the day is another; writes what changed. Cheap where neither is so. */
void line_look(struct line *l);

/* Judges anew in any case: the rules may be others. */
void line_write(struct line *l);
