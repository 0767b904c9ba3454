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
#include "daemon/record/import_plan.h"
#include "daemon/rpc/transaction.h"
#include "daemon/upload/upload.h"
#include "daemon/work.h"

struct later;
struct message;
struct rpc_long;
struct untold;

/* When to look for reminders that are due, and the messages that the last look made (remind.h). */
struct rpc_reminders {
	bool sends;  /* a loop is there that sends messages */
	bool missed; /* the last look failed: what was due then is still to be sent */
	int64_t late_until; /* work.late_until */
	int64_t looked_at; /* time of the last look; later than now where the clock was set back */
	int64_t next_look;	  /* the time at which the next reminder comes due */
	struct message *messages; /* to be sent */
	struct untold *untold;	  /* outcomes that could not be stored yet */
};

/* One for each process. The program fills in all but pins, ledgers, uploads, imports and arena, which start zeroed. */
struct rpc {
	struct db *db;
	struct pack_library *packs;
	struct daemon_info daemon;
	const char *who; /* the person's account name */
	bool read_only;	 /* the database cannot be written */
	struct pins pins;
	struct ledgers ledgers;
	struct uploads uploads;
	struct import_plan imports;
	struct arena arena; /* of the request at hand */

	bool lent; /* another thread has it, for a long write (long.h) */
	const struct rpc_long
		*runs; /* this one answers beside that long write; NULL: none runs */
	struct later *later; /* later.h */

	unsigned next;		    /* bits of enum next that rpc_next() returns */
	struct event_cursor cursor; /* of the caller that subscribed last */
	struct rpc_reminders reminders;
};

/* Runs a function of the domain in a transaction of its own, without a change in the history. Between requests only. */
int rpc_run(struct rpc *rpc, transaction_fn fn, void *arg, struct err *e);

/* Answers one whole frame: appends the response to `out` (nothing for a notification).
 * Never fails and never crashes, whatever the bytes: a bad frame gets an error response,
 * with id 0 if it had none. Returns rpc_next(). */
unsigned rpc_dispatch(struct rpc *rpc, const char *frame, size_t n, struct buf *out);

/* Returns and clears the bits of enum next that were set since the last call: what the loop has to do now. */
unsigned rpc_next(struct rpc *rpc);

/* Appends the response that tells a peer why it is being cut off (a frame refused by
 * wire_scan(), too many connections); id 0. */
void rpc_refuse(struct buf *out, int code, const char *message);

/* What a shell prompt shows on the day `today`; "" for nothing. Between requests only. Sets NEXT_STATES where it finds that
 * rpc_events_look() has something to store. */
enum { RPC_PROMPT_SIZE = 32 };
int rpc_prompt(struct rpc *rpc, civil_day today, char out[RPC_PROMPT_SIZE],
	       struct err *e);

/* Stores an event for each credential whose state is another than in its last such event, in a transaction of its own.
 * Between requests only. */
int rpc_events_look(struct rpc *rpc, struct err *e);

/* Appends the next events of a subscriber, as notifications, and moves its cursor behind them. 1: there may be more; 0:
 * there are none. Negative: the subscriber gets no more events, and the last notification tells it why. */
int rpc_events_page(struct rpc *rpc, struct event_cursor *c, struct buf *out);

/* Appends the notification that ends the subscription of a client that does not read what it is sent. */
void rpc_events_drop(struct buf *out);

/* Folds the write-ahead log into the database's file. Between requests only. */
int rpc_fold(struct rpc *rpc, struct err *e);
bool rpc_is_folded(const struct rpc *rpc);

/* Drops the rules packs that were read, so that changed files are read anew. Between requests only. */
void rpc_reload(struct rpc *rpc);

void rpc_free(struct rpc *rpc); /* frees the arena */

/* ---- for own.c, events.c ---------------------------------------------------------------------- */

/* Called before anything else is done: looks whether the database is still the one that was opened (db_look()), and drops
 * what the daemon kept in memory of one that was replaced. Negative: nothing can be read or stored now. */
int rpc_ready(struct rpc *rpc, struct err *e);

/* The struct work for a call at this moment. */
struct work rpc_work(struct rpc *rpc);
void rpc_work_done(struct rpc *rpc, const struct work *w);

/* rpc/remind.c: forgets outcomes that could not be stored; they are of a database that is open no more. */
void rpc_forget_untold(struct rpc *rpc);

/* rpc/later.c: forgets what was kept. */
void rpc_later_forget(struct rpc *rpc);
