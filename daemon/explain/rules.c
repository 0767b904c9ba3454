/* What needs and limits take. */
#include "daemon/explain/explain.h"

#include "daemon/judge/ledger.h"
#include "daemon/rules/words/words.h"

bool explain_takes(const struct explaining *x, const struct rule *r, size_t i)
{
	const struct ruleset *rules = &x->h->cycle.rules;

	return r->where == WHERE_ALL ||
	       rules_where(&rules->wheres[r->where],
			   &x->w->ledgers->classes.v[x->j.entries[i].class]);
}

/* A need of several windows is told of one of them, and yet looks at the whole cycle. */
static struct period days_of(const struct explaining *x, const struct judged_need *n)
{
	const enum window_kind kind = n->rule->window.kind;

	return kind == WINDOW_EACH_YEAR || kind == WINDOW_EACH_CALENDAR ||
			       kind == WINDOW_EACH_SCHOOL
		       ? x->j.verdict.span
		       : n->window;
}

/* Whether carry-over leaves a need out. */
static bool is_barred(const struct explaining *x, const struct rule *need)
{
	const struct ruleset *rules = &x->h->cycle.rules;

	for (size_t i = 0; i < rules->n; i++)
		if (rules->rules[i].verb == RULE_CARRY &&
		    rules->rules[i].carry->serves_not >> (need - rules->rules) & 1)
			return true;
	return false;
}

/* Whether it is worth something where a need asks for it. */
static bool is_measured(const struct explaining *x, const struct rule *r, size_t i)
{
	const struct judged_part *p = &x->j.verdict.parts[i];

	if (r->measure == MEASURE_UNIT)
		return x->j.entries[i].unit == (int)r->unit;
	return p->value > 0 && (p->state != PART_CARRIED || !is_barred(x, r));
}

bool explain_fits_in(const struct explaining *x, const struct judged_need *n, size_t i,
		     struct period days)
{
	const struct rule *r = n->rule;
	civil_day day = x->j.entries[i].done_on;
	bool any = r->alternatives == 0 && explain_takes(x, r, i) && is_measured(x, r, i);

	for (int k = 1; k <= r->alternatives; k++)
		any = any || (explain_takes(x, r + k, i) && is_measured(x, r + k, i));
	return any && n->state != JUDGED_NOT_APPLYING && period_has(days, day) &&
	       (r->by != BY_ACTIVITY ||
		period_has((struct period){r->from, r->until}, day));
}

bool explain_fits(const struct explaining *x, const struct judged_need *n, size_t i)
{
	return explain_fits_in(x, n, i, days_of(x, n));
}

const struct judged_limit *explain_limit(const struct explaining *x, const struct rule *r,
					 size_t i)
{
	const struct verdict *v = &x->j.verdict;

	for (size_t k = 0; k < v->limit_count; k++)
		if (v->limits[k].rule == r &&
		    period_has(v->limits[k].window, x->j.entries[i].done_on))
			return &v->limits[k];
	return NULL;
}

const char *explain_words(const struct explaining *x, const struct rule *r,
			  int64_t amount)
{
	const struct rule_numbers known = {x->j.verdict.required, amount};

	return rules_words(&x->h->cycle.rules, r, &known, x->w->arena);
}
