/* pdh status, line by line: what the lines about needs share with the rest of their screen. */
#pragma once

#include "client/show/words.h"

/* Widths that all lines of a screen share. */
struct layout {
	int label, amounts, to_go, bar, title, until;
	int decimals;
};

/* Hours have bars; things that are counted are told in words. */
bool show_need_has_bar(const struct need *n);

/* Makes room for the lines of the needs. */
void show_needs_measure(const struct show *v, const struct standing *c, struct layout *l);
void show_needs(const struct show *v, const struct standing *c, const struct layout *l);

/* The i-th of the needs with those that cannot be told for the same reason, and why: "year, ethics; it needs to know:
 * the day of issue". NULL if it can be told, or stands beside an earlier one. */
const char *show_need_undecided(const struct show *v, const struct need *all, size_t n,
				size_t i);

/* The cycle has ended: nothing is to go any more. */
bool show_standing_is_over(const struct standing *c);
