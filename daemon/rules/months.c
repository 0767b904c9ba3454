/* Months of a period: those before the day of issue, and those of leaves, are not active. */
#include "daemon/rules/parts.h"

/* The first day of the month `n` after that of a day. */
static civil_day month_begin(civil_day day, int n)
{
	int year, month, unused;

	date_split(day, &year, &month, &unused);
	return date_add_months(date_make(year, month, 1), n);
}

static int day_of_month(civil_day day)
{
	int year, month, d;

	date_split(day, &year, &month, &d);
	return d;
}

/* ---- from day to day ----------------------------------------------------------------------- */

/* Whole months of leaves within some days, each from its first day on; one that follows the
 * other without a gap goes on with it. */
static int months_of_leaves(const struct rule_facts *f, struct period within)
{
	int n = 0;

	for (size_t i = 0; i < f->leave_count;) {
		struct period one = f->leaves[i++];
		while (i < f->leave_count && one.to != DATE_NONE &&
		       f->leaves[i].from <= one.to + 1)
			one.to = f->leaves[i++].to;
		civil_day from = one.from > within.from ? one.from : within.from;
		civil_day to =
			one.to != DATE_NONE && one.to < within.to ? one.to : within.to;
		n += from <= to ? date_months_between(from, to + 1) : 0;
	}
	return n;
}

static bool on_leave(const struct rule_facts *f, civil_day day)
{
	for (size_t i = 0; i < f->leave_count; i++)
		if (period_has(f->leaves[i], day))
			return true;
	return false;
}

/* Months from `days.from` on in which the conditions hold, asked on the first day of each. A
 * month of which nothing is known is active: nobody is let off by saying nothing. Leaves
 * take no month away that is not active without them. */
static int count_holding(const struct judgement *j, const struct conditions *active,
			 struct period days)
{
	const struct rule_facts *f = j->c->facts;
	int n = 0, leaves = months_of_leaves(f, days);
	const struct condition *ignored;
	int months = date_months_between(days.from, days.to + 1);

	for (int i = 0; i < months; i++) {
		civil_day first = date_add_months(days.from, i);
		bool holds = when_all_hold(j, active, first, &ignored) != NO;
		n += holds;
		leaves -= !holds && on_leave(f, first);
	}
	return leaves <= 0 ? n : n > leaves ? n - leaves : 0;
}

/* ---- by the calendar ----------------------------------------------------------------------- */

/* Of some days of one month: whether any of them is active, and whether all are. */
struct month_seen {
	bool any, all;
};

static struct month_seen look_at(const struct judgement *j,
				 const struct conditions *active, struct period days)
{
	const struct rule_facts *f = j->c->facts;
	const struct condition *ignored;
	struct month_seen seen = {false, true};

	if (when_all_hold(j, active, days.from, &ignored) == NO)
		return (struct month_seen){false, false};
	for (civil_day day = days.from; day <= days.to; day++) {
		bool now =
			!on_leave(f, day) && (f->issued == DATE_NONE || f->issued <= day);
		seen.any = seen.any || now;
		seen.all = seen.all && now;
	}
	return seen;
}

/* The parts of a month with which a period begins and ends are one where they come to one. */
static int count_calendar(const struct judgement *j, const struct conditions *active,
			  enum month_kind kind)
{
	const struct period *p = &j->c->period;
	bool split = day_of_month(p->from) != 1 &&
		     day_of_month(p->from) == day_of_month(p->to + 1);
	struct month_seen first = {false, true};
	int n = 0;

	for (int i = 0; month_begin(p->from, i) <= p->to; i++) {
		struct period days = {month_begin(p->from, i),
				      month_begin(p->from, i + 1) - 1};
		days.from = days.from < p->from ? p->from : days.from;
		bool last = days.to >= p->to;
		days.to = last ? p->to : days.to;
		struct month_seen seen = look_at(j, active, days);
		if (split && i == 0) {
			first = seen;
			continue;
		}
		if (split && last)
			seen = (struct month_seen){seen.any || first.any,
						   seen.all && first.all};
		n += kind == MONTH_CALENDAR ? seen.any : seen.all;
	}
	return n;
}

/* ---- either ---------------------------------------------------------------------------------- */

bool months_of_active(const struct judgement *j, const struct conditions *active,
		      enum month_kind kind, int *ret)
{
	const struct rule_facts *f = j->c->facts;
	struct period days = j->c->period;

	if (!f || days.from == DATE_NONE || days.to == DATE_NONE)
		return false;
	if (f->issued != DATE_NONE && f->issued > days.from)
		days.from = f->issued;
	if (f->has_months)
		*ret = f->months_active;
	else if (days.from > days.to)
		*ret = 0;
	else if (kind != MONTH_WHOLE)
		*ret = count_calendar(j, active, kind);
	else
		*ret = count_holding(j, active, days);
	return true;
}
