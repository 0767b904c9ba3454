/* Proof that rules want kept: through which day, and which entries lack one. */
#pragma once

#include "daemon/judge/held.h"

/* Whether any proof is kept at all: 1 or 0. Who keeps theirs elsewhere is told of none that is missing. */
int proof_any(struct work *w, struct err *e);

/* Adds, as struct unproved, the entries that count in the cycle of `h`, whose rules want proof kept, and have none; none
 * where they do not. Opening balances and what came from an earlier cycle need none. */
int proof_missing(struct work *w, const struct held *h, struct list *ret, struct err *e);

/* The same of the open cycles of all credentials in use, each entry once, by number. */
int proof_missing_all(struct work *w, struct list *ret, struct err *e);

/* Cycles whose rules want proof kept. */
struct proof_days {
	struct proof_cycle {
		int64_t credential_id;
		const char *alias;
		civil_day begins, ends; /* DATE_NONE: open */
		civil_day keep;
	} * v;
	size_t n;
};
int proof_days(struct work *w, struct proof_days *ret, struct err *e);
