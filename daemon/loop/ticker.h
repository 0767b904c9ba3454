/* Looks when there is something to look for: at the time of the next reminder or try, when the day is over, after a
 * change, and when the clock was set or the machine has slept.
 *
 * A timer of the wall clock (timerfd, which tells of a clock that was set) waits for that instant. A look every 15 minutes
 * is the belt: it is the only one where there is nothing to wait for. */
#pragma once

#include "daemon/loop/courier.h"
#include "daemon/loop/line.h"

#include <uv.h>

struct ticker {
	uv_timer_t belt, soon;
	uv_poll_t poll;
	int fd;	     /* -1: the belt alone */
	long offset; /* of the zone, at the last look */
	struct rpc *rpc;
	struct line *line;
	struct courier *courier;
};

void ticker_init(struct ticker *t, uv_loop_t *loop, struct rpc *rpc, struct line *line,
		 struct courier *courier);

/* The first look. */
void ticker_start(struct ticker *t);

/* Looks soon, after what is to be done before, where a request brought something to do. */
void ticker_poke(struct ticker *t);

/* Closes its handles, once. */
void ticker_stop(struct ticker *t);
