/* What the loop has to store while a long write runs: it is kept, and done once that is over. */
#pragma once

#include "daemon/remind/channel.h"
#include "daemon/rpc/rpc.h"

void rpc_later_press(struct rpc *rpc, const char *reminder, bool snooze);
void rpc_later_closed(struct rpc *rpc, int64_t entry, int64_t seconds);
void rpc_later_note(struct rpc *rpc, enum channel channel, enum send_outcome outcome,
		    const char *text);

/* Does all of it, in its order. */
void rpc_later_do(struct rpc *rpc);
