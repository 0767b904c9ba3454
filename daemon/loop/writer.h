/* The thread that carries out a long write (rpc/long.h), one at a time. It lives as long as the write does; the loop joins it,
 * answers who asked, and has what else there is to do done as after any other request. */
#pragma once

#include "daemon/loop/conn.h"
#include "daemon/rpc/long.h"

struct writer {
	uv_async_t ended;
	uv_timer_t beat; /* tells the client how far it is */
	uv_thread_t thread;
	struct rpc *rpc;       /* the other thread's, while it runs */
	struct conns *clients; /* clients->rpc is the one that answers */
	struct rpc_long task;
	struct buf frame, answer;
	unsigned next; /* bits of enum next that the write leaves to be done */
	bool runs;
	void (*over)(
		void *owner); /* called once it runs no more, before the client is answered */
	void *owner;
};

void writer_init(struct writer *w, uv_loop_t *loop, struct rpc *rpc,
		 struct conns *clients);

/* Takes over a frame that asks for a long write. False: it does not, or another is under way, or there is no thread to be
 * had: then the frame is to be answered as any other. */
bool writer_takes(struct writer *w, const char *frame, size_t n);

/* Has the write fail, unless it is committed already. */
void writer_stop(struct writer *w);

/* Closes the handles; not while it runs. */
void writer_close(struct writer *w);
