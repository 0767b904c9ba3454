/* Calendars (RFC 5545): each event that took place is a row, an event that repeats one for each time.
 *
 * The day of an event is the civil day of its own place, and its length is told by the clock there, whatever its zone is
 * called; what is in UTC becomes local. Changed and canceled occurrences, EXDATE and RDATE are heeded. An event that
 * repeats is followed until today. */
#pragma once

#include "client/read/result.h"

enum { ICS_OCCURRENCES_MAX = 1000 };

/* A NUL follows the `n` bytes. 0, or -PDH_REFUSED with the line. */
int ics_read(const char *text, size_t n, const struct read_options *o, struct arena *a,
	     struct read_result *ret, struct err *e);
