/* One client: bytes in, whole frames to the dispatcher, answers out.
 *
 * What came in waits for the client's turn (turns.h), and is answered in slices; nothing more is read once a lot waits.
 * READING until an answer does not fit the socket at once; then REPLYING, and nothing
 * more is read until the peer has taken it: that is all the back-pressure there is.
 * A subscriber to events has a cursor and no queue: the next page is read from the
 * database when nothing is left to be written to it.
 * CLOSING from any state; the memory goes in the close callback and nowhere else. */
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

/* What clients tell whoever owns them. */
struct conn_calls {
	/* Requests were answered, and the answer is not out: `next` (enum next) is to be done. */
	void (*answered)(void *owner, unsigned next);
	void (*waits)(void *owner);  /* somebody waits for a turn */
	void (*owes)(void *owner);   /* somebody owes us something (conn_owes_since()) */
	void (*closed)(void *owner); /* one is gone */
};

/* All clients. */
struct conns {
	uv_loop_t *loop;
	struct rpc *rpc;
	const struct conn_calls *calls;
	void *owner;
	struct conn *first;
	struct turns turns;
	int64_t places; /* for clients at once */
	uid_t user;	/* whose processes are served */
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
	bool ended; /* the peer sends no more, or may not: close once the answer is out */
	bool refused; /* over the limit of connections: not counted as a client */
	bool reads;   /* more is taken from the socket */
	bool asks;    /* bytes came that were not looked at: maybe a whole frame */
	bool half;    /* the last bytes are the beginning of a frame */
	bool behind;  /* there may be events that a subscriber was not told */
	struct buf in, out;
	struct wire_scanner scanner;
	struct turns_seat seat;
	uint64_t half_since,
		full_since; /* loop time, ms: of the frame's first byte; since its
					    socket is full */
	size_t held;	    /* bytes of both buffers, as counted in conns.held */
	struct event_cursor *cursor; /* of a subscriber to events; NULL: it is none */
};

/* The client of a descriptor, which is taken over. One too many gets a sentence and is closed, a peer of another user is
 * closed without one. */
void conn_open(struct conns *all, int fd);

/* Serves it until a time of uv_hrtime(): what it asked, then a page of what it watches. At least one request is answered
 * whatever the time; what is left waits for another turn. */
void conn_serve(struct conn *c, uint64_t until);

struct conn *conn_of_seat(struct turns_seat *seat);

/* Since when the peer has owed us something: the rest of a frame, or room for an answer. */
#define CONN_OWES_NOTHING UINT64_MAX
uint64_t conn_owes_since(const struct conn *c);

/* Closes; may be called twice. */
void conn_close(struct conn *c);

/* Closes one that has kept us waiting for too long; who can still hear it is told. */
void conn_give_up(struct conn *c);

/* Reads no more; closes once what is to be written is written. */
void conn_finish(struct conn *c);

/* There may be news for a subscriber: it hears them in its turn. Others are left alone. */
void conn_tell(struct conn *c);
