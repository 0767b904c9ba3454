/* Looks when there is something to look for: at the time of the next reminder or try, when the day is over, after a
 * change, and when the clock was set or the machine has slept.
 *
 * A timer of the wall clock, which tells of a clock that was set, too, waits for that instant. A look every 15 minutes
 * is the belt: it is the only one where there is nothing to wait for. */
#pragma once

#include "daemon/loop/courier.h"
#include "daemon/loop/line.h"
#include "daemon/loop/wall.h"

#include <uv.h>

struct ticker {
	uv_timer_t belt, soon;
	uv_poll_t poll;
	unsigned wanted; /* of enum next: why the next look is wanted before its time */
	long offset;	 /* of the zone, at the last look */
	struct rpc *rpc;
	struct line *line;
	struct courier *courier;
	struct wall *wall; /* without a descriptor the belt is alone */
};

/* All are borrowed; the wall's descriptor is closed with the ticker. */
void ticker_init(struct ticker *t, uv_loop_t *loop, struct rpc *rpc, struct line *line,
		 struct courier *courier, struct wall *wall);

/* The first look. */
void ticker_start(struct ticker *t);

/* Looks soon where `next` (enum next) has NEXT_REMIND, at once where it has NEXT_SEND or messages wait to be sent. */
void ticker_want(struct ticker *t, unsigned next);

/* Closes its handles, once. */
void ticker_stop(struct ticker *t);
