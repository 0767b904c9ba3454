/* Hours under words: months, kinds, topics, providers. */
#pragma once

#include "daemon/judge/held.h"

enum hours_by { HOURS_BY_MONTH, HOURS_BY_KIND, HOURS_BY_TOPIC, HOURS_BY_PROVIDER };

/* What was logged in these days, planned ones left out; either end may be open. */
int hours_logged(struct work *w, enum hours_by by, struct period days, struct chart *ret,
		 struct err *e);

/* What counts of the entries of these days for a credential, in the cycle that it is held in. */
int hours_counted(struct work *w, const struct held *h, enum hours_by by,
		  struct period days, struct chart *ret, struct err *e);

/* ---- gathering -------------------------------------------------------------------------- */

/* Adds to the bar of this name, which is made if there is none yet. What is in another unit than the chart lies
 * beside. */
void hours_add(struct work *w, struct chart *c, const char *name, struct credit credit,
	       int64_t entries);

/* The most first, of the same by name; months by their day, with those that are empty between the first and the
 * last. */
void hours_sort(struct work *w, enum hours_by by, struct chart *c);

/* "2026-03" */
const char *hours_month(struct work *w, civil_day day);
