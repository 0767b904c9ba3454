/* Requests to the daemon, one after another on one connection. Where nobody answers the daemon is started, unless
 * that is not wanted. */
#pragma once

#include "client/cli/options.h"
#include "client/net/answer.h"
#include "client/net/find.h"
#include "client/net/once.h"
#include "client/net/peer.h"
#include "client/net/progress.h"
#include "client/net/spawn.h"

struct call {
	struct arena *arena; /* borrowed; records and texts of the answers live there, */
	struct arena *page;  /* or here, where it is not NULL */
	bool may_spawn;
	bool may_read; /* where no daemon can be reached, methods that read are answered from the database */
	uint32_t id; /* of the last request */
	struct find find;
	struct peer peer;
	struct spawned spawned;
	bool nobody;   /* the last request found no daemon, and none was started */
	bool answered; /* a daemon has answered it */
	bool foreign;  /* another user listens where the daemon should */
	bool read_only; /* answers come from the database: no daemon could be reached, as `why` says */
	struct err why, other; /* `other`: the refusal of the daemon of other records */
	struct once once;      /* of the write at hand */
	struct progress progress; /* of the call at hand */
	const char *about;	  /* what it says of which it is; NULL: the verb */
	bool remembered;	  /* the write at hand is, on disk */
	bool heard;  /* the last try was answered, and the answer could be read */
	bool plain;  /* the daemon is older, and knows nothing of progress */
	bool unsure; /* it was sent whole, and nobody has said what became of it */
};

/* Finds out where the daemon may be. Connects with the first request. */
int call_init(struct call *c, const struct options *o, struct arena *a, struct err *e);
void call_done(struct call *c);

/* Calls `m`. 0 and *ret; or a negative error: the daemon's, or -PDH_UNREACHABLE, -PDH_INCOMPATIBLE (also where an older daemon
 * does not know a parameter), -PDH_TOO_LARGE,
 * -PDH_BAD_FRAME. One that was cut off is sent once more: a write carries an identity (once.h) and is done once all the
 * same. While another client's long write keeps it waiting it is sent again and again, for as long as the time limit, or for
 * half a minute where none was given; and how far a long one is is told at a terminal. Where a write may have been done the sentence says so. Once a request was answered from the database
 * (read_only), the others are too. */
int call_method(struct call *c, const struct method *m, const void *params, bool dry_run,
		struct answer *ret, struct err *e);
