/* Cycles that were renewed already, when what was done in their days is logged, corrected
 * or removed: what they carried over and kept of their days of grace follows, and the
 * person is told. */
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

/* The closed cycles that something done on `day` or later may touch: those of a credential
 * stand together, the oldest first. Keep it, change, then ask for closed_since. */
int recarry_before(struct work *w, civil_day day, struct closed_before *ret,
		   struct err *e);

/* Moves what they carried over to what it would be had the change been there when they were
 * renewed, and adds a sentence for each that changed. Before the effects are asked for. */
int recarry_since(struct work *w, const struct closed_before *before, struct texts *notes,
		  struct err *e);

/* Carries over again what closed cycles that something done on `day` or later may touch left over, as it is known now. */
int recarry_again(struct work *w, civil_day day, struct err *e);
