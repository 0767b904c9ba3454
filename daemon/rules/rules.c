#include "daemon/rules/parts.h"

#include <stdlib.h>

/* The limit that took something of a cell: of those that are full, the smallest. */
static const struct rule *cutter(const struct judgement *j, const struct cell *cell)
{
	const struct instance *best = NULL;

	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		if (!set_has(&cell->in, i) || !in->rule || in->rule->verb != RULE_LIMIT ||
		    in->rule->toward != NO_RULE || !in->full)
			continue;
		if (!best || in->amount < best->amount)
			best = in;
	}
	return best ? best->rule : NULL;
}

/* Within a cell the earlier entry has the room. */
static void cut_parts(const struct judgement *j, struct judged_part *parts)
{
	int64_t *left = arena_array(j->a, j->cell_count, sizeof(*left));

	for (size_t c = 0; c < j->cell_count; c++)
		left[c] = j->cells[c].counted;
	for (size_t i = 0; i < j->c->n; i++) {
		struct judged_part *p = &parts[i];
		int32_t cell = j->entry_cell[i];
		if (cell < 0)
			continue;
		p->counted = p->value < left[cell] ? p->value : left[cell];
		left[cell] -= p->counted;
		if (p->counted == p->value || p->state == PART_OUTSIDE)
			continue;
		p->rule = cutter(j, &j->cells[cell]);
		if (p->state != PART_CARRIED)
			p->state = PART_CUT;
	}
}

#ifdef PDH_CHECKED
/* Nothing is lost: what was worth something is counted or cut, part by part, and the
 * parts of the period come to what counts there. */
static void check_sums(const struct judgement *j, const struct judged_part *parts)
{
	int128 counted = 0, cells = 0;

	for (size_t i = 0; i < j->c->n; i++) {
		if (parts[i].counted < 0 || parts[i].counted > parts[i].value)
			abort();
		if (j->entry_cell[i] >= 0)
			counted += parts[i].counted;
	}
	for (size_t c = 0; c < j->cell_count; c++)
		cells += j->cells[c].counted;
	if (counted != cells)
		abort();
}
#else
static void check_sums(const struct judgement *j, const struct judged_part *parts)
{
	(void)j;
	(void)parts;
}
#endif

void judge_cells(const struct rules_case *c, struct arena *a, bool with_unsure,
		 struct judgement *ret, struct verdict *v)
{
	bool parts = c->parts;

#ifdef PDH_CHECKED
	parts = true;
#endif
	*ret = (struct judgement){.c = c, .a = a, .with_unsure = with_unsure};
	*v = (struct verdict){0};
	if (parts)
		v->parts = arena_array(a, c->n, sizeof(*v->parts));
	judge_windows(ret, v);
	judge_classes(ret);
	judge_entries(ret, v, v->parts);
	judge_places(ret);
}

void judge_case(const struct rules_case *c, struct arena *a, bool with_unsure,
		struct judgement *ret, struct verdict *v)
{
	judge_cells(c, a, with_unsure, ret, v);
	judge_things(ret);
	judge_limits(ret);
	judge_needs(ret, v);
	if (v->parts) {
		cut_parts(ret, v->parts);
		check_sums(ret, v->parts);
	}
}

static bool is_not_sure(const struct judgement *j, const struct rule *r)
{
	const char *why;

	return r->level == LEVEL_UNSURE || rule_applies(j, r, &why) == UNKNOWN;
}

/* Whether it could come out otherwise if the rules that are not sure did not hold. Most
 * often it could not: what they ask for is there and keeps it from no other need, and
 * nothing is cut. */
static bool may_differ(const struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		bool worth = r->verb == RULE_CREDIT || r->verb == RULE_ADJUST;
		if ((worth || r->alternatives || r == j->total || r->on_top) &&
		    is_not_sure(j, r))
			return true;
	}
	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		if (in->rule && in->rule->verb == RULE_LIMIT && in->logged > in->amount)
			return true;
		if (in->rule && in->rule->verb == RULE_NEED &&
		    (in->rule->exclusive || in->have < in->amount) &&
		    is_not_sure(j, in->rule))
			return true;
	}
	return false;
}

void rules_evaluate(const struct rules_case *c, struct arena *a, struct verdict *ret)
{
	struct judgement j;
	struct verdict without;

	judge_case(c, a, true, &j, ret);
	ret->otherwise = ret->counted;
	if (!c->rules->has_unsure)
		return;
	bool differ = may_differ(&j);
#ifndef PDH_CHECKED
	if (!differ)
		return;
#endif
	judge_case(c, a, false, &j, &without);
	if (!differ && (without.counted != ret->counted || without.met != ret->met))
		abort();
	ret->otherwise = without.counted;
	ret->undecided = ret->undecided || without.met != ret->met;
}
