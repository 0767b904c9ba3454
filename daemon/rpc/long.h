/* Long writes: an import of thousands of rows, or its undo. The loop has another thread carry one out (loop/writer.h), one at
 * a time, with the struct rpc of the daemon and all that is in it. Meanwhile the loop answers with a second one, which
 * reads what was committed before, and refuses whatever else would be written. */
#pragma once

#include "daemon/rpc/rpc.h"

struct rpc_long {
	const struct method *method;
	uint32_t id;	    /* of the request */
	bool progress;	    /* the caller wants to hear how far it is */
	struct db *db;	    /* that it is written to */
	struct rpc *beside; /* answers meanwhile */
};

/* Whether a whole frame asks for a long write, by the lines LONG of the one table; then method, id and progress of *ret are
 * filled in. Whatever is wrong with it is found by rpc_dispatch(). */
bool rpc_long_asked(struct rpc *rpc, const char *frame, size_t n, struct rpc_long *ret);

/* Fills in the rest of `l`, and lends `rpc` to another thread: from now on this one may use l->beside alone, and the functions of
 * this header; of others, those of rpc/remind.h keep what they cannot store, and rpc_run() is refused. -PDH_STORAGE: there can be no second connection. */
int rpc_long_lend(struct rpc *rpc, struct rpc_long *l, struct err *e);

/* In the other thread: rpc_dispatch(), and what would be slow for whoever asks first afterward. */
unsigned rpc_long_run(struct rpc *rpc, const char *frame, size_t n, struct buf *out);

/* The other thread has ended. Frees l->beside. */
void rpc_long_take_back(struct rpc *rpc, struct rpc_long *l);

/* Appends the notification that tells how far it is. */
void rpc_long_tell(const struct rpc_long *l, struct buf *out);
