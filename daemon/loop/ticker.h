/* Calls the domain when something may have come due (a "look"): at the time of the next reminder or of the next try to send
 * one, at the end of the day, after a change, and when the clock was set or the machine has slept.
 *
 * A timer of the wall clock (wall.h) waits for the next of these times, and fires when the clock is set, too. Besides, a
 * plain timer looks every 15 minutes, in case the first one cannot be had or misses something. */
#pragma once

#include "daemon/loop/courier.h"
#include "daemon/loop/line.h"
#include "daemon/loop/wall.h"

#include <uv.h>

struct ticker {
	uv_timer_t belt; /* every 15 minutes */
	uv_timer_t soon; /* a short while after a change */
	uv_poll_t poll;
	unsigned wanted; /* bits of enum next that ask for a look before its time */
	long offset;	 /* of the local time from UTC at the last look, in seconds */
	struct rpc *rpc;
	struct line *line;
	struct courier *courier;
	struct wall *wall; /* without a descriptor only `belt` and `soon` cause looks */
};

/* All arguments are borrowed. ticker_stop() closes the descriptor of the wall. */
void ticker_init(struct ticker *t, uv_loop_t *loop, struct rpc *rpc, struct line *line,
		 struct courier *courier, struct wall *wall);

/* Looks for the first time. */
void ticker_start(struct ticker *t);

/* Looks soon where `next` (bits of enum next) has NEXT_REMIND; looks at once where it has NEXT_SEND, or where messages wait
 * to be sent. */
void ticker_want(struct ticker *t, unsigned next);

/* Closes its handles, once. */
void ticker_stop(struct ticker *t);
