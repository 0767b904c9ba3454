/* The parts of a reminder policy as text: as the person types them, as they are stored and as they are shown, which is
 * one form. Readers return 0, or -PDH_USAGE with a sentence about the parameter of that name. */
#pragma once

#include "daemon/remind/policy.h"

/* "90d, 30d, 0d" of one side of the day; reading adds to what there is, writing sorts nothing. */
int remind_read_days(struct remind_policy *p, bool after, const char *text,
		     struct err *e);
const char *remind_days_text(const struct remind_policy *p, bool after, struct arena *a);
void remind_sort(struct remind_policy *p); /* most first, each once */

/* "08:00". */
int remind_read_minute(const char *text, int *ret, struct err *e);
const char *remind_minute_text(int minute, struct arena *a);

/* "desktop, mail": added for every rung. */
int remind_read_by(struct remind_policy *p, const char *text, struct arena *a,
		   struct err *e);

/* "30d mail": added from that rung on. */
int remind_read_from(struct remind_policy *p, const char *text, struct arena *a,
		     struct err *e);

/* Either form, a line each. */
int remind_read_ways(struct remind_policy *p, const char *lines, struct arena *a,
		     struct err *e);
const char *remind_ways_text(const struct remind_policy *p, struct arena *a);

/* "18:00-07:30", "" for none. */
int remind_read_quiet(struct remind_policy *p, const char *text, struct err *e);
const char *remind_quiet_text(const struct remind_policy *p, struct arena *a);

/* "weekends, 2026-12-24..2027-01-02", "" for none. */
int remind_read_skip(struct remind_policy *p, const char *text, struct arena *a,
		     struct err *e);
const char *remind_skip_text(const struct remind_policy *p, struct arena *a);
