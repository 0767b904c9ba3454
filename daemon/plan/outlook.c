/* What if: each credential as it is, and with what is added in thought. */
#include "common/texts.h"
#include "daemon/judge/judge.h"
#include "daemon/judge/standing.h"
#include "daemon/judge/why.h"
#include "daemon/plan/plan.h"

#include <string.h>

/* One credential, and what is added. */
struct view {
	struct work *w;
	const struct held *h;
	struct rules_case with; /* all of it */
	const struct entry *added;
	size_t n;
	struct pace_days days;
	struct verdict now;
};

/* ---- what is added as entries ----------------------------------------------------------- */

static struct entry *entries_of(struct work *w, const struct plan *plan,
				struct classes *classes)
{
	struct entry *v = arena_array(w->arena, plan->added.n, sizeof(*v));

	for (size_t i = 0; i < plan->added.n; i++) {
		const struct activity *a = &plan->added.v[i];
		struct entry_words words = classes_words(a, w->arena);
		v[i] = (struct entry){
			.id = INT64_MAX / 2 + (int64_t)i,
			.amount = a->credit.exact,
			.done_on = a->done_on,
			.unit = credit_unit_number(a->credit.unit),
			.class = classes_of(classes, &words),
		};
	}
	return v;
}

/* ---- verdicts --------------------------------------------------------------------------- */

/* With the first so many of what is added. */
static void judge_first(const struct view *v, size_t n, bool parts, struct verdict *ret)
{
	struct rules_case c = v->with;
	struct entry *some = arena_array(v->w->arena, c.n, sizeof(*some));
	size_t kept = 0;

	for (size_t i = 0; i < c.n; i++) {
		const struct entry *e = &c.entries[i];
		if (e->id < v->added[0].id || e->id < v->added[0].id + (int64_t)n)
			some[kept++] = *e;
	}
	c.entries = some;
	c.n = kept;
	c.parts = parts;
	rules_evaluate(&c, v->w->arena, ret);
}

static bool is_met(const struct verdict *v)
{
	return v->met && !v->undecided;
}

/* Days, rounded up, until so much is counted at the rate of the cycle so far; -1: never. */
static int64_t days_for(const struct view *v, int64_t amount)
{
	enum { NEVER = 100 * 366 };
	int64_t counted = v->now.counted;

	if (amount <= 0)
		return 0;
	if (counted <= 0 || v->days.elapsed <= 0)
		return -1;
	int128 days = ((int128)amount * v->days.elapsed + counted - 1) / counted;
	return days > NEVER ? -1 : (int64_t)days;
}

/* The day on which the total is met if hours go on as so far and the first `n` of what is
 * added come on top; DATE_NONE: never. */
static civil_day day_with(const struct view *v, size_t n)
{
	struct verdict verdict;

	judge_first(v, n, false, &verdict);
	int64_t days = days_for(v, verdict.remaining);
	return days < 0 ? DATE_NONE : date_add_days(v->w->today, days);
}

static bool is_later(civil_day a, civil_day b)
{
	return a == DATE_NONE || a > b;
}

/* The first day of all: before the next of what is added comes, those before it may have
 * been enough. */
static civil_day first_day(const struct view *v)
{
	size_t low = 0, high = v->n; /* how many are needed */

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (is_later(day_with(v, middle), v->added[middle].done_on))
			low = middle + 1;
		else
			high = middle;
	}
	civil_day day = day_with(v, low);
	bool waits = low > 0 && day != DATE_NONE && day < v->added[low - 1].done_on;
	return waits ? v->added[low - 1].done_on : day;
}

/* How many of what is added meet everything with nothing else; n + 1: not even all. */
static civil_day enough_day(const struct view *v)
{
	size_t low = 0, high = v->n + 1;
	struct verdict verdict;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		bool met = middle > v->n;
		if (!met) {
			judge_first(v, middle, false, &verdict);
			met = is_met(&verdict);
		}
		if (met)
			high = middle;
		else
			low = middle + 1;
	}
	if (low > v->n)
		return DATE_NONE;
	return low == 0 ? v->w->today : v->added[low - 1].done_on;
}

/* ---- records ---------------------------------------------------------------------------- */

static struct prospect *prospect_of(const struct view *v, const struct verdict *verdict,
				    civil_day done_on)
{
	const struct held_cycle *c = &v->h->cycle;
	struct prospect *p = arena_alloc(v->w->arena, sizeof(*p));
	struct pace_verdict pace;
	struct list needs;

	shape_none(&shape_prospect, p);
	rules_pace(&v->now, &v->days, &pace);
	p->counted = standing_amount(c, verdict->counted);
	p->met = is_met(verdict);
	plan_open_needs(c, verdict, v->w->arena, &needs);
	memcpy(&p->needs, &needs, sizeof(needs));
	if (!verdict->required)
		return p;
	p->remaining = standing_amount(c, verdict->remaining);
	if (c->begins != DATE_NONE && c->ends != DATE_NONE)
		p->difference = standing_amount(c, verdict->counted - pace.expected);
	p->done_on = done_on;
	p->on_time = done_on != DATE_NONE && (c->ends == DATE_NONE || done_on <= c->ends);
	return p;
}

static bool said(const struct texts *t, const char *text)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i], text) == 0)
			return true;
	return false;
}

/* Whether what is added is looked at there at all. */
static bool is_looked_at(const struct view *v)
{
	for (size_t i = 0; i < v->with.n; i++)
		if (v->with.entries[i].id >= v->added[0].id)
			return true;
	return false;
}

/* What lies outside the cycle, and what the rules cut or refuse of the rest. */
static void tell_why_not(const struct view *v, const struct verdict *with,
			 struct outlook *ret)
{
	struct arena *a = v->w->arena;
	size_t outside = 0;

	if (!is_looked_at(v))
		texts_add(&ret->why_not,
			  arena_printf(a,
				       "an hour serves one credential of this board, and "
				       "these serve another; log with --only %s",
				       v->h->alias),
			  a);
	for (size_t i = 0; i < v->with.n; i++) {
		const struct judged_part *p = &with->parts[i];
		if (p->id < v->added[0].id)
			continue;
		outside += p->state == PART_OUTSIDE;
		const char *why = why_part(
			v->w, v->h,
			credit_unit_word((enum credit_unit)v->with.entries[i].unit), p);
		if (why && !said(&ret->why_not, why))
			texts_add(&ret->why_not, why, a);
	}
	if (outside)
		texts_add(&ret->why_not,
			  arena_printf(a, "%zu of %zu lie outside the cycle", outside,
				       v->n),
			  a);
}

static void fill(const struct view *v, struct outlook *ret)
{
	const struct held_cycle *c = &v->h->cycle;
	struct verdict with;

	shape_none(&shape_outlook, ret);
	judge_first(v, v->n, true, &with);
	ret->alias = v->h->alias;
	ret->title = v->h->title;
	ret->to = c->ends;
	if (with.required)
		ret->required = standing_amount(c, with.required);
	ret->logged = standing_amount(c, with.logged - v->now.logged);
	ret->added = standing_amount(c, with.counted - v->now.counted);
	ret->now = prospect_of(v, &v->now, day_with(v, 0));
	ret->with = prospect_of(v, &with, first_day(v));
	ret->enough_on = enough_day(v);
	tell_why_not(v, &with, ret);
}

static int look(struct view *v, const struct judge_extra *extra, struct err *e)
{
	struct judge_question question = {.day = v->w->today};
	const struct held_cycle *c = &v->h->cycle;
	struct judged_cycle j;
	struct list pauses;

	int r = judge_cycle(v->w, v->h, &question, &j, e);
	if (r < 0)
		return r;
	v->now = j.verdict;
	question.extra = extra;
	r = judge_prepare(v->w, v->h, &question, &v->with, e);
	if (r == 0)
		r = judge_pauses(v->w, v->h->id, &pauses, e);
	if (r == 0 && c->begins != DATE_NONE && c->ends != DATE_NONE)
		v->days = standing_days(c, &pauses, v->w->today);
	return r;
}

/* Whether hours mean anything to a credential. */
static bool counts_hours(const struct held *h)
{
	const struct ruleset *r = &h->cycle.rules;

	for (size_t i = 0; i < r->n; i++)
		if (r->rules[i].verb == RULE_NEED)
			return true;
	return r->has_total;
}

int plan_outlooks(struct work *w, const struct held_list *held, struct plan *ret,
		  struct err *e)
{
	struct classes classes = {.n = 0};
	struct entry *entries = entries_of(w, ret, &classes);
	const struct judge_extra extra = {entries, ret->added.n, classes.v, classes.n};
	int r = 0;

	ret->outlooks.v = arena_array(w->arena, held->n + 1, sizeof(*ret->outlooks.v));
	for (size_t i = 0; r == 0 && i < held->n; i++) {
		struct view v = {
			.w = w, .h = &held->v[i], .added = entries, .n = ret->added.n};
		if (!counts_hours(v.h))
			continue;
		r = look(&v, &extra, e);
		if (r == 0)
			fill(&v, &ret->outlooks.v[ret->outlooks.n++]);
	}
	classes_done(&classes);
	return r;
}
