/* What the ledgers keep in memory: a copy of entries that the database holds. */
#pragma once

#include "daemon/judge/classes.h"
#include "daemon/judge/ledger_entries.h"
#include "daemon/work.h"

/* Of one cycle: what lies in its days, and in those before and behind that its rules look
 * at, and may count for its credential; and what serves it though it lies elsewhere. */
struct ledger {
	struct ledger *next;
	int64_t credential_id, cycle_id;
	civil_day begins, ends; /* of the days; DATE_NONE: open */
	int64_t used;		/* the request that asked for it last */
	struct ledger_entries own;
	const struct ledger_entry
		*common; /* borrowed: what may count for all, in these days */
	size_t common_n;
	struct held_back *held_back; /* of these days, what serves the cycle before */
	size_t held_back_count;
};

/* What may count for all in some days, both included; open ends are INT32_MIN and INT32_MAX. */
struct ledger_span {
	struct ledger_span *next;
	civil_day from, to;
	int64_t used; /* the request that asked for it last */
	struct ledger_entries all;
};

enum { LEDGERS_MOST = 65536 }; /* entries, 2.5 MiB */

/* The sums of the last listing, under its filter; NULL: none. */
struct ledger_totals {
	struct arena arena;
	const char *key;
	struct list all; /* of struct total */
};

/* What searches look at, see ledger_texts.h: entries whose class is where their texts begin, each with its end: the key
 * of the title, the provider and the note in small letters. */
struct ledger_texts {
	bool known, too_many;
	struct ledger_entries of;
	char *v;
	size_t n, room;
};

/* Zeroed: empty. */
struct ledgers {
	struct ledger *head;
	struct ledger_span *spans; /* no two of them overlap */
	struct classes classes;	   /* of the entries of all ledgers */
	struct ledger_totals totals;
	struct ledger_texts texts;
	size_t entries;
	size_t most; /* beyond so many, what was not asked about lately goes; 0: LEDGERS_MOST */
	size_t judged; /* cycles that were put before the rules, ever; a test counts them */
	size_t read; /* entries that were read from the database, ever; a test counts them */
	struct db_stamp stamp; /* of the database when they were right */
	bool unsaved;	       /* they hold what is not committed */
};
