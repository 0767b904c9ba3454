/* Days and instants as files write them. Which of two numbers is the month is told by the whole column, never by one
 * cell: see day_look(). */
#pragma once

#include "common/arena.h"
#include "common/date.h"

enum day_order { DAY_UNTOLD, DAY_MONTH_FIRST, DAY_DAY_FIRST };

/* What the cells of all columns of dates say together. */
struct day_evidence {
	bool first_over_12, second_over_12; /* of "13/3/2026" and of "3/13/2026" */
	bool dots_month_first;		    /* of "3.13.2026" */
	bool slashes, dots, iso, words, excel;
	int64_t line;	    /* of the first cell that may be two days */
	const char *unsure; /* its text; NULL: there is none */
};

/* Takes one cell into account. */
void day_look(const char *text, int64_t line, struct day_evidence *e);

/* A civil day, and the time of that day if the file tells one. */
struct moment {
	civil_day day;	/* DATE_NONE: none */
	int32_t second; /* of the day; -1: not told */
	bool instant;	/* it bears a zone, and `epoch` is set */
	int64_t epoch;
};

/* Reads "3/13/2026", "2026-03-13T16:02:11-06:00", "13. Maerz 2026", "20260313T220211Z", "46094" (Excel's day), each with or
 * without a time. A time in UTC becomes one of the local zone; one with another offset stays in its own place. False: it is
 * no day, or none that exists. `today` tells the century of "9/3/25". */
bool moment_read(const char *text, enum day_order order, civil_day today, struct arena *a,
		 struct moment *ret);

/* "4:30 PM", "16:30", "16:30:15": seconds of the day; -1: none. */
int32_t time_of_day_read(const char *text);
