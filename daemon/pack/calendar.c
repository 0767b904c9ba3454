/* Where cycles begin and end, and which one it is. */
#include "daemon/pack/ends.h"

#include <string.h>

enum { YEAR = 12 };

/* Whether the day of issue is not needed: cycles end in the same years for all, or for all
 * of whom a fact tells, or every year. */
static bool is_common(const struct pack_calendar *c)
{
	bool yearly = c->length_months == YEAR && !c->length_count && !c->first_months;

	return c->phase_count ||
	       (yearly && c->anchor != ANCHOR_NONE && c->anchor != ANCHOR_ISSUE &&
		c->anchor != ANCHOR_ISSUE_MONTH_END);
}

int pack_cycle_end(const struct pack *p, const struct texts *facts, civil_day issued,
		   civil_day day, civil_day *ret, struct err *e)
{
	const struct period *known = pack_ends_listed(p, day);
	struct cycle_ends ends;

	if (known) {
		*ret = known->to;
		return 0;
	}
	if (issued == DATE_NONE && is_common(&p->calendar))
		return pack_ends_common(p, facts, day, ret, e);
	int r = pack_ends(p, facts, issued, &ends, e);
	if (r < 0)
		return r;
	if (ends.guessed)
		return err_set(
			e, -PDH_REFUSED, "expires",
			"When does the cycle end? %s does not say. Give its last day.",
			p->id);
	int number = pack_ends_reach(&ends, day);
	if (!number)
		return err_set(e, -PDH_REFUSED, "expires",
			       "cannot be computed: it lies after %d", DATE_YEAR_MAX);
	*ret = pack_ends_at(&ends, number);
	return 0;
}

/* The number of the end on exactly that day; 0 where it is none, such as one that the person
 * gave. */
static int number_of_end(const struct pack *p, const struct texts *facts,
			 civil_day issued, civil_day end, struct cycle_ends *ret)
{
	struct err ignored;

	if (issued == DATE_NONE || pack_ends(p, facts, issued, ret, &ignored) < 0)
		return 0;
	int number = pack_ends_reach(ret, end);
	return number && pack_ends_at(ret, number) == end ? number : 0;
}

civil_day pack_next_end(const struct pack *p, const struct texts *facts, civil_day issued,
			civil_day end)
{
	struct cycle_ends ends;

	if (!p->calendar.length_months || end == DATE_NONE)
		return DATE_NONE;
	const struct period *next = pack_ends_listed(p, end + 1);
	if (next)
		return next->to;
	int number = number_of_end(p, facts, issued, end, &ends);
	return number ? pack_ends_at(&ends, number + 1)
		      : pack_ends_move(p, facts, end, pack_ends_length(p, facts));
}

/* A first cycle of a length of its own begins behind the first anchor day, any other on the
 * day of issue. */
static civil_day first_begin(const struct pack *p, const struct cycle_ends *ends,
			     civil_day issued)
{
	return p->calendar.has_first && p->calendar.first_months ? ends->base + 1
								 : issued;
}

/* The usual first day is a cycle's length before the last. Where the end is one that the
 * person gave, the first cycle may be longer by up to a year. */
civil_day pack_cycle_begin(const struct pack *p, const struct texts *facts,
			   civil_day issued, civil_day end)
{
	const struct pack_calendar *c = &p->calendar;
	struct cycle_ends ends;

	if (!c->length_months || end == DATE_NONE)
		return DATE_NONE;
	int number = number_of_end(p, facts, issued, end, &ends);
	if (number == 1)
		return first_begin(p, &ends, issued);
	const struct period *known = pack_ends_listed(p, end);
	if (known && known->to == end)
		return known->from;
	if (number > 1)
		return pack_ends_at(&ends, number - 1) + 1;
	int length = pack_ends_length(p, facts);
	civil_day before = pack_ends_move(p, facts, end, -length);
	if (before == DATE_NONE)
		return DATE_NONE;
	civil_day begin = before + 1;
	bool first = !c->has_first && issued != DATE_NONE && issued < end &&
		     (issued > begin || (issued >= date_add_months(begin, -YEAR) &&
					 issued > date_add_months(begin, -length)));
	return first ? issued : begin;
}

/* ---- which one ------------------------------------------------------------------------------ */

static int months_from(civil_day from, civil_day to)
{
	int y1, m1, d1, y2, m2, d2;

	date_split(from, &y1, &m1, &d1);
	date_split(to, &y2, &m2, &d2);
	return (y2 - y1) * YEAR + m2 - m1;
}

/* Of a cycle that begins after the day of issue: ends of the calendar that lie before its
 * middle are ends of earlier cycles, wherever in the year the person's own days lie. Where
 * the calendar names none, as many lengths lie between as come nearest. */
static int count_ends(const struct cycle_ends *ends, civil_day issued,
		      struct period cycle)
{
	if (ends->guessed)
		return (2 * months_from(issued, cycle.from) + ends->length) /
		       (2 * ends->length);
	civil_day middle = cycle.to == DATE_NONE
				   ? cycle.from
				   : cycle.from + (cycle.to - cycle.from) / 2;
	int reached = pack_ends_reach(ends, middle);
	return reached ? reached - 1 : 0;
}

int pack_cycle_number(const struct pack *p, const struct texts *facts, civil_day issued,
		      const struct period *cycles, size_t n)
{
	const struct pack_calendar *c = &p->calendar;
	struct cycle_ends ends;
	struct err ignored;

	if (issued == DATE_NONE || n == 0 || cycles[0].from == DATE_NONE)
		return 0;
	if (pack_ends(p, facts, issued, &ends, &ignored) < 0) {
		if (pack_ends_length(p, facts) <= 0)
			return 0;
		ends = (struct cycle_ends){.guessed = true,
					   .length = pack_ends_length(p, facts)};
	}
	bool first = issued >= cycles[0].from;
	int before = first ? 0 : count_ends(&ends, issued, cycles[0]);
	/* A part of a cycle and the first whole one are both the first where the pack says so. */
	bool stub = c->has_first && !c->first_months && ends.stub;
	int number = before + (int)n - (stub ? 1 : 0);
	return number > 1 ? number : 1;
}
