/* Events: what happened, numbered in the order in which it was stored, for whoever watches. They are written in the
 * transaction of what they tell about, so that there is never one without the other. A hundred thousand are kept. */
#pragma once

#include "daemon/work.h"

/* Stores one in the open transaction. credential, subject and text may be NULL. Its name is one of event.c's, which is
 * where a new one is added. */
int event_add(struct work *w, const char *event, const char *credential,
	      const char *subject, const char *text, struct err *e);

/* What events are called, and what stands for all that begin so; NULL behind the last. */
const char *const *event_names(void);

/* Takes away what is too much. */
int event_trim(struct work *w, struct err *e);

/* Stores an event for each thing that the open transaction has changed. */
int tell_events(struct work *w, struct err *e);

/* A credential that is judged to be in another state than was told last. */
struct event_state {
	const char *alias, *state, *before; /* before: NULL if it was never told */
};

/* Whether the states of all credentials in use, as status.get has them, are those that were told last. */
int event_states_told(struct work *w, const struct status *status, bool *ret,
		      struct err *e);

/* Finds those that are not, as struct event_state; then stores them in the open transaction, each with its event. */
int event_states_changed(struct work *w, struct list *ret, struct err *e);
int event_states_store(struct work *w, const struct list *changed, struct err *e);

/* The number that was given last, and that of the oldest event kept: *ret_last + 1 if none is. */
int event_span(struct work *w, int64_t *ret_last, int64_t *ret_oldest, struct err *e);

/* Where a subscriber begins: after `since`, or after the last where that is INT_NONE. -PDH_REFUSED where some of what
 * came after `since` is not kept any more, or where it is not a number that was given; -PDH_USAGE for unknown names. */
int event_cursor_set(struct work *w, int64_t since, const struct texts *names,
		     struct event_cursor *ret, struct err *e);

/* The next events of a subscriber, at most `limit`, as struct event; the cursor goes on. Fewer: these are all there
 * are. -PDH_REFUSED where it was overtaken: some are not kept any more. */
int event_page(struct work *w, struct event_cursor *c, int64_t limit, struct list *ret,
	       struct err *e);
