#include "daemon/loop/turns.h"

#include <stddef.h>

void turns_join(struct turns *t, struct turns_seat *seat)
{
	if (seat->waits)
		return;
	seat->waits = true;
	if (seat->served < t->least)
		seat->served = t->least;
	seat->next = NULL;
	seat->before = t->last;
	if (t->last)
		t->last->next = seat;
	else
		t->first = seat;
	t->last = seat;
}

void turns_leave(struct turns *t, struct turns_seat *seat)
{
	if (!seat->waits)
		return;
	seat->waits = false;
	if (seat->before)
		seat->before->next = seat->next;
	else
		t->first = seat->next;
	if (seat->next)
		seat->next->before = seat->before;
	else
		t->last = seat->before;
}

struct turns_seat *turns_pick(struct turns *t)
{
	enum { FOURTH = 4 };
	struct turns_seat *least = t->first;

	for (struct turns_seat *s = t->first; s; s = s->next)
		if (s->served < least->served)
			least = s;
	if (!least)
		return NULL;
	t->least = least->served;
	struct turns_seat *next = ++t->picks % FOURTH ? least : t->first;
	turns_leave(t, next);
	return next;
}

void turns_charge(struct turns_seat *seat, uint64_t ns)
{
	seat->served += ns;
}
