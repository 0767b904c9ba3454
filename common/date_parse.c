/* Dates, periods and lengths of time as a person types them. A text is cut into words
 * first: runs of letters, of digits, and single other characters. */
#include "common/date.h"

#include "common/ascii.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 100, WORDS_MAX = 8 };

struct words {
	char text[LONGEST + WORDS_MAX];
	const char *v[WORDS_MAX];
	size_t n;
};

/* Splits on spaces, commas and full stops, and between digits and letters ("3days");
 * lower case. */
static int split(const char *text, struct words *w)
{
	size_t to = 0;
	char before = ' ';

	w->n = 0;
	if (strlen(text) > LONGEST)
		return -1;
	for (const char *p = text; *p; p++) {
		char c = ascii_lower(*p);
		bool gap = ascii_is_space(c) || c == ',' || c == '.';
		bool starts = !gap && (before == ' ' ||
				       (ascii_is_digit(before) && ascii_is_letter(c)));
		if ((gap || starts) && before != ' ')
			w->text[to++] = '\0';
		if (starts && w->n == WORDS_MAX)
			return -1;
		if (starts)
			w->v[w->n++] = w->text + to;
		if (!gap)
			w->text[to++] = c;
		before = gap ? ' ' : c;
	}
	w->text[to] = '\0';
	return 0;
}

static int number(const char *word)
{
	int v = 0;

	for (const char *p = word; *p; p++) {
		if (!ascii_is_digit(*p) || p - word > 5)
			return -1;
		v = v * 10 + *p - '0';
	}
	return *word ? v : -1;
}

/* The place of `word` in a list of full names, of which three letters or more are enough. */
static int name_index(const char *word, const char *const *names, int n)
{
	size_t len = strlen(word);

	for (int i = 0; i < n; i++)
		if (len >= 3 && strncmp(word, names[i], len) == 0)
			return i + 1;
	return 0;
}

static int month_of(const char *word)
{
	static const char *const names[] = {
		"january", "february", "march",	    "april",   "may",	   "june",
		"july",	   "august",   "september", "october", "november", "december"};

	return strcmp(word, "sept") == 0 ? 9 : name_index(word, names, 12);
}

static int weekday_of(const char *word)
{
	static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
					    "friday", "saturday", "sunday"};

	return name_index(word, names, 7);
}

/* 14, 14th, 1st. */
static int ordinal(const struct words *w, size_t *i)
{
	int day = *i < w->n ? number(w->v[*i]) : -1;

	if (day < 1)
		return -1;
	(*i)++;
	if (*i < w->n && (!strcmp(w->v[*i], "st") || !strcmp(w->v[*i], "nd") ||
			  !strcmp(w->v[*i], "rd") || !strcmp(w->v[*i], "th")))
		(*i)++;
	return day;
}

/* The weekday at or around today; `strict` leaves today out. */
static civil_day to_weekday(civil_day today, int weekday, enum date_lean lean,
			    bool strict)
{
	int back = (date_weekday(today) - weekday + 7) % 7, on = (7 - back) % 7;

	if (lean == DATE_PAST)
		return today - (back == 0 && strict ? 7 : back);
	return today + (on == 0 && strict ? 7 : on);
}

/* A day and month without a year: the nearest on the side it leans to that exists. */
static civil_day to_month_day(civil_day today, int month, int day, enum date_lean lean)
{
	int year, m, d, step = lean == DATE_PAST ? -1 : 1;

	date_split(today, &year, &m, &d);
	for (int tries = 0; tries < 9; tries++, year += step) {
		civil_day found = date_make(year, month, day);
		if (found != DATE_NONE &&
		    (lean == DATE_PAST ? found <= today : found >= today))
			return found;
	}
	return DATE_NONE;
}

/* Days in a unit of "3 weeks ago"; months are told by a negative number. */
static int unit_days(const char *word)
{
	static const struct {
		const char *word;
		int days;
	} units[] = {{"day", 1},    {"d", 1},	   {"week", 7}, {"w", 7},
		     {"month", -1}, {"year", -12}, {"y", -12}};
	size_t len = strlen(word);

	if (len > 1 && word[len - 1] == 's')
		len--;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strlen(units[i].word) == len &&
		    strncmp(word, units[i].word, len) == 0)
			return units[i].days;
	return 0;
}

/* DATE_NONE past the years there are, where date_add_months() would stop at the last. */
static civil_day move(civil_day today, int count, int unit, int sign)
{
	int year, month, day;

	if (unit > 0)
		return today + count * unit * sign;
	date_split(today, &year, &month, &day);
	int moved = (year * 12 + month - 1 - unit * count * sign) / 12;
	if (moved < DATE_YEAR_MIN || moved > DATE_YEAR_MAX)
		return DATE_NONE;
	return date_add_months(today, (int64_t)-unit * count * sign);
}

/* "3 days ago", "in 10 days", "3 days". */
static civil_day relative(const struct words *w, civil_day today, enum date_lean lean)
{
	bool in = w->n == 3 && strcmp(w->v[0], "in") == 0;
	bool ago = w->n == 3 && strcmp(w->v[2], "ago") == 0;
	size_t at = in ? 1 : 0;

	if (w->n != 3 && !(w->n == 2 && lean == DATE_FUTURE))
		return DATE_NONE;
	if (w->n == 3 && !in && !ago)
		return DATE_NONE;
	int count = number(w->v[at]), unit = unit_days(w->v[at + 1]);
	if (strcmp(w->v[at], "a") == 0 || strcmp(w->v[at], "an") == 0)
		count = 1;
	if (count < 0 || count > 9999 || unit == 0)
		return DATE_NONE;
	return move(today, count, unit, ago ? -1 : 1);
}

static civil_day single_word(const char *word, civil_day today, enum date_lean lean)
{
	if (strcmp(word, "today") == 0 || strcmp(word, "now") == 0)
		return today;
	if (strcmp(word, "yesterday") == 0)
		return today - 1;
	if (strcmp(word, "tomorrow") == 0)
		return today + 1;
	int weekday = weekday_of(word);
	return weekday ? to_weekday(today, weekday, lean, false) : DATE_NONE;
}

/* "14 mar", "mar 14", either with a year behind. `*ret_month` tells that it had that
 * shape. */
static civil_day named_month(const struct words *w, civil_day today, enum date_lean lean,
			     int *ret_month)
{
	size_t i = 0;
	int month = w->n ? month_of(w->v[0]) : 0;

	i += month > 0;
	int day = ordinal(w, &i);
	if (!month && i < w->n) {
		month = month_of(w->v[i]);
		i += month > 0;
	}
	if (!month || day < 1)
		return DATE_NONE;
	bool dated = i < w->n;
	int year = dated ? number(w->v[i++]) : 0;
	if (i != w->n || year < 0)
		return DATE_NONE;
	*ret_month = month;
	return dated ? date_make(year, month, day)
		     : to_month_day(today, month, day, lean);
}

/* "last fri", "next fri". */
static civil_day last_or_next(const struct words *w, civil_day today)
{
	bool last = w->n == 2 && strcmp(w->v[0], "last") == 0;
	bool next = w->n == 2 && strcmp(w->v[0], "next") == 0;
	int weekday = w->n == 2 ? weekday_of(w->v[1]) : 0;

	if (!weekday || (!last && !next))
		return DATE_NONE;
	return to_weekday(today, weekday, last ? DATE_PAST : DATE_FUTURE, true);
}

static bool looks_iso(const char *text)
{
	return strspn(text, "0123456789-") == strlen(text) && strchr(text, '-') &&
	       *text != '-';
}

int date_parse(const char *text, civil_day today, enum date_lean lean, civil_day *ret,
	       struct err *e)
{
	struct words w;
	int month = 0;

	if (ascii_same(text, "none")) {
		*ret = DATE_CLEAR;
		return 0;
	}
	if (looks_iso(text))
		return date_parse_iso(text, ret, e);
	civil_day d = DATE_NONE;
	if (split(text, &w) == 0 && w.n) {
		d = w.n == 1 ? single_word(w.v[0], today, lean) : last_or_next(&w, today);
		if (d == DATE_NONE)
			d = named_month(&w, today, lean, &month);
		if (d == DATE_NONE && !month)
			d = relative(&w, today, lean);
	}
	if (date_in_bounds(d)) {
		*ret = d;
		return 0;
	}
	if (month)
		return err_set(e, -PDH_USAGE, NULL,
			       "\"%.40s\" is not a day of the calendar", text);
	return err_set(
		e, -PDH_USAGE, NULL, "\"%.40s\" is not a date; try 2026-03-13, %s", text,
		lean == DATE_PAST ? "yesterday, fri or 14 mar" : "31 aug or in 30 days");
}

/* ---- periods and lengths
 * ------------------------------------------------------------------------ */

static struct period months_from(civil_day first, int months)
{
	return (struct period){first, date_month_end(date_add_months(first, months - 1))};
}

/* "2026", "2026-03", "2026-Q1". */
static bool calendar_period(const char *text, struct period *ret)
{
	char year_text[5] = "";
	size_t n = strlen(text);

	if (n < 4 || strspn(text, "0123456789") != 4)
		return false;
	memcpy(year_text, text, 4);
	int year = number(year_text), months = 12, month = 1;
	if (n == 7 && text[4] == '-' && ascii_lower(text[5]) == 'q') {
		months = 3;
		month = (text[6] - '1') * 3 + 1;
	} else if (n == 7 && text[4] == '-') {
		months = 1;
		month = number(text + 5);
	} else if (n != 4) {
		return false;
	}
	civil_day first = date_make(year, month, 1);
	if (first == DATE_NONE)
		return false;
	*ret = months_from(first, months);
	return true;
}

/* As much of its week as there is. */
static bool week_of(civil_day day, struct period *ret)
{
	civil_day monday = day - date_weekday(day) + 1;

	*ret = (struct period){date_add_days(monday, 0), date_add_days(monday, 6)};
	return date_in_bounds(day);
}

/* Month 0 is the December before. */
static bool month_of_calendar(int year, int month, struct period *ret)
{
	*ret = months_from(date_make(month ? year : year - 1, month ? month : 12, 1), 1);
	return ret->from != DATE_NONE;
}

static bool named_period(const char *text, civil_day today, struct period *ret)
{
	int year, month, day;
	bool last = ascii_same_n(text, "last-", 5);

	if (!last && !ascii_same_n(text, "this-", 5))
		return false;
	date_split(today, &year, &month, &day);
	const char *unit = text + 5;
	if (ascii_same(unit, "week"))
		return week_of(today - (last ? 7 : 0), ret);
	if (ascii_same(unit, "month"))
		return month_of_calendar(year, last ? month - 1 : month, ret);
	if (!ascii_same(unit, "year"))
		return false;
	*ret = months_from(date_make(last ? year - 1 : year, 1, 1), 12);
	return ret->from != DATE_NONE;
}

static int one_period(const char *text, civil_day today, struct period *ret,
		      struct err *e)
{
	civil_day d;

	if (calendar_period(text, ret) || named_period(text, today, ret))
		return 0;
	int r = date_parse(text, today, DATE_PAST, &d, e);
	if (r < 0 || d == DATE_CLEAR)
		return err_set(
			e, -PDH_USAGE, NULL,
			"\"%.40s\" is no period; try 2026-03, 2026-Q1, last-month or "
			"2026-01-01..2026-03-31",
			text);
	*ret = (struct period){d, d};
	return 0;
}

int period_parse(const char *text, civil_day today, struct period *ret, struct err *e)
{
	const char *dots = strstr(text, "..");
	struct period a = {DATE_NONE, DATE_NONE}, b = a;
	char from[LONGEST + 1];
	int r = 0;

	if (!dots || strlen(text) > LONGEST)
		return one_period(text, today, ret, e);
	snprintf(from, sizeof(from), "%.*s", (int)(dots - text), text);
	if (*from)
		r = one_period(from, today, &a, e);
	if (r == 0 && dots[2])
		r = one_period(dots + 2, today, &b, e);
	if (r < 0)
		return r;
	if (a.from == DATE_NONE && b.to == DATE_NONE)
		return err_set(e, -PDH_USAGE, NULL,
			       "a period needs a first or a last day");
	if (a.from != DATE_NONE && b.to != DATE_NONE && a.from > b.to)
		return err_set(e, -PDH_USAGE, NULL,
			       "the period \"%.40s\" ends before it begins", text);
	*ret = (struct period){a.from, b.to};
	return 0;
}

int span_parse(const char *text, int *ret_months, struct err *e)
{
	enum { MOST = 1200 }; /* no licence lasts a century */
	struct words w;
	int count = -1, months = 0;

	if (split(text, &w) == 0 && w.n == 2) {
		const char *u = w.v[1];
		count = number(w.v[0]);
		if (!strcmp(u, "y") || !strcmp(u, "year") || !strcmp(u, "years"))
			months = 12;
		else if (!strcmp(u, "m") || !strcmp(u, "month") || !strcmp(u, "months"))
			months = 1;
	}
	if (count < 1 || !months || count > MOST / months)
		return err_set(
			e, -PDH_USAGE, NULL,
			"\"%.40s\" is not a length of time; try 2y, 5 years or 18 months",
			text);
	*ret_months = count * months;
	return 0;
}
