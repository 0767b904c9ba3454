/* Carries messages to their channels, all at once and none waiting for another, and reports what became of them. */
#pragma once

#include "daemon/desk.h"
#include "daemon/rpc_remind.h"

#include <uv.h>

struct errand;

struct courier {
	uv_loop_t *loop;
	struct rpc *rpc;
	struct desk *desk;
	struct errand *errands; /* under way */
	uint64_t calendar;	/* fingerprint of what was written last; 0: nothing was */
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
