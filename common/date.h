/* Civil days: a day as a person writes it in a calendar, without time or zone.
 *
 * A `civil_day` counts days from 1970-01-01 (day 0) in the proleptic Gregorian calendar.
 * Years run from 1900 to 2199, which covers every licence alive and catches typing slips.
 */
#pragma once

#include "common/err.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t civil_day;

enum { DATE_YEAR_MIN = 1900, DATE_YEAR_MAX = 2199 };

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

/* The day number of a valid date; DATE_NONE when there is no such day or year. Months
 * from 1. */
civil_day date_make(int year, int month, int day);
void date_split(civil_day d, int *ret_year, int *ret_month, int *ret_day);

int date_days_in_month(int year, int month);
int date_weekday(civil_day d); /* ISO 8601: 1 Monday to 7 Sunday */

/* Adds months (or takes them away); the day is clamped to the month's last (31 Jan + 1 =
 * 28 Feb). */
civil_day date_add_months(civil_day d, int months);
civil_day date_month_end(civil_day d);

/* Whole months from one day to another: 1 from 15 Jan to 15 Feb, 0 to 14 Feb. */
int date_months_between(civil_day from, civil_day to);

/* Strictly YYYY-MM-DD. 0 or -PDH_USAGE, the error's field left empty for the caller to
 * fill. */
int date_parse_iso(const char *text, civil_day *ret, struct err *e);

/* What a person types: ISO dates, today, yesterday, tomorrow, weekday names (fri, last
 * fri, next fri), "3 days ago", "2 weeks ago", "in 10 days", "14 mar", "mar 14", "14 mar
 * 2026", "14 March 2026", "none" (DATE_CLEAR). Case does not matter. */
int date_parse(const char *text, civil_day today, enum date_lean lean, civil_day *ret,
	       struct err *e);

/* A range: "2026", "2026-03", "2026-Q1", any date date_parse() reads (one day), "A..B",
 * "A..", "..B", this-week, last-week, this-month, last-month, this-year, last-year
 * (calendar years). */
int period_parse(const char *text, civil_day today, struct period *ret, struct err *e);

/* A length of time in whole months: "2y", "5 years", "18 months", "6m". */
int span_parse(const char *text, int *ret_months, struct err *e);

void date_format_iso(civil_day d, char out[DATE_ISO_SIZE]);	/* 2026-03-13 */
void date_format_human(civil_day d, char out[DATE_HUMAN_SIZE]); /* Fri 13 Mar 2026 */
