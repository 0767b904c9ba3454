#include "daemon/progress.h"

#include "daemon/ledger.h"
#include "daemon/row.h"

#include <string.h>

struct credit progress_amount(const struct held_cycle *c, int64_t exact)
{
	return (struct credit){exact, held_unit(c)};
}

int progress_verdict(struct work *w, const struct held *h, civil_day day, bool planned,
		     struct verdict *ret, struct err *e)
{
	struct entry sums[UNIT_COUNT];
	const struct ledger *l;

	int r = ledger_of(w, h, &l, e);
	if (r < 0)
		return r;
	for (int u = 0; u < UNIT_COUNT; u++)
		sums[u] = (struct entry){(enum credit_unit)u, 0};
	for (size_t i = 0; i < l->n; i++) {
		const struct ledger_entry *entry = &l->v[i];
		if (entry->planned == planned &&
		    (day == DATE_NONE || entry->done_on <= day))
			sums[entry->unit].amount += entry->amount;
	}
	rules_evaluate(&h->cycle.rules, sums, UNIT_COUNT, ret);
	return 0;
}

/* Days of [from, to] that lie in pauses; *ret_now: whether `day` does. Pauses do not
 * overlap. */
static int64_t paused_days(const struct list *pauses, civil_day from, civil_day to)
{
	const struct pause *p = pauses->v;
	int64_t days = 0;

	for (size_t i = 0; i < pauses->n; i++) {
		civil_day a = p[i].from > from ? p[i].from : from;
		civil_day b = p[i].to != DATE_NONE && p[i].to < to ? p[i].to : to;
		if (a <= b)
			days += b - a + 1;
	}
	return days;
}

static int read_pauses(struct work *w, int64_t credential_id, struct list *ret,
		       struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_pause_all, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	return row_read_all(w->db, s, &shape_pause, w->arena, ret, e);
}

static struct pace_days days_of(const struct held_cycle *c, const struct list *pauses,
				civil_day day)
{
	struct pace_days d = {0};
	civil_day last = day - 1 < c->ends ? day - 1 : c->ends;

	d.length = c->ends - c->begins + 1 - paused_days(pauses, c->begins, c->ends);
	if (last >= c->begins)
		d.elapsed = last - c->begins + 1 - paused_days(pauses, c->begins, last);
	d.left = day < c->ends ? c->ends - day : 0;
	return d;
}

static struct pace *pace_of(struct work *w, const struct held_cycle *c,
			    const struct verdict *v, const struct pace_days *d)
{
	struct pace *p = arena_alloc(w->arena, sizeof(*p));
	struct pace_verdict pv;

	rules_pace(&c->rules, v, d, &pv);
	p->expected = progress_amount(c, pv.expected);
	p->difference = progress_amount(c, pv.difference);
	p->per_month = progress_amount(c, pv.per_month);
	p->so_far = progress_amount(c, pv.so_far);
	p->projected = progress_amount(c, pv.projected);
	return p;
}

void progress_item(struct item *item, civil_day day)
{
	bool done = item->done_on != DATE_NONE && item->done_on <= day;
	civil_day date = done ? item->expires : item->due;

	/* A clearance that is held until some day needs nothing before. */
	bool held = done || (item->due == DATE_NONE && item->expires != DATE_NONE);
	if (held)
		date = item->expires;
	item->state = held ? "done" : "open";
	if (date == DATE_NONE)
		return;
	item->days_left = date - day;
	if (date < day)
		item->state = "overdue";
	else if (date - day <= PROGRESS_WARN_DAYS)
		item->state = "due-soon";
}

int progress_items(struct work *w, int64_t credential_id, civil_day day, struct list *ret,
		   struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_item_all, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	r = row_read_all(w->db, s, &shape_item, w->arena, ret, e);
	for (size_t i = 0; r == 0 && i < ret->n; i++)
		progress_item((struct item *)ret->v + i, day);
	return r;
}

/* How many items are in a state. */
static size_t items_in(const struct standing *s, const char *state)
{
	size_t n = 0;

	for (size_t i = 0; i < s->items.n; i++)
		n += strcmp(s->items.v[i].state, state) == 0;
	return n;
}

static bool is_paused(const struct list *pauses, civil_day day)
{
	return paused_days(pauses, day, day) > 0;
}

/* The hours' own state, items left aside. */
static const char *state_of_hours(const struct held *h, const struct standing *s,
				  const struct verdict *v, civil_day day)
{
	const struct held_cycle *c = &h->cycle;

	if (c->ends != DATE_NONE && day > c->ends)
		return "lapsed";
	if (c->rules.has_total && v->met)
		return "done";
	if (c->ends != DATE_NONE && c->ends - day <= PROGRESS_WARN_DAYS)
		return "due-soon";
	if (!c->rules.has_total)
		return "no-hours";
	return s->pace && s->pace->difference.exact < 0 ? "behind" : "on-pace";
}

static void judge(const struct held *h, const struct verdict *v,
		  const struct list *pauses, civil_day day, struct standing *s)
{
	bool overdue = items_in(s, "overdue") > 0, soon = items_in(s, "due-soon") > 0;

	if (h->retired_on != DATE_NONE && h->retired_on <= day) {
		s->state = "retired";
		s->check = 0;
		return;
	}
	s->state = state_of_hours(h, s, v, day);
	bool lapsed = strcmp(s->state, "lapsed") == 0;
	if (!lapsed && is_paused(pauses, day))
		s->state = "paused";
	else if (!lapsed && (overdue || soon))
		s->state = "due-soon";
	else if (strcmp(s->state, "done") == 0 && items_in(s, "open"))
		s->state = "on-pace";
	bool warn = soon || strcmp(s->state, "behind") == 0 ||
		    strcmp(s->state, "due-soon") == 0;
	s->check = lapsed || overdue ? PDH_EXIT_LAPSED : warn ? PDH_EXIT_BEHIND : 0;
}

static void fill_need(struct work *w, const struct held_cycle *c, const struct verdict *v,
		      struct standing *s)
{
	if (!c->rules.has_total)
		return;
	s->needs.v = arena_alloc(w->arena, sizeof(*s->needs.v));
	s->needs.n = 1;
	struct need *n = s->needs.v;
	n->id = c->rules.total_id ? c->rules.total_id : "total";
	n->title = "total";
	n->state = v->met ? "met" : "short";
	n->have = s->counted;
	n->need = s->required;
	n->missing = s->remaining;
	n->cite = c->rules.cite;
	n->mark = c->rules.mark;
}

static void fill_cycle(const struct held_cycle *c, const struct verdict *v, civil_day day,
		       struct cycle *ret)
{
	shape_none(&shape_cycle, ret);
	ret->from = c->begins;
	ret->to = c->ends;
	if (c->ends != DATE_NONE)
		ret->days_left = c->ends - day;
	ret->pack = c->pack->id;
	ret->version = c->pack->version;
	ret->unit = held_unit(c);
	if (c->rules.has_total)
		ret->required = progress_amount(c, c->rules.total);
	ret->logged = progress_amount(c, v->logged);
	ret->counted = progress_amount(c, v->counted);
	ret->closed_on = c->closed_on;
}

int progress_cycle(struct work *w, const struct held *h, civil_day day, struct cycle *ret,
		   struct err *e)
{
	struct verdict v;
	int r = progress_verdict(w, h, day, false, &v, e);

	if (r == 0)
		fill_cycle(&h->cycle, &v, day, ret);
	return r;
}

static void fill_amounts(struct work *w, const struct held *h, const struct verdict *v,
			 const struct verdict *planned, civil_day day,
			 struct standing *ret)
{
	const struct held_cycle *c = &h->cycle;

	ret->alias = h->alias;
	ret->title = h->title;
	ret->pack = c->pack->id;
	ret->version = c->pack->version;
	ret->jurisdiction = h->jurisdiction;
	ret->unit = held_unit(c);
	ret->cycle = arena_alloc(w->arena, sizeof(*ret->cycle));
	fill_cycle(c, v, day, ret->cycle);
	ret->logged = progress_amount(c, v->logged);
	ret->counted = progress_amount(c, v->counted);
	ret->planned = progress_amount(c, planned->logged);
	if (!c->rules.has_total)
		return;
	ret->required = progress_amount(c, c->rules.total);
	ret->remaining = progress_amount(c, v->remaining);
}

int progress_standing(struct work *w, const struct held *h, civil_day day,
		      struct standing *ret, struct err *e)
{
	const struct held_cycle *c = &h->cycle;
	struct verdict v, planned;
	struct list pauses, items;

	shape_none(&shape_standing, ret);
	int r = progress_verdict(w, h, day, false, &v, e);
	if (r == 0)
		r = progress_verdict(w, h, DATE_NONE, true, &planned, e);
	if (r == 0)
		r = read_pauses(w, h->id, &pauses, e);
	if (r == 0)
		r = progress_items(w, h->id, day, &items, e);
	if (r < 0)
		return r;
	fill_amounts(w, h, &v, &planned, day, ret);
	memcpy(&ret->items, &items, sizeof(items));
	if (c->rules.has_total && c->begins != DATE_NONE && c->ends != DATE_NONE) {
		struct pace_days days = days_of(c, &pauses, day);
		ret->pace = pace_of(w, c, &v, &days);
	}
	fill_need(w, c, &v, ret);
	judge(h, &v, &pauses, day, ret);
	return 0;
}
