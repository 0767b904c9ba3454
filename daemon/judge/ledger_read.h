/* How entries come into a ledger. */
#pragma once

#include "daemon/judge/held.h"
#include "daemon/judge/ledger_kept.h"

/* An activity on its way into ledgers: what it is as a whole, and what was split off. */
struct ledger_source {
	struct entry_words words;
	struct ledger_entry whole;
	struct source_part {
		const char *topic;
		int64_t amount;
	} * parts;
	size_t n;
};

/* One entry for each part of an activity, and one for what is left of it. */
void ledger_add_source(struct ledgers *all, struct ledger_entries *to,
		       const struct ledger_source *s);

/* Adds what may count for every credential in some days, as a span has them, from the database. */
int ledger_read_common(struct work *w, struct period days, struct ledger_entries *to,
		       struct err *e);

/* What a cycle has beside that. */
int ledger_read_own(struct work *w, const struct held_cycle *c, struct ledger *l,
		    struct err *e);
