/* Requests in, responses out: everything below the event loop behind one synchronous
 * function.
 *
 * The dispatcher owns the transaction: BEGIN before a writing method, COMMIT after it,
 * and a reply exists only after the commit; a dry run ends in ROLLBACK. The change is
 * recorded on the way. A method is a function of the domain (method.h) that fills in its
 * record; decoding, the transaction, history and the reply are done here, once for all.
 */
#pragma once

#include "common/api.h"
#include "common/buf.h"
#include "common/wire.h"
#include "daemon/judge/ledger.h"
#include "daemon/judge/pin.h"
#include "daemon/rpc/transaction.h"
#include "daemon/upload/upload.h"
#include "daemon/work.h"

struct message;
struct untold;

/* When reminders are looked at, and what that brought (remind.h). */
struct rpc_reminders {
	bool sends;	    /* a loop is there to send */
	bool missed;	    /* a look failed: what was due then is still to be taken */
	int64_t late_until; /* work.late_until */
	int64_t looked_at;  /* by a clock that may have been set back since */
	int64_t next_look;  /* when something comes due */
	struct message *messages; /* to be sent */
	struct untold *untold;	  /* outcomes that could not be stored yet */
};

/* One dispatcher a process; the loop fills in all but pins, ledgers, uploads and arena, which start zeroed. */
struct rpc {
	struct db *db;
	struct pack_library *packs;
	struct daemon_info daemon;
	const char *who; /* the person's account name */
	bool read_only;	 /* the database cannot be written */
	struct pins pins;
	struct ledgers ledgers;
	struct uploads uploads;
	struct arena arena; /* of the request at hand */

	unsigned next;		    /* what rpc_next() tells */
	struct event_cursor cursor; /* of the caller that subscribed last */
	struct rpc_reminders reminders;
};

/* Runs a function of the domain in a transaction of its own, which history does not record. Between requests only. */
int rpc_run(struct rpc *rpc, transaction_fn fn, void *arg, struct err *e);

/* Answers one whole frame: appends the response to `out` (nothing for a notification).
 * Never fails and never crashes, whatever the bytes: a bad frame gets an error response,
 * with id 0 if it had none. Returns rpc_next(). */
unsigned rpc_dispatch(struct rpc *rpc, const char *frame, size_t n, struct buf *out);

/* What the loop is to do now, of enum next, and forgets it; of whatever was done since it was asked last. */
unsigned rpc_next(struct rpc *rpc);

/* Appends the response that tells a peer why it is being cut off (a frame refused by
 * wire_scan(), too many connections); id 0. */
void rpc_refuse(struct buf *out, int code, const char *message);

/* What a shell prompt shows today, "" for nothing. Between requests only. Finds on the way whether rpc_events_look() has
 * something to store: NEXT_STATES. */
enum { RPC_PROMPT_SIZE = 32 };
int rpc_prompt(struct rpc *rpc, civil_day today, char out[RPC_PROMPT_SIZE],
	       struct err *e);

/* Stores the events of credentials that are judged to be in another state than was told last, in a transaction of its
 * own. Between requests only. */
int rpc_events_look(struct rpc *rpc, struct err *e);

/* Appends the next events of a subscriber, as notifications, and moves its cursor on. 1: there may be more; 0: these
 * were all. Negative: it cannot be served any more, and the last notification says why. */
int rpc_events_page(struct rpc *rpc, struct event_cursor *c, struct buf *out);

/* Appends the last notification to a subscriber that does not read. */
void rpc_events_drop(struct buf *out);

/* Folds the write-ahead log into the database's file. Between requests only. */
int rpc_fold(struct rpc *rpc, struct err *e);
bool rpc_is_folded(const struct rpc *rpc);

/* Forgets what was read of the rules packs, so that changed files are seen. Between requests only. */
void rpc_reload(struct rpc *rpc);

void rpc_free(struct rpc *rpc); /* frees the arena */

/* ---- for rpc_own.c, rpc_events.c
 * ------------------------------------------------------------------------------ */

/* Before anything else: looks whether the database is still the one that was opened (db_look()), and forgets what was
 * kept of one that was replaced. Negative: nothing can be read or stored now. */
int rpc_ready(struct rpc *rpc, struct err *e);

/* What every call of the domain works with, now. */
struct work rpc_work(struct rpc *rpc);
void rpc_work_done(struct rpc *rpc, const struct work *w);

/* rpc/remind.c: forgets outcomes that could not be stored; they are of a database that is open no more. */
void rpc_forget_untold(struct rpc *rpc);
