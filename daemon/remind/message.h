/* What is sent through a channel: made in the domain, carried by the loop after the transaction that made it, so it owns
 * all that it consists of. */
#pragma once

#include "daemon/remind/channel.h"
#include "daemon/remind/plan.h"

struct message {
	struct message *next;
	struct arena arena; /* of all below */
	int64_t entry;	    /* of the log; 0: nobody waits for its outcome */
	enum channel channel;
	bool withdraw; /* take what the desktop shows of the ladder away, and show nothing */
	int64_t timeout_ms;

	/* desktop */
	const char *reminder, *ladder, *title, *body;
	int urgency; /* 0 low, 1 normal, 2 critical */

	/* mail and command */
	char **argv;	   /* a program and its words, NULL at the end */
	char **env;	   /* besides the daemon's own; NULL at the end */
	const char *input; /* for its standard input */

	/* calendar: `input` is its text */
	const char *file;
};

/* What a message is about. */
struct message_subject {
	const struct rung *rung; /* NULL: a test */
	const char *way;	 /* desktop, mail, command, command:PROGRAM */
	int64_t entry;
	int64_t delivery; /* INT_NONE: a test */
};

/* Makes one; the caller frees it. */
struct message *message_make(struct work *w, const struct message_subject *s,
			     const struct rungs *plan);

/* The file of the calendar channel; `input` is NULL, and `body` says why, where it could not be made. */
struct message *message_calendar(struct work *w, const struct rungs *plan, int64_t entry);

struct message *message_new(enum channel channel);
void message_free(struct message *m); /* one; accepts NULL */

/* "fp" of fp/30d, "tx-lib/3" of tx-lib/3/30d: what replaces what on the desktop; of pace the name itself. */
const char *message_ladder(const struct reminder *m, struct arena *a);

/* The message as RFC 5322 has it. `id` becomes its Message-ID at this machine. */
const char *message_mail(const char *to, const char *id, int64_t at, const char *subject,
			 const char *body, struct arena *a);

/* The reminder as one JSON object. */
const char *message_json(const struct reminder *m, const char *title, const char *text,
			 struct arena *a);
