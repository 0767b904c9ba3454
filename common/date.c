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

/* Days before 1 January of `year`, counted from year 1. */
static int days_before_year(int year)
{
	int y = year - 1;

	return y * 365 + y / 4 - y / 100 + y / 400;
}

static int days_before_month(int year, int month)
{
	int days = 0;

	for (int m = 1; m < month; m++)
		days += date_days_in_month(year, m);
	return days;
}

civil_day date_make(int year, int month, int day)
{
	enum { BEFORE_1970 = 719162 }; /* days_before_year(1970) */

	if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX || month < 1 || month > 12 ||
	    day < 1 || day > date_days_in_month(year, month))
		return DATE_NONE;
	return days_before_year(year) + days_before_month(year, month) + day - 1 -
	       BEFORE_1970;
}

void date_split(civil_day d, int *ret_year, int *ret_month, int *ret_day)
{
	/* A guess that is never too late, mended upwards. */
	int year = 1970 + (d < 0 ? d / 365 - 1 : d / 366), month = 1;

	while (date_make(year, 12, 31) < d)
		year++;
	while (month < 12 && date_make(year, month + 1, 1) <= d)
		month++;
	*ret_year = year;
	*ret_month = month;
	*ret_day = d - date_make(year, month, 1) + 1;
}

int date_weekday(civil_day d)
{
	/* 1970-01-01 was a Thursday, ISO day 4. */
	int w = (d % 7 + 7 + 3) % 7;

	return w + 1;
}

civil_day date_add_months(civil_day d, int months)
{
	int year, month, day;

	date_split(d, &year, &month, &day);
	int all = year * 12 + month - 1 + months;
	year = all / 12;
	month = all % 12 + 1;
	if (year < DATE_YEAR_MIN)
		return date_make(DATE_YEAR_MIN, 1, 1);
	if (year > DATE_YEAR_MAX)
		return date_make(DATE_YEAR_MAX, 12, 31);
	int last = date_days_in_month(year, month);
	return date_make(year, month, day < last ? day : last);
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

	date_split(d, &year, &month, &day);
	return date_make(year, month, date_days_in_month(year, month));
}

void date_format_iso(civil_day d, char out[DATE_ISO_SIZE])
{
	int year, month, day;

	date_split(d, &year, &month, &day);
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
			       "\"%.40s\" is not a date; write it as 2026-03-13", text);
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
