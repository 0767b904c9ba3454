/* One client: reads bytes from its socket, gives whole frames to the dispatcher, and writes the answers.
 *
 * Bytes wait in `in` for the client's turn (turns.h). Once many wait, no more are read from the socket.
 * A client is READING until an answer does not fit into the socket at once. Then it is REPLYING: nothing is read from it
 * until it has taken the answer. There is no other back-pressure.
 * A subscriber to events has a cursor and no queue: once all that was written to it is taken, the next page of events is
 * read from the database.
 * A client may become CLOSING in any state. Its memory is freed in the close callback and nowhere else. */
#pragma once

#include "common/buf.h"
#include "common/wire.h"
#include "daemon/loop/turns.h"

#include <stdbool.h>
#include <sys/types.h>
#include <uv.h>

enum {
	CONN_BYTES_MAX = 64 << 20, /* held for all clients together */
};

struct conn;
struct event_cursor;
struct rpc;
struct rpc_long;

/* What clients call at their owner. */
struct conn_calls {
	/* Requests were answered, and the answers are not written yet; `next` are the bits of enum next to be done. */
	void (*answered)(void *owner, unsigned next);
	void (*waits)(void *owner);  /* a client waits for its turn */
	void (*owes)(void *owner);   /* a client owes something: see conn_owes_since() */
	void (*closed)(void *owner); /* a client is gone */
	/* Whether the owner takes over a whole frame, and answers it with conn_answer_taken(); NULL: never. */
	bool (*takes)(void *owner, const char *frame, size_t n);
};

/* All clients. */
struct conns {
	uv_loop_t *loop;
	struct rpc
		*rpc; /* that answers; another while the owner's is lent (rpc/long.h) */
	struct conn *
		taken; /* is not served before its frame that the owner took is answered; NULL: none, or it is gone */
	const struct conn_calls *calls;
	void *owner;
	struct conn *first;
	struct turns turns;
	int64_t places; /* so many clients are served at once */
	uid_t user;	/* only processes of this user are served */
	size_t held;	/* bytes of all buffers */
	bool stopping;	/* no request is taken any more */
};

enum conn_state { CONN_READING, CONN_REPLYING, CONN_CLOSING };

struct conn {
	uv_pipe_t handle;
	uv_write_t write; /* one at a time, so one is enough */
	struct conns *all;
	struct conn *next, **link; /* their list */
	enum conn_state state;
	bool ended; /* the peer sends no more, or must not: it is closed once its answer is written */
	bool refused; /* over the limit of connections: not counted as a client */
	bool reads;   /* more is taken from the socket */
	bool asks; /* bytes in `in` were not looked at yet: they may hold a whole frame */
	bool half; /* `in` ends in the beginning of a frame */
	bool behind; /* there may be events that this subscriber was not sent */
	struct buf in, out;
	struct wire_scanner scanner;
	struct turns_seat seat;
	uint64_t half_since,
		full_since; /* loop time in ms: when the first byte of that frame came; when its
					    socket became full */
	size_t held;	    /* bytes of both buffers, as counted in conns.held */
	struct event_cursor *cursor; /* of a subscriber to events; NULL: it is none */
};

/* Makes a client of a descriptor, and owns it from then on. A client beyond `places` gets an error and is closed; a peer of
 * another user is closed without one. */
void conn_open(struct conns *all, int fd);

/* Serves a client until `until` (uv_hrtime()): answers its requests, then sends a page of the events that it subscribed to.
 * At least one request is answered, however late it is; others wait for the next turn. */
void conn_serve(struct conn *c, uint64_t until);

struct conn *conn_of_seat(struct turns_seat *seat);

/* Since when the peer has owed something, in loop time: the rest of a frame, or room in its socket for an answer. */
#define CONN_OWES_NOTHING UINT64_MAX
uint64_t conn_owes_since(const struct conn *c);

/* Closes; may be called twice. */
void conn_close(struct conn *c);

/* Closes a client that has owed something for too long, with an error where it can still be written to. */
void conn_give_up(struct conn *c);

/* Reads no more from a client, and closes it once its answers are written. */
void conn_finish(struct conn *c);

/* Writes the answer to the frame that the owner took, if its client is still there, and serves it again; `next` as in
 * conn_calls.answered, which is called in any case. */
void conn_answer_taken(struct conns *all, const struct buf *answer, unsigned next);

/* Tells that client how far its long write is. */
void conn_tell_far(struct conns *all, const struct rpc_long *l);

/* There may be new events: a subscriber gets them in its turn. Does nothing for a client that is none. */
void conn_tell(struct conn *c);
