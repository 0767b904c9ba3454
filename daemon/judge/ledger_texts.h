/* The texts of all activities, in memory, for searches: SQLite would read every row of the table for each search. They are
 * read with the first search and kept as the ledgers are. */
#pragma once

#include "daemon/judge/ledger.h"

enum {
	TEXTS_ENTRIES_MOST = 1 << 18, /* 10 MiB beside their texts */
	TEXTS_BYTES_MOST = 32 << 20,
};

/* What is searched for. */
struct texts_question {
	const char *words; /* search_words(): in titles, providers and notes */
	struct period days;
	bool planned; /* those alone */
	civil_day
		after_day; /* DATE_NONE: from the newest on; else those behind this one */
	int64_t after_id;
	size_t limit; /* of the page */
};

struct texts_found {
	int64_t *ids; /* of the page, newest first */
	size_t n;
	struct list totals; /* of struct total, by unit, of all pages */
};

/* 1, and *ret in the arena; 0 where there are too many texts to be kept, and nothing was searched; or a negative error. */
int ledger_texts_find(struct work *w, const struct texts_question *q,
		      struct texts_found *ret, struct err *e);

/* Called by ledgers_add() and ledgers_remove(). */
void ledger_texts_add(struct ledgers *all, const struct activity *a, struct arena *arena);
void ledger_texts_remove(struct ledgers *all, const struct activity *was);

void ledger_texts_drop(struct ledgers *all);
