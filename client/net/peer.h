/* The daemon's end of the socket, as bytes: connect, send, receive one frame, each with a time limit. */
#pragma once

#include "common/wire.h"

struct peer {
	const char *path; /* borrowed; fits into a socket's address */
	int timeout_ms;
	int fd; /* -1: not connected */
	struct buf in;
	/* Called once for each answer that lets itself be waited for, while it is waited on. */
	void (*slow)(void *data);
	void *slow_data;
};

/* What became of a request. */
enum attempt {
	ATTEMPT_ANSWERED,
	ATTEMPT_FAILED, /* in a way that stays */
	ATTEMPT_UNREAD, /* the connection broke before the daemon had read the whole request */
	ATTEMPT_CUT, /* it broke afterward: nobody knows what was done */
};

/* 0; 1 when nobody listens; 2 when who listens is another user, or may be, and then nothing is sent and `e` says so; or
 * -PDH_UNREACHABLE. A full backlog is waited for, up to the time limit. */
int peer_connect(struct peer *p, struct err *e);
void peer_disconnect(struct peer *p);
void peer_done(struct peer *p);

/* 0, or -PDH_UNREACHABLE when the time is over. A daemon that refuses a request may close before it has read all of
 * it: then this is 0 and its answer can still be received. */
int peer_send(struct peer *p, const struct buf *out, struct err *e);

/* Receives until one whole frame of *ret_size bytes lies at the start of p->in. The time limit holds for the first
 * bytes, and anew for those that follow. `e` is filled for ATTEMPT_FAILED. */
enum attempt peer_receive(struct peer *p, size_t *ret_size, struct err *e);
