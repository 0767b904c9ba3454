/* Where cycles begin and end. */
#include "daemon/pack.h"

#include <stdlib.h>
#include <string.h>

enum { YEAR = 12 };

static const struct calendar_row *find_row(const struct calendar_row *rows, size_t n,
					   const struct texts *facts, const char *name)
{
	const char *value = name ? fact_given(facts, name) : "";
	AUTO_ARENA scratch = {NULL};

	for (size_t i = 0; value && i < n; i++)
		if (strcmp(rows[i].word, rules_fold(value, &scratch)) == 0)
			return &rows[i];
	return NULL;
}

static int length_of(const struct pack_calendar *c, const struct texts *facts)
{
	const struct calendar_row *row =
		find_row(c->lengths, c->length_count, facts, c->length_fact);

	return row ? row->value : c->length_months;
}

/* `months` on from the end of a cycle; DATE_NONE past the years there are. What ends on
 * the last day of a month goes on doing so, through February too; a day of the year stays
 * that day. */
static civil_day move_end(const struct pack_calendar *c, civil_day end, int months)
{
	int year, month, day;

	date_split(end, &year, &month, &day);
	int moved_year = (year * YEAR + month - 1 + months) / YEAR;
	if (moved_year < DATE_YEAR_MIN || moved_year > DATE_YEAR_MAX)
		return DATE_NONE;
	civil_day moved = date_add_months(end, months);
	bool last = c->anchor != ANCHOR_DAY && c->anchor != ANCHOR_DAY_OF &&
		    end == date_month_end(end);
	return last ? date_month_end(moved) : moved;
}

/* That day in a year; 29 February is another day in most. */
static civil_day day_in(const struct pack_calendar *c, int year, int month, int day)
{
	civil_day d = date_make(year, month, day);

	if (d != DATE_NONE || year > DATE_YEAR_MAX)
		return d;
	return c->leap_march ? date_make(year, 3, 1) : date_make(year, 2, 28);
}

/* The first such day of the year on or after `from`. */
static civil_day first_day_of_year(const struct pack_calendar *c, civil_day from,
				   int month, int day)
{
	int year, unused;

	date_split(from, &year, &unused, &unused);
	civil_day d = day_in(c, year, month, day);
	return d != DATE_NONE && d >= from ? d : day_in(c, year + 1, month, day);
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

/* A fact the calendar hangs on, checked; the refusal asks for it. */
static int need_fact(const struct pack *p, const struct texts *facts, const char *name,
		     struct arena *a, const char **ret, struct err *e)
{
	const char *value = fact_given(facts, name);

	if (value)
		return pack_fact_check(p, name, value, a, ret, e);
	err_set(e, -PDH_REFUSED, "facts", "%s needs to know the %s", p->id, name);
	return err_hint(e, "such as --fact \"%.60s=3\", or --expires with the last day",
			name);
}

/* The first anchor day on or after `from`; only an anchor in the calendar year has one
 * that does not depend on the day of issue. */
static int anchor_after(const struct pack *p, const struct texts *facts, civil_day from,
			civil_day *ret, struct err *e)
{
	const struct pack_calendar *c = &p->calendar;
	AUTO_ARENA scratch = {NULL};
	const char *value;
	int year, month, day;

	*ret = DATE_NONE;
	switch (c->anchor) {
	case ANCHOR_NONE:
		return err_set(e, -PDH_REFUSED, "expires",
			       "is needed: %s does not say when a cycle ends", p->id);
	case ANCHOR_ISSUE:
		*ret = from - 1;
		return 0;
	case ANCHOR_ISSUE_MONTH_END:
		*ret = date_month_end(from);
		return 0;
	case ANCHOR_DAY:
		*ret = first_day_of_year(c, from, c->month, c->day);
		return 0;
	case ANCHOR_MONTH_END_OF:
	case ANCHOR_DAY_OF:
		break;
	}
	int r = need_fact(p, facts, c->fact, &scratch, &value, e);
	if (r < 0)
		return r;
	if (c->anchor == ANCHOR_MONTH_END_OF) {
		month = (int)strtol(value, NULL, 10);
		month = (month - 1 + c->offset_months % YEAR + YEAR) % YEAR + 1;
		*ret = first_month_end(from, month);
		return 0;
	}
	r = date_parse_iso(value, ret, e);
	if (r < 0)
		return r;
	date_split(*ret, &year, &month, &day);
	*ret = first_day_of_year(c, from, month, day);
	return 0;
}

static int too_late(struct err *e)
{
	return err_set(e, -PDH_REFUSED, "expires", "cannot be computed: it lies after %d",
		       DATE_YEAR_MAX);
}

static int ask_for_date(const struct pack *p, struct err *e)
{
	err_set(e, -PDH_USAGE, "expires",
		"is needed, or the day of issue to compute it: %s alone does not tell when yours ends",
		p->id);
	return err_hint(
		e, "--expires 2027-08-31, or --issued with the day on the certificate");
}

/* The period of the table that a day lies in; NULL outside of it. */
static const struct period *find_period(const struct pack_calendar *c, civil_day day)
{
	for (size_t i = 0; i < c->period_count; i++)
		if (day >= c->periods[i].from && day <= c->periods[i].to)
			return &c->periods[i];
	return NULL;
}

/* Whether the day of issue is not needed: cycles end in the same years for all, or for all
 * of whom a fact tells, or every year. */
static bool is_common(const struct pack_calendar *c, civil_day issued)
{
	bool yearly = c->length_months == YEAR && !c->length_count && !c->has_first;

	return c->phase_count ||
	       (yearly && issued == DATE_NONE && c->anchor != ANCHOR_NONE &&
		c->anchor != ANCHOR_ISSUE && c->anchor != ANCHOR_ISSUE_MONTH_END);
}

static int common_end(const struct pack *p, const struct texts *facts, civil_day day,
		      civil_day *ret, struct err *e)
{
	const struct pack_calendar *c = &p->calendar;
	const struct calendar_row *phase =
		find_row(c->phases, c->phase_count, facts, c->phase_fact);
	AUTO_ARENA scratch = {NULL};
	const char *ignored;
	int year, unused;

	int r = anchor_after(p, facts, day, ret, e);
	if (r == 0 && c->phase_fact && !phase)
		r = need_fact(p, facts, c->phase_fact, &scratch, &ignored, e);
	if (r < 0)
		return r;
	if (*ret == DATE_NONE)
		return too_late(e);
	date_split(*ret, &year, &unused, &unused);
	if (phase && year % 2 != phase->value)
		*ret = move_end(c, *ret, YEAR);
	return *ret == DATE_NONE ? too_late(e) : 0;
}

/* The last day of the first cycle of one issued on that day. */
static int first_end(const struct pack *p, const struct texts *facts, civil_day issued,
		     civil_day *ret, struct err *e)
{
	const struct pack_calendar *c = &p->calendar;
	int r = anchor_after(p, facts, issued, ret, e);

	if (r == 0 && *ret != DATE_NONE)
		*ret = move_end(c, *ret,
				c->has_first ? c->first_months : length_of(c, facts));
	return r < 0 ? r : *ret == DATE_NONE ? too_late(e) : 0;
}

int pack_cycle_end(const struct pack *p, const struct texts *facts, civil_day issued,
		   civil_day day, civil_day *ret, struct err *e)
{
	const struct pack_calendar *c = &p->calendar;
	const struct period *known = find_period(c, day);
	civil_day end;

	if (known) {
		*ret = known->to;
		return 0;
	}
	if (is_common(c, issued))
		return common_end(p, facts, day, ret, e);
	if (issued == DATE_NONE || !c->length_months)
		return ask_for_date(p, e);
	int r = first_end(p, facts, issued, &end, e);
	while (r == 0 && end < day) {
		end = pack_next_end(p, facts, end);
		if (end == DATE_NONE)
			r = too_late(e);
	}
	if (r == 0)
		*ret = end;
	return r;
}

civil_day pack_next_end(const struct pack *p, const struct texts *facts, civil_day end)
{
	const struct pack_calendar *c = &p->calendar;

	if (!c->length_months || end == DATE_NONE)
		return DATE_NONE;
	const struct period *next = find_period(c, end + 1);
	return next ? next->to : move_end(c, end, length_of(c, facts));
}

civil_day pack_cycle_begin(const struct pack *p, const struct texts *facts,
			   civil_day issued, civil_day end)
{
	const struct pack_calendar *c = &p->calendar;
	civil_day first = DATE_NONE;
	struct err ignored;

	if (!c->length_months || end == DATE_NONE)
		return DATE_NONE;
	const struct period *known = find_period(c, end);
	if (known && known->to == end)
		return known->from;
	int length = length_of(c, facts);
	if (c->has_first && issued != DATE_NONE &&
	    first_end(p, facts, issued, &first, &ignored) == 0 && first == end) {
		if (!c->first_months)
			return issued;
		length = c->first_months;
	}
	civil_day before = move_end(c, end, -length);
	return before == DATE_NONE ? DATE_NONE : before + 1;
}

static int months_from(civil_day from, civil_day to)
{
	int y1, m1, d1, y2, m2, d2;

	date_split(from, &y1, &m1, &d1);
	date_split(to, &y2, &m2, &d2);
	return (y2 - y1) * YEAR + m2 - m1;
}

/* Ends are counted, since a first cycle may be longer or shorter than the others; where
 * the pack names none, the first is taken to have begun on the day of issue. */
int pack_cycle_number(const struct pack *p, const struct texts *facts, civil_day issued,
		      struct period cycle)
{
	const struct pack_calendar *c = &p->calendar;
	bool stub = c->has_first && c->first_months == 0;
	int length = length_of(c, facts);
	civil_day first = DATE_NONE;
	struct err ignored;

	if (issued == DATE_NONE || cycle.from == DATE_NONE || length <= 0)
		return 0;
	if (issued >= cycle.from)
		return 1;
	if (cycle.to == DATE_NONE || c->phase_count || c->period_count ||
	    first_end(p, facts, issued, &first, &ignored) < 0)
		return 1 + months_from(issued, cycle.from) / length;
	if (cycle.to <= first)
		return 1;
	int later = months_from(first, cycle.to) / length;
	return stub ? (later > 1 ? later : 1) : 1 + later;
}
