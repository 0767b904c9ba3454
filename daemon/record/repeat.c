#include "daemon/record/repeat.h"

#include <stdio.h>
#include <string.h>

int repeat_check_none(const struct activity_add_params *p, struct err *e)
{
	const char *field = p->until != DATE_NONE  ? "until"
			    : p->times != INT_NONE ? "times"
			    : p->skip.n		   ? "skip"
						   : NULL;

	if (p->repeat || !field)
		return 0;
	err_set(e, -PDH_USAGE, field, "needs repeat");
	return err_hint(e, "say how often, as in --repeat weekly");
}

static int check(const struct activity_add_params *p, civil_day first, struct err *e)
{
	if (p->until == DATE_NONE && p->times == INT_NONE) {
		err_set(e, -PDH_USAGE, "repeat", "needs an end");
		return err_hint(e, "say --until DAY, or --times N");
	}
	if (p->until != DATE_NONE && p->times != INT_NONE)
		return err_set(e, -PDH_USAGE, "times",
			       "cannot be given with --until; give one of the two");
	if (p->until != DATE_NONE && p->until < first)
		return err_set(e, -PDH_REFUSED, "until", "is before the first day");
	if (p->times != INT_NONE && (p->times < 1 || p->times > REPEAT_MOST))
		return err_set(e, -PDH_REFUSED, "times", "must be from 1 to %d",
			       REPEAT_MOST);
	if (date_is_day(p->from))
		return err_set(e, -PDH_REFUSED, "from",
			       "cannot be given with repeat: each activity has one day");
	return 0;
}

static civil_day day_at(const struct activity_add_params *p, civil_day first, int64_t i)
{
	if (p->repeat == REPEAT_MONTHLY)
		return date_add_months(first, i);
	return date_add_days(first, (p->repeat == REPEAT_WEEKLY ? 7 : 14) * i);
}

static bool is_moved(civil_day first, civil_day day)
{
	int year, month, wanted, got;

	date_split(first, &year, &month, &wanted);
	date_split(day, &year, &month, &got);
	return got < wanted;
}

static int add_days(const struct activity_add_params *p, civil_day first,
		    struct repeat_days *ret, struct err *e)
{
	const int64_t most = p->times == INT_NONE ? REPEAT_MOST : p->times;

	for (int64_t i = 0; p->times == INT_NONE || i < most; i++) {
		civil_day day = day_at(p, first, i);
		if (p->until != DATE_NONE && day > p->until)
			break;
		if (i > 0 && day <= ret->v[ret->n - 1])
			return err_set(e, -PDH_REFUSED, "repeat",
				       "has no such day before the year %d is over",
				       DATE_YEAR_MAX);
		if (i == most)
			return err_set(
				e, -PDH_REFUSED, "until",
				"takes more than %d activities; say an earlier day",
				REPEAT_MOST);
		ret->v[ret->n++] = day;
	}
	return 0;
}

/* A day to leave out: in words it is the next such day from the first one on. */
static int skip_one(const char *text, civil_day first, struct repeat_days *days,
		    struct err *e)
{
	char human[DATE_HUMAN_SIZE];
	civil_day day;
	int r = date_parse(text, first, DATE_ORDER_UNTOLD, DATE_FUTURE, &day, e);

	if (r < 0) {
		snprintf(e->field, sizeof(e->field), "skip");
		return r;
	}
	for (size_t i = 0; i < days->n; i++) {
		if (days->v[i] != day)
			continue;
		memmove(&days->v[i], &days->v[i + 1],
			(days->n - i - 1) * sizeof(*days->v));
		days->n--;
		return 0;
	}
	if (!date_is_day(day))
		return err_set(e, -PDH_USAGE, "skip", "\"%.40s\" is not a day", text);
	date_format_human(day, human);
	return err_set(e, -PDH_REFUSED, "skip", "%s is not one of the days", human);
}

static int skip_all(const struct activity_add_params *p, civil_day first, struct arena *a,
		    struct repeat_days *days, struct err *e)
{
	for (size_t i = 0; i < p->skip.n; i++) {
		char *rest = arena_dup(a, p->skip.v[i]), *part;
		while ((part = strsep(&rest, ","))) {
			int r = skip_one(part, first, days, e);
			if (r < 0)
				return r;
		}
	}
	return 0;
}

int repeat_days(const struct activity_add_params *p, civil_day first, struct arena *a,
		struct repeat_days *ret, struct err *e)
{
	int r = check(p, first, e);

	if (r < 0)
		return r;
	*ret = (struct repeat_days){.v = arena_array(a, REPEAT_MOST, sizeof(civil_day))};
	r = add_days(p, first, ret, e);
	if (r == 0)
		r = skip_all(p, first, a, ret, e);
	if (r < 0)
		return r;
	for (size_t i = 0; i < ret->n; i++)
		ret->moved += p->repeat == REPEAT_MONTHLY && is_moved(first, ret->v[i]);
	return ret->n ? 0 : err_set(e, -PDH_REFUSED, "skip", "takes away every day");
}
