/* One client on two descriptors, without a socket of its own, a loop or reminders: how a database is read where no
 * daemon can run. */
#pragma once

#include "common/err.h"

struct rpc;

/* Answers frames from `in` on `out`, one after the other, until `in` ends. 0; or -PDH_BAD_FRAME, which the client was
 * told; or -PDH_FAILED when it cannot be read or written. */
int single_serve(struct rpc *rpc, int in, int out, struct err *e);
