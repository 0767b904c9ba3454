#include "client/show/urgency.h"

#include <stdlib.h>
#include <string.h>

static int rank_of(enum credential_state state)
{
	static const enum credential_state order[] = {
		STATE_LAPSED, STATE_LATE,      STATE_OVERDUE, STATE_DUE_SOON,
		STATE_BEHIND, STATE_UNDECIDED, STATE_ON_PACE, STATE_NO_HOURS,
		STATE_PAUSED, STATE_SUSPENDED, STATE_EXEMPT,  STATE_DONE,
		STATE_RETIRED};
	int i = 0, n = sizeof(order) / sizeof(order[0]);

	while (i < n && order[i] != state)
		i++;
	return i;
}

/* The first day that matters: of the cycle, or of an item that is open. */
static civil_day day_of(const struct standing *c)
{
	civil_day first = c->cycle ? c->cycle->to : DATE_NONE;

	for (size_t i = 0; i < c->items.n; i++) {
		const struct item *item = &c->items.v[i];
		if (item->state != ITEM_STATE_DONE && item->due != DATE_NONE &&
		    (first == DATE_NONE || item->due < first))
			first = item->due;
	}
	return first == DATE_NONE ? DATE_LAST : first;
}

static int by_urgency(const void *a, const void *b)
{
	const struct standing *x = a, *y = b;
	int rank = rank_of(x->state) - rank_of(y->state);
	civil_day one = day_of(x), other = day_of(y);

	if (rank || one != other)
		return rank ? rank : (one > other) - (one < other);
	return strcmp(x->alias, y->alias);
}

struct status show_by_urgency(const struct show *v, const struct status *r)
{
	struct status sorted = *r;
	size_t n = r->credentials.n;

	if (n == 0)
		return sorted;
	sorted.credentials.v = arena_array(v->s.a, n, sizeof(struct standing));
	memcpy(sorted.credentials.v, r->credentials.v, n * sizeof(struct standing));
	qsort(sorted.credentials.v, n, sizeof(struct standing), by_urgency);
	return sorted;
}

/* ---- what next -------------------------------------------------------------------------- */

static bool lacks_hours(const struct standing *c)
{
	bool lacks = c->required.unit && c->remaining.exact > 0;

	for (size_t i = 0; i < c->needs.n; i++)
		lacks = lacks || (c->needs.v[i].state == NEED_STATE_SHORT &&
				  c->needs.v[i].level == RULE_LEVEL_MUST);
	return lacks;
}

static const struct item *urgent_item(const struct standing *c)
{
	for (size_t i = 0; i < c->items.n; i++)
		if (c->items.v[i].id != INT_NONE &&
		    (c->items.v[i].state == ITEM_STATE_OVERDUE ||
		     c->items.v[i].state == ITEM_STATE_DUE_SOON))
			return &c->items.v[i];
	return NULL;
}

static const char *step_of(const struct show *v, const struct standing *c)
{
	struct arena *a = v->s.a;
	const struct item *item = urgent_item(c);

	if (c->state == STATE_LAPSED || c->state == STATE_LATE)
		return lacks_hours(c) && c->state == STATE_LATE
			       ? arena_printf(a, "pdh plan %s", c->alias)
			       : arena_printf(a, "pdh credential renew %s", c->alias);
	if (item)
		return arena_printf(a, "pdh credential item done %lld, once it is done",
				    (long long)item->id);
	if (c->state == STATE_UNDECIDED)
		return arena_printf(a, "pdh credential show %s", c->alias);
	if (lacks_hours(c) && c->counted.exact == 0 && c->state == STATE_ON_PACE)
		return "pdh log 1h \"What you did\"";
	if (lacks_hours(c))
		return arena_printf(a, "pdh plan %s", c->alias);
	return c->state == STATE_DUE_SOON
		       ? arena_printf(a, "pdh credential renew %s", c->alias)
		       : NULL;
}

const char *show_next_step(const struct show *v, const struct status *sorted)
{
	const char *step = NULL;

	for (size_t i = 0; !step && i < sorted->credentials.n; i++) {
		const struct standing *c = &sorted->credentials.v[i];
		if (c->state != STATE_PAUSED && c->state != STATE_RETIRED)
			step = step_of(v, c);
	}
	return step;
}
