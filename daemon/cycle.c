#include "daemon/cycle.h"

static bool has_calendar(const struct pack *p)
{
	return p->calendar.length_months &&
	       (p->calendar.anchor != ANCHOR_NONE || p->calendar.period_count);
}

static int find_end(const struct cycle_told *t, civil_day today, civil_day *ret,
		    struct err *e)
{
	*ret = t->expires;
	if (t->expires != DATE_NONE)
		return 0;
	if (has_calendar(t->pack))
		return pack_cycle_end(t->pack, t->facts, t->issued, today, ret, e);
	if (t->every && t->issued != DATE_NONE) {
		civil_day end = t->issued;
		for (int i = 1; end <= today; i++)
			end = date_add_months(t->issued, i * t->every);
		*ret = end - 1;
		return 0;
	}
	if (!t->has_total && !t->every)
		return 0;
	err_set(e, -PDH_USAGE, "expires",
		"is needed: the last day of the cycle you are in");
	return err_hint(e, "such as --expires 2027-08-31");
}

/* The usual first day is a cycle's length before the last. A first cycle may be longer:
 * it begins on the day of issue when that lies less than a year before, unless the pack
 * says how long the first one is. */
static int find_begin(const struct cycle_told *t, civil_day end, civil_day *ret,
		      struct err *e)
{
	civil_day begin = end == DATE_NONE
				  ? DATE_NONE
				  : pack_cycle_begin(t->pack, t->facts, t->issued, end);

	if (t->begins != DATE_NONE)
		begin = t->begins;
	else if (begin == DATE_NONE)
		begin = t->issued;
	else if (!t->pack->calendar.has_first && t->issued != DATE_NONE &&
		 t->issued < end && t->issued > date_add_months(begin, -12))
		begin = t->issued;
	*ret = begin;
	if (!t->has_total || begin != DATE_NONE)
		return 0;
	err_set(e, -PDH_USAGE, "every", "is needed: how long a cycle is");
	return err_hint(e, "such as --every 5y, or --begins with its first day");
}

int cycle_days(const struct cycle_told *t, civil_day today, struct period *ret,
	       struct err *e)
{
	struct period days;
	int r = find_end(t, today, &days.to, e);

	if (r == 0)
		r = find_begin(t, days.to, &days.from, e);
	if (r == 0)
		*ret = days;
	return r;
}
