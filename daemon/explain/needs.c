/* Needs and limits, with what they took. */
#include "daemon/explain/explain.h"

#include "daemon/judge/standing.h"
#include "daemon/rules/words/words.h"

#include <string.h>

/* Whether the activity asked about is among what the rule looks at. */
static bool is_about(const struct explaining *x, const struct asking *q)
{
	for (size_t i = 0; x->about && i < x->j.n; i++) {
		if (x->j.entries[i].id != *x->about)
			continue;
		if (q->limit  ? explain_is_under(x, q->limit, i)
		    : q->need ? explain_fits(x, q->need, i)
			      : explain_is_of_total(x, i))
			return true;
	}
	return !x->about;
}

static const char *where_or_none(const struct explaining *x, const struct rule *r)
{
	const char *words = rules_where_words(&x->h->cycle.rules, r, x->w->arena);

	return *words ? words : NULL;
}

/* ---- needs ------------------------------------------------------------------------------ */

/* `n` NULL: the total that the person gave, and whose pack asks for none. */
static int explain_need(struct explaining *x, const struct judged_need *n,
			struct need *need, struct need_explained *ret, struct err *e)
{
	const struct ruleset *rules = &x->h->cycle.rules;
	const struct asking q = {.need = n};
	bool own = !n || (rules->own_total && rules->total_rule != NO_RULE &&
			  n->rule == &rules->rules[rules->total_rule]);
	struct gathered g = {.named = 0};
	struct list named = {0, NULL};

	if (!n || n->state != JUDGED_NOT_APPLYING)
		explain_gather(x, &q, NULL, &g);
	int r = explain_named(x, &g, &named, e);
	if (r < 0)
		return r;
	shape_none(&shape_need_explained, ret);
	ret->need = need;
	if (own)
		ret->words = arena_printf(
			x->w->arena, "%s a cycle, as you said",
			rules_short_words(rules, x->j.verdict.required, x->w->arena));
	else
		ret->words = explain_words(
			x, n->rule,
			n->state == JUDGED_NOT_APPLYING ? RULE_NOT_KNOWN : n->need);
	ret->of = n ? where_or_none(x, n->rule) : NULL;
	ret->fits = explain_amount(x, &q, g.all);
	if (n && n->adjusted) {
		ret->adjusted = n->adjusted->id;
		ret->asked = standing_amount(&x->h->cycle, n->asked);
		explain_tell(x, n->adjusted);
	}
	ret->entries = g.entries;
	memcpy(&ret->served_by, &named, sizeof(named));
	if (n)
		explain_tell(x, n->rule);
	return 0;
}

int explain_needs(struct explaining *x, struct credential_explained *ret, struct err *e)
{
	const struct verdict *v = &x->j.verdict;
	size_t own = x->own_total;
	int r = 0;

	ret->needs.v = arena_array(x->w->arena, v->need_count + own + 1,
				   sizeof(struct need_explained));
	for (size_t i = 0; r == 0 && i < v->need_count + own; i++) {
		const struct judged_need *n = i < own ? NULL : &v->needs[i - own];
		const struct asking q = {.need = n};
		if (!is_about(x, &q))
			continue;
		r = explain_need(x, n, &x->standing.needs.v[i],
				 &ret->needs.v[ret->needs.n++], e);
	}
	return r;
}

/* ---- limits ----------------------------------------------------------------------------- */

static int explain_one_limit(struct explaining *x, const struct judged_limit *l,
			     struct limit *limit, struct limit_explained *ret,
			     struct err *e)
{
	const struct held_cycle *c = &x->h->cycle;
	const struct asking q = {.limit = l};
	struct gathered g;
	struct list named;

	explain_gather(x, &q, x->about, &g);
	int r = explain_named(x, &g, &named, e);
	if (r < 0)
		return r;
	shape_none(&shape_limit_explained, ret);
	ret->limit = limit;
	ret->words = explain_words(x, l->rule, l->most);
	ret->of = where_or_none(x, l->rule);
	ret->left = standing_amount(c, l->most > l->used ? l->most - l->used : 0);
	if (x->about) {
		ret->before = standing_amount(c, g.before);
		ret->after = standing_amount(c, g.after);
	}
	ret->entries = g.entries;
	memcpy(&ret->used_by, &named, sizeof(named));
	explain_tell(x, l->rule);
	return 0;
}

int explain_limits(struct explaining *x, struct credential_explained *ret, struct err *e)
{
	const struct verdict *v = &x->j.verdict;
	int r = 0;

	ret->limits.v = arena_array(x->w->arena, v->limit_count + 1,
				    sizeof(struct limit_explained));
	for (size_t i = 0; r == 0 && i < v->limit_count; i++) {
		const struct asking q = {.limit = &v->limits[i]};
		if (is_about(x, &q))
			r = explain_one_limit(x, &v->limits[i], &x->standing.limits.v[i],
					      &ret->limits.v[ret->limits.n++], e);
	}
	return r;
}
