/* What a board asks of this person instead: after leaves, in a stub of a period, part-time. */
#include "daemon/rules/parts.h"

#include <string.h>

bool when_fact_number(const struct judgement *j, const char *name, int64_t *ret)
{
	const char *text = when_fact(j, name);
	struct credit c;
	struct err ignored;

	if (!text)
		return false;
	if (strcmp(text, "0") == 0) {
		*ret = 0;
		return true;
	}
	if (text[strspn(text, "0123456789.")] || credit_parse(text, &c, &ignored) < 0)
		return false;
	*ret = c.exact;
	return true;
}

static bool months_in_groups(const struct judgement *j, const struct adjust *a,
			     int64_t *ret)
{
	int months;

	if (!months_of_active(j, &a->active, a->month, &months))
		return false;
	if (a->whole)
		months -= months % a->whole;
	*ret = months * CREDIT_ONE;
	return true;
}

static int64_t stepped(const struct adjust *a, int64_t v)
{
	if (!a->step)
		return v;
	int64_t steps = v / a->step, over = v % a->step;
	if (a->round == ROUND_UP)
		steps += over > 0;
	else if (a->round == ROUND_NEAREST)
		steps += over >= a->step - over;
	return saturated((int128)steps * a->step);
}

static int64_t scale(const struct judgement *j, const struct adjust *a, int64_t v)
{
	int64_t number;

	if (!a->of || !(a->by ? when_fact_number(j, a->by, &number)
			      : months_in_groups(j, a, &number)))
		return v;
	v = number < a->of ? stepped(a, scaled(v, number, a->of)) : v;
	return v < a->floor_below ? a->floor_is : v;
}

/* Less for each whole so much of a number; never less than nothing. */
static int64_t take_off(const struct judgement *j, const struct adjust *a, int64_t v)
{
	int64_t number;

	if (!a->each || !when_fact_number(j, a->by, &number))
		return v;
	int64_t less = saturated((int128)(number / a->each) * a->less);
	if (a->less_most && less > a->less_most)
		less = a->less_most;
	return less < v ? v - less : 0;
}

/* A share of another need follows that one by itself. */
static bool is_meant(const struct judgement *j, const struct adjust *a,
		     const struct rule *need)
{
	size_t i = (size_t)(need - j->c->rules->rules);

	if (a->only)
		return a->only >> i & 1;
	return need->measure == MEASURE_CREDIT &&
	       need->amount.kind != AMOUNT_OF_REQUIRED &&
	       need->amount.kind != AMOUNT_OF_NEED;
}

int64_t adjust_amount(struct judgement *j, const struct rule *need, int64_t asked)
{
	const struct ruleset *rules = j->c->rules;
	size_t index = (size_t)(need - rules->rules);
	int64_t v = asked;
	const char *why;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if (r->verb != RULE_ADJUST || !is_meant(j, r->adjust, need) ||
		    rule_applies(j, r, &why) != YES ||
		    (r->level == LEVEL_UNSURE && !holds_if_unsure(j, r)))
			continue;
		int64_t now = take_off(j, r->adjust, scale(j, r->adjust, v));
		if (now != v) {
			j->adjusted[index] = r;
			j->asked[index] = asked;
		}
		v = now;
	}
	return v;
}

void adjust_shift(struct judgement *j, struct verdict *v)
{
	const struct ruleset *rules = j->c->rules;
	const char *why;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if (r->verb != RULE_ADJUST || !r->adjust->shift_months ||
		    rule_applies(j, r, &why) != YES)
			continue;
		v->shift = r;
		v->shift_months = r->adjust->shift_months;
	}
}
