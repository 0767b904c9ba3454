#include "common/date.h"

#include <stdio.h>
#include <string.h>

static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const day_names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

static int is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days from 1970-01-01 to the first of a month; any year. Years are counted from March, so that the leap day is the last
 * of its year, and in spans of 400 years, after which the calendar repeats itself. */
enum {
	SPAN = 400,
	SPAN_DAYS = 146097,
	YEAR_DAYS = 365,
	MARCH = 3,
	TO_1970 = 719468 /* days from 1 March of the year 0 to 1 January 1970 */
};

/* Days before the first of the n-th month after March (0 is March itself). */
static int days_before_month(int n)
{
	enum { FIVE_MONTHS = 153 }; /* March to July, August to December */

	return (FIVE_MONTHS * n + 2) / 5;
}

/* Days before 1 March of a year, from 1 March of a year that 400 divides. */
static int64_t days_before_year(int64_t year)
{
	return year * YEAR_DAYS + year / 4 - year / 100 + year / SPAN;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* The day number of any date whose day is one of its month. */
static int64_t number_of(int64_t year, int month, int day)
{
	int n = (month + 12 - MARCH) % 12;
	int64_t y = month < MARCH ? year - 1 : year, span = floor_div(y, SPAN);

	return span * SPAN_DAYS + days_before_year(y - span * SPAN) +
	       days_before_month(n) + day - 1 - TO_1970;
}

civil_day date_make(int year, int month, int day)
{
	if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX || month < 1 || month > 12 ||
	    day < 1 || day > date_days_in_month(year, month))
		return DATE_NONE;
	return (civil_day)number_of(year, month, day);
}

void date_split(civil_day d, int *ret_year, int *ret_month, int *ret_day)
{
	int64_t days = (int64_t)d + TO_1970, span = floor_div(days, SPAN_DAYS);
	int64_t rest = days - span * SPAN_DAYS, year = rest / YEAR_DAYS;
	int n = 0;

	while (days_before_year(year) > rest || year == SPAN)
		year--;
	rest -= days_before_year(year);
	while (n < 11 && days_before_month(n + 1) <= rest)
		n++;
	*ret_month = (n + MARCH - 1) % 12 + 1;
	*ret_year = (int)(span * SPAN + year + (*ret_month < MARCH));
	*ret_day = (int)rest - days_before_month(n) + 1;
}

int date_weekday(civil_day d)
{
	/* 1970-01-01 was a Thursday, ISO day 4. */
	int w = (d % 7 + 7 + 3) % 7;

	return w + 1;
}

static civil_day in_bounds(int64_t d)
{
	return d < DATE_FIRST ? DATE_FIRST : d > DATE_LAST ? DATE_LAST : (civil_day)d;
}

civil_day date_add_days(civil_day d, int64_t days)
{
	int64_t sum;

	if (!date_is_day(d))
		return d;
	if (__builtin_add_overflow(d, days, &sum))
		sum = days;
	return in_bounds(sum);
}

/* Past this many months every day is past the bounds, whichever it was. */
enum { MONTHS_MOST = 100000000 };

static int64_t add_months(civil_day d, int64_t months)
{
	int year, month, day;

	date_split(d, &year, &month, &day);
	months = months < -MONTHS_MOST	? -MONTHS_MOST
		 : months > MONTHS_MOST ? MONTHS_MOST
					: months;
	int64_t all = (int64_t)year * 12 + month - 1 + months;
	int64_t to = floor_div(all, 12);
	month = (int)(all - to * 12) + 1;
	int last = date_days_in_month((int)to, month);
	return number_of(to, month, day < last ? day : last);
}

civil_day date_add_months(civil_day d, int64_t months)
{
	return date_is_day(d) ? in_bounds(add_months(d, months)) : d;
}

civil_day date_months_last(civil_day d, int64_t months)
{
	return date_is_day(d) ? in_bounds(add_months(d, months) - 1) : d;
}

int date_months_between(civil_day from, civil_day to)
{
	int y1, m1, d1, y2, m2, d2;

	date_split(from, &y1, &m1, &d1);
	date_split(to, &y2, &m2, &d2);
	return (y2 - y1) * 12 + m2 - m1 - (d2 < d1);
}

civil_day date_month_end(civil_day d)
{
	int year, month, day;

	if (!date_is_day(d))
		return d;
	date_split(d, &year, &month, &day);
	return in_bounds((int64_t)d - day + date_days_in_month(year, month));
}

void date_format_iso(civil_day d, char out[DATE_ISO_SIZE])
{
	int year, month, day;

	*out = '\0';
	if (!date_is_day(d))
		return;
	date_split(in_bounds(d), &year, &month, &day);
	memcpy(out, "0000-00-00", DATE_ISO_SIZE);
	for (int i = 3; i >= 0; i--, year /= 10)
		out[i] = (char)('0' + year % 10);
	out[5] = (char)('0' + month / 10);
	out[6] = (char)('0' + month % 10);
	out[8] = (char)('0' + day / 10);
	out[9] = (char)('0' + day % 10);
}

void date_format_human(civil_day d, char out[DATE_HUMAN_SIZE])
{
	int year, month, day;

	*out = '\0';
	if (!date_is_day(d))
		return;
	d = in_bounds(d);
	date_split(d, &year, &month, &day);
	snprintf(out, DATE_HUMAN_SIZE, "%s %u %s %04u", day_names[date_weekday(d) - 1],
		 (unsigned)day % 100, month_names[(unsigned)(month - 1) % 12],
		 (unsigned)year % 10000);
}

/* `n` digits as a number; -1 if one of them is none. */
static int digits(const char *s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + s[i] - '0';
	}
	return v;
}

int date_parse_iso(const char *text, civil_day *ret, struct err *e)
{
	static const char shape[] = "0000-00-00";
	size_t n = 0;

	while (text[n] && n < 10 && (shape[n] == '-') == (text[n] == '-'))
		n++;
	int year = n == 10 ? digits(text, 4) : -1,
	    month = n == 10 ? digits(text + 5, 2) : -1,
	    day = n == 10 ? digits(text + 8, 2) : -1;
	if (year < 0 || month < 0 || day < 0 || text[n])
		return err_set(e, -PDH_USAGE, NULL,
			       "\"%.40s\" is not a date; write it as YYYY-MM-DD", text);
	if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX)
		return err_set(e, -PDH_USAGE, NULL, "the year %04d is outside %d to %d",
			       year, DATE_YEAR_MIN, DATE_YEAR_MAX);
	if (month < 1 || month > 12)
		return err_set(e, -PDH_USAGE, NULL,
			       "\"%s\" is not a day: there is no month %02d", text,
			       month);
	civil_day d = date_make(year, month, day);
	if (d == DATE_NONE)
		return err_set(e, -PDH_USAGE, NULL, "\"%s\" is not a day: %s %d has %d",
			       text, month_names[month - 1], year,
			       date_days_in_month(year, month));
	*ret = d;
	return 0;
}
