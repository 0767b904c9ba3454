#include "daemon/judge/ledger_entries.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 64 };

void ledger_entries_add(struct ledger_entries *l, const struct ledger_entry *entry)
{
	if (l->n == l->room) {
		size_t room = l->room ? 2 * l->room : ROOM_FIRST;
		struct ledger_entry *v = realloc(l->v, room * sizeof(*v));
		if (!v)
			oom();
		l->v = v;
		l->room = room;
	}
	l->v[l->n++] = *entry;
}

static int by_day(const void *a, const void *b)
{
	const struct ledger_entry *x = a, *y = b;

	if (x->entry.done_on != y->entry.done_on)
		return x->entry.done_on < y->entry.done_on ? -1 : 1;
	if (x->entry.id != y->entry.id)
		return x->entry.id < y->entry.id ? -1 : 1;
	return x->part - y->part;
}

/* From behind, so that what is in its order moves once at most, and not at all where what is new is the latest. */
void ledger_entries_sort(struct ledger_entries *l)
{
	size_t more = l->n - l->sorted, old = l->sorted, to = l->n;

	if (more == 0)
		return;
	qsort(l->v + old, more, sizeof(*l->v), by_day);
	l->sorted = l->n;
	if (old == 0 || by_day(&l->v[old - 1], &l->v[old]) < 0)
		return;
	struct ledger_entry *tail = malloc(more * sizeof(*tail));
	if (!tail)
		oom();
	memcpy(tail, l->v + old, more * sizeof(*tail));
	while (more > 0)
		l->v[--to] = old > 0 && by_day(&l->v[old - 1], &tail[more - 1]) > 0
				     ? l->v[--old]
				     : tail[--more];
	free(tail);
}

size_t ledger_entries_from(const struct ledger_entries *l, civil_day day)
{
	size_t low = 0, high = l->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (l->v[middle].entry.done_on < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t ledger_entries_remove(struct ledger_entries *l, civil_day day, int64_t id)
{
	ledger_entries_sort(l);
	size_t at = ledger_entries_from(l, day), first = at;

	while (at < l->n && l->v[at].entry.done_on == day && l->v[at].entry.id != id)
		first = ++at;
	while (at < l->n && l->v[at].entry.done_on == day && l->v[at].entry.id == id)
		at++;
	if (at > first)
		memmove(l->v + first, l->v + at, (l->n - at) * sizeof(*l->v));
	l->n -= at - first;
	l->sorted = l->n;
	return at - first;
}

void ledger_entries_done(struct ledger_entries *l)
{
	free(l->v);
	*l = (struct ledger_entries){0};
}
