/* Entries in memory, in the order that rules need: by day, then by number, the parts of an activity behind each other.
 * ledger_entries_add() appends; ledger_entries_sort() sorts what was appended in, in one pass, before entries are read. */
#pragma once

#include "daemon/rules/rules.h"

struct ledger_entry {
	struct entry entry; /* its id is the activity's */
	bool planned;
	bool duty;     /* of searches alone: done in duty time */
	bool scoped;   /* it names the credentials that it counts for */
	uint16_t part; /* its number among the parts of the activity */
};

/* Zeroed: empty. */
struct ledger_entries {
	struct ledger_entry *v;
	size_t n, room;
	size_t sorted; /* how many entries, from the first on, are in order */
};

void ledger_entries_add(struct ledger_entries *l, const struct ledger_entry *entry);

void ledger_entries_sort(struct ledger_entries *l);

/* The index of the first entry of `day` or a later day. The entries must be sorted. */
size_t ledger_entries_from(const struct ledger_entries *l, civil_day day);

/* Removes the entries of an activity that was done on `day`. Returns how many there were. */
size_t ledger_entries_remove(struct ledger_entries *l, civil_day day, int64_t id);

void ledger_entries_done(struct ledger_entries *l);
