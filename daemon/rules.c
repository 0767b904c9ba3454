#include "daemon/rules.h"

#include <string.h>

static int64_t saturate(int128 v)
{
	if (v > INT64_MAX)
		return INT64_MAX;
	return v < INT64_MIN ? INT64_MIN : (int64_t)v;
}

/* a * b / c, rounded down, for b >= 0 and c > 0. */
static int64_t scale(int64_t a, int64_t b, int64_t c)
{
	int128 product = (int128)a * b;
	int128 q = product / c;

	return saturate(product % c < 0 ? q - 1 : q);
}

static int64_t add(int64_t a, int64_t b)
{
	return saturate((int128)a + b);
}

bool rules_worth(const struct ruleset *r, enum credit_unit unit, int64_t amount,
		 int64_t *ret)
{
	struct ratio worth = r->worth[unit];

	if (worth.den <= 0)
		return false;
	*ret = scale(amount, worth.num, worth.den);
	return true;
}

void rules_evaluate(const struct ruleset *r, const struct entry *entries, size_t n,
		    struct verdict *ret)
{
	memset(ret, 0, sizeof(*ret));
	for (size_t i = 0; i < n; i++) {
		const struct entry *e = &entries[i];
		int64_t worth;
		if (rules_worth(r, e->unit, e->amount, &worth))
			ret->logged = add(ret->logged, worth);
		else
			ret->not_counted[e->unit] =
				add(ret->not_counted[e->unit], e->amount);
	}
	ret->counted = ret->logged;
	ret->met = !r->has_total || ret->counted >= r->total;
	if (!ret->met)
		ret->remaining = r->total - ret->counted;
}

void rules_pace(const struct ruleset *r, const struct verdict *v,
		const struct pace_days *days, struct pace_verdict *ret)
{
	/* A month is 1/12 of 365.2425 days (the Gregorian mean year): 304,368.75
	 * ten-thousandths of a day, kept whole by a factor of four. */
	const int64_t month = 1217475, day = 40000;

	memset(ret, 0, sizeof(*ret));
	if (!r->has_total)
		return;
	ret->expected = days->length > 0 ? scale(r->total, days->elapsed, days->length)
					 : r->total;
	ret->difference = v->counted - ret->expected;
	if (days->left > 0)
		ret->per_month = scale(v->remaining, month, days->left * day);
	if (days->elapsed > 0)
		ret->so_far = scale(v->counted, month, days->elapsed * day);
	int64_t more =
		days->elapsed > 0 ? scale(v->counted, days->left, days->elapsed) : 0;
	if (add(v->counted, more) < r->total)
		ret->projected = r->total - v->counted - more;
}
