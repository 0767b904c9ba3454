/* Accepts clients on the listening socket. When the process has no descriptor left, a client is accepted with one that was
 * kept for this, and closed at once: else it would wait in vain, and the loop would be woken without end. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/* A client was accepted; the function owns the descriptor. */
typedef void (*gate_fn)(void *data, int fd);

struct gate_ear;

struct gate {
	struct gate_ear *ear; /* NULL: not open */
	uv_timer_t rest;      /* until clients are accepted again */
	int spare; /* the descriptor that is kept; -1: it could not be had again */
	uint64_t
		told; /* loop time in ms of the last line in the log about clients that were turned away; 0: none */
	uint64_t times; /* so many were turned away since that line */
	gate_fn in;
	void *data;
};

/* Raises the limit of descriptors to what `wanted` clients and the daemon itself need, as far as the system allows. Returns
 * how many clients can be served at once. */
int64_t gate_places(int64_t wanted);

void gate_init(struct gate *g, uv_loop_t *loop, gate_fn in, void *data);

/* Accepts clients on `fd` from now on, which listens already, and closes the descriptor that was used before. 0; or an error
 * of libuv: then the old one stays in use, and the caller still owns `fd`. */
int gate_open(struct gate *g, int fd);

/* Accepts no more clients; may be called twice. */
void gate_close(struct gate *g);
