/* What one credential still needs. */
#include "daemon/judge/judge.h"
#include "daemon/judge/standing.h"
#include "daemon/plan/plan.h"

#include <string.h>

bool plan_is_total(const struct verdict *v, const struct judged_need *n)
{
	return v->required && n->need == v->required && n->have == v->counted &&
	       rules_may_be_total(n->rule);
}

static bool is_open(const struct judged_need *n)
{
	return n->state == JUDGED_SHORT || n->state == JUDGED_MISSED ||
	       n->state == JUDGED_UNDECIDED;
}

void plan_open_needs(const struct held_cycle *c, const struct verdict *v, struct arena *a,
		     struct list *ret)
{
	size_t most = v->need_count + 1;

	for (size_t i = 0; i < v->need_count; i++)
		most += v->needs[i].coming_count;
	struct need *needs = arena_array(a, most, sizeof(*needs));
	*ret = (struct list){0, needs};
	for (size_t i = 0; i < v->need_count; i++) {
		const struct judged_need *n = &v->needs[i];
		if (is_open(n) && (n->state == JUDGED_UNDECIDED || !plan_is_total(v, n)))
			standing_need(c, n, a, &needs[ret->n++]);
		bool must = n->rule->level != LEVEL_SHOULD;
		for (size_t k = 0; must && k < n->coming_count; k++)
			standing_coming(c, n, k, a, &needs[ret->n++]);
	}
}

static void take_items(const struct standing *s, struct arena *a, struct goal *ret)
{
	ret->items.v = arena_array(a, s->items.n + 1, sizeof(*ret->items.v));
	for (size_t i = 0; i < s->items.n; i++)
		if (s->items.v[i].state != ITEM_STATE_DONE)
			ret->items.v[ret->items.n++] = s->items.v[i];
}

static void take_standing(const struct standing *s, struct goal *ret)
{
	ret->alias = s->alias;
	ret->title = s->title;
	ret->unit = s->unit;
	ret->state = s->state;
	ret->cycle = s->cycle;
	ret->counted = s->counted;
	ret->required = s->required;
	ret->remaining = s->remaining;
	ret->planned = s->planned;
	ret->pace = s->pace;
	ret->exempt = s->exempt;
	ret->suspended = s->suspended;
	ret->late_until = s->late_until;
	memcpy(&ret->limits, &s->limits, sizeof(s->limits));
}

int plan_goal(struct work *w, const struct held *h, struct goal *ret, struct verdict *v,
	      struct err *e)
{
	const struct judge_question question = {.day = w->today};
	struct judged_cycle j;
	struct standing s;
	struct list needs;

	shape_none(&shape_goal, ret);
	int r = judge_cycle(w, h, &question, &j, e);
	if (r == 0)
		r = standing_judged(w, h, w->today, &j.verdict, &s, e);
	if (r < 0)
		return r;
	*v = j.verdict;
	take_standing(&s, ret);
	take_items(&s, w->arena, ret);
	plan_open_needs(&h->cycle, v, w->arena, &needs);
	memcpy(&ret->needs, &needs, sizeof(needs));
	ret->met = v->met && !v->undecided;
	return 0;
}
