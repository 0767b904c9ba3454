/* Serves one client on two descriptors, without a socket, a loop or reminders. A client starts pdhd this way to read a
 * database where no daemon can run. */
#pragma once

#include "common/err.h"

struct rpc;

/* Reads frames from `in` and writes the answers to `out`, one after the other, until `in` ends. 0; -PDH_BAD_FRAME, after the
 * client was sent that error; or -PDH_FAILED when it cannot read or write. */
int single_serve(struct rpc *rpc, int in, int out, struct err *e);
