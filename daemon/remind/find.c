#include "daemon/remind/find.h"

#include <stdlib.h>
#include <string.h>

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int rung_by_name(const void *a, const void *b)
{
	const struct rung *const *x = a, *const *y = b;

	return strcmp((*x)->reminder.id, (*y)->reminder.id);
}

int rung_by_key(const void *a, const void *b)
{
	const struct rung *x = *(const struct rung *const *)a,
			  *y = *(const struct rung *const *)b;
	int by = order(x->credential_id, y->credential_id);

	by = by ? by : order(x->item_id, y->item_id);
	by = by ? by : order(x->reminder.day, y->reminder.day);
	by = by ? by : order(x->reminder.before, y->reminder.before);
	return by ? by : order(x->until, y->until);
}

void rung_index(const struct rungs *plan, rung_order *by, struct arena *a,
		struct rung_index *ret)
{
	*ret = (struct rung_index){arena_array(a, plan->n + 1, sizeof(*ret->v)), plan->n,
				   by};
	for (size_t i = 0; i < plan->n; i++)
		ret->v[i] = &plan->v[i];
	qsort((void *)ret->v, ret->n, sizeof(*ret->v), by);
}

const struct rung *rung_index_find(const struct rung_index *index, const struct rung *key)
{
	const struct rung **found = bsearch(&key, (const void *)index->v, index->n,
					    sizeof(*index->v), index->order);

	return found ? *found : NULL;
}

size_t rung_ladder_end(const struct rungs *plan, size_t first)
{
	size_t end = first;

	while (end < plan->n && rung_is_beside(&plan->v[first], &plan->v[end]))
		end++;
	return end;
}

static bool is_to_come(const struct rung *rung)
{
	return !rung->past && rung->reminder.state != REMINDER_STATE_ACKNOWLEDGED;
}

int64_t rung_next_due(const struct rungs *plan, size_t first, size_t end)
{
	int64_t due = INT64_MAX;

	for (size_t i = first; i < end; i++)
		if (is_to_come(&plan->v[i]) && plan->v[i].reminder.due < due)
			due = plan->v[i].reminder.due;
	return due;
}

bool rung_is_next(const struct rung *rung, int64_t due)
{
	return is_to_come(rung) && rung->reminder.due == due;
}
