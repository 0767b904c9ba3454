/* Sends messages through their channels, and reports what became of them. Mail and commands are programs: a few of them run
 * at once and the others wait in order, so that forty reminders are not forty processes. No channel has all the places, so
 * that a program that hangs does not keep the other channels waiting. */
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
	/* Called after a report, which may have made new messages. */
	void (*news)(void *data);
	void *data;
};

void courier_init(struct courier *c, uv_loop_t *loop, struct rpc *rpc);

/* Sends the messages of the list, and frees each. */
void courier_send(struct courier *c, struct message *list);

bool courier_is_busy(const struct courier *c);

/* Ends what is under way without a report. It is sent again at the next start of the daemon. */
void courier_stop(struct courier *c);
