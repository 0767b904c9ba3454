#include "daemon/judge/standing.h"

#include "daemon/judge/duty.h"
#include "daemon/judge/items.h"
#include "daemon/judge/judge.h"
#include "daemon/store/row.h"

#include <string.h>

struct credit standing_amount(const struct held_cycle *c, int64_t exact)
{
	return (struct credit){exact, held_unit(c)};
}

struct pace_days standing_days(const struct held_cycle *c, const struct list *pauses,
			       civil_day day)
{
	struct pace_days d = {0};
	civil_day last = day - 1 < c->ends ? day - 1 : c->ends;

	d.length =
		c->ends - c->begins + 1 - judge_paused_days(pauses, c->begins, c->ends);
	if (last >= c->begins)
		d.elapsed =
			last - c->begins + 1 - judge_paused_days(pauses, c->begins, last);
	d.left = day < c->ends ? c->ends - day : 0;
	return d;
}

static struct pace *pace_of(struct work *w, const struct held_cycle *c,
			    const struct verdict *v, const struct pace_days *d)
{
	struct pace *p = arena_alloc(w->arena, sizeof(*p));
	struct pace_verdict pv;

	rules_pace(v, d, &pv);
	p->expected = standing_amount(c, pv.expected);
	p->difference = standing_amount(c, pv.difference);
	p->per_month = standing_amount(c, pv.per_month);
	p->so_far = standing_amount(c, pv.so_far);
	p->projected = standing_amount(c, pv.projected);
	return p;
}

/* How many items are in a state, those that are only advised left aside. */
static size_t items_in(const struct standing *s, enum item_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < s->items.n; i++) {
		const struct item *item = &s->items.v[i];
		bool advice = item->level == RULE_LEVEL_SHOULD;
		n += !advice && item->state == state;
	}
	return n;
}

static bool is_paused(const struct list *pauses, civil_day day)
{
	return judge_paused_days(pauses, day, day) > 0;
}

/* Whether anything is counted: a total, or a need that must be met. */
static bool asks_for_something(const struct held_cycle *c, const struct verdict *v)
{
	bool asks = c->rules.has_total;

	for (size_t i = 0; i < v->need_count; i++)
		asks = asks || (v->needs[i].rule->level == LEVEL_MUST &&
				v->needs[i].state != JUDGED_NOT_APPLYING);
	return asks;
}

/* What one usual activity makes up for: an hour, or a hundredth of many, but no more than a twentieth of a few. */
static int64_t usual_activity(int64_t required)
{
	int64_t usual = required / 100 > CREDIT_ONE ? required / 100 : CREDIT_ONE;

	return usual < required / 20 ? usual : required / 20;
}

/* Less than an even pace is no alarm in the first tenth of a cycle, nor where one usual activity makes up for it. */
static bool is_behind(const struct standing *s, const struct pace_days *d)
{
	enum { TENTH = 10 };

	return s->pace && d->elapsed * TENTH > d->length &&
	       -s->pace->difference.exact > usual_activity(s->required.exact);
}

/* The hours' own state, items left aside. */
static enum credential_state state_of_hours(const struct held *h,
					    const struct standing *s,
					    const struct verdict *v,
					    const struct list *pauses, civil_day day)
{
	const struct held_cycle *c = &h->cycle;
	const bool asks = asks_for_something(c, v);

	if (h->pursued)
		return STATE_PURSUED;
	if (c->ends != DATE_NONE && day > c->ends)
		return v->late && day <= v->late_until ? STATE_LATE : STATE_LAPSED;
	if (v->suspended)
		return STATE_SUSPENDED;
	if (v->undecided)
		return STATE_UNDECIDED;
	if (asks && v->met)
		return s->exempt ? STATE_EXEMPT : STATE_DONE;
	if (c->ends != DATE_NONE && c->ends - day <= ITEM_WARN_DAYS)
		return STATE_DUE_SOON;
	if (!asks)
		return STATE_NO_HOURS;
	for (size_t i = 0; i < v->need_count; i++)
		if (v->needs[i].state == JUDGED_MISSED &&
		    v->needs[i].rule->level == LEVEL_MUST)
			return STATE_BEHIND;
	if (!s->pace)
		return STATE_ON_PACE;
	const struct pace_days days = standing_days(c, pauses, day);
	return is_behind(s, &days) ? STATE_BEHIND : STATE_ON_PACE;
}

static void judge(const struct held *h, const struct verdict *v,
		  const struct list *pauses, civil_day day, struct standing *s)
{
	bool overdue = items_in(s, ITEM_STATE_OVERDUE) > 0,
	     soon = items_in(s, ITEM_STATE_DUE_SOON) > 0;

	if (h->retired_on != DATE_NONE && h->retired_on <= day) {
		s->state = STATE_RETIRED;
		s->check = 0;
		return;
	}
	s->state = state_of_hours(h, s, v, pauses, day);
	bool lapsed = s->state == STATE_LAPSED || s->state == STATE_LATE;
	if (!lapsed && is_paused(pauses, day))
		s->state = STATE_PAUSED;
	else if (!lapsed && (overdue || soon))
		s->state = overdue ? STATE_OVERDUE : STATE_DUE_SOON;
	else if (s->state == STATE_DONE && items_in(s, ITEM_STATE_OPEN))
		s->state = STATE_ON_PACE;
	civil_day ends = h->cycle.ends;
	bool open = s->state == STATE_UNDECIDED && ends != DATE_NONE &&
		    ends - day <= ITEM_WARN_DAYS;
	bool warn =
		soon || open || s->state == STATE_BEHIND || s->state == STATE_DUE_SOON;
	s->check = lapsed || overdue ? PDH_EXIT_LAPSED : warn ? PDH_EXIT_BEHIND : 0;
}

/* ---- needs and limits ------------------------------------------------------------------- */

static const enum need_state states[] = {
	[JUDGED_MET] = NEED_STATE_MET,
	[JUDGED_SO_FAR] = NEED_STATE_SO_FAR,
	[JUDGED_SHORT] = NEED_STATE_SHORT,
	[JUDGED_MISSED] = NEED_STATE_MISSED,
	[JUDGED_UNDECIDED] = NEED_STATE_UNDECIDED,
	[JUDGED_NOT_APPLYING] = NEED_STATE_NOT_APPLYING,
};

/* Counts of things travel as amounts of a unit of their own. */
static struct credit measured(const struct held_cycle *c, const struct rule *r, int64_t v)
{
	static const char *const words[ATTR_COUNT] = {
#define X(name, word) word,
		RULE_ATTR_MAP(X)
#undef X
	};

	if (r->measure == MEASURE_CREDIT)
		return standing_amount(c, v);
	if (r->measure == MEASURE_UNIT)
		return (struct credit){v, credit_unit_word(r->unit)};
	return (struct credit){v * CREDIT_ONE, r->measure == MEASURE_ACTIVITIES
						       ? "activity"
						       : words[r->distinct]};
}

static void fill_coming(const struct held_cycle *c, const struct judged_need *j,
			struct arena *a, struct need *n)
{
	n->coming.n = j->coming_count;
	n->coming.v = arena_array(a, j->coming_count, sizeof(*n->coming.v));
	for (size_t i = 0; i < j->coming_count; i++) {
		const struct judged_year *y = &j->coming[i];
		n->coming.v[i] = (struct year_to_come){
			.from = y->window.from,
			.to = y->window.to,
			.have = measured(c, j->measured, y->have),
			.need = measured(c, j->measured, y->need),
			.missing = measured(c, j->measured, y->missing)};
	}
}

void standing_need(const struct held_cycle *c, const struct judged_need *j,
		   struct arena *a, struct need *n)
{
	const struct rule *r = j->rule;
	bool is_total = c->rules.total_rule != NO_RULE &&
			r == &c->rules.rules[c->rules.total_rule];

	shape_none(&shape_need, n);
	n->id = r->id;
	n->title = is_total && !r->title ? "total" : r->title ? r->title : r->id;
	n->state = states[j->state];
	n->level = rules_level(r->level);
	if (j->state != JUDGED_NOT_APPLYING) {
		n->have = measured(c, j->measured, j->have);
		n->need = measured(c, j->measured, j->need);
		n->missing = measured(c, j->measured, j->missing);
		n->from = j->window.from;
		n->to = j->window.to;
	}
	fill_coming(c, j, a, n);
	n->why = j->why;
	n->cite = r->cite;
	n->mark = r->mark;
}

void standing_coming(const struct held_cycle *c, const struct judged_need *j, size_t year,
		     struct arena *a, struct need *ret)
{
	standing_need(c, j, a, ret);
	const struct year_to_come y = ret->coming.v[year];
	ret->state = NEED_STATE_COMING;
	ret->have = y.have;
	ret->need = y.need;
	ret->missing = y.missing;
	ret->from = y.from;
	ret->to = y.to;
	ret->coming.n = 0;
}

/* The total of a credential whose pack asks for none: the person gave it. */
static void fill_own_total(const struct held_cycle *c, const struct verdict *v,
			   struct need *n)
{
	shape_none(&shape_need, n);
	n->id = n->title = "total";
	n->state = states[v->total_met ? JUDGED_MET : JUDGED_SHORT];
	n->level = RULE_LEVEL_MUST;
	n->have = standing_amount(c, v->counted);
	n->need = standing_amount(c, v->required);
	n->missing = standing_amount(c, v->remaining);
	n->from = c->begins;
	n->to = c->ends;
}

static void fill_needs(struct work *w, const struct held_cycle *c,
		       const struct verdict *v, struct standing *s)
{
	s->needs.v = arena_array(w->arena, v->need_count + 1, sizeof(struct need));
	if (c->rules.own_total && c->rules.total_rule == NO_RULE)
		fill_own_total(c, v, &s->needs.v[s->needs.n++]);
	for (size_t i = 0; i < v->need_count; i++)
		standing_need(c, &v->needs[i], w->arena, &s->needs.v[s->needs.n++]);
}

static void fill_limits(struct work *w, const struct held_cycle *c,
			const struct verdict *v, struct standing *s)
{
	s->limits.v = arena_array(w->arena, v->limit_count + 1, sizeof(struct limit));
	for (size_t i = 0; i < v->limit_count; i++) {
		const struct judged_limit *j = &v->limits[i];
		struct limit *l = &s->limits.v[s->limits.n++];
		shape_none(&shape_limit, l);
		l->id = j->rule->id;
		l->title = j->rule->title ? j->rule->title : j->rule->id;
		l->level = rules_level(j->rule->level);
		l->at_most = standing_amount(c, j->most);
		l->used = standing_amount(c, j->used);
		l->left = standing_amount(c, j->most > j->used ? j->most - j->used : 0);
		l->cut = standing_amount(c, j->logged - j->used);
		l->from = j->window.from;
		l->to = j->window.to;
		l->cite = j->rule->cite;
		l->mark = j->rule->mark;
	}
}

static int fill_cycle(struct work *w, const struct held *h, const struct verdict *v,
		      civil_day day, struct cycle *ret, struct err *e)
{
	const struct held_cycle *c = &h->cycle;

	shape_none(&shape_cycle, ret);
	ret->from = c->begins;
	ret->to = c->ends;
	if (c->ends != DATE_NONE)
		ret->days_left = c->ends - day;
	ret->pack = c->pack->id;
	ret->version = c->pack->version;
	ret->unit = held_unit(c);
	if (v->required)
		ret->required = standing_amount(c, v->required);
	ret->logged = standing_amount(c, v->logged);
	ret->counted = standing_amount(c, v->counted);
	ret->carried = standing_amount(c, v->carried);
	ret->closed_on = c->closed_on;
	return duties_keep_proof(w, h, &ret->keep_proof, e);
}

int standing_cycle(struct work *w, const struct held *h, civil_day day, struct cycle *ret,
		   struct err *e)
{
	const struct judge_question question = {.day = day};
	struct judged_cycle j;
	int r = judge_cycle(w, h, &question, &j, e);

	if (r == 0)
		r = fill_cycle(w, h, &j.verdict, day, ret, e);
	return r;
}

static void fill_amounts(const struct held *h, const struct verdict *v, int64_t planned,
			 struct standing *ret)
{
	const struct held_cycle *c = &h->cycle;

	ret->alias = h->alias;
	ret->title = h->title;
	ret->pack = c->pack->id;
	ret->version = c->pack->version;
	ret->jurisdiction = h->jurisdiction;
	ret->unit = held_unit(c);
	ret->logged = standing_amount(c, v->logged);
	ret->counted = standing_amount(c, v->counted);
	ret->planned = standing_amount(c, planned);
	if (v->otherwise != v->counted)
		ret->otherwise = standing_amount(c, v->otherwise);
	if (v->late)
		ret->late_until = v->late_until;
	if (!c->rules.own_total)
		ret->exempt = v->exempt;
	ret->suspended = v->suspended;
	if (!v->required)
		return;
	ret->required = standing_amount(c, v->required);
	ret->remaining = standing_amount(c, v->remaining);
}

int standing_of(struct work *w, const struct held *h, civil_day day, struct standing *ret,
		struct err *e)
{
	const struct judge_question question = {.day = day};
	struct judged_cycle j;
	int r = judge_cycle(w, h, &question, &j, e);

	return r < 0 ? r : standing_judged(w, h, day, &j.verdict, ret, e);
}

int standing_judged(struct work *w, const struct held *h, civil_day day,
		    const struct verdict *v, struct standing *ret, struct err *e)
{
	const struct held_cycle *c = &h->cycle;
	struct list pauses, items;
	int64_t planned;

	shape_none(&shape_standing, ret);
	int r = judge_planned(w, h, v->span, &planned, e);
	if (r == 0)
		r = judge_pauses(w, h->id, &pauses, e);
	if (r == 0)
		r = items_read(w, h, v, day, &items, e);
	if (r < 0)
		return r;
	ret->cycle = arena_alloc(w->arena, sizeof(*ret->cycle));
	r = fill_cycle(w, h, v, day, ret->cycle, e);
	if (r < 0)
		return r;
	fill_amounts(h, v, planned, ret);
	memcpy(&ret->items, &items, sizeof(items));
	if (v->required && c->begins != DATE_NONE && c->ends != DATE_NONE) {
		struct pace_days days = standing_days(c, &pauses, day);
		ret->pace = pace_of(w, c, v, &days);
	}
	fill_needs(w, c, v, ret);
	fill_limits(w, c, v, ret);
	judge(h, v, &pauses, day, ret);
	return 0;
}
