/* The days on which cycles end. */
#include "daemon/pack/ends.h"

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

int pack_ends_length(const struct pack *p, const struct texts *facts)
{
	const struct pack_calendar *c = &p->calendar;
	const struct calendar_row *row =
		find_row(c->lengths, c->length_count, facts, c->length_fact);

	return row ? row->value : c->length_months;
}

const struct period *pack_ends_listed(const struct pack *p, civil_day day)
{
	const struct pack_calendar *c = &p->calendar;

	for (size_t i = 0; i < c->period_count; i++)
		if (day >= c->periods[i].from && day <= c->periods[i].to)
			return &c->periods[i];
	return NULL;
}

/* ---- days of the year -------------------------------------------------------------------- */

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
	civil_day d = date_make(year, month, 1);
	if (d != DATE_NONE && date_month_end(d) >= from)
		return date_month_end(d);
	d = date_make(year + 1, month, 1);
	return d == DATE_NONE ? DATE_NONE : date_month_end(d);
}

/* The day of the year of ANCHOR_DAY_OF; false where it is not told. */
static bool day_of_fact(const struct pack *p, const struct texts *facts, int *ret_month,
			int *ret_day)
{
	const char *value = fact_given(facts, p->calendar.fact);
	struct err ignored;
	civil_day day;
	int year;

	if (!value || date_parse_iso(value, &day, &ignored) < 0)
		return false;
	date_split(day, &year, ret_month, ret_day);
	return true;
}

/* Where the board moved the day of the year: `end` on the day it had before. */
static civil_day on_old_day(const struct pack_calendar *c, civil_day end)
{
	int year, month, day;

	if (!c->changed_month || end == DATE_NONE)
		return end;
	date_split(end, &year, &month, &day);
	return month == c->changed_month && day == c->changed_day
		       ? date_make(year, c->month, c->day)
		       : end;
}

/* And of a cycle that began on the day `begin` the end on the day that it has. */
static civil_day on_its_day(const struct pack_calendar *c, civil_day begin, civil_day end)
{
	int year, month, day;

	if (!c->changed_month || end == DATE_NONE || begin < c->changed_from)
		return end;
	date_split(end, &year, &month, &day);
	return month == c->month && day == c->day
		       ? date_make(year, c->changed_month, c->changed_day)
		       : end;
}

/* What ends on the last day of a month goes on doing so, through February too; a day of the
 * year stays that day, and one that is known as 29 February comes back in each leap year. */
static civil_day move_end(const struct pack *p, const struct texts *facts, civil_day end,
			  int months)
{
	const struct pack_calendar *c = &p->calendar;
	int year, month, day, own_month, own_day;

	if (end == DATE_NONE)
		return DATE_NONE;
	date_split(end, &year, &month, &day);
	int all = year * YEAR + month - 1 + months;
	if (all / YEAR < DATE_YEAR_MIN || all / YEAR > DATE_YEAR_MAX)
		return DATE_NONE;
	if (c->anchor == ANCHOR_DAY_OF && months % YEAR == 0 &&
	    day_of_fact(p, facts, &own_month, &own_day) &&
	    end == day_in(c, year, own_month, own_day))
		return day_in(c, all / YEAR, own_month, own_day);
	bool last = c->anchor != ANCHOR_DAY && c->anchor != ANCHOR_DAY_OF &&
		    end == date_month_end(end);
	civil_day moved = date_add_months(end, months);
	return last ? date_month_end(moved) : moved;
}

civil_day pack_ends_move(const struct pack *p, const struct texts *facts, civil_day end,
			 int months)
{
	const struct pack_calendar *c = &p->calendar;
	civil_day moved = move_end(p, facts, on_old_day(c, end), months);

	if (!c->changed_month || moved == DATE_NONE)
		return moved;
	civil_day begin = date_add_months(moved, -pack_ends_length(p, facts)) + 1;
	return on_its_day(c, begin, moved);
}

/* ---- anchors ----------------------------------------------------------------------------- */

/* A fact the calendar hangs on, checked; the refusal asks for it. */
static int need_fact(const struct pack *p, const struct texts *facts, const char *name,
		     struct arena *a, const char **ret, struct err *e)
{
	const char *value = fact_given(facts, name);

	if (value)
		return pack_fact_check(p, name, value, a, ret, e);
	err_set(e, -PDH_REFUSED, "facts", "%s needs to know the %s", p->id, name);
	return err_hint(
		e, "tell it with --fact \"%.60s=...\", or --expires with the last day",
		name);
}

/* The first anchor day on or after `from`, which is the day of issue where the anchor hangs
 * on that. */
static int anchor_after(const struct pack *p, const struct texts *facts, civil_day from,
			civil_day *ret, struct err *e)
{
	const struct pack_calendar *c = &p->calendar;
	AUTO_ARENA scratch = {NULL};
	const char *value;
	int year, month, day;

	switch (c->anchor) {
	case ANCHOR_NONE:
		return err_set(
			e, -PDH_REFUSED, "expires",
			"When does the cycle end? %s does not say. Give its last day.",
			p->id);
	case ANCHOR_ISSUE:
		*ret = from - 1;
		return 0;
	case ANCHOR_ISSUE_MONTH_END:
		*ret = date_month_end(from);
		return 0;
	case ANCHOR_DAY:
		*ret = c->changed_month && from >= c->changed_from
			       ? first_day_of_year(c, from, c->changed_month,
						   c->changed_day)
			       : first_day_of_year(c, from, c->month, c->day);
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

/* Whether the anchor lies in the calendar year, whenever a license was issued. */
static bool is_yearly(const struct pack_calendar *c)
{
	return c->anchor == ANCHOR_DAY || c->anchor == ANCHOR_DAY_OF ||
	       c->anchor == ANCHOR_MONTH_END_OF;
}

static int too_late(struct err *e)
{
	return err_set(e, -PDH_REFUSED, "expires", "cannot be computed: it lies after %d",
		       DATE_YEAR_MAX);
}

int pack_ends_common(const struct pack *p, const struct texts *facts, civil_day day,
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
		*ret = pack_ends_move(p, facts, *ret, YEAR);
	return *ret == DATE_NONE ? too_late(e) : 0;
}

/* ---- the row of them ----------------------------------------------------------------------- */

/* A part of a cycle comes first, unless the license was issued on the day behind an end. */
static int begin_in_cycle(const struct pack *p, const struct texts *facts,
			  civil_day issued, struct cycle_ends *ret, struct err *e)
{
	int r = pack_ends_common(p, facts, issued, &ret->base, e);

	ret->stub =
		r == 0 && pack_ends_move(p, facts, ret->base, -ret->length) + 1 != issued;
	return r;
}

/* Whole cycles from the first anchor day on, which may be the day before the one of issue:
 * what is issued on the day behind an anchor begins its first cycle that day. */
static int begin_whole(const struct pack *p, const struct texts *facts, civil_day issued,
		       struct cycle_ends *ret, struct err *e)
{
	const struct pack_calendar *c = &p->calendar;
	civil_day from = is_yearly(c) ? issued - 1 : issued;

	ret->first = c->has_first && c->first_months ? c->first_months : ret->length;
	if (c->anchor == ANCHOR_NONE) {
		ret->guessed = true;
		ret->base = issued - 1;
		return 0;
	}
	return anchor_after(p, facts, from, &ret->base, e);
}

int pack_ends(const struct pack *p, const struct texts *facts, civil_day issued,
	      struct cycle_ends *ret, struct err *e)
{
	const struct pack_calendar *c = &p->calendar;
	const struct period *listed = pack_ends_listed(p, issued);

	*ret = (struct cycle_ends){
		.pack = p,
		.facts = facts,
		.issued = issued,
		.length = pack_ends_length(p, facts),
	};
	if (issued == DATE_NONE || ret->length <= 0) {
		err_set(e, -PDH_USAGE, "expires",
			"When does your cycle end? %s alone does not say. Give its last day, "
			"or the day of issue.",
			p->id);
		return err_hint(
			e, "such as --expires 2027-08-31, or --issued with the day on "
			   "the certificate");
	}
	if (listed) {
		ret->listed = listed;
		ret->listed_count = (size_t)(c->periods + c->period_count - listed);
		ret->base = c->periods[c->period_count - 1].to;
		ret->stub = listed->from != issued;
		return 0;
	}
	bool parts = c->phase_count || (c->has_first && !c->first_months && is_yearly(c));
	int r = parts ? begin_in_cycle(p, facts, issued, ret, e)
		      : begin_whole(p, facts, issued, ret, e);
	return r == 0 && ret->base == DATE_NONE ? too_late(e) : r;
}

/* One that is not listed, on the day of the year that comes of the first. */
static civil_day counted_end(const struct cycle_ends *ends, int number)
{
	int listed = (int)ends->listed_count, months;

	if (listed)
		months = (number - listed) * ends->length;
	else
		months = ends->first + (number - 1) * ends->length;
	return move_end(ends->pack, ends->facts,
			on_old_day(&ends->pack->calendar, ends->base), months);
}

civil_day pack_ends_at(const struct cycle_ends *ends, int number)
{
	if (number <= (int)ends->listed_count)
		return ends->listed[number - 1].to;
	civil_day begin = number == 1 ? ends->issued : counted_end(ends, number - 1) + 1;
	return on_its_day(&ends->pack->calendar, begin, counted_end(ends, number));
}

int pack_ends_reach(const struct cycle_ends *ends, civil_day day)
{
	for (int i = 1;; i++) {
		civil_day end = pack_ends_at(ends, i);
		if (end == DATE_NONE || end >= day)
			return end == DATE_NONE ? 0 : i;
	}
}
