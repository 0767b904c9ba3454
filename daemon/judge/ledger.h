/* The entries of cycles, kept in memory, so that the cost of `pdh status` does not grow with the number of activities.
 *
 * The ledgers are a copy of what the database holds. A writing method that changes activities tells them what it changed
 * (ledgers_add(), ledgers_remove(), ledgers_stay()); after any other change they are empty, and are read anew when they are
 * asked for next. The protocol is: ask ledgers_are_right() or ledger_may_tell(), change the database, tell.
 *
 * Activities that may count for every credential are kept once, for the days that were asked for. The ledger of a cycle has
 * only those that name its credential, and what was carried over from another cycle. */
#pragma once

#include "daemon/judge/held.h"
#include "daemon/judge/ledger_kept.h"

/* The ledger of the cycle in `h`, sorted by day and number. It is borrowed until the next change of the database; its
 * `common` only until the next call. */
int ledger_of(struct work *w, const struct held *h, const struct ledger **ret,
	      struct err *e);

/* A walk through all entries of a ledger, by day and number. Begins with all members zero but the ledger. */
struct ledger_walk {
	const struct ledger *l;
	size_t common, own;
};
static inline const struct ledger_entry *ledger_next(struct ledger_walk *w)
{
	const struct ledger_entry *a =
		w->common < w->l->common_n ? &w->l->common[w->common] : NULL;
	const struct ledger_entry *b = w->own < w->l->own.n ? &w->l->own.v[w->own] : NULL;
	bool own = !a || (b && (b->entry.done_on < a->entry.done_on ||
				(b->entry.done_on == a->entry.done_on &&
				 b->entry.id < a->entry.id)));

	if (own)
		w->own += b != NULL;
	else
		w->common++;
	return own ? b : a;
}

/* Whether the totals of the listing with this key are kept; *ret is a copy in the arena of `w` then. */
bool ledger_totals_find(struct work *w, const char *key, struct list *ret);
void ledger_totals_keep(struct work *w, const char *key, const struct list *totals);
void ledger_totals_drop(struct ledgers *all);

/* Whether the ledgers hold what the database holds. Ask before a change: only ledgers that were right may be told of it. */
bool ledgers_are_right(struct work *w);

/* Adds an activity to the ledgers. It must be the only change since ledgers_are_right() returned true. */
void ledgers_add(struct work *w, const struct held_list *held, const struct activity *a);

/* Takes an activity out of the ledgers that was removed, or changed: then ledgers_add() follows with what it is now. It must
 * be the only change since ledger_may_tell() returned true. */
void ledgers_remove(struct work *w, const struct activity *was);

/* Whether the ledgers are right and can follow a change of this activity. They cannot where hours of it were carried over
 * into another cycle. */
bool ledger_may_tell(struct work *w, int64_t activity_id);

/* Declares the ledgers right. The caller knows that no activity, credential or cycle has changed since
 * ledgers_are_right() returned true. */
void ledgers_stay(struct work *w);

/* To be called when a transaction has ended: what the ledgers took in during one that was rolled back is dropped. */
void ledgers_settle(struct ledgers *l, bool committed);

void ledgers_done(struct ledgers *l);
