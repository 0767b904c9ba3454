/* Days that people say by others around them: "the 14th", "two fridays ago", "the end of June". */
#include "common/ascii.h"
#include "common/date_words.h"
#include "common/typed.h"

#include <string.h>

static bool is_one_of(const struct date_words *w, size_t i, const char *const *words)
{
	for (; *words; words++)
		if (date_word_is(w, i, *words))
			return true;
	return false;
}

/* ---- what names no day ------------------------------------------------------------------ */

static bool is_number(const struct date_words *w, size_t i)
{
	return i < w->n && date_word_number(w->v[i]) >= 0;
}

/* "9:00", "9:00:30 am", "at 3pm" behind a day. */
static void trim_time(struct date_words *w)
{
	static const char *const halves[] = {"am", "pm", "a", "p", NULL};
	static const char *const letter[] = {"m", NULL};
	size_t n = w->n, end;

	if (n > 1 && is_one_of(w, n - 1, letter) && strchr("ap", *w->v[n - 2]))
		n--; /* "a.m." is two words */
	if (n > 0 && is_one_of(w, n - 1, halves))
		n--;
	end = n;
	while (n > 3 && is_number(w, n - 1) && date_word_is(w, n - 2, ":") &&
	       is_number(w, n - 3))
		n -= n > 5 && date_word_is(w, n - 4, ":") ? 2 : 3;
	if (n == end && end < w->n && n > 1 && is_number(w, n - 1))
		n--;
	if (n == end)
		return;
	n -= n > 1 && date_word_is(w, n - 1, "at");
	w->n = n;
}

/* "yesterday evening", "friday morning"; "last night", "this morning". */
static void trim_part_of_day(struct date_words *w)
{
	static const char *const parts[] = {"morning", "afternoon", "evening", "night",
					    NULL};

	if (date_word_is(w, 0, "tonight"))
		w->v[0] = "today";
	if (w->n < 2 || !is_one_of(w, w->n - 1, parts))
		return;
	w->n--;
	if (w->n == 1 && date_word_is(w, 0, "last"))
		w->v[0] = "yesterday";
	if (w->n == 1 && date_word_is(w, 0, "this"))
		w->v[0] = "today";
}

void date_words_trim(struct date_words *w)
{
	static const char *const before[] = {"on", "by", NULL};

	if (w->n > 1 && is_one_of(w, 0, before) && !(w->n > 2 && date_word_unit(w->v[2])))
		*w = date_words_from(w, 1);
	trim_time(w);
	trim_part_of_day(w);
	if (w->n > 2 && date_word_is(w, w->n - 1, "today") &&
	    date_word_is(w, w->n - 2, "ago"))
		w->n--;
}

/* ---- days of a month and of a week ------------------------------------------------------- */

static bool is_ordinal(const struct date_words *w, size_t i)
{
	static const char *const ends[] = {"st", "nd", "rd", "th", NULL};

	return is_number(w, i) && is_one_of(w, i + 1, ends);
}

/* "the 14th": of this month, or of the nearest on the side it leans to that has one. */
static civil_day of_month(const struct date_words *w, civil_day today,
			  enum date_lean lean)
{
	size_t at = date_word_is(w, 0, "the") ? 1 : 0;
	int year, month, day, step = lean == DATE_PAST ? -1 : 1;

	if (w->n != at + 2 || !is_ordinal(w, at))
		return DATE_NONE;
	date_split(today, &year, &month, &day);
	for (int tries = 0; tries < 12; tries++) {
		int months = year * 12 + month - 1 + tries * step;
		civil_day found = date_make(months / 12, months % 12 + 1,
					    date_word_number(w->v[at]));
		if (found != DATE_NONE &&
		    (lean == DATE_PAST ? found <= today : found >= today))
			return found;
	}
	return DATE_NONE;
}

/* "friday", "fridays"; 0: it is none. */
static int weekday_of(const struct date_words *w, size_t i)
{
	return i < w->n ? date_word_weekday(w->v[i]) : 0;
}

/* "monday of last week", "last week monday", "friday next week". */
static civil_day of_week(const struct date_words *w, civil_day today)
{
	int front = weekday_of(w, 0), back = w->n > 2 ? weekday_of(w, w->n - 1) : 0;
	struct date_words week = *w;
	struct period p;

	if (front)
		week = date_words_from(w, date_word_is(w, 1, "of") ? 2 : 1);
	else if (back)
		week.n--;
	if ((!front && !back) || week.n != 2 || !date_word_is(&week, 1, "week") ||
	    !date_words_period(&week, today, &p))
		return DATE_NONE;
	return p.from + (front ? front : back) - 1;
}

/* "two fridays ago", "a week from monday", "a week ago tuesday", "week ago". */
static civil_day counted(const struct date_words *w, civil_day today)
{
	if (w->n == 2 && date_word_is(w, 1, "ago") && date_word_unit(w->v[0]))
		return date_words_move(today, -1, date_word_unit(w->v[0]));
	int count = w->n > 2 ? typed_count(w->v[0]) : -1, weekday = weekday_of(w, 1);
	if (count < 1 || count > 99)
		return DATE_NONE;
	if (w->n == 3 && weekday && date_word_is(w, 2, "ago"))
		return date_words_weekday(today, weekday, DATE_PAST, true) -
		       7 * (count - 1);
	int unit = date_word_unit(w->v[1]);
	weekday = weekday_of(w, 3);
	if (w->n != 4 || !unit || !weekday)
		return DATE_NONE;
	if (date_word_is(w, 2, "from"))
		return date_words_move(
			date_words_weekday(today, weekday, DATE_FUTURE, true), count,
			unit);
	return date_word_is(w, 2, "ago")
		       ? date_words_move(
				 date_words_weekday(today, weekday, DATE_PAST, true),
				 -count, unit)
		       : DATE_NONE;
}

/* ---- ends of periods -------------------------------------------------------------------- */

/* How many words say "the end of" (1 in *ret_last) or "the first day of" (0 in it) in front; 0: none. */
static size_t edge_words(const struct date_words *w, bool *ret_last)
{
	static const char *const last[] = {"end", "last", NULL};
	static const char *const first[] = {"beginning", "start", "first", NULL};
	size_t at = date_word_is(w, 0, "the") ? 1 : 0;
	bool day = date_word_is(w, at + 1, "day");

	*ret_last = is_one_of(w, at, last);
	if (!*ret_last && !is_one_of(w, at, first))
		return 0;
	if (date_word_is(w, at, "last") && !day)
		return 0;
	at += day ? 2 : 1;
	return at + (date_word_is(w, at, "of") ? 1 : 0);
}

/* "the month", "year", "school year" are those of today. */
static bool this_period(const struct date_words *w, civil_day today, struct period *ret)
{
	struct date_words this = *w;

	if (date_words_period(w, today, ret))
		return true;
	if (date_word_is(w, 0, "the"))
		this.v[0] = "this";
	else if (w->n < DATE_WORDS_MAX) {
		memmove(this.v + 1, w->v, w->n * sizeof(w->v[0]));
		this.v[0] = "this";
		this.n++;
	}
	return date_words_period(&this, today, ret);
}

/* "the end of June", "first day of the school year". A month without a year is the nearest on the side it leans to. */
static civil_day edge(const struct date_words *w, civil_day today, enum date_lean lean)
{
	struct period p;
	bool last;
	size_t at = edge_words(w, &last);
	struct date_words rest;

	if (at == 0 || at >= w->n)
		return DATE_NONE;
	rest = date_words_from(w, at);
	if (!this_period(&rest, today, &p))
		return DATE_NONE;
	civil_day d = last ? p.to : p.from;
	int years = 0;
	if (rest.n == 1 && date_word_month(rest.v[0]))
		years = lean == DATE_PAST ? -(d > today) : d < today;
	d = years ? date_add_months(p.from, 12 * (int64_t)years) : d;
	return years && last ? date_month_end(d) : d;
}

/* ---- weeks by number -------------------------------------------------------------------- */

civil_day date_words_week(int year, int week)
{
	civil_day fourth = date_make(year, 1, 4);
	int of, month, day;

	if (fourth == DATE_NONE || week < 1 || week > 53)
		return DATE_NONE;
	civil_day monday = fourth - date_weekday(fourth) + 1 + 7 * (week - 1);
	date_split(monday + 3, &of, &month, &day);
	return of == year ? monday : DATE_NONE;
}

/* "2026-W10-3" */
static civil_day week_and_day(const struct date_words *w)
{
	if (w->n != 4 || strlen(w->v[0]) != 4 || !date_word_is(w, 1, "w") ||
	    strlen(w->v[2]) != 2 || strlen(w->v[3]) != 1)
		return DATE_NONE;
	int day = date_word_number(w->v[3]);
	civil_day monday =
		date_words_week(date_word_number(w->v[0]), date_word_number(w->v[2]));
	return monday == DATE_NONE || day < 1 || day > 7 ? DATE_NONE : monday + day - 1;
}

civil_day date_words_phrase(const struct date_words *w, civil_day today,
			    enum date_lean lean)
{
	civil_day d = week_and_day(w);

	if (d == DATE_NONE)
		d = of_month(w, today, lean);
	if (d == DATE_NONE)
		d = of_week(w, today);
	if (d == DATE_NONE)
		d = counted(w, today);
	return d == DATE_NONE ? edge(w, today, lean) : d;
}
