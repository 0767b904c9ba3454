/* Civil days: a day as a person writes it in a calendar, without time or zone.
 *
 * A `civil_day` counts days from 1970-01-01 (day 0) in the proleptic Gregorian calendar.
 * Days are bounded: years run from 1900 to 2199, which covers every license alive and
 * catches typing slips. What is read is refused outside of them; what is computed from
 * days stops at the first and at the last; what is written lies between them. A loop over
 * days may therefore not wait for one after DATE_LAST: see date_months_last().
 *
 * Every function takes any number for a day, and DATE_NONE and DATE_CLEAR stay what they
 * are in arithmetic. */
#pragma once

#include "common/err.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t civil_day;

enum { DATE_YEAR_MIN = 1900, DATE_YEAR_MAX = 2199 };

#define DATE_FIRST ((civil_day)-25567) /* 1900-01-01 */
#define DATE_LAST  ((civil_day)84005)  /* 2199-12-31 */

#define DATE_NONE  INT32_MIN	   /* not given */
#define DATE_CLEAR (INT32_MIN + 1) /* given as "none": take the stored date away */

/* Which way an incomplete date leans: "14 mar" logged is the last one not after today,
 * "31 aug" as an expiry is the next one not before today. */
enum date_lean { DATE_PAST, DATE_FUTURE };

/* A run of days, both ends included; an open end is DATE_NONE. */
struct period {
	civil_day from, to;
};

/* Whether a day is one of them. */
static inline bool period_has(struct period p, civil_day d)
{
	return (p.from == DATE_NONE || d >= p.from) && (p.to == DATE_NONE || d <= p.to);
}

/* Longest texts the functions below write, with the final NUL. */
enum { DATE_ISO_SIZE = 11, DATE_HUMAN_SIZE = 16 };

/* Whether it is a day, and not one of the two values that stand for none. */
static inline bool date_is_day(civil_day d)
{
	return d != DATE_NONE && d != DATE_CLEAR;
}

/* Whether it lies within the bounds. */
static inline bool date_in_bounds(civil_day d)
{
	return d >= DATE_FIRST && d <= DATE_LAST;
}

/* The day number of a valid date; DATE_NONE when there is no such day or year. Months
 * from 1. */
civil_day date_make(int year, int month, int day);

/* Of any day, also of one outside of the bounds: the day after the last is 2200-01-01. */
void date_split(civil_day d, int *ret_year, int *ret_month, int *ret_day);

int date_days_in_month(int year, int month); /* months from 1 to 12 */
int date_weekday(civil_day d);		     /* ISO 8601: 1 Monday to 7 Sunday */

/* Adds days (or takes them away), and stops at the bounds. */
civil_day date_add_days(civil_day d, int64_t days);

/* Adds months (or takes them away); the day is clamped to the month's last (31 Jan + 1 =
 * 28 Feb). Stops at the bounds. */
civil_day date_add_months(civil_day d, int64_t months);

/* The last of so many months that begin with `d`: the day before date_add_months(), but
 * where that would be past the bounds it is the last day there is. */
civil_day date_months_last(civil_day d, int64_t months);

civil_day date_month_end(civil_day d);

/* Whole months from one day to another: 1 from 15 Jan to 15 Feb, 0 to 14 Feb. */
int date_months_between(civil_day from, civil_day to);

/* Strictly YYYY-MM-DD. 0 or -PDH_USAGE, the error's field left empty for the caller to
 * fill. */
int date_parse_iso(const char *text, civil_day *ret, struct err *e);

/* Which of two numbers with slashes between them people write first. Where it is not known, and both readings are
 * days, a date is refused with both. */
enum date_order { DATE_ORDER_UNTOLD, DATE_ORDER_MONTH_FIRST };

/* What a person types: ISO dates, also with a time and a zone behind them (the day is the one that is written), today,
 * yesterday, tomorrow, weekday names (fri, last fri, next fri), "3 days ago", "two weeks ago", "in 10 days", "14 mar",
 * "mar 14", "14 mar 2026", "14-Mar-2026", "Sat 14 Mar 2026", 2026/03/14, 2026-3-14, 20260314, 3/14/2026, 3/14, 14.3.2026,
 * "none" (DATE_CLEAR). Two digits of a year are the last such year that is not more than 20 years ahead. Case does not
 * matter. -PDH_USAGE; a period of several days is refused as that. */
int date_parse(const char *text, civil_day today, enum date_order order,
	       enum date_lean lean, civil_day *ret, struct err *e);

/* A range: "2026", "2026-03", "march 2026", "march" (the last that has begun), "2026-Q1", "Q1 2026", "Q1", a school year
 * as "2025-26" (July 1 to June 30), any date date_parse() reads (one day), "A..B", "A to B", "A..", "..B"; last, this and
 * next with week, month, quarter, year (calendar years) or school year; "last 30 days", "past 2 weeks", "next 3 months",
 * which have today in them. */
int period_parse(const char *text, civil_day today, enum date_order order,
		 struct period *ret, struct err *e);

/* A length of time in whole months: "2y", "5 years", "18 months", "6m". */
int span_parse(const char *text, int *ret_months, struct err *e);

/* "2026-03-13", "Fri 13 Mar 2026"; a day outside of the bounds is written as the nearest
 * inside, so that whatever is written can be read again; none is empty. */
void date_format_iso(civil_day d, char out[DATE_ISO_SIZE]);
void date_format_human(civil_day d, char out[DATE_HUMAN_SIZE]);
