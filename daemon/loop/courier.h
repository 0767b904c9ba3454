/* Carries messages to their channels, and reports what became of them. Of programs (mail and commands) a few run at once
 * and the rest waits in order: a day on which forty reminders are due is not forty processes. One channel never has all
 * the places, so that a program that hangs keeps no other channel waiting. */
#pragma once

#include "daemon/desk/desk.h"
#include "daemon/rpc/remind.h"

#include <stdbool.h>
#include <uv.h>

struct errand;

struct courier {
	uv_loop_t *loop;
	struct rpc *rpc;
	struct desk *desk;
	struct errand *errands;	 /* under way */
	struct message *waiting; /* for a program, in order */
	bool starting;
	uint64_t calendar; /* fingerprint of what was written last; 0: nothing was */
	bool calendar_failed;
	/* Called when a report may have brought something to do. */
	void (*news)(void *data);
	void *data;
};

void courier_init(struct courier *c, uv_loop_t *loop, struct rpc *rpc);

/* Sends them, and frees them. */
void courier_send(struct courier *c, struct message *list);

bool courier_is_busy(const struct courier *c);

/* Ends what is under way, without a report: it is made again at the next start. */
void courier_stop(struct courier *c);
