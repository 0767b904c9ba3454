#include "daemon/judge/ledger.h"

#include <string.h>

static void copy(const struct list *from, struct arena *a, struct list *to)
{
	const struct total *was = from->v;
	struct total *v = arena_array(a, from->n, sizeof(*v));

	for (size_t i = 0; i < from->n; i++) {
		v[i] = was[i];
		v[i].credit.unit = arena_dup(a, was[i].credit.unit);
	}
	*to = (struct list){from->n, v};
}

bool ledger_totals_find(struct work *w, const char *key, struct list *ret)
{
	const struct ledger_totals *t = &w->ledgers->totals;

	if (!t->key || strcmp(t->key, key) != 0 || !ledgers_are_right(w))
		return false;
	copy(&t->all, w->arena, ret);
	return true;
}

void ledger_totals_keep(struct work *w, const char *key, const struct list *totals)
{
	struct ledger_totals *t = &w->ledgers->totals;

	if (!ledgers_are_right(w)) {
		ledgers_done(w->ledgers);
		ledgers_stay(w);
	}
	ledger_totals_drop(w->ledgers);
	t->key = arena_dup(&t->arena, key);
	copy(totals, &t->arena, &t->all);
}

void ledger_totals_drop(struct ledgers *all)
{
	arena_done(&all->totals.arena);
	all->totals = (struct ledger_totals){.key = NULL};
}
