/* What the loop asks of the domain about reminders. The loop calls these functions between requests; each runs in a
 * transaction of its own. */
#pragma once

#include "daemon/remind/delivery.h"
#include "daemon/rpc/rpc.h"

/* Called once, before any of the others: marks what was under way when the last daemon ended as interrupted. */
int rpc_remind_start(struct rpc *rpc, struct err *e);

/* Whether rpc_remind_look() is to be called: its time has come, or the clock shows an earlier time than at the last look. */
bool rpc_remind_is_due(const struct rpc *rpc, int64_t now);

/* Takes the reminders that have come due, makes messages of those that are to be sent now, and sets
 * rpc->reminders.next_look. After an error there are no messages, and the next look tries again. */
int rpc_remind_look(struct rpc *rpc, struct err *e);

/* Calls rpc_remind_look() if it is due. The loop calls this before it dispatches a request: a reminder that was due before
 * the request is sent, and one that the request sets to a time that has passed is not. */
void rpc_remind_first(struct rpc *rpc);

/* The messages that wait to be sent. The caller sends and frees them. */
struct message *rpc_remind_messages(struct rpc *rpc);
bool rpc_remind_waits(const struct rpc *rpc);

/* Stores the outcome of a message that has an entry in the log. One that cannot be stored now is kept, and stored with a later
 * look; where the daemon ends before that, the message is sent again at the next start. */
int rpc_remind_report(struct rpc *rpc, const struct delivery_outcome *o, struct err *e);

/* The person pressed a button of a notification: acknowledges or snoozes the reminder as a request would, so that the
 * history has it. */
int rpc_remind_press(struct rpc *rpc, const char *reminder, bool snooze, struct err *e);

/* The person closed the notification of this entry, so many seconds after it was shown. */
int rpc_remind_closed(struct rpc *rpc, int64_t entry, int64_t seconds, struct err *e);

/* Writes a line about a channel into the log, without a delivery. An error is ignored. */
void rpc_remind_note(struct rpc *rpc, enum channel channel, enum send_outcome outcome,
		     const char *text);
