/* A try: begun, and reported. */
#include "daemon/event/event.h"
#include "daemon/remind/delivery_rows.h"
#include "daemon/remind/find.h"

#include <string.h>

/* ---- begun ------------------------------------------------------------------------------------ */

struct waiting {
	int64_t id, delivery;
	const char *reminder, *channel;
};

struct all_waiting {
	struct waiting *v;
	size_t n;
};

static int read_waiting(struct work *w, struct all_waiting *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_reminder_log_waiting, &s, e);

	while (r >= 0 && (r = db_step(w->db, s, e)) > 0) {
		ret->v = arena_grow(w->arena, ret->v, ret->n, sizeof(*ret->v));
		ret->v[ret->n++] = (struct waiting){
			.id = db_int(s, 0),
			.delivery = db_int(s, 1),
			.reminder = db_text(s, 2, w->arena),
			.channel = db_text(s, 3, w->arena),
		};
	}
	return r;
}

static int begin_entry(struct work *w, int64_t id, struct err *e)
{
	return DB_DO(w->db, Q_reminder_log_begin, e, DB_INT(":id", id));
}

static int end_entry(struct work *w, int64_t id, enum send_outcome outcome,
		     int64_t took_ms, const char *text, struct err *e)
{
	return DB_DO(w->db, Q_reminder_log_end, e, DB_INT(":id", id),
		     DB_TEXT(":outcome", send_outcome_word(outcome)),
		     DB_INT(":took_ms", took_ms), DB_TEXT(":text", text));
}

struct beginning {
	const struct rungs *plan;
	struct rung_index names;
	struct message **list;
};

static int begin_one(struct work *w, const struct waiting *one, const struct beginning *b,
		     struct err *e)
{
	const struct rung key = {.reminder = {.id = one->reminder}};
	const struct rungs *plan = b->plan;

	struct message_subject s = {
		.way = one->channel, .entry = one->id, .delivery = one->delivery};

	if (one->delivery != INT_NONE)
		s.rung = rung_index_find(&b->names, &key);
	if (one->delivery != INT_NONE && !s.rung)
		return end_entry(w, one->id, OUTCOME_SUPERSEDED, INT_NONE, NULL, e);
	if (!channel_is_usable(&plan->channels, one->channel))
		return end_entry(w, one->id, OUTCOME_FAILED, INT_NONE,
				 "it is off, or not set up any more", e);
	struct message *m = message_make(w, &s, plan);
	m->next = *b->list;
	*b->list = m;
	return begin_entry(w, one->id, e);
}

int delivery_begin(struct work *w, const struct rungs *plan, struct message **list,
		   struct err *e)
{
	struct beginning b = {.plan = plan, .list = list};
	struct all_waiting waiting = {NULL, 0};
	int r = read_waiting(w, &waiting, e);

	if (r == 0 && waiting.n)
		rung_index(plan, rung_by_name, w->arena, &b.names);
	/* From the last on, since each is put before the others. */
	for (size_t i = waiting.n; r == 0 && i > 0; i--)
		r = begin_one(w, &waiting.v[i - 1], &b, e);
	return r;
}

/* ---- reported --------------------------------------------------------------------------------- */

/* The next channel that is set up and was not used for this reminder; NULL if there is none. */
static const char *next_way(const struct channels *channels,
			    const struct deliveries *rows, const struct delivery *d)
{
	for (size_t i = channel_of_way(d->channel) + 1U; i < CHANNEL_CALENDAR; i++) {
		const char *way = channels->v[i].name;
		bool used = !channel_is_usable(channels, way);
		for (size_t j = 0; j < rows->n; j++)
			used |= rows->v[j].rung == d->rung &&
				rows->v[j].until == d->until &&
				strcmp(rows->v[j].channel, way) == 0;
		if (!used)
			return way;
	}
	return NULL;
}

static int escalate(struct work *w, const struct delivery *d, struct err *e)
{
	const struct rung rung = {
		.credential_id = d->credential_id,
		.item_id = d->item_id,
		.until = d->until,
		.reminder = {.day = d->day, .before = d->rung},
	};
	struct channels channels;
	struct deliveries rows;

	int r = delivery_set(w, d->id, DELIVERY_FAILED, INT_NONE, e);
	if (r == 0)
		r = channels_read(w, &channels, e);
	if (r == 0)
		r = delivery_of_day(w, &rung, &rows, e);
	if (r < 0)
		return r;
	const char *way = next_way(&channels, &rows, d);
	return way ? delivery_add(w, &rung, way, DELIVERY_PENDING, w->now, e) : 0;
}

static int try_again(struct work *w, const struct delivery *d, struct err *e)
{
	enum { MINUTE = 60, HOUR = 3600 };
	static const int64_t pauses[] = {MINUTE,   5 * MINUTE, 30 * MINUTE, 6 * HOUR,
					 6 * HOUR, 6 * HOUR,   6 * HOUR};
	int64_t tries = sizeof(pauses) / sizeof(pauses[0]);

	if (d->tries > tries)
		return escalate(w, d, e);
	return delivery_set(w, d->id, DELIVERY_PENDING, w->now + pauses[d->tries - 1], e);
}

/* The log's entry, and that watchers are to know of it. */
struct attempt {
	int64_t delivery;
	const char *reminder, *channel;
};

static int tell(struct work *w, const struct attempt *t, bool ok, struct err *e)
{
	const char *slash = strchr(t->reminder, '/');
	const char *alias =
		slash ? arena_dup_n(w->arena, t->reminder, (size_t)(slash - t->reminder))
		      : NULL;

	return event_add(w, ok ? "reminder.sent" : "reminder.failed", alias, t->reminder,
			 t->channel, e);
}

static int settle(struct work *w, const struct attempt *t, bool ok, struct err *e)
{
	struct delivery d;

	if (t->delivery == INT_NONE)
		return 0;
	int r = tell(w, t, ok, e);
	if (r == 0)
		r = delivery_get(w, t->delivery, &d, e);
	if (r <= 0)
		return r;
	if (ok)
		return delivery_set(w, d.id, DELIVERY_SENT, INT_NONE, e);
	/* Answered, or overtaken, while it was under way. */
	return d.state == DELIVERY_PENDING ? try_again(w, &d, e) : 0;
}

int delivery_report(struct work *w, const struct delivery_outcome *o, struct err *e)
{
	struct attempt t = {.delivery = INT_NONE};
	AUTO_STMT s = NULL;

	int r = end_entry(w, o->entry, o->ok ? OUTCOME_SENT : OUTCOME_FAILED, o->took_ms,
			  o->text, e);
	if (r == 0)
		r = db_query(w->db, Q_reminder_log_delivery, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":id", o->entry);
	r = db_step(w->db, s, e);
	if (r > 0)
		t = (struct attempt){
			.delivery = db_int(s, 0),
			.reminder = db_text(s, 1, w->arena),
			.channel = db_text(s, 2, w->arena),
		};
	return r < 0 ? r : settle(w, &t, o->ok, e);
}

int delivery_closed(struct work *w, int64_t entry, int64_t seconds, struct err *e)
{
	return DB_DO(w->db, Q_reminder_log_closed, e, DB_INT(":id", entry),
		     DB_INT(":seconds", seconds));
}
