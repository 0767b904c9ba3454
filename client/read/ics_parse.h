/* A calendar as its components are written, unfolded and unescaped, before anything is counted from it. */
#pragma once

#include "common/arena.h"
#include "common/date.h"
#include "common/err.h"

#include <stdbool.h>

/* A day and a time as written. */
struct ics_time {
	civil_day day;	/* DATE_NONE: none */
	int32_t second; /* of the day; -1: an all-day event */
	bool utc;
	const char *zone; /* TZID; NULL */
};

struct ics_times {
	size_t n;
	struct ics_time *v;
};

struct ics_event {
	int64_t line; /* of its BEGIN */
	const char *uid, *summary, *description, *location, *status, *rule, *duration;
	struct ics_time start, end;
	struct ics_time recurrence;    /* of a changed occurrence: which one */
	struct ics_times except, also; /* EXDATE, RDATE */
};

/* How far a zone of the file may be from UTC, in minutes east. */
struct ics_zone {
	const char *id;
	int32_t offset;
};

struct ics {
	size_t n, zone_count;
	struct ics_event *events;
	struct ics_zone *zones; /* one for each offset that a VTIMEZONE has */
};

/* A NUL follows the `n` bytes. 0, or -PDH_REFUSED with the line. */
int ics_parse(const char *text, size_t n, struct arena *a, struct ics *ret,
	      struct err *e);

/* "PT1H30M", "P1D" in seconds; -1: none. */
int64_t ics_duration(const char *text);
