/* The one place that asks what time it is. If PDH_TEST_CLOCK names a file, its content is
 * the time, read anew on each call: a local time such as 2026-03-14T09:30:00, or epoch
 * seconds. A test clock that cannot be read ends the program: a test must not fall back
 * to today in silence. */
#pragma once

#include "common/date.h"

#include <stdbool.h>
#include <stdint.h>

enum { TIME_ISO_SIZE = 21 };

int64_t clock_now(void); /* seconds since 1970-01-01T00:00:00Z */
int64_t clock_steady(
	void); /* seconds since the machine began; setting the clock does not change it. Of a test clock:
				the number behind its time, else clock_now() */
civil_day clock_today(void); /* the civil day of clock_now() in the local zone */
bool clock_is_test(void);

civil_day clock_day_of(int64_t seconds); /* civil day in the local zone */

/* Minutes east of Greenwich in the local zone, then. */
int32_t clock_zone(int64_t seconds);

/* From now to the end of the civil day, at least 1; a day has 23 to 25 hours. */
int64_t clock_seconds_left(void);

/* The instant at which clocks of the local zone show this minute of the day; where they skip it, when they have. */
int64_t clock_at(civil_day day, int minute);

/* 2026-03-14T14:30:00Z, and back (-PDH_USAGE). */
void time_format_iso(int64_t seconds, char out[TIME_ISO_SIZE]);
int time_parse_iso(const char *text, int64_t *ret, struct err *e);

/* What a person types: "9:00" of today, "yesterday 22:30", "2026-03-13 22:30" in the local zone, or an instant as above. A
 * time that clocks there skip, or show twice, is refused with the instants that may be meant. -PDH_USAGE, -PDH_REFUSED. */
int time_parse(const char *text, civil_day today, enum date_order order, int64_t *ret,
	       struct err *e);

/* "Sat 14 Mar 09:31" in the local zone, for people. */
enum { TIME_HUMAN_SIZE = 24 };
void time_format_human(int64_t seconds, char out[TIME_HUMAN_SIZE]);

/* "09:31:07" in the local zone. */
enum { TIME_CLOCK_SIZE = 9 };
void time_format_clock(int64_t seconds, char out[TIME_CLOCK_SIZE]);
