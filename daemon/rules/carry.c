/* What goes on from one period to the next: hours beyond what is required. */
#include "daemon/rules/parts.h"

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
	rules_judge(&fresh, a, true, &j, &v);
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

/* What there is room for, before anything goes. */
static void make_room(struct carrier *k, const struct carry_out *out)
{
	const struct carry *rule = k->rule->carry;

	k->room = least(out->surplus, most_of_rule(k));
	find_spare(k);
	k->part_room = arena_array(k->j.a, rule->part_count, sizeof(*k->part_room));
	for (size_t p = 0; p < rule->part_count; p++)
		k->part_room[p] = rule->parts[p].most;
}

static bool begin(struct carrier *k, struct carry_out *ret)
{
	const struct carry *rule = k->rule->carry;

	bool over = !k->v.suspended && k->v.counted > k->v.required;

	ret->surplus = over ? k->v.counted - k->v.required : 0;
	make_room(k, ret);
	k->earned_from = DATE_NONE;
	if (rule->earned_months && k->c->period.to != DATE_NONE)
		k->earned_from =
			date_add_months(k->c->period.to + 1, -rule->earned_months);
	if (k->v.suspended)
		ret->why = "the board required no hours, so none are left over";
	else if (ret->surplus == 0)
		ret->why = "no hours are left over";
	else if (k->room == 0)
		ret->why = "the board carries nothing over";
	else if (rule->block_if_used && k->v.carried > 0 &&
		 !met_without_carried(k->c, k->j.a))
		ret->why = "hours that were carried in were needed";
	return ret->why == NULL;
}

/* The latest hours first, each as far as it makes nothing short. */
static void take_latest(struct carrier *k, struct carry_out *ret)
{
	for (size_t i = k->c->n; i-- > 0 && k->room > 0;) {
		int64_t amount = may_go(k, i) ? most_of(k, i) : 0;
		if (amount > 0)
			take(k, i, amount, ret);
	}
}

/* ---- as much as may go ------------------------------------------------------------------- */

/* Hours between which nothing chooses: of one cell, and under the same parts of the rule. */
static size_t group_of(const struct carrier *k, struct leave *leave, size_t entry)
{
	size_t cell = (size_t)k->j.entry_cell[entry];
	uint64_t parts = 0;

	for (size_t p = 0; p < k->rule->carry->part_count; p++)
		if (in_part(k, p, entry))
			parts |= UINT64_C(1) << p;
	for (size_t i = 0; i < leave->n; i++)
		if (leave->v[i].cell == cell && leave->v[i].parts == parts)
			return i;
	leave->v = arena_grow(k->j.a, leave->v, leave->n, sizeof(*leave->v));
	leave->v[leave->n] = (struct leaving){.cell = cell, .parts = parts};
	return leave->n++;
}

/* Entries of needs that count things stay, as far as they go one by one too. */
static bool is_thing(const struct carrier *k, size_t entry)
{
	const struct cell *cell = &k->j.cells[k->j.entry_cell[entry]];

	for (size_t i = 1; i < k->j.n; i++) {
		const struct rule *r = k->j.instances[i].rule;
		if (set_has(&cell->in, i) && r && r->verb == RULE_NEED &&
		    r->measure != MEASURE_CREDIT && k->spare[i] == 0)
			return true;
	}
	return false;
}

/* Of two groups that goes first of which the latest hours are later. */
static void find_groups(struct carrier *k, struct leave *leave, size_t *group)
{
	for (size_t i = 0; i < k->c->n; i++) {
		group[i] = SIZE_MAX;
		if (!may_go(k, i) || is_thing(k, i))
			continue;
		group[i] = group_of(k, leave, i);
		struct leaving *l = &leave->v[group[i]];
		l->most = added(l->most, k->v.parts[i].counted);
	}
	int64_t rank = (int64_t)leave->n;
	for (size_t i = k->c->n; i-- > 0;)
		if (group[i] != SIZE_MAX && leave->v[group[i]].late == 0)
			leave->v[group[i]].late = rank--;
}

/* The period as it counts, where each need asks for what it has of what it wants. */
static struct judgement as_it_stands(const struct carrier *k)
{
	struct judgement j = k->j;

	j.instances = arena_array(j.a, j.n, sizeof(*j.instances));
	j.cells = arena_array(j.a, j.cell_count, sizeof(*j.cells));
	for (size_t i = 0; i < j.n; i++) {
		struct instance *in = &j.instances[i];
		*in = k->j.instances[i];
		bool need = in->rule && in->rule->verb == RULE_NEED;
		if (need && in->rule->level == LEVEL_SHOULD)
			in->amount = 0;
		else if (need)
			in->amount = least(in->have, in->amount);
	}
	for (size_t c = 0; c < j.cell_count; c++) {
		j.cells[c] = k->j.cells[c];
		j.cells[c].available = k->j.cells[c].counted;
	}
	return j;
}

/* False where there is no answer. */
static bool take_most(struct carrier *k, struct carry_out *ret)
{
	struct leave leave = {.room = k->room,
			      .part_room = k->part_room,
			      .part_count = k->rule->carry->part_count};
	size_t *group = arena_array(k->j.a, k->c->n, sizeof(*group));
	struct judgement j = as_it_stands(k);

	find_groups(k, &leave, group);
	if (!choose_leaving(&j, &leave))
		return false;
	for (size_t i = k->c->n; i-- > 0;) {
		struct leaving *l = group[i] == SIZE_MAX ? NULL : &leave.v[group[i]];
		int64_t amount = l ? least(l->goes, k->v.parts[i].counted) : 0;
		if (amount <= 0)
			continue;
		l->goes -= amount;
		take(k, i, amount, ret);
	}
	return true;
}

static bool has_share(const struct judgement *j)
{
	for (size_t i = 1; i < j->n; i++)
		if (is_limit(&j->instances[i]) &&
		    j->instances[i].rule->amount.kind == AMOUNT_OF_COUNTED)
			return true;
	return false;
}

void rules_carry_out(const struct rules_case *given, struct arena *a,
		     struct carry_out *ret)
{
	struct rules_case c = *given;
	struct carrier k = {.c = &c};
	struct carry_out most;

	c.parts = true;
	*ret = (struct carry_out){0};
	rules_judge(&c, a, true, &k.j, &k.v);
	k.rule = ret->rule = find_rule(&k.j);
	if (!k.rule || !begin(&k, ret))
		return;
	most = *ret;
	take_latest(&k, ret);
	/* One by one is enough where the room was filled; but less hours leave a share of
	 * them less room, which is not seen one by one. */
	bool share = has_share(&k.j);
	if (k.room > 0 || share) {
		make_room(&k, &most);
		if (take_most(&k, &most) && (share || most.amount > ret->amount))
			*ret = most;
	}
	if (ret->amount == 0)
		ret->why = "none of the hours left over may be carried over";
}
