/* What names a cycle of a credential: the one reader of `--cycle`. */
#pragma once

#include "daemon/judge/held.h"

/* Puts the cycle that is meant in the place of the one that `h` is held in. `cycle` is a text of kind CYCLE: the year in
 * which the cycle began, how many cycles before the open one, or a day that lies in it; NULL changes nothing.
 * -PDH_NOT_FOUND with the field `cycle`, and the hint says which cycles there are. */
int held_in(struct work *w, const char *cycle, struct held *h, struct err *e);

/* The same for each of a list. Where `named` is false, those that have no such cycle are left out; an error only if none
 * has one. */
int held_in_each(struct work *w, const char *cycle, bool named, struct held_list *l,
		 struct err *e);

/* The day on which it is judged: `as_of`, or where that is DATE_NONE the last day of a closed cycle, else today. */
civil_day held_in_day(const struct work *w, const struct held *h, civil_day as_of);
