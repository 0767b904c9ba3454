#include "daemon/remind/delivery_rows.h"

#include "common/clock.h"
#include "daemon/event/event.h"
#include "daemon/remind/find.h"

#include <string.h>

/* A clock that was more than this ahead was wrong, and what was taken by it was not told when it should have been. */
enum { AHEAD = 2 * 86400 };

struct taking {
	struct work *w;
	const struct rungs *plan;
	struct delivery_taken *to;
	int64_t limit;
};

static int run(struct work *w, enum db_query q, const char *name, int64_t value,
	       struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, q, &s, e);

	if (r < 0)
		return r;
	if (name)
		db_bind_int(s, name, value);
	return db_run(w->db, s, e);
}

int delivery_recover(struct work *w, struct err *e)
{
	int r = run(w, Q_reminder_log_recover, NULL, 0, e);

	if (r == 0)
		r = run(w, Q_reminder_log_trim, NULL, 0, e);
	return r < 0 ? r : run(w, Q_delivery_recover, ":now", w->now, e);
}

static void look_at(struct taking *t, int64_t at)
{
	if (at < t->to->next)
		t->to->next = at;
}

static bool is_acknowledged(const struct rung *rung)
{
	return rung->reminder.state == REMINDER_STATE_ACKNOWLEDGED;
}

/* The day before whose end it has to be told; none once that is over, and none of pace. */
static civil_day last_day(const struct rung *rung)
{
	return rung->item_id == REMIND_PACE || rung->reminder.before < 0
		       ? DATE_NONE
		       : rung->reminder.day;
}

/* Now, or once that is neither quiet nor skipped. */
static int64_t when(struct taking *t, const struct rung *rung)
{
	return remind_policy_postpone(&rung->basis->policy, t->w->now, last_day(rung));
}

/* ---- what has come due ------------------------------------------------------------------------ */

static bool is_taken(const struct deliveries *rows, const struct rung *rung)
{
	for (size_t i = 0; i < rows->n; i++)
		if (delivery_is_of(&rows->v[i], rung))
			return true;
	return false;
}

/* Taken, and not to be told. */
static int pass_over(struct taking *t, const struct rung *rung, struct err *e)
{
	return delivery_add(t->w, rung, "", DELIVERY_SUPERSEDED, INT_NONE, e);
}

static int supersede(struct taking *t, const struct rung *rung, const struct rung *by,
		     struct err *e)
{
	int r = pass_over(t, rung, e);

	if (r < 0 || !by || rung->reminder.due <= t->limit)
		return r;
	return delivery_note(t->w, rung->reminder.id, "-", OUTCOME_SUPERSEDED,
			     arena_printf(t->w->arena, "by %s", by->reminder.id), e);
}

static int add_ways(struct taking *t, const struct rung *rung, struct err *e)
{
	const struct reminder *m = &rung->reminder;

	int r = event_add(t->w, "reminder.due", m->credential, m->id, m->title, e);
	for (size_t i = 0; r == 0 && i < m->by.n; i++)
		r = delivery_add(t->w, rung, m->by.v[i], DELIVERY_PENDING, when(t, rung),
				 e);
	return r == 0 && m->by.n == 0 ? pass_over(t, rung, e) : r;
}

/* Pace is judged anew each day, from midnight on; it is told at the time of day that is meant for it. */
static bool is_too_early(struct taking *t, const struct rung *rung)
{
	int64_t today = clock_at(t->w->today, rung->basis->policy.minute);

	if (rung->item_id != REMIND_PACE || t->w->now >= today)
		return false;
	look_at(t, today);
	return true;
}

static int take_speaking(struct taking *t, const struct deliveries *rows,
			 const struct rung *rung, struct err *e)
{
	if (is_taken(rows, rung) || is_acknowledged(rung))
		return 0;
	if (rung->reminder.due <= t->limit)
		return pass_over(t, rung, e);
	return is_too_early(t, rung) ? 0 : add_ways(t, rung, e);
}

/* What the desktop shows of a reminder that was answered, or put off, may go. */
static int withdraw(struct taking *t, const struct deliveries *rows,
		    const struct rung *rung, struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < rows->n; i++) {
		const struct delivery *d = &rows->v[i];
		bool over = is_acknowledged(rung) || d->until != rung->until;
		if (d->rung != rung->reminder.before || !over ||
		    d->state != DELIVERY_SENT ||
		    channel_of_way(d->channel) != CHANNEL_DESKTOP)
			continue;
		t->to->withdraw.v = arena_grow(t->w->arena, t->to->withdraw.v,
					       t->to->withdraw.n, sizeof(const char *));
		t->to->withdraw.v[t->to->withdraw.n++] =
			message_ladder(&rung->reminder, t->w->arena);
		r = delivery_set(t->w, d->id, DELIVERY_ANSWERED, INT_NONE, e);
	}
	return r;
}

/* The rungs of one day that matters. */
static int take_ladder(struct taking *t, const struct rung *v, size_t n, struct err *e)
{
	const struct rung *speaking = NULL;
	struct deliveries rows;
	int r = delivery_of_day(t->w, v, &rows, e);

	for (size_t i = 0; i < n; i++)
		if (v[i].speaks)
			speaking = &v[i];
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (!v[i].past && !is_acknowledged(&v[i]))
			look_at(t, v[i].reminder.due);
		else if (&v[i] == speaking)
			r = take_speaking(t, &rows, &v[i], e);
		else if (v[i].past && !is_acknowledged(&v[i]) && !is_taken(&rows, &v[i]))
			r = supersede(t, &v[i], speaking, e);
		if (r == 0)
			r = withdraw(t, &rows, &v[i], e);
	}
	return r;
}

static int take_due(struct taking *t, struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < t->plan->days_n; i++) {
		const struct remind_day *day = &t->plan->days[i];
		if (day->n)
			r = take_ladder(t, t->plan->v + day->first, day->n, e);
	}
	return r;
}

/* ---- what is to be tried ---------------------------------------------------------------------- */

static const struct rung *rung_of(const struct rung_index *keys, const struct delivery *d)
{
	const struct rung key = {
		.credential_id = d->credential_id,
		.item_id = d->item_id,
		.until = d->until,
		.reminder = {.day = d->day, .before = d->rung},
	};

	return rung_index_find(keys, &key);
}

static int drop(struct taking *t, const struct delivery *d, const struct rung *rung,
		const char *why, struct err *e)
{
	int r = delivery_set(t->w, d->id, DELIVERY_SUPERSEDED, INT_NONE, e);

	if (r < 0 || !rung || is_acknowledged(rung))
		return r;
	return delivery_note(t->w, rung->reminder.id, d->channel, OUTCOME_SUPERSEDED, why,
			     e);
}

static int try(struct taking *t, const struct delivery *d, const struct rung *rung,
	       struct err *e)
{
	const struct delivery_entry entry = {
		.delivery = d->id,
		.reminder = rung->reminder.id,
		.channel = d->channel,
	};
	int64_t at = when(t, rung);

	if (at > t->w->now) {
		look_at(t, at);
		return delivery_set(t->w, d->id, DELIVERY_PENDING, at, e);
	}
	int r = run(t->w, Q_delivery_begin, ":id", d->id, e);
	return r < 0 ? r : delivery_log(t->w, &entry, e);
}

static int try_one(struct taking *t, const struct rung_index *keys,
		   const struct delivery *d, struct err *e)
{
	const struct rung *rung = rung_of(keys, d);

	if (d->next_at == INT_NONE)
		return 0;
	if (!rung || is_acknowledged(rung) || (rung->past && !rung->speaks))
		return drop(t, d, rung, "replaced by a later one", e);
	if (!channel_is_usable(&t->plan->channels, d->channel))
		return drop(t, d, rung, "the channel is off, or not set up any more", e);
	/* The clock was set back since: its time will come again. */
	if (!rung->past)
		return 0;
	if (d->next_at <= t->w->now)
		return try(t, d, rung, e);
	look_at(t, d->next_at);
	return 0;
}

int delivery_take(struct work *w, const struct rungs *plan, int64_t limit,
		  struct delivery_taken *ret, struct err *e)
{
	struct taking t = {.w = w, .plan = plan, .limit = limit, .to = ret};
	struct deliveries pending;
	struct rung_index keys;

	*ret = (struct delivery_taken){.next = INT64_MAX};
	int r = run(w, Q_delivery_forget_future, ":limit", w->now + AHEAD, e);
	if (r == 0)
		r = take_due(&t, e);
	if (r == 0)
		r = delivery_all_pending(w, &pending, e);
	if (r == 0 && pending.n)
		rung_index(plan, rung_by_key, w->arena, &keys);
	for (size_t i = 0; r == 0 && i < pending.n; i++)
		r = try_one(&t, &keys, &pending.v[i], e);
	return r;
}
