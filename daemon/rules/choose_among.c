/* Which alternatives the choice of hours serves. It is made without them first; where that
 * leaves one short, every way to pick as many as are needed is tried, as long as there are
 * not too many of them. */
#include "daemon/rules/choose_parts.h"

enum { TRIES_MAX = 100 };

struct picking {
	struct judgement *j;
	uint64_t best;
	int128 least; /* missing with the best */
	int tries;
};

static uint64_t bit_of(const struct judgement *j, const struct rule *r)
{
	return UINT64_C(1) << (r - j->c->rules->rules);
}

/* What is missing of one rule, in all its windows; things weigh more than any hours. */
static int128 missing_of(const struct judgement *j, const struct rule *r)
{
	bool found = false;
	int128 sum = 0;

	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		if (in->rule != r)
			continue;
		found = true;
		int128 more = in->have < in->amount ? in->amount - in->have : 0;
		sum += r->measure == MEASURE_CREDIT ? more : more * INT64_MAX;
	}
	return found ? sum : INT64_MAX * (int128)CREDIT_ONE;
}

/* A need that must be met by some of its alternatives. */
static bool is_parent(const struct judgement *j, const struct rule *r)
{
	const struct ruleset *rules = j->c->rules;

	if (r >= rules->rules + rules->n || !r->alternatives || r->level == LEVEL_SHOULD)
		return false;
	for (size_t i = 1; i < j->n; i++)
		if (j->instances[i].rule == r)
			return true;
	return false;
}

static const struct rule *next_parent(const struct judgement *j, const struct rule *r)
{
	const struct rule *end = j->c->rules->rules + j->c->rules->n;

	while (r < end && !is_parent(j, r))
		r++;
	return r < end ? r : NULL;
}

/* Of so many alternatives those of which the least is missing. */
static int128 nearest(const struct judgement *j, const struct rule *parent)
{
	uint64_t taken = 0;
	int128 sum = 0;

	for (int n = 0; n < parent->alternatives_needed; n++) {
		const struct rule *best = NULL;
		for (int i = 1; i <= parent->alternatives; i++)
			if (!(taken & bit_of(j, parent + i)) &&
			    (!best || missing_of(j, parent + i) < missing_of(j, best)))
				best = parent + i;
		if (!best)
			break;
		taken |= bit_of(j, best);
		sum += missing_of(j, best);
	}
	return sum;
}

static int128 all_missing(const struct judgement *j)
{
	const struct chooser plain = {0};
	const struct rule *parent = j->c->rules->rules;
	int128 sum = 0;

	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		if (choose_is_need(in) && !in->rule->is_alternative &&
		    choose_steers(&plain, in) && in->have < in->amount)
			sum += in->amount - in->have;
	}
	while ((parent = next_parent(j, parent))) {
		sum += nearest(j, parent);
		parent++;
	}
	return sum;
}

static void try_these(struct picking *p, uint64_t among)
{
	p->tries++;
	choose_with(p->j, among);
	int128 missing = all_missing(p->j);
	if (missing < p->least) {
		p->least = missing;
		p->best = among;
	}
}

/* Every way to pick of a parent's alternatives from the one behind `from` on, then of the
 * next parent's. */
static void pick(struct picking *p, const struct rule *parent, int from, int needed,
		 uint64_t among)
{
	if (p->tries >= TRIES_MAX || p->least == 0)
		return;
	if (!parent) {
		try_these(p, among);
		return;
	}
	if (needed == 0) {
		const struct rule *next = next_parent(p->j, parent + 1);
		pick(p, next, 1, next ? next->alternatives_needed : 0, among);
		return;
	}
	for (int i = from; i + needed - 1 <= parent->alternatives; i++)
		pick(p, parent, i + 1, needed - 1, among | bit_of(p->j, parent + i));
}

void choose_limits(struct judgement *j)
{
	struct picking p = {.j = j};
	const struct rule *first = next_parent(j, j->c->rules->rules);

	choose_with(j, 0);
	if (!first)
		return;
	p.least = all_missing(j);
	pick(&p, first, 1, first->alternatives_needed, 0);
	if (p.tries > 0)
		choose_with(j, p.best);
}
