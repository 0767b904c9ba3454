/* Days as a person types them. */
#include "common/ascii.h"
#include "common/date_words.h"
#include "common/typed.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* What a text was found to be. */
struct reading {
	enum { NO_DATE, DAY, NO_SUCH_DAY, TWO_DAYS, OTHER_WEEKDAY } what;
	civil_day day, other; /* of TWO_DAYS the day first and the month first */
};

/* What it is read under. */
struct sense {
	civil_day today;
	enum date_order order;
	enum date_lean lean;
};

static const struct reading no_date = {.what = NO_DATE};

static struct reading one_day(civil_day d)
{
	return (struct reading){.what = date_in_bounds(d) ? DAY : NO_SUCH_DAY, .day = d};
}

civil_day date_words_weekday(civil_day today, int weekday, enum date_lean lean,
			     bool strict)
{
	int back = (date_weekday(today) - weekday + 7) % 7, on = (7 - back) % 7;

	if (lean == DATE_PAST)
		return today - (back == 0 && strict ? 7 : back);
	return today + (on == 0 && strict ? 7 : on);
}

/* A day and month without a year: the nearest on the side it leans to that exists. */
static civil_day to_month_day(const struct sense *s, int month, int day)
{
	int year, m, d, step = s->lean == DATE_PAST ? -1 : 1;

	date_split(s->today, &year, &m, &d);
	for (int tries = 0; tries < 9; tries++, year += step) {
		civil_day found = date_make(year, month, day);
		if (found != DATE_NONE &&
		    (s->lean == DATE_PAST ? found <= s->today : found >= s->today))
			return found;
	}
	return DATE_NONE;
}

/* Year 0: none was said. */
static civil_day of_year(const struct sense *s, int year, int month, int day)
{
	return year ? date_make(year, month, day) : to_month_day(s, month, day);
}

/* ---- numbers ---------------------------------------------------------------------------- */

/* Two numbers of which one is the month. With full stops between them it is the second, where people do not write the
 * month first. */
static struct reading ordered(const struct sense *s, int first, int second, int year,
			      bool dots)
{
	civil_day day_first = of_year(s, year, second, first);
	civil_day month_first = of_year(s, year, first, second);
	const bool us = s->order == DATE_ORDER_MONTH_FIRST;

	if (day_first == month_first || month_first == DATE_NONE)
		return one_day(day_first);
	if (day_first == DATE_NONE || (us && !dots))
		return one_day(month_first);
	if (dots && !us)
		return one_day(day_first);
	return (struct reading){TWO_DAYS, day_first, month_first};
}

/* The year of the third number; 0 where there is none, -1 where it is none. */
static int year_behind(const struct date_words *w, size_t i, civil_day today)
{
	return i < w->n ? date_word_year(w->v[i], today) : 0;
}

static struct reading numbers(const struct date_words *w, const struct sense *s)
{
	int v[3] = {0, 0, 0};
	const char sign = w->n > 1 ? w->before[1] : ' ';

	if (w->n > 3 || (w->n == 3 && w->before[2] != sign))
		return no_date;
	for (size_t i = 0; i < w->n; i++)
		if ((v[i] = date_word_number(w->v[i])) < 0)
			return no_date;
	if (w->n == 1 && strlen(w->v[0]) == 8)
		return one_day(date_make(v[0] / 10000, v[0] / 100 % 100, v[0] % 100));
	if (w->n == 1 || sign == ' ' || sign == ',')
		return no_date;
	if (w->n == 3 && strlen(w->v[0]) == 4)
		return one_day(date_make(v[0], v[1], v[2]));
	int year = year_behind(w, 2, s->today);
	if (year < 0 || strlen(w->v[0]) > 2 || strlen(w->v[1]) > 2)
		return no_date;
	if (w->n == 3 && year == 0)
		return (struct reading){.what = NO_SUCH_DAY};
	return ordered(s, v[0], v[1], year, sign == '.');
}

/* ---- words ------------------------------------------------------------------------------ */

static struct reading single_word(const char *word, const struct sense *s)
{
	int weekday = date_word_weekday(word);

	if (strcmp(word, "today") == 0 || strcmp(word, "now") == 0)
		return one_day(s->today);
	if (strcmp(word, "yesterday") == 0)
		return one_day(s->today - 1);
	if (strcmp(word, "tomorrow") == 0)
		return one_day(s->today + 1);
	return weekday ? one_day(date_words_weekday(s->today, weekday, s->lean, false))
		       : no_date;
}

/* "last fri", "next fri", "this fri": the one of this week. */
static struct reading last_or_next(const struct date_words *w, civil_day today)
{
	int weekday = w->n == 2 ? date_word_weekday(w->v[1]) : 0;

	if (!weekday)
		return no_date;
	if (date_word_is(w, 0, "last"))
		return one_day(date_words_weekday(today, weekday, DATE_PAST, true));
	if (date_word_is(w, 0, "next"))
		return one_day(date_words_weekday(today, weekday, DATE_FUTURE, true));
	if (date_word_is(w, 0, "this"))
		return one_day(today - date_weekday(today) + weekday);
	return no_date;
}

static struct reading around_tomorrow(const struct date_words *w, civil_day today)
{
	struct date_words rest = date_words_from(w, date_word_is(w, 0, "the") ? 1 : 0);

	if (rest.n != 3 || !date_word_is(&rest, 0, "day"))
		return no_date;
	if (date_word_is(&rest, 1, "before") && date_word_is(&rest, 2, "yesterday"))
		return one_day(today - 2);
	if (date_word_is(&rest, 1, "after") && date_word_is(&rest, 2, "tomorrow"))
		return one_day(today + 2);
	return no_date;
}

/* "3 days ago", "in 10 days", "two weeks from now", "3 days". */
static struct reading relative(const struct date_words *w, const struct sense *s)
{
	bool in = date_word_is(w, 0, "in");
	size_t at = in ? 1 : 0, behind = w->n - at;
	bool ago = !in && behind == 3 && date_word_is(w, 2, "ago");
	bool on = !in && behind == 4 && date_word_is(w, 2, "from") &&
		  (date_word_is(w, 3, "now") || date_word_is(w, 3, "today"));

	if (!ago && !on && (behind != 2 || (!in && s->lean == DATE_PAST)))
		return no_date;
	int count = typed_count(w->v[at]), unit = date_word_unit(w->v[at + 1]);
	if (count < 0 || count > 9999 || unit == 0)
		return no_date;
	civil_day d = date_words_move(s->today, ago ? -count : count, unit);
	return date_in_bounds(d) ? one_day(d) : no_date;
}

static bool is_filler(const char *word)
{
	static const char *const words[] = {"the", "of", "st", "nd", "rd", "th"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* A month by its name with a day, and maybe a year: "14 mar", "Mar 14th 2026", "2026-Mar-14". */
static struct reading named_month(const struct date_words *w, const struct sense *s)
{
	const char *number[2];
	size_t numbers = 0;
	int month = 0;

	for (size_t i = 0; i < w->n; i++) {
		int named = date_word_month(w->v[i]);
		if (named && !month && numbers < 2)
			month = named;
		else if (date_word_number(w->v[i]) >= 0 && numbers < 2)
			number[numbers++] = w->v[i];
		else if (!is_filler(w->v[i]))
			return no_date;
	}
	if (!month || numbers == 0)
		return no_date;
	const bool year_first = numbers == 2 && strlen(number[0]) == 4;
	const char *day = number[year_first ? 1 : 0];
	int year = numbers < 2 ? 0 : date_word_year(number[year_first ? 0 : 1], s->today);
	if (year < 0 || (numbers == 2 && year == 0) || strlen(day) > 2)
		return (struct reading){.what = NO_SUCH_DAY};
	return one_day(of_year(s, year, month, date_word_number(day)));
}

static struct reading plain(const struct date_words *w, const struct sense *s)
{
	struct reading r =
		w->n == 1 ? single_word(w->v[0], s) : last_or_next(w, s->today);

	if (r.what == NO_DATE)
		r = numbers(w, s);
	if (r.what == NO_DATE)
		r = named_month(w, s);
	if (r.what == NO_DATE)
		r = around_tomorrow(w, s->today);
	if (r.what == NO_DATE)
		r = relative(w, s);
	civil_day said =
		r.what == NO_DATE ? date_words_phrase(w, s->today, s->lean) : DATE_NONE;
	return said != DATE_NONE ? one_day(said) : r;
}

/* "Sat 14 Mar 2026": the weekday in front has to be that of the day. */
static struct reading read_words(const struct date_words *w, const struct sense *s)
{
	int weekday = w->n > 2 ? date_word_weekday(w->v[0]) : 0;
	struct reading whole = plain(w, s);

	if (!weekday || whole.what == DAY)
		return whole;
	struct date_words rest = date_words_from(w, 1);
	struct reading r = plain(&rest, s);
	if (r.what == DAY && date_weekday(r.day) != weekday)
		r.what = OTHER_WEEKDAY;
	return r;
}

/* ---- the whole -------------------------------------------------------------------------- */

/* Whether `p` is a time of day, "09:30:00.5", maybe with a zone behind it, "Z" or "+05:30". */
static bool is_time(const char *p)
{
	size_t n = strspn(p, "0123456789:.");

	if (n < 5 || !ascii_is_digit(p[0]) || !ascii_is_digit(p[1]) || p[2] != ':')
		return false;
	p += n;
	p += *p == ' ';
	if (ascii_same(p, "z") || ascii_same(p, "utc"))
		return true;
	if (*p == '+' || *p == '-')
		p += 1 + strspn(p + 1, "0123456789:");
	return !*p;
}

/* "2026-03-14T09:30:00-05:00": the day is the one that is written. */
static bool dated_time(const char *text, civil_day *ret)
{
	enum { ISO = 10 };
	char day[ISO + 1] = "";
	struct err ignored;

	if (strlen(text) < ISO + 2 || !strchr("Tt ", text[ISO]) ||
	    !is_time(text + ISO + 1))
		return false;
	memcpy(day, text, ISO);
	return date_parse_iso(day, ret, &ignored) == 0;
}

static bool looks_iso(const char *text)
{
	return strlen(text) == 10 && strspn(text, "0123456789") == 4 && text[4] == '-' &&
	       strspn(text + 5, "0123456789") == 2 && text[7] == '-' &&
	       strspn(text + 8, "0123456789") == 2;
}

/* "3 April" */
static void say_day(civil_day d, char out[16])
{
	static const char *const months[] = {
		"January", "February", "March",	    "April",   "May",	   "June",
		"July",	   "August",   "September", "October", "November", "December"};
	int year, month, day;

	date_split(d, &year, &month, &day);
	snprintf(out, 16, "%d %s", day, months[month - 1]);
}

static int refuse_two(const char *text, const struct reading *r, struct err *e)
{
	char one[16], two[16], iso[DATE_ISO_SIZE], other[DATE_ISO_SIZE];

	say_day(r->day, one);
	say_day(r->other, two);
	date_format_iso(r->day, iso);
	date_format_iso(r->other, other);
	return err_set(e, -PDH_USAGE, NULL, "\"%.40s\": %s or %s? write %s or %s", text,
		       one, two, iso, other);
}

static int refuse_period(const char *text, const struct period *p, struct err *e)
{
	char from[DATE_HUMAN_SIZE], to[DATE_HUMAN_SIZE];

	date_format_human(p->from, from);
	date_format_human(p->to, to);
	return err_set(e, -PDH_USAGE, NULL,
		       "\"%.40s\" is a period, %s to %s; one day is asked for here", text,
		       from, to);
}

static int refuse_weekday(const char *text, civil_day d, struct err *e)
{
	static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
					    "Friday", "Saturday", "Sunday"};
	char human[DATE_HUMAN_SIZE];

	date_format_human(d, human);
	return err_set(e, -PDH_USAGE, NULL, "\"%.40s\": %s is a %s", text, human + 4,
		       names[date_weekday(d) - 1]);
}

static int refuse(const char *text, const struct sense *s, const struct date_words *w,
		  const struct reading *r, struct err *e)
{
	struct period p;

	if (r->what == TWO_DAYS)
		return refuse_two(text, r, e);
	if (r->what == OTHER_WEEKDAY)
		return refuse_weekday(text, r->day, e);
	if (date_words_period(w, s->today, &p))
		return refuse_period(text, &p, e);
	return r->what == NO_DATE
		       ? 0
		       : err_set(e, -PDH_USAGE, NULL,
				 "\"%.40s\" is not a day of the calendar", text);
}

int date_words_day(const char *text, civil_day today, enum date_order order,
		   enum date_lean lean, civil_day *ret, struct err *e)
{
	const struct sense s = {today, order, lean};
	struct reading r = no_date;
	struct date_words w = {.n = 0};
	char buffer[DATE_TEXT_SIZE];

	if (looks_iso(text))
		return date_parse_iso(text, ret, e) < 0 ? -PDH_USAGE : 1;
	if (dated_time(text, ret))
		return 1;
	if (date_words_cut(text, buffer, &w) == 0) {
		date_words_trim(&w);
		r = read_words(&w, &s);
	}
	if (r.what != DAY)
		return refuse(text, &s, &w, &r, e);
	*ret = r.day;
	return 1;
}

int date_parse(const char *text, civil_day today, enum date_order order,
	       enum date_lean lean, civil_day *ret, struct err *e)
{
	if (ascii_same(text, "none")) {
		*ret = DATE_CLEAR;
		return 0;
	}
	int r = date_words_day(text, today, order, lean, ret, e);
	if (r != 0)
		return r < 0 ? r : 0;
	return err_set(e, -PDH_USAGE, NULL, "\"%.40s\" is not a date; try %s", text,
		       lean == DATE_PAST ? "YYYY-MM-DD, yesterday or 3 days ago"
					 : "YYYY-MM-DD or in 30 days");
}
