/* When reminders about a credential and its items speak, and through which channels. Each part is the credential's own,
 * or the person's for all credentials, or that of its rules pack, or the usual one. */
#pragma once

#include "daemon/judge/held.h"

enum {
	REMIND_RUNGS = 32, /* most of a ladder, either side of the day together */
	REMIND_LEAD_MAX = 10 * 366, /* no cycle is longer */
	REMIND_AFTER_MAX = 366,
	REMIND_WAYS = 16,  /* most channels of a ladder, as told */
	REMIND_SKIPS = 64, /* most days and ranges to skip */
	REMIND_ALWAYS = INT32_MAX,
};

/* A channel, and from how many days before the day that matters it is used. */
struct remind_way {
	const char *channel; /* desktop, mail, command, or command:PROGRAM */
	int from;	     /* REMIND_ALWAYS: by every rung */
};

struct remind_policy {
	int rungs
		[REMIND_RUNGS]; /* days before the day, the most first; negative after it */
	size_t n;
	int minute; /* of the local day */
	struct remind_way ways[REMIND_WAYS];
	size_t ways_n;
	int quiet_from,
		quiet_to; /* minutes of the local day; the same: no time is quiet */
	bool skip_weekends;
	struct {
		civil_day from, to;
	} skips[REMIND_SKIPS];
	size_t skips_n;
	bool usual; /* nothing of it is the credential's own */
};

/* Of a credential; NULL: that of all which say nothing else. */
int remind_policy_read(struct work *w, const struct held *h, struct remind_policy *ret,
		       struct err *e);

/* The first instant from `at` on that is neither quiet nor on a day to skip; `at` itself where that would be after the
 * last day, `day`, before which it was to speak (DATE_NONE: there is none). */
int64_t remind_policy_postpone(const struct remind_policy *p, int64_t at, civil_day day);
