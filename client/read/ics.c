#include "client/read/ics.h"

#include "client/read/ics_parse.h"
#include "client/read/table.h"
#include "common/ascii.h"
#include "common/clock.h"
#include "common/texts.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_SECONDS = 86400 };

struct calendar {
	struct ics ics;
	size_t changed_count;
	const struct ics_event **changed; /* occurrences that stand for themselves */
	const struct read_options *o;
	struct arena *arena;
	struct read_result *ret;
	struct err *e;
};

/* ---- clocks ------------------------------------------------------------------------------------------------- */

static int64_t stamp(const struct ics_time *t)
{
	return (int64_t)t->day * DAY_SECONDS + (t->second < 0 ? 0 : t->second);
}

static struct ics_time from_stamp(int64_t stamp, const struct ics_time *like)
{
	struct ics_time t = *like;
	int64_t second = ((stamp % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;

	t.day = (civil_day)((stamp - second) / DAY_SECONDS);
	t.second = like->second < 0 ? -1 : (int32_t)second;
	return t;
}

/* UTC as the clock shows it here; anything else as its own clock does. */
static struct ics_time shown(const struct ics_time *t)
{
	if (!t->utc)
		return *t;
	return from_stamp(stamp(t) + (int64_t)clock_zone(stamp(t)) * 60, t);
}

/* Whether two times are one, where one may be in UTC and the other in a zone of the file. */
static bool is_same(const struct calendar *c, const struct ics_time *t,
		    const struct ics_time *occurrence)
{
	if (t->second < 0 || occurrence->second < 0)
		return t->day == occurrence->day;
	if (t->utc == occurrence->utc)
		return stamp(t) == stamp(occurrence);
	const struct ics_time *utc = t->utc ? t : occurrence;
	const struct ics_time *own = t->utc ? occurrence : t;
	for (size_t i = 0; own->zone && i < c->ics.zone_count; i++)
		if (strcmp(c->ics.zones[i].id, own->zone) == 0 &&
		    stamp(utc) + (int64_t)c->ics.zones[i].offset * 60 == stamp(own))
			return true;
	const struct ics_time here = shown(utc);
	return stamp(&here) == stamp(own);
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

static const char *clean(const struct calendar *c, const char *text)
{
	size_t dropped = 0;

	text = text ? table_clean(text, strlen(text), c->arena, &dropped) : "";
	return *text ? text : NULL;
}

static void skip(struct calendar *c, struct read_row *row, const char *title,
		 civil_day day, const char *why)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	read_row_skip(row, arena_printf(c->arena, "\"%.60s\" %s: %s", title, iso, why));
}

/* Its length in seconds; 0 where nothing tells it. */
static int64_t length_of(const struct ics_event *v)
{
	if (v->end.day == DATE_NONE) {
		int64_t seconds = v->duration ? ics_duration(v->duration) : 0;
		return seconds < 0 ? 0 : seconds;
	}
	/* Of one in UTC and one in a zone the clock here decides. */
	const struct ics_time start =
		v->end.utc == v->start.utc ? v->start : shown(&v->start);
	const struct ics_time end = v->end.utc == v->start.utc ? v->end : shown(&v->end);
	return stamp(&end) - stamp(&start);
}

/* An occurrence is named by the time at which it was planned. */
static const char *identity_of(const struct calendar *c, const struct ics_event *v,
			       const struct ics_time *planned)
{
	char iso[DATE_ISO_SIZE];

	if (!v->uid)
		return NULL;
	const char *uid = clean(c, v->uid);
	if (!planned || !uid)
		return uid;
	date_format_iso(planned->day, iso);
	if (planned->second < 0)
		return arena_printf(c->arena, "%s %s", uid, iso);
	return arena_printf(c->arena, "%s %sT%02d:%02d%s", uid, iso,
			    planned->second / 3600, planned->second / 60 % 60,
			    planned->utc ? "Z" : "");
}

static void take_credit(struct calendar *c, const struct ics_event *v,
			struct read_row *row)
{
	int64_t seconds = length_of(v);
	struct read_activity *to = &row->activity;

	to->credit = (struct credit){seconds * 1000, credit_unit_word(UNIT_HOUR)};
	if (seconds <= 0 && !read_row_hours(row, c->o, c->arena))
		skip(c, row, to->title, to->done_on, "no end, no hours");
	else if (seconds > 0 && to->credit.exact > CREDIT_MAX)
		read_row_bad(row, "credit", "", "credit is at most 100000");
}

static void fill_cells(const struct calendar *c, const struct ics_event *v,
		       struct read_row *row)
{
	const char *const all[] = {v->uid, v->summary, v->location, v->status, v->rule};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const char *text = clean(c, all[i]);
		texts_add(&row->cells, text ? text : "", c->arena);
	}
}

/* One time that it took place. `planned` names it among those of an event that repeats; NULL. */
static void add_row(struct calendar *c, const struct ics_event *v,
		    const struct ics_time *start, const struct ics_time *planned)
{
	struct read_row *row = read_row_add(c->ret, 0, c->arena);
	struct read_activity *to = &row->activity;
	const struct ics_time begin = shown(start);
	const struct ics_time end = from_stamp(stamp(&begin) + length_of(v), &begin);

	to->title = clean(c, v->summary);
	to->done_on = begin.day;
	to->note = clean(c, v->description);
	to->place = clean(c, v->location);
	to->source_id = identity_of(c, v, planned);
	fill_cells(c, v, row);
	const char *title = to->title ? to->title : "";
	if (!read_is_asked_for(c->o, title, c->arena))
		skip(c, row, title, begin.day, "not asked for");
	else if (v->status && ascii_same(v->status, "CANCELLED"))
		skip(c, row, title, begin.day, "cancelled");
	else if (start->second < 0 && !c->o->hours.unit)
		skip(c, row, title, begin.day, "all day, no hours");
	else if (!to->title)
		read_row_bad(row, "title", "", "no title");
	else if (start->second < 0)
		(void)read_row_hours(row, c->o, c->arena);
	else
		take_credit(c, v, row);
	/* Past midnight it is of two days, unless it ends right then; whole days end before the next one. */
	civil_day last = end.day - (end.second <= 0);
	if (row->state == READ_TAKEN && last > begin.day) {
		to->from = begin.day;
		to->done_on = last;
	}
}

/* ---- events that repeat -------------------------------------------------------------------------------------- */

static bool is_changed(const struct calendar *c, const struct ics_event *v,
		       const struct ics_time *occurrence)
{
	for (size_t i = 0; i < v->except.n; i++)
		if (is_same(c, &v->except.v[i], occurrence))
			return true;
	for (size_t i = 0; v->uid && i < c->changed_count; i++)
		if (strcmp(c->changed[i]->uid, v->uid) == 0 &&
		    is_same(c, &c->changed[i]->recurrence, occurrence))
			return true;
	return false;
}

static void add_occurrence(struct calendar *c, const struct ics_event *v,
			   const struct ics_time *at)
{
	if (!is_changed(c, v, at))
		add_row(c, v, at, at);
}

static int refuse_rule(const struct calendar *c, const struct ics_event *v,
		       const char *what)
{
	return err_set(c->e, -PDH_REFUSED, NULL, "line %lld: %s", (long long)v->line,
		       what);
}

/* An end in UTC is moved to the clock of the event: the most eastern that its zone has, so that the last one counts. */
static void settle_until(const struct calendar *c, const struct ics_event *v,
			 struct icalrecurrencetype *rule)
{
	struct icaltimetype *u = &rule->until;
	int32_t offset = INT32_MIN;

	if (icaltime_is_null_time(*u) || u->is_date || !icaltime_is_utc(*u) ||
	    v->start.utc)
		return;
	for (size_t i = 0; v->start.zone && i < c->ics.zone_count; i++)
		if (strcmp(c->ics.zones[i].id, v->start.zone) == 0 &&
		    c->ics.zones[i].offset > offset)
			offset = c->ics.zones[i].offset;
	civil_day day = date_make(u->year, u->month, u->day);
	if (day == DATE_NONE)
		return;
	int64_t utc =
		(int64_t)day * DAY_SECONDS + u->hour * 3600 + u->minute * 60 + u->second;
	if (offset == INT32_MIN)
		offset = clock_zone(utc);
	icaltime_adjust(u, 0, 0, (int)offset, 0);
	u->zone = NULL;
}

static struct icaltimetype ical_of(const struct ics_time *t)
{
	struct icaltimetype i = icaltime_null_time();

	date_split(t->day, &i.year, &i.month, &i.day);
	i.is_date = t->second < 0;
	if (t->second >= 0) {
		i.hour = t->second / 3600;
		i.minute = t->second / 60 % 60;
		i.second = t->second % 60;
	}
	return i;
}

/* One event that cannot be read leaves the others as they are. */
static int bad_event(struct calendar *c, const struct ics_event *v, const char *field,
		     const char *text, const char *why)
{
	struct read_row *row = read_row_add(c->ret, 0, c->arena);

	fill_cells(c, v, row);
	read_row_bad(row, field, clean(c, text), why);
	return 0;
}

/* What the rule makes of the beginning, as far as today. */
static int follow_rule(struct calendar *c, const struct ics_event *v,
		       struct icalrecurrencetype rule)
{
	icalrecur_iterator *it = icalrecur_iterator_new(rule, ical_of(&v->start));
	size_t n = 0;

	if (!it)
		return bad_event(c, v, "RRULE", v->rule, "no rule to repeat by");
	for (;;) {
		struct icaltimetype next = icalrecur_iterator_next(it);
		struct ics_time at = v->start;
		if (icaltime_is_null_time(next))
			break;
		at.day = date_make(next.year, next.month, next.day);
		if (at.day == DATE_NONE || at.day > c->o->today ||
		    n++ == ICS_OCCURRENCES_MAX)
			break;
		if (at.second >= 0)
			at.second = next.hour * 3600 + next.minute * 60 + next.second;
		add_occurrence(c, v, &at);
	}
	icalrecur_iterator_free(it);
	if (n <= ICS_OCCURRENCES_MAX)
		return 0;
	texts_add(&c->ret->notes,
		  arena_printf(c->arena, "line %lld: only the first %d times of it",
			       (long long)v->line, ICS_OCCURRENCES_MAX),
		  c->arena);
	return 0;
}

static int repeat(struct calendar *c, const struct ics_event *v)
{
	struct icalrecurrencetype rule = icalrecurrencetype_from_string(v->rule);

	if (rule.freq == ICAL_SECONDLY_RECURRENCE)
		return refuse_rule(c, v, "an event that repeats every second");
	if (rule.freq == ICAL_MINUTELY_RECURRENCE || rule.freq == ICAL_HOURLY_RECURRENCE)
		return refuse_rule(c, v,
				   "an event that repeats every hour or more often");
	if (rule.freq == ICAL_NO_RECURRENCE)
		return bad_event(c, v, "RRULE", v->rule, "no rule to repeat by");
	settle_until(c, v, &rule);
	return follow_rule(c, v, rule);
}

static int take_event(struct calendar *c, const struct ics_event *v)
{
	bool asked = read_is_asked_for(c->o, v->summary ? v->summary : "", c->arena);
	int r = 0;

	if (v->start.day == DATE_NONE)
		return bad_event(c, v, "DTSTART", NULL, "no beginning");
	if (v->recurrence.day != DATE_NONE)
		add_row(c, v, &v->start, &v->recurrence);
	/* One line is enough for what nobody asked for. */
	else if ((!v->rule && v->also.n == 0) || !asked)
		add_row(c, v, &v->start, NULL);
	else if (v->rule)
		r = repeat(c, v);
	else
		add_occurrence(c, v, &v->start);
	for (size_t i = 0; r == 0 && asked && i < v->also.n; i++)
		if (v->also.v[i].day <= c->o->today)
			add_occurrence(c, v, &v->also.v[i]);
	if (c->ret->n > TABLE_ROWS_MAX)
		return refuse_rule(c, v, "more than 100000 events");
	return r;
}

static void find_changed(struct calendar *c)
{
	for (size_t i = 0; i < c->ics.n; i++) {
		const struct ics_event *v = &c->ics.events[i];
		if (v->recurrence.day == DATE_NONE || !v->uid)
			continue;
		c->changed = arena_grow(c->arena, c->changed, c->changed_count,
					sizeof(struct ics_event *));
		c->changed[c->changed_count++] = v;
	}
}

int ics_read(const char *text, size_t n, const struct read_options *o, struct arena *a,
	     struct read_result *ret, struct err *e)
{
	struct calendar c = {.o = o, .arena = a, .ret = ret, .e = e};
	int r = ics_parse(text, n, a, &c.ics, e);

	ret->layout = "calendar";
	ret->version = "1";
	ret->title = "Calendar (ICS)";
	ret->mark = "confirmed";
	ret->calendar = true;
	icalerror_set_errors_are_fatal(0);
	find_changed(&c);
	for (size_t i = 0; r == 0 && i < c.ics.n; i++)
		r = take_event(&c, &c.ics.events[i]);
	if (r == 0)
		read_finish(ret, o, a);
	return r;
}
