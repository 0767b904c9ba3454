#include "daemon/record/cycle.h"

#include "daemon/pack/ends.h"

static bool has_calendar(const struct pack *p)
{
	return p->calendar.length_months &&
	       (p->calendar.anchor != ANCHOR_NONE || p->calendar.period_count);
}

/* The end of the cycle that `today` lies in, counted from the day of issue. */
static int end_by_length(const struct cycle_told *t, civil_day today, civil_day *ret,
			 struct err *e)
{
	civil_day end;
	int i = 1;

	do
		end = pack_ends_move(t->pack, t->facts, t->issued - 1, i++ * t->every);
	while (end != DATE_NONE && end < today);
	*ret = end;
	return end != DATE_NONE
		       ? 0
		       : err_set(e, -PDH_REFUSED, "expires",
				 "cannot be computed: it lies after %d", DATE_YEAR_MAX);
}

static int find_end(const struct cycle_told *t, civil_day today, civil_day *ret,
		    struct err *e)
{
	*ret = t->expires;
	if (t->expires != DATE_NONE)
		return 0;
	if (has_calendar(t->pack))
		return pack_cycle_end(t->pack, t->facts, t->issued, today, ret, e);
	if (t->every && t->issued != DATE_NONE)
		return end_by_length(t, today, ret, e);
	if (!t->has_total && !t->every)
		return 0;
	err_set(e, -PDH_USAGE, "expires",
		"When does the cycle you are in end? Give its last day.");
	return err_hint(e, "such as --expires 2027-08-31");
}

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
	*ret = begin;
	if (!t->has_total || begin != DATE_NONE)
		return 0;
	err_set(e, -PDH_USAGE, "every", "How long is a cycle? Give its length.");
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
