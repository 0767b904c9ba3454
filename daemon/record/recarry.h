/* Brings closed cycles up to date. When an activity of the days of a closed cycle is logged, edited or removed, the hours
 * that the cycle carried over, and those of the days of grace that it kept, are computed anew, and the person is told. */
#pragma once

#include "daemon/judge/held.h"

struct closed_cycle {
	struct held h;		  /* as held in that cycle */
	int64_t next_id;	  /* the cycle after it */
	int64_t counted, carried; /* before the change, in its unit */
};

struct closed_before {
	struct closed_cycle *v;
	size_t n;
};

/* The closed cycles in which activities of `day` or later days may count; those of one credential follow each other, the
 * oldest first. Call it before a change, and recarry_since() with its result after the change. */
int recarry_before(struct work *w, civil_day day, struct closed_before *ret,
		   struct err *e);

/* Stores what these cycles would have carried over had the change been made before they were renewed, and adds a sentence to
 * `notes` for each where that is different. Call it before effect_since(). */
int recarry_since(struct work *w, const struct closed_before *before, struct texts *notes,
		  struct err *e);

/* Computes and stores the carry-over of all closed cycles in which activities of `day` or later days may count. */
int recarry_again(struct work *w, civil_day day, struct err *e);
