/* Entries in memory, in the order in which rules want them: by day, then by number, the parts of one after the other.
 * What is added is put into its place when it is asked for, all of it in one pass, so that many at once cost no more
 * than there are. */
#pragma once

#include "daemon/rules/rules.h"

struct ledger_entry {
	struct entry entry; /* its id is the activity's */
	bool planned;
	bool scoped;   /* it names the credentials that it counts for */
	uint16_t part; /* its place among those of the same activity */
};

/* Zeroed: empty. */
struct ledger_entries {
	struct ledger_entry *v;
	size_t n, room;
	size_t sorted; /* how many of the first are in their order */
};

void ledger_entries_add(struct ledger_entries *l, const struct ledger_entry *entry);

void ledger_entries_sort(struct ledger_entries *l);

/* The first of the day or later; of sorted ones. */
size_t ledger_entries_from(const struct ledger_entries *l, civil_day day);

/* Takes away those of an activity that was done on `day`; how many they were. */
size_t ledger_entries_remove(struct ledger_entries *l, civil_day day, int64_t id);

void ledger_entries_done(struct ledger_entries *l);
