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
	int64_t arrived; /* epoch seconds; reminders that were due by then have been taken */
	int level; /* of the API; sent along with an error that another level of the caller may explain */
	struct err err;
	void *params, *result;
};

/* Runs the method of the call; its record is in c->result then. */
int call_run(struct call *c);

/* Runs a writing method in a transaction, and stores the change for the history in the same transaction. Where the caller
 * asked for this very write before (once.h) nothing is run: the first answer is appended to `out` again. */
int call_write(struct call *c, struct buf *out);

/* Appends the reply to `out`. A reply that is too large is not appended: -PDH_TOO_LARGE. *ret_at is the place in `out`
 * where its result begins. */
int call_reply(struct call *c, struct buf *out, size_t *ret_at);

/* Whether a long write runs that the call would have to wait for; then c->err says so: -PDH_BUSY. */
bool call_is_barred(struct call *c);

/* Appends the response that tells an error, with the level of the API in it unless `level` is 0. */
void call_reply_error(struct buf *out, uint32_t id, const struct err *e, int level);
