/* The fewest hours over all credentials together, and what they leave open. */
#include "common/texts.h"
#include "daemon/judge/judge.h"
#include "daemon/judge/standing.h"
#include "daemon/plan/plan.h"

#include <stdlib.h>
#include <string.h>

/* One question about some credentials. */
struct fewest {
	struct work *w;
	const struct held_list *held;
	const struct verdict *verdicts;
	struct plan *ret;
	struct plan_kinds kinds;
	size_t *of; /* by case: its credential */
	struct rules_case *cases;
	size_t n;
};

static const struct held *held_of(const struct fewest *f, size_t i)
{
	return &f->held->v[f->of[i]];
}

static const char *title_of(const struct rule *r)
{
	return !r ? "the total" : r->title ? r->title : r->id;
}

/* ---- hours as records ------------------------------------------------------------------- */

/* The sum of an answer in hours; none where some of it is in another unit. */
static struct credit sum_of(const struct fewest *f, const struct least_answer *answer)
{
	struct credit sum = {0, credit_unit_find("hour")};

	for (size_t i = 0; i < answer->n; i++) {
		const struct least_part *part = &answer->parts[i];
		const struct least_kind *kind = &f->kinds.v[part->kind];
		if (kind->unit != UNIT_HOUR || kind->by_piece)
			return (struct credit){0};
		sum.exact += part->amount * (int64_t)part->count;
	}
	return answer->solved ? sum : (struct credit){0};
}

/* What is served, credential by credential; alternatives of one need are one. */
static void fill_served(const struct fewest *f, const struct least_part *part,
			struct hours *h)
{
	struct arena *a = f->w->arena;

	h->serves.v = arena_array(a, f->n, sizeof(*h->serves.v));
	for (size_t i = 0; i < part->serve_count; i++) {
		const char *alias = held_of(f, part->serves[i].of)->alias;
		struct served *s = h->serves.n ? &h->serves.v[h->serves.n - 1] : NULL;
		if (!s || s->alias != alias) {
			s = &h->serves.v[h->serves.n++];
			*s = (struct served){.alias = alias};
		}
		const struct rule *r = part->serves[i].rule;
		const char *need = r ? r->id : "total";
		if (!texts_has(&s->needs, need))
			texts_add(&s->needs, need, a);
	}
}

static civil_day or_never(civil_day d)
{
	return d == DATE_NONE ? INT32_MAX : d;
}

static size_t words_of(const struct hours *h)
{
	const char *const words[] = {h->kind,	  h->format,   h->role,
				     h->provider, h->approval, h->course};
	size_t n = h->topics.n + (h->duty > 0);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		n += words[i] != NULL;
	return n;
}

/* What is to be done first comes first; of that what is particular, and what is most. */
static int by_day(const void *a, const void *b)
{
	const struct hours *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->by != y->by)
		return or_never(x->by) < or_never(y->by) ? -1 : 1;
	size_t of_x = words_of(x), of_y = words_of(y);
	if (of_x != of_y)
		return of_x > of_y ? -1 : 1;
	return (x->credit.exact < y->credit.exact) - (x->credit.exact > y->credit.exact);
}

static void fill_part(const struct fewest *f, const struct least_part *part,
		      struct hours *h)
{
	*h = f->kinds.words[part->kind];
	h->credit = (struct credit){part->amount,
				    credit_unit_word(f->kinds.v[part->kind].unit)};
	if (part->days.from > f->w->today)
		h->from = part->days.from;
	h->by = part->days.to;
	fill_served(f, part, h);
}

/* Each activity is a line of its own: what is logged as it says is enough. */
static void fill_hours(const struct fewest *f, const struct least_answer *answer)
{
	struct plan *ret = f->ret;
	size_t n = 0;

	for (size_t i = 0; i < answer->n; i++)
		n += answer->parts[i].count;
	ret->hours.v = arena_array(f->w->arena, n, sizeof(*ret->hours.v));
	for (size_t i = 0; i < answer->n; i++)
		for (size_t k = 0; k < answer->parts[i].count; k++)
			fill_part(f, &answer->parts[i], &ret->hours.v[ret->hours.n++]);
	if (ret->hours.n)
		qsort(ret->hours.v, ret->hours.n, sizeof(*ret->hours.v), by_day);
}

/* ---- what stays open -------------------------------------------------------------------- */

static void tell_open(const struct fewest *f, const struct least_answer *answer)
{
	struct arena *a = f->w->arena;

	for (size_t i = 0; i < answer->open_count; i++) {
		const struct least_need *n = &answer->open[i];
		const char *alias = held_of(f, n->of)->alias, *title = title_of(n->rule);
		texts_add(
			&f->ret->open,
			answer->inexact
				? arena_printf(
					  a,
					  "%s: no hours were found that meet all of %s",
					  alias, title)
				: arena_printf(
					  a,
					  "%s: no hours to come can meet all of %s, for "
					  "a limit or a date is in the way",
					  alias, title),
			a);
	}
}

/* Why hours alone do not answer a need that is short; NULL where they do. */
static const char *why_not_planned(const struct judged_need *n, struct arena *a)
{
	if (n->state != JUDGED_SHORT || n->rule->level == LEVEL_SHOULD ||
	    n->rule->measure == MEASURE_CREDIT ||
	    n->rule->measure == MEASURE_ACTIVITIES || n->rule->alternatives)
		return NULL;
	if (n->rule->measure == MEASURE_UNIT)
		return arena_printf(a, "it counts %ss, whatever they are worth",
				    credit_unit_word(n->rule->unit));
	return arena_printf(a, "%lld more to choose among the hours",
			    (long long)n->missing);
}

static bool is_unsure(const struct judged_need *n)
{
	return n->rule->level == LEVEL_UNSURE && n->state == JUDGED_SHORT;
}

static void tell_other(const struct fewest *f)
{
	struct arena *a = f->w->arena;
	bool unsure = false;

	for (size_t k = 0; k < f->n; k++) {
		const struct verdict *v = &f->verdicts[f->of[k]];
		for (size_t i = 0; i < v->need_count; i++) {
			const struct judged_need *n = &v->needs[i];
			unsure = unsure || is_unsure(n);
			const char *why = why_not_planned(n, a);
			if (why)
				texts_add(&f->ret->open,
					  arena_printf(a, "%s: %s: %s",
						       held_of(f, k)->alias,
						       title_of(n->rule), why),
					  a);
		}
	}
	if (unsure)
		texts_add(&f->ret->caveats,
			  "Rules that are not sure are planned for as if they applied.",
			  a);
}

/* ---- one credential alone --------------------------------------------------------------- */

/* Whether some of its hours are asked for by another need than the total. */
static bool serves_more_than_total(const struct least_part *part, const struct verdict *v)
{
	for (size_t i = 0; i < part->serve_count; i++) {
		const struct rule *r = part->serves[i].rule;
		bool total = !r || r->measure != MEASURE_CREDIT;
		for (size_t k = 0; k < v->need_count && !total; k++)
			total = v->needs[k].rule == r && plan_is_total(v, &v->needs[k]);
		if (!total)
			return true;
	}
	return false;
}

/* Of the total, what no need with a selector of its own brings along. */
static void fill_alone(const struct fewest *f, size_t i,
		       const struct least_answer *answer)
{
	const struct held *h = held_of(f, i);
	const struct verdict *v = &f->verdicts[f->of[i]];
	struct goal *goal = &f->ret->credentials.v[f->of[i]];
	int64_t free = v->remaining;

	goal->least = sum_of(f, answer);
	if (!v->required || !answer->solved)
		return;
	for (size_t k = 0; k < answer->n; k++)
		if (serves_more_than_total(&answer->parts[k], v))
			free -= answer->parts[k].worth < free ? answer->parts[k].worth
							      : free;
	goal->free = standing_amount(&h->cycle, free);
}

/* ---- the whole -------------------------------------------------------------------------- */

/* The last day on which hours may still be done for a credential. */
static civil_day last_day(const struct held *h, const struct verdict *v)
{
	bool grace =
		v->late && v->late_until != DATE_NONE && v->late_until > h->cycle.ends;

	return grace ? v->late_until : h->cycle.ends;
}

/* Whether hours to come can do something for a credential. */
static bool can_plan(const struct fewest *f, size_t i)
{
	const struct held *h = &f->held->v[i];
	const struct verdict *v = &f->verdicts[i];
	civil_day last = last_day(h, v);
	bool over = last != DATE_NONE && last < f->w->today;

	if (over && !v->met)
		texts_add(&f->ret->open,
			  arena_printf(f->w->arena, "%s: its cycle is over", h->alias),
			  f->w->arena);
	return !over && (h->cycle.rules.has_total || v->need_count > 0) &&
	       f->n < LEAST_CASES_MAX;
}

static int prepare(struct fewest *f, struct err *e)
{
	const struct judge_extra extra = {.classes = f->kinds.classes.v,
					  .class_count = f->kinds.classes.n};
	const struct judge_question question = {.day = f->w->today, .extra = &extra};

	f->of = arena_array(f->w->arena, f->held->n + 1, sizeof(*f->of));
	f->cases = arena_array(f->w->arena, f->held->n + 1, sizeof(*f->cases));
	for (size_t i = 0; i < f->held->n; i++) {
		if (!can_plan(f, i))
			continue;
		int r = judge_prepare(f->w, &f->held->v[i], &question, &f->cases[f->n],
				      e);
		if (r < 0)
			return r;
		f->of[f->n++] = i;
	}
	return 0;
}

/* The cases of the same authority as this one, where an hour may serve one alone. */
static uint64_t group_of(const struct fewest *f, size_t i)
{
	const struct pack *own = held_of(f, i)->cycle.pack;
	uint64_t group = 0;

	for (size_t k = 0; k < f->n; k++) {
		const struct pack *p = held_of(f, k)->cycle.pack;
		if (own->rules.shared_once && p->rules.shared_once && own->authority &&
		    p->authority && strcmp(own->authority, p->authority) == 0)
			group |= UINT64_C(1) << k;
	}
	return group;
}

static void split_kinds(struct fewest *f)
{
	const char **alias = arena_array(f->w->arena, LEAST_CASES_MAX, sizeof(*alias));
	uint64_t done = 0;

	for (size_t i = 0; i < f->n; i++)
		alias[i] = held_of(f, i)->alias;
	for (size_t i = 0; i < f->n; i++) {
		uint64_t group = group_of(f, i);
		if (!(done >> i & 1) && (group & (group - 1)))
			plan_kinds_split(&f->kinds, group, alias, f->w->arena);
		done |= group;
	}
}

/* "application and impact": what is not sure, and would make hours worth more. */
static const char *hopes_of(const struct fewest *f, size_t i, uint64_t certain)
{
	const struct ruleset *rules = f->cases[i].rules;
	const char *text = NULL;

	for (size_t k = 0; k < rules->n; k++)
		if (!(certain >> k & 1))
			text = text ? arena_printf(f->w->arena, "%s and %s", text,
						   title_of(&rules->rules[k]))
				    : title_of(&rules->rules[k]);
	return text;
}

/* What fewer hours would do if what is not planned on held. */
static void tell_hope(const struct fewest *f, size_t i, const char *hopes,
		      struct credit sum)
{
	const struct goal *goal = &f->ret->credentials.v[f->of[i]];
	char now[CREDIT_TEXT_SIZE], then[CREDIT_TEXT_SIZE];

	if (!sum.unit || !goal->least.unit || sum.exact >= goal->least.exact)
		return;
	credit_format(goal->least.exact, now);
	credit_format(sum.exact, then);
	texts_add(
		&f->ret->caveats,
		arena_printf(f->w->arena,
			     "%s: %s is not sure and not planned on; with it %s h would "
			     "do instead of %s h.",
			     held_of(f, i)->alias, hopes, then, now),
		f->w->arena);
}

static void tell_hopes(const struct fewest *f, const struct least_question *q)
{
	struct least_question hopeful = *q;
	struct least_answer answer;
	struct least *l = NULL;

	hopeful.hopeful = true;
	for (size_t i = 0; i < f->n; i++) {
		uint64_t certain = rules_certain(&f->cases[i], f->w->arena);
		if (certain == UINT64_MAX)
			continue;
		if (!l)
			l = least_begin(&hopeful, f->w->arena);
		least_solve(l, UINT64_C(1) << i, &answer);
		tell_hope(f, i, hopes_of(f, i, certain), sum_of(f, &answer));
	}
	if (l)
		least_done(l);
}

static void solve(struct fewest *f)
{
	split_kinds(f);
	struct least_question q = {
		.cases = f->cases,
		.n = f->n,
		.kinds = f->kinds.v,
		.kind_count = f->kinds.n,
		.piece = f->kinds.piece,
		.from = f->w->today,
	};
	struct plan *ret = f->ret;
	struct least_answer answer;
	struct least *l = least_begin(&q, f->w->arena);
	bool known = true;

	ret->apart = (struct credit){0, credit_unit_find("hour")};
	for (size_t i = 0; i < f->n; i++) {
		least_solve(l, UINT64_C(1) << i, &answer);
		fill_alone(f, i, &answer);
		struct credit sum = sum_of(f, &answer);
		ret->apart.exact += sum.exact;
		known = known && sum.unit;
	}
	if (!known)
		ret->apart = (struct credit){0};
	least_solve(l, UINT64_MAX, &answer);
	ret->fewest = sum_of(f, &answer);
	fill_hours(f, &answer);
	tell_open(f, &answer);
	if (!answer.solved)
		texts_add(&ret->open, "the numbers are too large to be worked out",
			  f->w->arena);
	if (answer.inexact)
		texts_add(
			&ret->caveats,
			"These rules bound or round single entries, so that a few hours "
			"less may do.",
			f->w->arena);
	if (f->kinds.bounded || least_is_bounded(l))
		texts_add(&ret->caveats,
			  "These rules tell more kinds of hour apart than are compared; "
			  "a few hours less may do.",
			  f->w->arena);
	least_done(l);
	tell_hopes(f, &q);
}

int plan_fewest(struct work *w, const struct held_list *held,
		const struct verdict *verdicts, struct plan *ret, struct err *e)
{
	struct fewest f = {.w = w, .held = held, .verdicts = verdicts, .ret = ret};

	plan_kinds_find(held, verdicts, w->arena, &f.kinds);
	int r = prepare(&f, e);
	if (r == 0 && f.n > 0) {
		solve(&f);
		tell_other(&f);
	}
	plan_kinds_done(&f.kinds);
	return r;
}
