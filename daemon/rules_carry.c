/* What goes on from one period to the next: hours beyond what is required. */
#include "daemon/rules_parts.h"

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* ---- carry-over -------------------------------------------------------------------------- */

struct carrier {
	const struct rules_case *c;
	const struct rule *rule;
	struct judgement j;
	struct verdict v;
	int64_t room;	       /* for what goes on */
	int64_t *spare;	       /* by instance: what a need has beyond its amount */
	int64_t *part_room;    /* by part of the rule */
	civil_day earned_from; /* DATE_NONE: at any time */
};

static const struct rule *find_rule(struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;
	const char *why;

	for (size_t i = 0; i < rules->n; i++)
		if (rules->rules[i].verb == RULE_CARRY &&
		    rule_applies(j, &rules->rules[i], &why) != NO)
			return &rules->rules[i];
	return NULL;
}

/* What each need could do without. A need that asks for a number of things, and not for
 * hours, may need every one of its entries. */
static void find_spare(struct carrier *k)
{
	const struct judgement *j = &k->j;

	k->spare = arena_array(j->a, j->n, sizeof(*k->spare));
	for (size_t i = 0; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		bool need = in->rule && in->rule->verb == RULE_NEED &&
			    in->rule->level != LEVEL_SHOULD;
		k->spare[i] = INT64_MAX;
		if (need && in->rule->measure == MEASURE_CREDIT)
			k->spare[i] = in->have > in->amount ? in->have - in->amount : 0;
		else if (need && in->rule->measure != MEASURE_UNIT)
			k->spare[i] = 0;
	}
}

static bool may_go(const struct carrier *k, size_t entry)
{
	const struct entry *e = &k->c->entries[entry];
	const struct rule *r = k->rule;

	return e->unit != UNIT_CARRIED && k->j.entry_cell[entry] >= 0 &&
	       in_span(&k->j, e->done_on) &&
	       (k->earned_from == DATE_NONE || e->done_on >= k->earned_from) &&
	       (r->where == WHERE_ALL ||
		rules_where(&k->c->rules->wheres[r->where], &k->c->classes[e->class]));
}

static bool in_part(const struct carrier *k, size_t part, size_t entry)
{
	const struct carry_part *p = &k->rule->carry->parts[part];

	return rules_where(&k->c->rules->wheres[p->where],
			   &k->c->classes[k->c->entries[entry].class]);
}

/* How much of an entry can go without making anything short that is met. */
static int64_t most_of(const struct carrier *k, size_t entry)
{
	const struct cell *cell = &k->j.cells[k->j.entry_cell[entry]];
	int64_t most = least(k->v.parts[entry].counted, k->room);

	for (size_t i = 1; i < k->j.n; i++)
		if (set_has(&cell->in, i))
			most = least(most, k->spare[i]);
	for (size_t p = 0; p < k->rule->carry->part_count; p++)
		if (in_part(k, p, entry))
			most = least(most, k->part_room[p]);
	return most;
}

static void take(struct carrier *k, size_t entry, int64_t amount, struct carry_out *ret)
{
	const struct cell *cell = &k->j.cells[k->j.entry_cell[entry]];

	k->room -= amount;
	ret->amount += amount;
	for (size_t i = 1; i < k->j.n; i++)
		if (set_has(&cell->in, i) && k->spare[i] != INT64_MAX)
			k->spare[i] -= amount;
	for (size_t p = 0; p < k->rule->carry->part_count; p++)
		if (in_part(k, p, entry))
			k->part_room[p] -= amount;
	ret->parts = arena_grow(k->j.a, ret->parts, ret->n, sizeof(*ret->parts));
	ret->parts[ret->n++] = (struct carried_part){entry, amount};
}

/* Whether the period is met without what was carried into it. */
static bool met_without_carried(const struct rules_case *c, struct arena *a)
{
	struct entry *own = arena_array(a, c->n, sizeof(*own));
	struct rules_case fresh = *c;
	struct judgement j;
	struct verdict v;

	fresh.entries = own;
	fresh.n = 0;
	for (size_t i = 0; i < c->n; i++)
		if (c->entries[i].unit != UNIT_CARRIED)
			own[fresh.n++] = c->entries[i];
	judge_case(&fresh, a, true, &j, &v);
	return v.total_met;
}

static int64_t most_of_rule(struct carrier *k)
{
	const struct rule *r = k->rule;

	if (r->carry->unbounded)
		return INT64_MAX;
	if (r->amount.kind == AMOUNT_OF_REQUIRED)
		return scaled(k->v.required, r->amount.share.num, r->amount.share.den);
	return r->amount.exact;
}

static bool begin(struct carrier *k, struct carry_out *ret)
{
	const struct carry *rule = k->rule->carry;

	ret->surplus = k->v.counted > k->v.required ? k->v.counted - k->v.required : 0;
	k->room = least(ret->surplus, most_of_rule(k));
	k->earned_from = DATE_NONE;
	if (rule->earned_months && k->c->period.to != DATE_NONE)
		k->earned_from =
			date_add_months(k->c->period.to + 1, -rule->earned_months);
	find_spare(k);
	k->part_room = arena_array(k->j.a, rule->part_count, sizeof(*k->part_room));
	for (size_t p = 0; p < rule->part_count; p++)
		k->part_room[p] = rule->parts[p].most;
	if (ret->surplus == 0)
		ret->why = "no hours are left over";
	else if (k->room == 0)
		ret->why = "the board carries nothing over";
	else if (rule->block_if_used && k->v.carried > 0 &&
		 !met_without_carried(k->c, k->j.a))
		ret->why = "hours that were carried in were needed";
	return ret->why == NULL;
}

void rules_carry_out(const struct rules_case *given, struct arena *a,
		     struct carry_out *ret)
{
	struct rules_case c = *given;
	struct carrier k = {.c = &c};

	c.parts = true;
	*ret = (struct carry_out){0};
	judge_case(&c, a, true, &k.j, &k.v);
	k.rule = ret->rule = find_rule(&k.j);
	if (!k.rule || !begin(&k, ret))
		return;
	for (size_t i = c.n; i-- > 0 && k.room > 0;) {
		int64_t amount = may_go(&k, i) ? most_of(&k, i) : 0;
		if (amount > 0)
			take(&k, i, amount, ret);
	}
	if (ret->amount == 0)
		ret->why = "none of the hours left over may go on";
}
