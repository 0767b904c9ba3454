/* Deliveries: which reminder goes out through which channel, and what became of it.
 *
 * A reminder is taken from the plan once, when its time has come: a delivery is stored as pending for each channel. A
 * try is stored before it is made and its outcome after; a try without outcome at the start of the daemon was cut off,
 * and is made again. So a crash may repeat a message and never loses one.
 *
 * A try that failed is made again after 1, 5 and 30 minutes and then every 6 hours, 8 times in all; then the next
 * channel that is set up takes over. */
#pragma once

#include "daemon/remind/message.h"

/* At the start of the daemon: what was under way was cut off. */
int delivery_recover(struct work *w, struct err *e);

/* Takes what has come due of the plan for everything and puts what is to be tried now into the log, where it waits. What
 * was due at `limit` (INT64_MIN: nothing) and was not taken then was set late, by a person who knows: it is not spoken. */
struct delivery_taken {
	int64_t next;	       /* when to look again; INT64_MAX: not by time */
	struct texts withdraw; /* ladders that the desktop need not show any more */
};
int delivery_take(struct work *w, const struct rungs *plan, int64_t limit,
		  struct delivery_taken *ret, struct err *e);

/* Makes a message of each that waits in the log, in its order, which is then under way. The caller sends them once that is
 * committed, and frees them; so it does after an error. */
int delivery_begin(struct work *w, const struct rungs *plan, struct message **list,
		   struct err *e);

struct delivery_outcome {
	int64_t entry;
	bool ok;
	int64_t took_ms;
	const char *text;
};
int delivery_report(struct work *w, const struct delivery_outcome *o, struct err *e);

/* What was shown by this entry was closed by the person. */
int delivery_closed(struct work *w, int64_t entry, int64_t seconds, struct err *e);

/* Notes in the log what was said about a reminder, or that it was not sent. */
int delivery_note(struct work *w, const char *reminder, const char *channel,
		  enum send_outcome outcome, const char *text, struct err *e);
