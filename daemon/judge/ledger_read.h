/* How entries come into a ledger. */
#pragma once

#include "daemon/judge/held.h"
#include "daemon/judge/ledger_kept.h"

/* An activity that is to be added to ledgers: the whole of it, and the parts that were split off. */
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

/* Reads the activities of these days that may count for every credential, and adds them to `to`. */
int ledger_read_common(struct work *w, struct period days, struct ledger_entries *to,
		       struct err *e);

/* Reads the other entries of a cycle into l->own, and the hours that the cycle before has used into l->held_back. */
int ledger_read_own(struct work *w, const struct held_cycle *c, struct ledger *l,
		    struct err *e);
