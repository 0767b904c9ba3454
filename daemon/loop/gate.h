/* Where clients come in: the listening socket. Whoever cannot be let in, because descriptors have run out, is turned away,
 * so that nobody waits for nothing and the loop does not turn in vain: one descriptor is kept for that. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/* A client came in; the descriptor is the function's. */
typedef void (*gate_fn)(void *data, int fd);

struct gate_ear;

struct gate {
	struct gate_ear *ear; /* NULL: not open */
	uv_timer_t rest;      /* until the socket is looked at again */
	int spare;	      /* -1 where it was lost */
	uint64_t
		told; /* loop time of the last line about clients that were not let in, ms; 0: none */
	uint64_t times; /* it happened since */
	gate_fn in;
	void *data;
};

/* Raises the limit of descriptors to what so many clients and the daemon itself take, as far as it may be, and returns how
 * many clients can be let in at once. */
int64_t gate_places(int64_t wanted);

void gate_init(struct gate *g, uv_loop_t *loop, gate_fn in, void *data);

/* Takes the descriptor, which the caller made listening, in the place of the one that is open, which is closed. 0, or
 * an error of libuv, and then the one that was open stays and `fd` is the caller's. */
int gate_open(struct gate *g, int fd);

/* Lets nobody in any more; may be called twice. */
void gate_close(struct gate *g);
