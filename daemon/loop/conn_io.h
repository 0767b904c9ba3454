/* Bytes of a client: from its socket into `in`, where they wait for its turn, and from `out` to its socket. */
#pragma once

#include "daemon/loop/conn.h"

/* Begins to read from the socket; stops by itself once many bytes wait. */
void conn_io_start(struct conn *c);
void conn_io_stop(struct conn *c);

/* Reads what a client that has just connected has sent already. */
void conn_io_take_first(struct conn *c, int fd);

/* Writes as much as the socket takes at once. The rest follows, and until then nothing is read. */
void conn_io_flush(struct conn *c);

/* Lets the client wait for its turn: it has a request, or events are to be sent to it. */
void conn_io_wait(struct conn *c);

/* Brings conns.held up to date with what the buffers of this client hold. */
void conn_io_account(struct conn *c);
