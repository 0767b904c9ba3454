/* What was done in the days of grace, and fills the period that it was done late for. */
#include "daemon/rules/parts.h"

/* One need and how far it is filled; of the total, too. */
struct gap {
	const struct rule *measured;
	int64_t hours, things; /* missing, in the unit of either */
	bool met;
};

static void add_gap(const struct judged_need *n, struct gap *g)
{
	bool hours = n->measured->measure == MEASURE_CREDIT;

	if (n->rule->level == LEVEL_SHOULD || n->state == JUDGED_NOT_APPLYING)
		return;
	g->measured = n->measured;
	g->met = n->state == JUDGED_MET || n->state == JUDGED_SO_FAR;
	*(hours ? &g->hours : &g->things) += n->missing;
}

/* What is missing, rule by rule, and of the total; and what the last entry is worth. */
static int64_t find_gaps(const struct rules_case *c, struct arena *a, struct gap *ret)
{
	struct judgement j;
	struct verdict v;

	for (size_t i = 0; i <= c->rules->n; i++)
		ret[i] = (struct gap){.met = true};
	rules_judge(c, a, true, &j, &v);
	ret[0].hours = v.remaining;
	for (size_t i = 0; i < v.need_count; i++)
		add_gap(&v.needs[i],
			&ret[1 + (size_t)(v.needs[i].rule - c->rules->rules)]);
	return c->n ? j.value[c->n - 1] : 0;
}

/* What of an entry fills a gap: so many hours, or all of it where it is counted as a thing, for
 * one thing is not done for two periods. */
static int64_t filled(const struct gap *before, const struct gap *after, int64_t worth)
{
	if (!before->met && after->met && before->measured != after->measured)
		return worth;
	if (before->measured == after->measured && after->things < before->things)
		return worth;
	int64_t hours = before->hours - after->hours;
	return hours > worth ? worth : hours;
}

/* Entries of the days of grace are taken in one by one; what makes something less short is used,
 * and no more of it than that. */
void rules_fill_late(const struct rules_case *given, struct arena *a,
		     struct carry_out *ret)
{
	size_t gaps = given->rules->n + 1;
	struct rules_case c = *given;
	struct entry *some = arena_array(a, c.n, sizeof(*some));
	struct gap *before = arena_array(a, gaps, sizeof(*before));
	struct gap *after = arena_array(a, gaps, sizeof(*after));

	*ret = (struct carry_out){0};
	c.entries = some;
	c.n = 0;
	for (size_t i = 0; i < given->n; i++) {
		const struct entry *e = &given->entries[i];
		bool late = e->done_on > c.period.to;
		if (late)
			(void)find_gaps(&c, a, before);
		some[c.n++] = *e;
		if (!late)
			continue;
		int64_t worth = find_gaps(&c, a, after), used = 0;
		for (size_t k = 0; k < gaps; k++) {
			int64_t one = filled(&before[k], &after[k], worth);
			used = one > used ? one : used;
		}
		if (used <= 0) {
			c.n--;
			continue;
		}
		ret->amount = added(ret->amount, used);
		ret->parts = arena_grow(a, ret->parts, ret->n, sizeof(*ret->parts));
		ret->parts[ret->n++] = (struct carried_part){i, used};
	}
}
