/* The entries of cycles, read once and kept while nothing changes, so that what status costs does not grow with what
 * was logged. What is kept is only a copy: any change of the database that is not told to the
 * ledgers makes them forget. */
#pragma once

#include "daemon/classes.h"
#include "daemon/held.h"

struct ledger_entry {
	struct entry entry; /* its id is the activity's */
	bool planned;
	bool scoped; /* it names the credentials that it counts for */
};

/* Of one cycle: what lies in its days, and in those before and behind that its rules look
 * at, and may count for its credential; and what serves it though it lies elsewhere. */
struct ledger {
	struct ledger *next;
	int64_t credential_id, cycle_id;
	civil_day begins, ends; /* of the days; DATE_NONE: open */
	struct ledger_entry *v;
	size_t n, room;
	struct held_back *held_back; /* of these days, what serves the cycle before */
	size_t held_back_count;
};

/* Zeroed: empty. */
struct ledgers {
	struct ledger *head;
	struct classes classes; /* of the entries of all ledgers */
	size_t entries;
	struct db_stamp stamp; /* of the database when they were right */
	bool unsaved;	       /* they hold what is not committed */
};

/* The ledger of the cycle in `h`, sorted by day and number. Borrowed until the next
 * change. */
int ledger_of(struct work *w, const struct held *h, const struct ledger **ret,
	      struct err *e);

/* Whether the ledgers are right at this moment. Asked before a change that is then told. */
bool ledgers_are_right(struct work *w);

/* Adds an activity that was stored since ledgers_are_right() said yes, and nothing besides. */
void ledgers_add(struct work *w, const struct held_list *held, const struct activity *a);

/* What changed since ledgers_are_right() said yes is no activity, credential or cycle. */
void ledgers_stay(struct work *w);

/* The transaction was committed, or rolled back. */
void ledgers_settle(struct ledgers *l, bool committed);

void ledgers_done(struct ledgers *l);
