/* events.list and events.subscribe */
#include "daemon/event/event.h"
#include "daemon/method.h"

#include <string.h>

int method_events_list(struct work *w, const struct events_list_params *p,
		       struct events *ret, struct err *e)
{
	enum { USUAL = 100, MOST = 1000 };
	int64_t limit = p->limit == INT_NONE ? USUAL : p->limit, since = p->since_seq;
	struct event_cursor from;
	struct list rows;

	if (limit < 1 || limit > MOST)
		return err_set(e, -PDH_USAGE, "limit", "must be from 1 to %d", MOST);
	int r = event_span(w, &ret->last, &ret->oldest, e);
	if (r < 0)
		return r;
	if (since == INT_NONE)
		since = ret->oldest - 1;
	r = event_cursor_set(w, since, &p->event, &from, e);
	if (r == 0)
		r = event_page(w, &from, limit, &rows, e);
	if (r == 0)
		memcpy(&ret->events, &rows, sizeof(rows));
	return r;
}

int method_events_subscribe(struct work *w, const struct events_subscribe_params *p,
			    struct subscribed *ret, struct err *e)
{
	int r = event_span(w, &ret->last, &ret->oldest, e);

	if (r == 0)
		r = event_cursor_set(w, p->since_seq, &p->event, w->cursor, e);
	if (r < 0)
		return r;
	w->next |= NEXT_SUBSCRIBE;
	ret->since_seq = w->cursor->seq;
	return 0;
}
