/* Where cycles begin and end. */
#include "daemon/pack.h"

#include <stdlib.h>
#include <string.h>

/* `months` on from the end of a cycle; DATE_NONE past the years there are. What ends on
 * the last day of a month goes on doing so, through February too; a day of the year stays
 * that day. */
static civil_day move_end(const struct pack_calendar *c, civil_day end, int months)
{
	int year, month, day;

	date_split(end, &year, &month, &day);
	int moved_year = (year * 12 + month - 1 + months) / 12;
	if (moved_year < DATE_YEAR_MIN || moved_year > DATE_YEAR_MAX)
		return DATE_NONE;
	civil_day moved = date_add_months(end, months);
	bool last = c->anchor != ANCHOR_DAY && end == date_month_end(end);
	return last ? date_month_end(moved) : moved;
}

/* The first such day of the year on or after `from`. */
static civil_day first_day_of_year(civil_day from, int month, int day)
{
	int year, unused;

	date_split(from, &year, &unused, &unused);
	civil_day d = date_make(year, month, day);
	return d != DATE_NONE && d >= from ? d : date_make(year + 1, month, day);
}

/* The first end of that month on or after `from`. */
static civil_day first_month_end(civil_day from, int month)
{
	int year, unused;

	date_split(from, &year, &unused, &unused);
	civil_day d = date_month_end(date_make(year, month, 1));
	if (d >= from)
		return d;
	d = date_make(year + 1, month, 1);
	return d == DATE_NONE ? DATE_NONE : date_month_end(d);
}

static int month_of_fact(const struct pack *p, const struct texts *facts, int *ret,
			 struct err *e)
{
	const char *name = p->calendar.fact, *value = pack_fact_value(facts, name),
		   *month;
	AUTO_ARENA scratch = {NULL};

	if (!value) {
		err_set(e, -PDH_REFUSED, "facts", "%s needs to know the %s", p->id, name);
		return err_hint(
			e, "such as --fact \"%.60s=3\", or --expires with the last day",
			name);
	}
	int r = pack_fact_check(p, name, value, &scratch, &month, e);
	if (r == 0)
		*ret = (int)strtol(month, NULL, 10);
	return r;
}

static int first_anchor(const struct pack *p, const struct texts *facts, civil_day issued,
			civil_day *ret, struct err *e)
{
	const struct pack_calendar *c = &p->calendar;
	int month = 0, r;

	switch (c->anchor) {
	case ANCHOR_NONE:
		break;
	case ANCHOR_ISSUE:
		*ret = issued - 1;
		return 0;
	case ANCHOR_DAY:
		*ret = first_day_of_year(issued, c->month, c->day);
		return 0;
	case ANCHOR_MONTH_END_OF:
		r = month_of_fact(p, facts, &month, e);
		if (r < 0)
			return r;
		month = (month - 1 + c->offset_months % 12 + 12) % 12 + 1;
		*ret = first_month_end(issued, month);
		return 0;
	}
	return err_set(e, -PDH_REFUSED, "expires",
		       "is needed: %s does not say when a cycle ends", p->id);
}

static int ask_for_date(const struct pack *p, struct err *e)
{
	err_set(e, -PDH_USAGE, "expires",
		"is needed, or the day of issue to compute it: %s alone does not tell when yours ends",
		p->id);
	return err_hint(
		e, "--expires 2027-08-31, or --issued with the day on the certificate");
}

int pack_cycle_end(const struct pack *p, const struct texts *facts, civil_day issued,
		   civil_day day, civil_day *ret, struct err *e)
{
	civil_day end = DATE_NONE;

	if (issued == DATE_NONE || !p->calendar.length_months)
		return ask_for_date(p, e);
	int r = first_anchor(p, facts, issued, &end, e);
	if (r < 0)
		return r;
	do {
		civil_day next = end == DATE_NONE ? DATE_NONE : pack_next_end(p, end);
		if (next == DATE_NONE)
			return err_set(e, -PDH_REFUSED, "expires",
				       "cannot be computed: it lies after %d",
				       DATE_YEAR_MAX);
		end = next;
	} while (end < day);
	*ret = end;
	return 0;
}

civil_day pack_next_end(const struct pack *p, civil_day end)
{
	if (!p->calendar.length_months || end == DATE_NONE)
		return DATE_NONE;
	return move_end(&p->calendar, end, p->calendar.length_months);
}

civil_day pack_cycle_begin(const struct pack *p, civil_day end)
{
	if (!p->calendar.length_months || end == DATE_NONE)
		return DATE_NONE;
	civil_day before = move_end(&p->calendar, end, -p->calendar.length_months);
	return before == DATE_NONE ? DATE_NONE : before + 1;
}
