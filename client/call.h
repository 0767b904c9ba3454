/* Requests to the daemon, one after another on one connection. Where nobody answers the daemon is started, unless
 * that is not wanted. */
#pragma once

#include "client/once.h"
#include "client/options.h"
#include "client/peer.h"
#include "client/spawn.h"
#include "common/codec.h"

struct call {
	struct arena *arena; /* borrowed; records and texts of the answers live there */
	bool may_spawn;
	uint32_t id; /* of the last request */
	struct peer peer;
	struct spawned spawned;
	struct once once; /* of the write at hand */
	bool unsure;	  /* it was sent whole, and nobody has said what became of it */
};

/* What came back. `raw` is the map as it was sent; `record` is the same as the method's struct. Both live in the
 * arena and in `zone`; release with answer_done(). */
struct answer {
	const struct method *method;
	void *record;
	const msgpack_object *raw;
	msgpack_unpacked zone;
};

/* Finds the socket. Connects with the first request. */
int call_init(struct call *c, const struct options *o, struct arena *a, struct err *e);
void call_done(struct call *c);

/* Calls `m`. 0 and *ret; or a negative error: the daemon's, or -PDH_UNREACHABLE, -PDH_INCOMPATIBLE, -PDH_TOO_LARGE,
 * -PDH_BAD_FRAME. One that was cut off is sent once more: a write carries an identity (once.h) and is done once all the
 * same. Where a write may have been done the sentence says so. */
int call_method(struct call *c, const struct method *m, const void *params, bool dry_run,
		struct answer *ret, struct err *e);

/* An answer made here, for verbs without a method of the daemon: `record` is encoded and read back, so
 * that every form of output has one source. */
void answer_local(const struct method *m, void *record, struct arena *a,
		  struct answer *ret);

void answer_done(struct answer *ans);

/* After daemon.stop: waits until the process has ended, so that what comes next does not meet it. 0, or
 * -PDH_UNREACHABLE. */
int call_wait_end(const struct call *c, int64_t pid, struct err *e);

/* Whether somebody listens on the socket: 1, 0, or a negative error. */
int call_is_alive(struct call *c, struct err *e);
