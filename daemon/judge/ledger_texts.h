/* What filters look at of all activities, in memory: SQLite would read every row of the table for each question. It is read
 * with the first question and kept as the ledgers are; where it is too much to be kept, it is read each time. */
#pragma once

#include "common/filter.h"
#include "daemon/judge/ledger.h"

enum {
	TEXTS_ENTRIES_MOST = 1 << 18, /* 10 MiB beside their texts */
	TEXTS_BYTES_MOST = 48 << 20,
};

/* What is asked for. */
struct texts_question {
	const struct filter_node *filter;
	struct period days;
	bool planned; /* those alone */
	enum entry_sort sort;
	int64_t after_id; /* INT_NONE: from the first on; else those behind this one, in the order */
	civil_day after_day; /* and its day */
	size_t limit; /* of the page; SIZE_MAX, in another order than that of days: of all */
};

struct texts_found {
	int64_t *ids; /* of the page */
	size_t n;
	bool lost; /* the one that the page should begin behind is not among them any more */
	struct list totals; /* of struct total, by unit, of all pages */
};

/* Fills in *ret, in the arena. Entries that are equal in their order are newest first. */
int ledger_texts_find(struct work *w, const struct texts_question *q,
		      struct texts_found *ret, struct err *e);

/* Called by ledgers_add() and ledgers_remove(). */
void ledger_texts_add(struct ledgers *all, const struct activity *a, struct arena *arena);
void ledger_texts_remove(struct ledgers *all, const struct activity *was);

void ledger_texts_drop(struct ledgers *all);
