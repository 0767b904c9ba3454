/* What the ledgers keep in memory: a copy of entries that the database holds. */
#pragma once

#include "daemon/judge/classes.h"
#include "daemon/judge/ledger_entries.h"
#include "daemon/work.h"

/* The entries that may count in one cycle: those of its days, those of days before and after it that its rules look at,
 * and those that were carried over into it. */
struct ledger {
	struct ledger *next;
	int64_t credential_id, cycle_id;
	civil_day begins, ends; /* first and last of all those days; DATE_NONE: open */
	int64_t used;		/* number of the request that asked for it last */
	struct ledger_entries own;
	const struct ledger_entry *
		common; /* borrowed from a span: entries of these days that may count for every credential */
	size_t common_n;
	struct held_back
		*held_back; /* hours of these days that the cycle before has used */
	size_t held_back_count;
};

/* The entries that may count for every credential, of the days from `from` to `to`, both included; open ends are INT32_MIN
 * and INT32_MAX. */
struct ledger_span {
	struct ledger_span *next;
	civil_day from, to;
	int64_t used; /* number of the request that asked for it last */
	struct ledger_entries all;
};

enum { LEDGERS_MOST = 65536 }; /* entries, 2.5 MiB */

/* The totals of the last listing, and the key of its filter; NULL: none are kept. */
struct ledger_totals {
	struct arena arena;
	const char *key;
	struct list all; /* of struct total */
};

/* The texts that filters look at (ledger_texts.h). The `class` of an entry is the place in `v` at which its texts begin, in the
 * order of enum filter_text, each with a NUL. */
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
	size_t most; /* so many are kept; of more, those that were not asked for lately are dropped; 0: LEDGERS_MOST */
	size_t judged; /* how many cycles were judged, ever; for tests */
	size_t read;   /* how many entries were read from the database, ever; for tests */
	struct db_stamp stamp; /* of the database when the ledgers were last right */
	bool unsaved; /* they hold something of a transaction that is not committed */
};
