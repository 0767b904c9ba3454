#include "daemon/event/event.h"

#include "daemon/store/row.h"

#include <string.h>

static const char *const names[] = {
	"activity",
	"activity.added",
	"activity.edited",
	"activity.removed",
	"credential",
	"credential.added",
	"credential.edited",
	"credential.removed",
	"credential.renewed",
	"credential.state",
	"evidence",
	"evidence.added",
	"evidence.edited",
	"evidence.removed",
	"have",
	"have.added",
	"have.edited",
	"have.removed",
	"item",
	"item.added",
	"item.edited",
	"item.removed",
	"reminder",
	"reminder.acknowledged",
	"reminder.due",
	"reminder.failed",
	"reminder.sent",
	"reminder.snoozed",
	"reminder.restored",
	NULL,
};
enum { NAMES = sizeof(names) / sizeof(names[0]) - 1 };

const char *const *event_names(void)
{
	return names;
}

int event_add(struct work *w, const char *event, const char *credential,
	      const char *subject, const char *text, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_event_insert, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":at", w->now);
	db_bind_text(s, ":event", event);
	db_bind_text(s, ":credential", credential);
	db_bind_text(s, ":subject", subject);
	db_bind_text(s, ":text", text);
	w->next |= NEXT_EVENTS;
	return db_run(w->db, s, e);
}

int event_trim(struct work *w, struct err *e)
{
	return DB_DO(w->db, Q_event_trim, e, DB_NONE);
}

int event_span(struct work *w, int64_t *ret_last, int64_t *ret_oldest, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_event_span, &s, e);

	if (r == 0)
		r = db_step(w->db, s, e);
	if (r < 0)
		return r;
	*ret_last = db_int(s, 0);
	*ret_oldest = db_int(s, 1) == INT_NONE ? *ret_last + 1 : db_int(s, 1);
	return 0;
}

static int refuse_old(int64_t seq, int64_t oldest, struct err *e)
{
	err_set(e, -PDH_REFUSED, "since_seq",
		"is too long ago: of the events after %lld the oldest that is kept is %lld",
		(long long)seq, (long long)oldest);
	return err_hint(e, "to continue with those that are kept: --since-seq %lld",
			(long long)oldest - 1);
}

static int check_name(const char *name, struct err *e)
{
	const size_t n = NAMES;

	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return 0;
	err_set(e, -PDH_USAGE, "event", "no event is called \"%.60s\"", name);
	const char *near = api_nearest(name, names, n);
	return near ? err_hint(e, "did you mean \"%s\"?", near)
		    : err_hint(e, "activity, credential, item or reminder, or one of "
				  "them, such as activity.added");
}

/* ",activity,credential.state," */
static int set_only(const struct texts *wanted, char out[EVENT_ONLY_SIZE], struct err *e)
{
	size_t at = 0;

	for (size_t i = 0; i < wanted->n; i++) {
		size_t n = strlen(wanted->v[i]);
		int r = check_name(wanted->v[i], e);
		if (r < 0)
			return r;
		if (at + n + 3 > EVENT_ONLY_SIZE)
			return err_set(e, -PDH_USAGE, "event", "is given too often");
		out[at++] = ',';
		memcpy(out + at, wanted->v[i], n);
		at += n;
	}
	if (at)
		out[at++] = ',';
	out[at] = '\0';
	return 0;
}

int event_cursor_set(struct work *w, int64_t since, const struct texts *wanted,
		     struct event_cursor *ret, struct err *e)
{
	int64_t last, oldest;
	int r = event_span(w, &last, &oldest, e);

	if (r == 0)
		r = set_only(wanted, ret->only, e);
	if (r < 0)
		return r;
	ret->seq = since == INT_NONE ? last : since;
	if (ret->seq < 0)
		return err_set(e, -PDH_USAGE, "since_seq",
			       "is the number of an event, or 0 for all");
	if (ret->seq > last)
		return err_set(e, -PDH_REFUSED, "since_seq",
			       "has not happened yet: the last event is %lld",
			       (long long)last);
	return ret->seq + 1 < oldest ? refuse_old(ret->seq, oldest, e) : 0;
}

int event_page(struct work *w, struct event_cursor *c, int64_t limit, struct list *ret,
	       struct err *e)
{
	int64_t last, oldest;
	AUTO_STMT s = NULL;
	int r = event_span(w, &last, &oldest, e);

	if (r < 0)
		return r;
	if (c->seq > last) {
		err_set(e, -PDH_REFUSED, "since_seq",
			"a copy was put in the place of the database, and its events end at "
			"%lld",
			(long long)last);
		return err_hint(e, "begin anew with pdh watch");
	}
	if (c->seq + 1 < oldest)
		return refuse_old(c->seq, oldest, e);
	r = db_query(w->db, Q_event_page, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":seq", c->seq);
	db_bind_text(s, ":only", c->only);
	db_bind_int(s, ":limit", limit);
	r = row_read_all(w->db, s, &shape_event, w->arena, ret, e);
	if (r < 0)
		return r;
	/* Of what is passed over nothing is wanted later either. */
	c->seq =
		(int64_t)ret->n < limit ? last : ((struct event *)ret->v)[ret->n - 1].seq;
	return 0;
}
