#include "daemon/rpc/later.h"

#include "common/log.h"
#include "daemon/rpc/remind.h"

#include <stdlib.h>
#include <string.h>

struct later {
	struct later *next;
	enum { LATER_PRESS, LATER_CLOSED, LATER_NOTE } what;
	bool snooze;
	int64_t entry, seconds;
	enum channel channel;
	enum send_outcome outcome;
	char text[]; /* the reminder, or what the log is to say */
};

static struct later *keep(struct rpc *rpc, const char *text)
{
	struct later **at = &rpc->later;
	size_t n = strlen(text) + 1;
	struct later *l = calloc(1, sizeof(*l) + n);

	if (!l)
		oom();
	memcpy(l->text, text, n);
	while (*at)
		at = &(*at)->next;
	*at = l;
	return l;
}

void rpc_later_press(struct rpc *rpc, const char *reminder, bool snooze)
{
	struct later *l = keep(rpc, reminder);

	l->what = LATER_PRESS;
	l->snooze = snooze;
}

void rpc_later_closed(struct rpc *rpc, int64_t entry, int64_t seconds)
{
	struct later *l = keep(rpc, "");

	l->what = LATER_CLOSED;
	l->entry = entry;
	l->seconds = seconds;
}

void rpc_later_note(struct rpc *rpc, enum channel channel, enum send_outcome outcome,
		    const char *text)
{
	struct later *l = keep(rpc, text);

	l->what = LATER_NOTE;
	l->channel = channel;
	l->outcome = outcome;
}

static int do_one(struct rpc *rpc, const struct later *l, struct err *e)
{
	switch (l->what) {
	case LATER_PRESS:
		return rpc_remind_press(rpc, l->text, l->snooze, e);
	case LATER_CLOSED:
		return rpc_remind_closed(rpc, l->entry, l->seconds, e);
	case LATER_NOTE:
	default:
		rpc_remind_note(rpc, l->channel, l->outcome, l->text);
		return 0;
	}
}

void rpc_later_do(struct rpc *rpc)
{
	struct later *first;
	struct err e;

	while ((first = rpc->later)) {
		rpc->later = first->next;
		if (do_one(rpc, first, &e) < 0)
			log_info("a reminder, after a long write: %s", e.message);
		free(first);
	}
}

void rpc_later_forget(struct rpc *rpc)
{
	struct later *first;

	while ((first = rpc->later)) {
		rpc->later = first->next;
		free(first);
	}
}
