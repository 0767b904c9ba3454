/* All hours of a cycle, or of one activity, by the places they are in. */
#include "daemon/explain/explain.h"

#include "daemon/judge/standing.h"

#include <string.h>

static void add(struct explain_tally *t, enum hours_place place, int64_t id,
		int64_t exact)
{
	if (exact == 0)
		return;
	t->v[place] += exact;
	t->entries[place] += t->last[place] != id;
	t->last[place] = id;
}

static void add_part(const struct explaining *x, size_t i, struct explain_tally *t)
{
	const struct entry *e = &x->j.entries[i];
	const struct judged_part *p = &x->j.verdict.parts[i];
	const struct places s = explain_places(p);

	if (p->state == PART_UNIT) {
		t->units[e->unit] += e->amount;
		t->unit_entries[e->unit] += t->unit_last != e->id;
		t->unit_last = e->id;
		return;
	}
	t->logged += p->base;
	add(t, PLACE_COUNTED, e->id, s.counted);
	add(t, PLACE_CUT, e->id, s.cut);
	add(t, PLACE_REFUSED, e->id, s.refused);
	add(t, PLACE_CHANGED, e->id, s.changed);
	add(t, PLACE_ASIDE, e->id, s.aside);
	add(t, PLACE_HELD, e->id, s.held);
}

/* What was carried over, or done late, counts in the cycle and was not logged in it: the one
 * stands on its first day, the other on its last. */
static void add_carried(const struct explaining *x, size_t i, struct explain_tally *t)
{
	const struct judged_part *p = &x->j.verdict.parts[i];
	bool late = p->state == PART_LATE;

	add(t, PLACE_COUNTED, p->id, p->of_total);
	add(t, PLACE_ASIDE, p->id, p->counted - p->of_total);
	add(t, PLACE_CUT, p->id, p->value - p->counted);
	add(t, late ? PLACE_LATE : PLACE_CARRIED, p->id, -p->value);
}

/* Hours from before the cycle that count in it are more than was logged in it. */
static void add_early(const struct explaining *x, size_t i, struct explain_tally *t)
{
	const struct judged_part *p = &x->j.verdict.parts[i];

	add(t, PLACE_COUNTED, p->id, p->of_total);
	add(t, PLACE_EARLY, p->id, -p->of_total);
}

void explain_count(const struct explaining *x, struct explain_tally *t)
{
	*t = (struct explain_tally){.unit_last = INT_NONE};
	for (int i = 0; i < PLACES; i++)
		t->last[i] = INT_NONE;
	for (size_t i = 0; i < x->j.n; i++) {
		const struct entry *e = &x->j.entries[i];
		if (x->about && e->id != *x->about)
			continue;
		if (x->j.verdict.parts[i].state == PART_CARRIED ||
		    x->j.verdict.parts[i].state == PART_LATE)
			add_carried(x, i, t);
		else if (period_has(x->j.verdict.span, e->done_on))
			add_part(x, i, t);
		else
			add_early(x, i, t);
	}
}

#ifdef PDH_CHECKED
#include <stdlib.h>

/* Nothing is lost: the places add up to what was logged, and what counts is what the
 * verdict says. */
static void check(const struct explaining *x, const struct explain_tally *t)
{
	const struct verdict *v = &x->j.verdict;
	int128 sum = 0;

	for (int i = 0; i < PLACES; i++)
		sum += t->v[i];
	if (sum != t->logged)
		abort();
	if (!x->about && t->logged != v->logged)
		abort();
	if (!x->about && t->v[PLACE_COUNTED] != v->counted)
		abort();
}
#else
static void check(const struct explaining *x, const struct explain_tally *t)
{
	(void)x;
	(void)t;
}
#endif

static struct sum *push(struct explaining *x, struct list *to, enum hours_place place,
			struct credit credit)
{
	struct sum *v = arena_grow(x->w->arena, to->n ? to->v : NULL, to->n, sizeof(*v));

	to->v = v;
	struct sum *s = &v[to->n++];
	*s = (struct sum){.place = place, .credit = credit, .entries = 0};
	return s;
}

/* Planned, kept from it, in no cycle: one sum for each place and unit. */
static void add_outside(struct explaining *x, const struct entry_explained *one,
			struct list *to)
{
	const struct placed *p = &one->parts.v[0];
	struct sum *sums = to->v;
	size_t i = 0;

	while (i < to->n && (sums[i].place != p->place ||
			     strcmp(sums[i].credit.unit, p->credit.unit) != 0))
		i++;
	if (i == to->n)
		sums = push(x, to, p->place, (struct credit){0, p->credit.unit}) - i;
	sums[i].credit.exact += p->credit.exact;
	sums[i].entries++;
}

void explain_sums(struct explaining *x, const struct entry_explained *outside, size_t n,
		  struct credential_explained *ret)
{
	struct list sums = {0, NULL}, beside = {0, NULL};
	struct explain_tally t;

	explain_count(x, &t);
	check(x, &t);
	for (enum hours_place i = PLACE_COUNTED; i <= PLACE_LATE; i++)
		push(x, &sums, i, standing_amount(&x->h->cycle, t.v[i]))->entries =
			t.entries[i];
	for (int i = 0; i < UNIT_COUNT; i++)
		if (t.units[i])
			push(x, &beside, PLACE_UNIT,
			     (struct credit){t.units[i],
					     credit_unit_word((enum credit_unit)i)})
				->entries = t.unit_entries[i];
	for (size_t i = 0; i < n; i++)
		add_outside(x, &outside[i], &beside);
	memcpy(&ret->sums, &sums, sizeof(sums));
	memcpy(&ret->outside, &beside, sizeof(beside));
	ret->logged = standing_amount(&x->h->cycle, t.logged);
	ret->counted = standing_amount(&x->h->cycle, t.v[PLACE_COUNTED]);
}
