/* The entries of cycles, read once and kept while nothing changes, so that what status costs does not grow with what
 * was logged. What is kept is only a copy: any change of the database that is not told to the
 * ledgers makes them forget.
 *
 * What may count for every credential is kept once for all of them, by the days that were asked for; a ledger has by
 * itself only what names its credential, and what came from another cycle. */
#pragma once

#include "daemon/judge/held.h"
#include "daemon/judge/ledger_kept.h"

/* The ledger of the cycle in `h`, sorted by day and number. Borrowed until the next
 * change, and `common` until the next question. */
int ledger_of(struct work *w, const struct held *h, const struct ledger **ret,
	      struct err *e);

/* Entry by entry, in their order; zeroed but for the ledger at first. */
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

/* Whether the totals of a listing are kept; they are the caller's then, in its arena. */
bool ledger_totals_find(struct work *w, const char *key, struct list *ret);
void ledger_totals_keep(struct work *w, const char *key, const struct list *totals);
void ledger_totals_drop(struct ledgers *all);

/* Whether the ledgers are right at this moment. Asked before a change that is then told. */
bool ledgers_are_right(struct work *w);

/* Adds an activity that was stored since ledgers_are_right() said yes, and nothing besides. */
void ledgers_add(struct work *w, const struct held_list *held, const struct activity *a);

/* Takes away an activity that was changed or removed since then, and nothing besides; what it became is added. One that
 * serves another cycle than its own makes them forget: ask ledger_may_tell() before the change. */
void ledgers_remove(struct work *w, const struct activity *was);

/* Whether the ledgers are right, and a change of this activity may be told to them. */
bool ledger_may_tell(struct work *w, int64_t activity_id);

/* What changed since ledgers_are_right() said yes is no activity, credential or cycle. */
void ledgers_stay(struct work *w);

/* The transaction was committed, or rolled back. */
void ledgers_settle(struct ledgers *l, bool committed);

void ledgers_done(struct ledgers *l);
