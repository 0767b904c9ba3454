/* Bytes of a client: from its socket into `in`, where they wait for its turn, and from `out` to its socket. */
#pragma once

#include "daemon/loop/conn.h"

/* Reads, until a lot waits; once is enough. */
void conn_io_start(struct conn *c);
void conn_io_stop(struct conn *c);

/* Takes what a client has sent that just connected by this descriptor. */
void conn_io_take_first(struct conn *c, int fd);

/* Writes what the socket takes at once; the rest follows, and until then nothing is read. */
void conn_io_flush(struct conn *c);

/* Waits for a turn: there is something to be answered or told. */
void conn_io_wait(struct conn *c);

/* Counts what the buffers hold to conns.held. */
void conn_io_account(struct conn *c);
