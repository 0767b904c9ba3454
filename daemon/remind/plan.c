#include "daemon/remind/plan.h"

#include "common/clock.h"
#include "daemon/judge/held.h"
#include "daemon/judge/proof.h"
#include "daemon/judge/standing.h"

#include <stdlib.h>
#include <string.h>

bool rung_is_beside(const struct rung *a, const struct rung *b)
{
	return a->credential_id == b->credential_id && a->item_id == b->item_id;
}

civil_day rung_day(const struct rung *rung)
{
	const struct reminder *m = &rung->reminder;

	return rung->put_off ? rung->until : date_add_days(m->day, -m->before);
}

/* What the person said about a rung. */
struct said {
	int64_t item_id, rung, acked_at, shown_at;
	civil_day day, until;
};

/* Instants of days, since to find one asks the system for its zone: the rungs of many items lie on few days. One day
 * may overwrite another. */
enum { INSTANTS = 1024 };
struct instants {
	struct instant {
		bool known;
		civil_day day;
		int minute;
		int64_t at;
	} v[INSTANTS];
};

struct planning {
	struct work *w;
	struct instants *instants;
	const struct held *held;
	struct rung_basis *basis;
	struct said *said;
	size_t said_n;
	struct rungs *to;
};

/* One day that matters. */
struct deadline {
	int64_t item_id;
	civil_day day;
	enum reminder_about about;
	const char *title, *next;
};

static int64_t instant_of(struct planning *p, civil_day day)
{
	struct instant *i = &p->instants->v[(uint32_t)day % INSTANTS];
	int minute = p->basis->policy.minute;

	if (!i->known || i->day != day || i->minute != minute)
		*i = (struct instant){true, day, minute, clock_at(day, minute)};
	return i->at;
}

static int by_rung(const void *a, const void *b)
{
	const struct said *x = a, *y = b;

	if (x->item_id != y->item_id)
		return x->item_id < y->item_id ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->rung > y->rung) - (x->rung < y->rung);
}

/* By rung. */
static int read_said(struct planning *p, struct err *e)
{
	struct db *db = p->w->db;
	AUTO_STMT s = NULL;
	int r = db_query(db, Q_reminder_said, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", p->held->id);
	while ((r = db_step(db, s, e)) > 0) {
		p->said = arena_grow(p->w->arena, p->said, p->said_n, sizeof(*p->said));
		p->said[p->said_n++] = (struct said){
			.item_id = db_int(s, 0),
			.day = db_date(s, 1),
			.rung = db_int(s, 2),
			.acked_at = db_int(s, 3),
			.until = db_date(s, 4),
			.shown_at = db_int(s, 5),
		};
	}
	if (p->said_n)
		qsort(p->said, p->said_n, sizeof(*p->said), by_rung);
	return r;
}

/* All that was said of one rung. */
static struct said said_of(const struct planning *p, const struct deadline *d, int rung)
{
	struct said all = {.item_id = d->item_id,
			   .day = d->day,
			   .rung = rung,
			   .acked_at = INT_NONE,
			   .shown_at = INT_NONE,
			   .until = DATE_NONE};
	size_t low = 0, high = p->said_n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (by_rung(&p->said[middle], &all) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = low; i < p->said_n && by_rung(&p->said[i], &all) == 0; i++) {
		const struct said *one = &p->said[i];
		if (one->shown_at != INT_NONE) {
			all.shown_at = one->shown_at;
			continue;
		}
		all.acked_at = one->acked_at;
		all.until = one->until;
	}
	return all;
}

const char *rung_name(struct arena *a, const char *alias, int64_t item_id, civil_day day,
		      int rung)
{
	int year, month, dom;

	if (item_id == REMIND_PACE) {
		date_split(day, &year, &month, &dom);
		return arena_printf(a, "%s/pace-%04d-%02d", alias, year, month);
	}
	const char *item = item_id ? arena_printf(a, "/%lld", (long long)item_id) : "";

	return arena_printf(a, "%s%s/%s%dd", alias, item, rung < 0 ? "+" : "", abs(rung));
}

/* Those of the policy for this rung that are set up. Pace has no distance from its day. */
static struct texts ways_of(const struct planning *p, const struct deadline *d, int days)
{
	struct texts by = {.v = arena_array(p->w->arena, p->basis->policy.ways_n + 1,
					    sizeof(char *))};

	for (size_t i = 0; i < p->basis->policy.ways_n; i++) {
		const struct remind_way *way = &p->basis->policy.ways[i];
		bool meant = way->from == REMIND_ALWAYS ||
			     (d->item_id != REMIND_PACE && days <= way->from);
		if (meant && channel_is_usable(&p->to->channels, way->channel))
			by.v[by.n++] = way->channel;
	}
	return by;
}

static void add_rung(struct planning *p, const struct deadline *d, int days)
{
	const struct said said = said_of(p, d, days);
	struct rung *rung;

	p->to->v = arena_grow(p->w->arena, p->to->v, p->to->n, sizeof(*p->to->v));
	rung = &p->to->v[p->to->n++];
	*rung = (struct rung){
		.basis = p->basis,
		.credential_id = p->held->id,
		.item_id = d->item_id,
	};
	shape_none(&shape_reminder, &rung->reminder);
	rung->reminder.id =
		rung_name(p->w->arena, p->held->alias, d->item_id, d->day, days);
	rung->reminder.credential = p->held->alias;
	rung->reminder.about = d->about;
	rung->reminder.title = d->title;
	rung->reminder.day = d->day;
	rung->reminder.before = days;
	rung->reached = instant_of(p, rung_day(rung)) <= p->w->now;
	rung->put_off = said.until != DATE_NONE;
	rung->until = said.until;
	rung->reminder.due = instant_of(p, rung_day(rung));
	rung->reminder.by = ways_of(p, d, days);
	rung->reminder.next = d->next;
	rung->past = rung->reminder.due <= p->w->now;
	rung->shown_at = said.shown_at != INT_NONE && said.shown_at >= rung->reminder.due
				 ? said.shown_at
				 : INT_NONE;
	rung->reminder.state = said.acked_at != INT_NONE ? REMINDER_STATE_ACKNOWLEDGED
			       : rung->put_off && !rung->past ? REMINDER_STATE_SNOOZED
							      : REMINDER_STATE_ARMED;
}

/* A rung that was reached takes the place of those before it, whatever became of it; of it and those that were put off
 * to a day of their own, the one whose time came last speaks. */
static void choose(struct rung *v, size_t n)
{
	struct rung *latest = NULL;
	size_t reached = 0;

	while (reached + 1 < n && v[reached + 1].reached)
		reached++;
	for (size_t i = 0; i < n; i++)
		if (v[i].past && (i == reached || v[i].put_off) &&
		    (!latest || v[i].reminder.due >= latest->reminder.due))
			latest = &v[i];
	if (!latest)
		return;
	latest->speaks = true;
	if (latest->reminder.state != REMINDER_STATE_ACKNOWLEDGED)
		latest->reminder.state = REMINDER_STATE_DUE;
}

static void add_day(struct planning *p, const struct deadline *d, const int *rungs,
		    size_t n)
{
	struct rungs *to = p->to;
	struct remind_day *day;

	to->days = arena_grow(p->w->arena, to->days, to->days_n, sizeof(*to->days));
	day = &to->days[to->days_n++];
	*day = (struct remind_day){
		.basis = p->basis,
		.credential_id = p->held->id,
		.item_id = d->item_id,
		.first = to->n,
		.n = n,
	};
	shape_none(&shape_reminder, &day->about);
	day->about.credential = p->held->alias;
	day->about.about = d->about;
	day->about.title = d->title;
	day->about.day = d->day;
	day->about.next = d->next;
	for (size_t i = 0; i < n; i++)
		add_rung(p, d, rungs[i]);
	choose(to->v + day->first, n);
}

static void add_deadline(struct planning *p, const struct deadline *d)
{
	add_day(p, d, p->basis->policy.rungs, p->basis->policy.n);
}

static void add_cycle(struct planning *p, const struct standing *s)
{
	struct arena *a = p->w->arena;
	const struct deadline d = {
		.about = REMINDER_ABOUT_CYCLE,
		.day = s->cycle->to,
		.title = arena_printf(a, "%s expires", s->alias),
		.next = arena_printf(a, "pdh status %s", s->alias),
	};

	if (d.day != DATE_NONE)
		add_deadline(p, &d);
}

static void add_pace_of(struct planning *p, civil_day day)
{
	struct arena *a = p->w->arena;
	const struct deadline d = {
		.about = REMINDER_ABOUT_PACE,
		.item_id = REMIND_PACE,
		.day = day,
		.title = arena_printf(a, "%s is behind pace", p->held->alias),
		.next = arena_printf(a, "pdh plan %s", p->held->alias),
	};

	add_day(p, &d, &(const int){0}, 1);
}

/* For this month of the cycle and for the next, should it still be behind. A ladder without rungs is silence. */
static void add_pace(struct planning *p, const struct standing *s)
{
	const struct cycle *c = s->cycle;
	int months = 0;

	if (s->state != STATE_BEHIND || c->from == DATE_NONE || p->basis->policy.n == 0)
		return;
	while (date_months_last(c->from, months + 1) < p->w->today)
		months++;
	if (months > 0)
		add_pace_of(p, date_add_months(c->from, months));
	if (date_add_months(c->from, months + 1) > p->w->today)
		add_pace_of(p, date_add_months(c->from, months + 1));
}

/* What is only advised is not urged, and to have the hours by the last day of the cycle is what that day is about. */
static bool is_urged(const struct standing *s, const struct item *item)
{
	bool advice = item->level == RULE_LEVEL_SHOULD;
	bool hours = item->act == ACT_FINISH && item->due == s->cycle->to;

	return item->days_left != INT_NONE && !advice && !hours;
}

static void add_item(struct planning *p, const struct item *item)
{
	struct arena *a = p->w->arena;
	const struct deadline d = {
		.about = REMINDER_ABOUT_ITEM,
		.item_id = item->id,
		.day = date_add_days(p->w->today, item->days_left),
		.title = arena_printf(a, "%s: %s", p->held->alias, item->title),
		.next = arena_printf(a, "pdh credential item done %lld",
				     (long long)item->id),
	};
	add_deadline(p, &d);
}

/* Who keeps proofs elsewhere is told of none that is missing. */
static int count_unproved(struct work *w, const struct held *h, size_t *ret,
			  struct err *e)
{
	struct list missing = {0, NULL};
	int r = held_counts_hours(h, w->today) ? proof_any(w, e) : 0;

	if (r > 0)
		r = proof_missing(w, h, &missing, e);
	*ret = missing.n;
	return r;
}

static int plan_one(struct work *w, const struct held *h, struct instants *instants,
		    struct rungs *ret, struct err *e)
{
	struct rung_basis *basis = arena_alloc(w->arena, sizeof(*basis));
	struct planning p = {
		.w = w, .instants = instants, .held = h, .basis = basis, .to = ret};
	const struct standing *s = &basis->standing;

	int r = standing_of(w, h, w->today, &basis->standing, e);
	if (r == 0)
		r = remind_policy_read(w, h, &basis->policy, e);
	if (r == 0)
		r = count_unproved(w, h, &basis->unproved, e);
	if (r == 0)
		r = read_said(&p, e);
	if (r < 0 || s->state == STATE_RETIRED)
		return r;
	add_cycle(&p, s);
	add_pace(&p, s);
	for (size_t i = 0; i < s->items.n; i++)
		if (is_urged(s, &s->items.v[i]))
			add_item(&p, &s->items.v[i]);
	return 0;
}

int remind_plan(struct work *w, const struct texts *credentials, struct rungs *ret,
		struct err *e)
{
	struct instants *instants = arena_alloc(w->arena, sizeof(*instants));
	struct held_list all, chosen = {NULL, 0};
	civil_day day;

	*ret = (struct rungs){.v = NULL};
	int r = held_as_of(w, DATE_NONE, &day, &all, e);
	if (r == 0)
		r = held_choose(w, &all, credentials, day, &chosen, e);
	if (r == 0)
		r = channels_read(w, &ret->channels, e);
	for (size_t i = 0; r == 0 && i < chosen.n; i++)
		r = plan_one(w, &chosen.v[i], instants, ret, e);
	return r;
}
