#include "daemon/rules/parts.h"

void rules_pace(const struct verdict *v, const struct pace_days *days,
		struct pace_verdict *ret)
{
	/* A month is 1/12 of 365.2425 days (the Gregorian mean year): 304,368.75
	 * ten-thousandths of a day, kept whole by a factor of four. */
	const int64_t month = 1217475, day = 40000;

	*ret = (struct pace_verdict){0};
	if (!v->required)
		return;
	ret->expected = days->length > 0
				? scaled(v->required, days->elapsed, days->length)
				: v->required;
	ret->difference = v->counted - ret->expected;
	if (days->left > 0) {
		int64_t rate = scaled(v->remaining, month, days->left * day);
		ret->per_month = rate < v->remaining ? rate : v->remaining;
	}
	if (days->elapsed > 0)
		ret->so_far = scaled(v->counted, month, days->elapsed * day);
	int64_t more =
		days->elapsed > 0 ? scaled(v->counted, days->left, days->elapsed) : 0;
	if (added(v->counted, more) < v->required)
		ret->projected = v->required - v->counted - more;
}
