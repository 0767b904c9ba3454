/* The parts of a pack that have a syntax of their own: amounts, units, calendar. */
#pragma once

#include "daemon/pack/pack.h"
#include "daemon/pack/read/read.h"

/* An amount of the pack's unit, exactly: "200", "7.5", "7/3". 0, or -PDH_REFUSED. */
int units_parse(const char *text, int64_t *ret, struct err *e);

/* The reverse: a decimal where one is exact, else a fraction. */
const char *units_text(struct arena *a, int64_t exact);

/* Key `units` of a struct pack: what each of our units is worth. */
int read_units(struct reader *r, const struct key *k, const struct yaml *v, void *pack);

/* The unit is worth one of itself unless `units` says otherwise; false if nothing would
 * count. */
bool units_complete(struct ruleset *r);

/* The fact that the pack declares under this very name; NULL if it does not. */
const struct pack_fact *facts_declared(const struct pack *p, const char *name);

/* Whether there is such a fact, and its values are numbers. */
bool facts_is_number(const struct pack_fact *f);

/* Key `reminders` of a struct pack. */
int read_reminders(struct reader *r, const struct key *k, const struct yaml *v,
		   void *pack);

/* Key `calendar` of a struct pack whose facts have been read. */
int read_calendar(struct reader *r, const struct key *k, const struct yaml *v,
		  void *pack);

/* Whether a text has the form of a day of the year, such as 06-30. */
bool is_day_of_year(const char *text);

/* The month and the day of such a text; refused where not every year has that day. */
int read_day_of_year(struct reader *r, const struct yaml *v, const char *text,
		     int *ret_month, int *ret_day);
