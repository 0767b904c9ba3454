/* One request on its way through the dispatcher. */
#pragma once

#include "common/codec.h"
#include "daemon/rpc/once.h"
#include "daemon/rpc/rpc.h"

struct call {
	struct rpc *rpc;
	struct work work;
	struct wire_request request;
	const struct method *method;
	struct codec_caller caller;
	struct rpc_once once;
	int64_t op; /* the number of the change that is stored; INT_NONE: there is none */
	int64_t arrived; /* epoch seconds; what was due then has been taken */
	int level; /* sent along with the error where the caller may be of another level
		    */
	struct err err;
	void *params, *result;
};

/* Runs its method; c->result is the record. */
int call_run(struct call *c);

/* Stores what was done already only once: answers again, or runs the method in a transaction, with the change beside the
 * data. */
int call_write(struct call *c, struct buf *out);

/* Appends the reply, or nothing when it passes what one reply may hold. *ret_at is where its result begins. */
int call_reply(struct call *c, struct buf *out, size_t *ret_at);

/* Appends the response of an error; `level` (0: none) goes with it. */
void call_reply_error(struct buf *out, uint32_t id, const struct err *e, int level);
