/* Periods and lengths of time as a person types them. */
#include "common/date_words.h"
#include "common/typed.h"

#include <stdio.h>
#include <string.h>

enum { SCHOOL_MONTH = 7 }; /* a school year begins on the first of July */

static struct period months_from(civil_day first, int months)
{
	return (struct period){first, date_month_end(date_add_months(first, months - 1))};
}

/* So many months from one of a year on; months past December are of the next. False where there are no such days. */
static bool months_of(int year, int month, int months, struct period *ret)
{
	int at = year * 12 + month - 1;
	civil_day first = at < 0 ? DATE_NONE : date_make(at / 12, at % 12 + 1, 1);

	if (first == DATE_NONE || months < 1)
		return false;
	*ret = months_from(first, months);
	return true;
}

static bool is_year(const char *word)
{
	return strlen(word) == 4 && date_word_number(word) > 0;
}

static bool school_year(int first, struct period *ret)
{
	return months_of(first, SCHOOL_MONTH, 12, ret);
}

/* ---- the calendar ----------------------------------------------------------------------- */

/* The second year of "2025-26" and "2025-2026". */
static bool is_next_year(int year, const char *word)
{
	int next = date_word_number(word);

	return (strlen(word) == 4 && next == year + 1) ||
	       (strlen(word) == 2 && next == (year + 1) % 100);
}

/* "2026", "2026-03", "3/2026", "2025-26". A second number that may be a month is one. */
static bool by_numbers(const struct date_words *w, struct period *ret)
{
	if (w->n == 1 && is_year(w->v[0]))
		return months_of(date_word_number(w->v[0]), 1, 12, ret);
	if (w->n != 2 || (w->before[1] != '-' && w->before[1] != '/'))
		return false;
	int one = date_word_number(w->v[0]), two = date_word_number(w->v[1]);
	if (one < 0 || two < 0)
		return false;
	bool year_first = is_year(w->v[0]);
	int month = year_first ? two : one;
	if (month >= 1 && month <= 12 && (year_first || is_year(w->v[1])) &&
	    strlen(w->v[year_first ? 1 : 0]) <= 2)
		return months_of(year_first ? one : two, month, 1, ret);
	return year_first && is_next_year(one, w->v[1]) && school_year(one, ret);
}

/* So many months that begin with one of the year that is said, or were the last to begin. */
static bool in_year(const char *year, int month, int months, civil_day today,
		    struct period *ret)
{
	int this, now, day;

	if (year)
		return is_year(year) &&
		       months_of(date_word_number(year), month, months, ret);
	date_split(today, &this, &now, &day);
	return months_of(month > now ? this - 1 : this, month, months, ret);
}

/* "Q1", "Q1 2026", "2026-Q1". */
static bool by_quarter(const struct date_words *w, civil_day today, struct period *ret)
{
	size_t at = date_word_is(w, 0, "q") ? 0 : 1;
	const char *year = at == 1 ? w->v[0] : w->n == 3 ? w->v[2] : NULL;

	if (w->n < at + 2 || w->n > 3 || !date_word_is(w, at, "q") ||
	    w->before[at + 1] != '\0' || strlen(w->v[at + 1]) != 1)
		return false;
	int quarter = date_word_number(w->v[at + 1]);
	return quarter >= 1 && quarter <= 4 &&
	       in_year(year, quarter * 3 - 2, 3, today, ret);
}

/* "march", "mar 2026", "2026 march". */
static bool by_month(const struct date_words *w, civil_day today, struct period *ret)
{
	int first = date_word_month(w->v[0]);
	int month = first || w->n < 2 ? first : date_word_month(w->v[1]);

	if (!month || w->n > 2)
		return false;
	return in_year(w->n < 2 ? NULL : w->v[first ? 1 : 0], month, 1, today, ret);
}

/* ---- around today ----------------------------------------------------------------------- */

/* As much of its week as there is. */
static bool week_of(civil_day day, struct period *ret)
{
	civil_day monday = day - date_weekday(day) + 1;

	*ret = (struct period){date_add_days(monday, 0), date_add_days(monday, 6)};
	return date_in_bounds(day);
}

/* "2026-W10" */
static bool by_week(const struct date_words *w, struct period *ret)
{
	if (w->n != 3 || !is_year(w->v[0]) || !date_word_is(w, 1, "w") ||
	    strlen(w->v[2]) != 2)
		return false;
	civil_day monday =
		date_words_week(date_word_number(w->v[0]), date_word_number(w->v[2]));
	return monday != DATE_NONE && week_of(monday, ret);
}

/* This one is 0, the last -1, the next 1. */
static bool unit_of(const struct date_words *w, size_t at, int which, civil_day today,
		    struct period *ret)
{
	int year, month, day;

	date_split(today, &year, &month, &day);
	if (w->n == at + 2 && date_word_is(w, at, "school") &&
	    date_word_is(w, at + 1, "year"))
		return school_year((month >= SCHOOL_MONTH ? year : year - 1) + which,
				   ret);
	if (w->n != at + 1)
		return false;
	if (date_word_is(w, at, "week"))
		return week_of(today + which * 7, ret);
	if (date_word_is(w, at, "month"))
		return months_of(year, month + which, 1, ret);
	if (date_word_is(w, at, "quarter"))
		return months_of(year, (month - 1) / 3 * 3 + 1 + which * 3, 3, ret);
	return date_word_is(w, at, "year") && months_of(year + which, 1, 12, ret);
}

/* "last 30 days" ends today, "next 30 days" begins today. */
static bool so_many(const struct date_words *w, bool back, civil_day today,
		    struct period *ret)
{
	int count = typed_count(w->v[1]), unit = date_word_unit(w->v[2]);

	if (count < 1 || count > 9999 || unit == 0)
		return false;
	civil_day far = date_words_move(today, back ? -count : count, unit);
	if (!date_in_bounds(far))
		return false;
	*ret = back ? (struct period){far + 1, today} : (struct period){today, far - 1};
	return true;
}

static bool by_today(const struct date_words *w, civil_day today, struct period *ret)
{
	bool last = date_word_is(w, 0, "last"), past = date_word_is(w, 0, "past");
	bool next = date_word_is(w, 0, "next"), this = date_word_is(w, 0, "this");

	if (w->n == 3 && (last || past || next) && so_many(w, !next, today, ret))
		return true;
	return (last || next || this) && unit_of(w, 1,
						 last	? -1
						 : next ? 1
							: 0,
						 today, ret);
}

/* "school year 2025-26", "SY 2025". */
static bool by_school(const struct date_words *w, struct period *ret)
{
	size_t at = date_word_is(w, 0, "sy")					 ? 1
		    : date_word_is(w, 0, "school") && date_word_is(w, 1, "year") ? 2
										 : 0;

	if (!at || at >= w->n || !is_year(w->v[at]) || w->n > at + 2)
		return false;
	int year = date_word_number(w->v[at]);
	return (w->n == at + 1 || is_next_year(year, w->v[at + 1])) &&
	       school_year(year, ret);
}

bool date_words_period(const struct date_words *w, civil_day today, struct period *ret)
{
	return w->n > 0 &&
	       (by_numbers(w, ret) || by_quarter(w, today, ret) || by_week(w, ret) ||
		by_month(w, today, ret) || by_today(w, today, ret) || by_school(w, ret));
}

/* ---- two ends --------------------------------------------------------------------------- */

static int one_period(const char *text, civil_day today, enum date_order order,
		      struct period *ret, struct err *e)
{
	char buffer[DATE_TEXT_SIZE];
	struct date_words w;
	civil_day d;

	if (date_words_cut(text, buffer, &w) == 0 && date_words_period(&w, today, ret))
		return 0;
	int r = date_words_day(text, today, order, DATE_PAST, &d, e);
	if (r > 0)
		*ret = (struct period){d, d};
	if (r != 0)
		return r < 0 ? r : 0;
	return err_set(e, -PDH_USAGE, NULL,
		       "\"%.40s\" is not a period; try YYYY-MM, YYYY-Q1, last-month or "
		       "YYYY-MM-DD..YYYY-MM-DD",
		       text);
}

/* The texts of the first and the last day, either of which may be empty. */
struct ends {
	char from[2 * DATE_TYPED_MAX];
	const char *to;
};

/* Whether the text has a word such as "to" between two ends. */
static bool cut_ends(const char *plain, struct ends *ret)
{
	static const char *const words[] = {"..", " to ", " until ", " through ", " - "};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *between = strstr(plain, words[i]);
		if (!between)
			continue;
		plain += strncmp(plain, "from ", 5) == 0 ? 5 : 0;
		snprintf(ret->from, sizeof(ret->from), "%.*s", (int)(between - plain),
			 plain);
		ret->to = between + strlen(words[i]);
		return true;
	}
	return false;
}

static int two_ends(const struct ends *ends, civil_day today, enum date_order order,
		    struct period *ret, struct err *e)
{
	struct period a = {DATE_NONE, DATE_NONE}, b = a;
	int r = 0;

	if (*ends->from)
		r = one_period(ends->from, today, order, &a, e);
	if (r == 0 && *ends->to)
		r = one_period(ends->to, today, order, &b, e);
	if (r < 0)
		return r;
	if (a.from == DATE_NONE && b.to == DATE_NONE)
		return err_set(e, -PDH_USAGE, NULL,
			       "a period needs a first or a last day");
	if (a.from != DATE_NONE && b.to != DATE_NONE && a.from > b.to)
		return err_set(e, -PDH_USAGE, NULL,
			       "the period \"%.20s..%.20s\" ends before it begins",
			       ends->from, ends->to);
	*ret = (struct period){a.from, b.to};
	return 0;
}

int period_parse(const char *text, civil_day today, enum date_order order,
		 struct period *ret, struct err *e)
{
	char plain[2 * DATE_TYPED_MAX];
	struct ends ends;

	if (strlen(text) <= DATE_TYPED_MAX && typed_plain(text, plain, sizeof(plain)) &&
	    cut_ends(plain, &ends))
		return two_ends(&ends, today, order, ret, e);
	return one_period(text, today, order, ret, e);
}

int span_parse(const char *text, int *ret_months, struct err *e)
{
	enum { MOST = 1200 }; /* no license lasts a century */
	char buffer[DATE_TEXT_SIZE];
	struct date_words w;
	int count = -1, months = 0;

	if (date_words_cut(text, buffer, &w) == 0 && w.n == 2) {
		const char *u = w.v[1];
		count = typed_count(w.v[0]);
		months = -date_word_unit(strcmp(u, "m") == 0 ? "month" : u);
	}
	if (count < 1 || months < 1 || count > MOST / months)
		return err_set(
			e, -PDH_USAGE, NULL,
			"\"%.40s\" is not a length of time; try 2y, 5 years or 18 months",
			text);
	*ret_months = count * months;
	return 0;
}
