/* Deliveries, as the loop drives them: between requests, each in a transaction of its own. */
#pragma once

#include "daemon/remind/delivery.h"
#include "daemon/rpc/rpc.h"

/* At the start, before all others. */
int rpc_remind_start(struct rpc *rpc, struct err *e);

/* Whether the time to look has come, or the clock was set back behind the last look. */
bool rpc_remind_is_due(const struct rpc *rpc, int64_t now);

/* Takes what is due, and makes messages of what is to be sent now; sets rpc->reminders.next_look. After an error there is none,
 * and it is tried again later. */
int rpc_remind_look(struct rpc *rpc, struct err *e);

/* Looks if the time has come. The loop calls it before it dispatches a request, so that what the request changes is
 * told from what came due before it. */
void rpc_remind_first(struct rpc *rpc);

/* What waits to be sent: the caller's to send and to free. */
struct message *rpc_remind_messages(struct rpc *rpc);
bool rpc_remind_waits(const struct rpc *rpc);

/* The outcome of a message with an entry. One that cannot be stored now is kept, and stored with a later look; where the daemon
 * ends before that, the message is sent again at the next start. */
int rpc_remind_report(struct rpc *rpc, const struct delivery_outcome *o, struct err *e);

/* A button on the desktop: answered as by a request, and in the history. */
int rpc_remind_press(struct rpc *rpc, const char *reminder, bool snooze, struct err *e);

/* What the desktop showed by this entry was closed, so many seconds later. */
int rpc_remind_closed(struct rpc *rpc, int64_t entry, int64_t seconds, struct err *e);

/* Tells the log of a channel without a try; a failure to do so is not told. */
void rpc_remind_note(struct rpc *rpc, enum channel channel, enum send_outcome outcome,
		     const char *text);
