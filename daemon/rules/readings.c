/* Rules that are not sure: each may hold or not, and a verdict that is not the same in all these
 * readings is undecided. */
#include "daemon/rules/parts.h"

#include <stdlib.h>

enum { TOGETHER_MAX = 4 }; /* rules of which every set is a reading; of more one by one */

static bool is_not_sure(const struct judgement *j, const struct rule *r)
{
	const char *why;
	enum answer applies = rule_applies(j, r, &why);

	return applies == UNKNOWN || (applies == YES && r->level == LEVEL_UNSURE);
}

/* Whether some entry is one of those that a credit takes. */
static bool takes_some(const struct judgement *j, size_t rule)
{
	for (size_t i = 0; i < j->c->n; i++)
		if (j->credits[j->c->entries[i].class].taken >> rule & 1)
			return true;
	return false;
}

/* The alternatives of some needs, which hold where these do. */
static reading followers(const struct ruleset *rules, reading needs)
{
	reading all = READING_NONE;

	for (size_t i = 0; i < rules->n; i++)
		for (int k = 1; (needs >> i & 1) && k <= rules->rules[i].alternatives;
		     k++)
			all |= UINT64_C(1) << (i + (size_t)k);
	return all;
}

/* The rules that a reading may leave out. Of what is asked of each year it may be known of some
 * years alone. */
static reading find_unsure(const struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;
	reading all = READING_NONE;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		bool judges = r->verb == RULE_NEED || r->verb == RULE_LIMIT ||
			      r->verb == RULE_ADJUST ||
			      (r->verb == RULE_CREDIT && takes_some(j, i));
		bool advice = r->verb == RULE_NEED && r->level == LEVEL_SHOULD;
		if (judges && !advice && is_not_sure(j, r))
			all |= UINT64_C(1) << i;
	}
	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		bool unsure =
			in->rule && (in->unknown || in->rule->level == LEVEL_UNSURE);
		if (unsure && in->rule->level != LEVEL_SHOULD)
			all |= UINT64_C(1) << (in->rule - rules->rules);
	}
	return all & ~followers(rules, all);
}

/* Whether it could come out otherwise without one of them. Most often it could not: what they
 * ask for is there and keeps it from no other need, and nothing is cut. */
static bool may_differ(const struct judgement *j, reading unsure)
{
	const struct ruleset *rules = j->c->rules;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		bool worth = r->verb == RULE_CREDIT || r->verb == RULE_ADJUST;
		if ((unsure >> i & 1) && (worth || r->alternatives || r->is_alternative ||
					  r == j->total || r->on_top))
			return true;
	}
	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		if (is_limit(in) && in->logged > in->amount)
			return true;
		if (in->rule && in->rule->verb == RULE_NEED &&
		    (unsure >> (in->rule - rules->rules) & 1) &&
		    (in->no_amount || in->rule->exclusive || in->have < in->amount))
			return true;
	}
	return false;
}

/* The n-th reading of those that are looked at, all but the first; false where there are no
 * more. All sets of a few rules; of many none of them, each left out and each alone. */
static bool nth_reading(reading unsure, uint64_t n, reading *ret)
{
	int count = __builtin_popcountll(unsure);
	reading chosen = READING_NONE;

	if (count > TOGETHER_MAX) {
		reading one = unsure;
		if (n > 2 * (uint64_t)count)
			return false;
		for (uint64_t skip = n ? (n - 1) / 2 : 0; skip > 0; skip--)
			one &= one - 1;
		one &= -one;
		*ret = n == 0 ? ~unsure : n & 1 ? ~one : ~unsure | one;
		return true;
	}
	if (n >= (UINT64_C(1) << count) - 1)
		return false;
	for (reading left = unsure; left; left &= left - 1, n >>= 1)
		if (n & 1)
			chosen |= left & -left;
	*ret = ~unsure | chosen;
	return true;
}

void judge_readings(const struct judgement *j, struct verdict *ret)
{
	const reading unsure = find_unsure(j);
	bool differ = may_differ(j, unsure), other = false;
	reading holds;

#ifndef PDH_CHECKED
	if (!differ)
		return;
#endif
	for (uint64_t n = 0; nth_reading(unsure, n, &holds); n++) {
		AUTO_ARENA scratch = {NULL};
		struct judgement in;
		struct verdict v;
		holds &= ~followers(j->c->rules, ~holds);
		judge_reading(j->c, &scratch, holds, &in, &v);
		if (!differ && (v.counted != ret->counted || v.met != ret->met))
			abort();
		if (n == 0 || (!other && v.met != ret->met))
			ret->otherwise = v.counted;
		other = other || v.met != ret->met;
	}
	ret->undecided = ret->undecided || other;
}

/* Whether a credit may make an entry worth more. */
static bool may_raise(const struct worth_rule *w)
{
	return w->fixed || w->floor || w->times.num > w->times.den ||
	       (w->step && w->round != ROUND_DOWN);
}

uint64_t rules_certain(const struct rules_case *c, struct arena *a)
{
	const struct judgement j = {.c = c, .a = a};
	const struct rule *whole = NULL;
	reading all = READING_ALL;

	for (size_t i = 0; i < c->rules->n; i++) {
		const struct rule *r = &c->rules->rules[i];
		whole = r->is_alternative ? whole : r;
		/* What is not sure as a whole asks for hours with each of its alternatives. */
		bool choice = r->is_alternative && !is_not_sure(&j, whole);
		bool helps = r->verb == RULE_ADJUST || choice ||
			     (r->verb == RULE_CREDIT && may_raise(&r->worth));
		if (helps && is_not_sure(&j, r))
			all &= ~(UINT64_C(1) << i);
	}
	return all;
}
