/* Progress: the verdict on a cycle set beside the calendar. */
#pragma once

#include "daemon/held.h"

/* Where the credential stands on `day`, with everything status shows. */
int progress_standing(struct work *w, const struct held *h, civil_day day,
		      struct standing *ret, struct err *e);

/* The cycle as a record, with its sums. */
int progress_cycle(struct work *w, const struct held *h, civil_day day, struct cycle *ret,
		   struct err *e);

/* An amount in the cycle's unit. */
struct credit progress_amount(const struct held_cycle *c, int64_t exact);
