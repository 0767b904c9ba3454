/* One client: bytes in, whole frames to the dispatcher, answers out.
 *
 * READING until an answer does not fit the socket at once; then REPLYING, and nothing
 * more is read until the peer has taken it: that is all the back-pressure there is.
 * A subscriber to events has a cursor and no queue: the next page is read from the
 * database when nothing is left to be written to it.
 * CLOSING from any state; the memory goes in the close callback and nowhere else. */
#pragma once

#include "common/buf.h"
#include "common/wire.h"

#include <stdbool.h>
#include <uv.h>

struct server;
struct event_cursor;

enum conn_state { CONN_READING, CONN_REPLYING, CONN_CLOSING };

struct conn {
	uv_pipe_t handle;
	uv_write_t write; /* one at a time, so one is enough */
	struct server *server;
	struct conn *next, **link; /* the server's list */
	enum conn_state state;
	bool ended; /* the peer sends no more, or may not: close once the answer is out */
	bool refused; /* over the limit of connections: not counted as a client */
	struct buf in, out;
	struct wire_scanner scanner;
	uint64_t since;		     /* loop time of the last byte in or out, ms */
	size_t held;		     /* bytes of both buffers, as counted by the server */
	struct event_cursor *cursor; /* of a subscriber to events; NULL: it is none */
};

/* Accepts the connection that waits. A peer of another user, and one too many, gets a
 * sentence and is closed. */
void conn_accept(struct server *s);

/* Whether the peer owes us something: the rest of a frame, or room for an answer. */
bool conn_is_pending(const struct conn *c);

/* Closes; may be called twice. */
void conn_close(struct conn *c);

/* Closes one that has kept us waiting for too long; a subscriber is told. */
void conn_give_up(struct conn *c);

/* Reads no more; closes once what is to be written is written. */
void conn_finish(struct conn *c);

/* Sends a subscriber what happened since, as far as its socket takes it; the rest follows when it has room again.
 * Others are left alone. */
void conn_tell(struct conn *c);
