#include "daemon/record/effect.h"

#include "common/texts.h"
#include "daemon/judge/judge.h"
#include "daemon/judge/standing.h"
#include "daemon/judge/why.h"
#include "daemon/record/effect_needs.h"

#include <string.h>

static void count_parts(struct work *w, const struct held *h, const struct activity *a,
			const struct judged_part *parts, size_t n, struct count *ret)
{
	for (size_t i = 0; i < n; i++) {
		const struct judged_part *p = &parts[i];
		int64_t whole = p->value > p->base ? p->value : p->base;
		ret->counted.exact += p->counted;
		ret->cut.exact += whole - p->counted;
		if (p->rule)
			ret->rule = p->rule->id;
		if (!ret->why)
			ret->why = why_part(w, h, a->credit.unit, p);
	}
}

void effect_count(struct work *w, const struct held *h, const struct judged_cycle *j,
		  const struct activity *a, struct count *ret)
{
	const struct ruleset *rules = &h->cycle.rules;
	enum hours_place place;
	int64_t worth = 0;
	size_t first, n;

	shape_none(&shape_count, ret);
	ret->alias = h->alias;
	ret->rule = rules->total_id ? rules->total_id : "total";
	ret->counted = ret->cut = standing_amount(&h->cycle, 0);
	ret->why = why_gate(w, h, j, a, &place, &first, &n);
	if (!ret->why)
		count_parts(w, h, a, j->verdict.parts + first, n, ret);
	else if (rules_worth(rules, credit_unit_number(a->credit.unit), a->credit.exact,
			     &worth))
		ret->cut.exact = worth;
}

int effect_counts(struct work *w, const struct held_list *held, struct activity *v,
		  size_t n, struct err *e)
{
	const struct judge_question question = {.day = DATE_NONE, .parts = true};
	struct judged_cycle j;

	for (size_t k = 0; k < n; k++)
		v[k].counts.v = arena_array(w->arena, held->n + 1, sizeof(struct count));
	for (size_t i = 0; n && i < held->n; i++) {
		const struct held *h = &held->v[i];
		if (!held_counts_hours(h, w->today))
			continue;
		int r = judge_cycle(w, h, &question, &j, e);
		if (r < 0)
			return r;
		for (size_t k = 0; k < n; k++)
			effect_count(w, h, &j, &v[k], &v[k].counts.v[v[k].counts.n++]);
	}
	return 0;
}

/* Whether each entry counts by itself, whatever others there are. */
static bool is_plain(const struct ruleset *r)
{
	return r->n <= 1 && r->where_count == 0;
}

static int counted_now(struct work *w, const struct held *h, int64_t *ret,
		       struct texts *ret_open, struct err *e)
{
	const struct judge_question question = {.day = DATE_NONE};
	struct judged_cycle j;
	int r = judge_cycle(w, h, &question, &j, e);

	if (r < 0)
		return r;
	*ret = j.verdict.counted;
	effect_needs_short(&j.verdict, w->arena, ret_open);
	return 0;
}

static int before(struct work *w, bool adding, struct effect_before *ret, struct err *e)
{
	int r = held_all(w, DATE_NONE, &ret->held, e);

	if (r < 0)
		return r;
	ret->notes = NULL;
	ret->counted = arena_array(w->arena, ret->held.n + 1, sizeof(int64_t));
	ret->open = arena_array(w->arena, ret->held.n + 1, sizeof(struct texts));
	for (size_t i = 0; r == 0 && i < ret->held.n; i++)
		if (!adding || !is_plain(&ret->held.v[i].cycle.rules))
			r = counted_now(w, &ret->held.v[i], &ret->counted[i],
					&ret->open[i], e);
	return r;
}

int effect_before(struct work *w, struct effect_before *ret, struct err *e)
{
	return before(w, false, ret, e);
}

int effect_before_adding(struct work *w, struct effect_before *ret, struct err *e)
{
	return before(w, true, ret, e);
}

/* The distinct reasons for which activities do not count for `alias`. */
static void reasons(struct work *w, const char *alias, const struct activity *activities,
		    size_t n, struct effect *ret)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < activities[i].counts.n; j++) {
			const struct count *c = &activities[i].counts.v[j];
			if (c->why && strcmp(c->alias, alias) == 0 &&
			    !texts_has(&ret->why_not, c->why))
				texts_add(&ret->why_not, c->why, w->arena);
		}
	}
}

static int fill(struct work *w, const struct held *h, const struct effect_before *before,
		const struct activity *activities, size_t n, struct effect *ret,
		struct err *e)
{
	const struct judge_question question = {.day = DATE_NONE};
	struct judged_cycle j;
	int r = judge_cycle(w, h, &question, &j, e);

	if (r < 0)
		return r;
	shape_none(&shape_effect, ret);
	ret->alias = h->alias;
	ret->title = h->title;
	ret->counted = standing_amount(&h->cycle, j.verdict.counted);
	ret->added = standing_amount(&h->cycle, 0);
	if (j.verdict.required)
		ret->required = standing_amount(&h->cycle, j.verdict.required);
	reasons(w, h->alias, activities, n, ret);
	for (size_t i = 0; before->notes && i < before->held.n; i++)
		if (before->held.v[i].id == h->id)
			effect_needs_tell(w, h, &before->open[i], &j.verdict, activities,
					  n, before->notes);
	return 0;
}

static int64_t counted_before(const struct effect_before *b, int64_t credential_id)
{
	for (size_t i = 0; i < b->held.n; i++)
		if (b->held.v[i].id == credential_id)
			return b->counted[i];
	return 0;
}

int effect_since(struct work *w, const struct effect_before *before,
		 const struct activity *activities, size_t n, bool all, struct list *ret,
		 struct err *e)
{
	struct held_list held;
	size_t count = 0;

	int r = held_all(w, DATE_NONE, &held, e);
	if (r < 0)
		return r;
	struct effect *v = arena_array(w->arena, held.n ? held.n : 1, sizeof(*v));
	for (size_t i = 0; i < held.n; i++) {
		if (!held_counts_hours(&held.v[i], w->today))
			continue;
		r = fill(w, &held.v[i], before, activities, n, &v[count], e);
		if (r < 0)
			return r;
		v[count].added.exact =
			v[count].counted.exact - counted_before(before, held.v[i].id);
		count += all || v[count].added.exact != 0;
	}
	*ret = (struct list){count, v};
	return 0;
}

static int64_t added_to(const char *alias, const struct activity *activities, size_t n)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < activities[i].counts.n; j++)
			if (strcmp(activities[i].counts.v[j].alias, alias) == 0)
				sum += activities[i].counts.v[j].counted.exact;
	return sum;
}

int effect_added(struct work *w, const struct effect_before *before,
		 const struct activity *activities, size_t n, struct list *ret,
		 struct err *e)
{
	const struct held_list *held = &before->held;
	struct effect *v = arena_array(w->arena, held->n ? held->n : 1, sizeof(*v));
	size_t count = 0;

	for (size_t i = 0; i < held->n; i++) {
		const struct held *h = &held->v[i];
		if (!held_counts_hours(h, w->today))
			continue;
		int r = fill(w, h, before, activities, n, &v[count], e);
		if (r < 0)
			return r;
		struct effect *one = &v[count++];
		one->added.exact = is_plain(&h->cycle.rules)
					   ? added_to(h->alias, activities, n)
					   : one->counted.exact - before->counted[i];
	}
	*ret = (struct list){count, v};
	return 0;
}
