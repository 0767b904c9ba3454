#include "daemon/rules/parts.h"

#include <stdlib.h>

/* The limit that took something of a cell: of those that are full, the smallest. 0: none. */
static size_t cutter(const struct judgement *j, const struct cell *cell)
{
	size_t best = 0;

	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		if (!set_has(&cell->in, i) || !is_limit(in) ||
		    in->rule->toward != NO_RULE || !in->full)
			continue;
		if (!best || in->amount < j->instances[best].amount)
			best = i;
	}
	return best;
}

/* What was cut is told by the limit that cut it. */
static void cut(const struct judgement *j, size_t cell, struct judged_part *p)
{
	bool brought = p->state == PART_CARRIED || p->state == PART_LATE;

	p->cut_by = cutter(j, &j->cells[cell]);
	p->rule = j->instances[p->cut_by].rule;
	if (!brought)
		p->state = PART_CUT;
}

/* Within a cell the earlier entry has the room. */
static void cut_parts(const struct judgement *j, struct judged_part *parts)
{
	int64_t *left = arena_array(j->a, j->cell_count, sizeof(*left));
	int64_t *total = arena_array(j->a, j->cell_count, sizeof(*total));

	for (size_t c = 0; c < j->cell_count; c++) {
		left[c] = j->cells[c].counted;
		total[c] = j->cells[c].of_total;
	}
	for (size_t i = 0; i < j->c->n; i++) {
		struct judged_part *p = &parts[i];
		int32_t cell = j->entry_cell[i];
		if (cell < 0)
			continue;
		p->counted = p->value < left[cell] ? p->value : left[cell];
		left[cell] -= p->counted;
		p->of_total = p->counted < total[cell] ? p->counted : total[cell];
		total[cell] -= p->of_total;
		if (p->counted < p->value && p->state != PART_OUTSIDE)
			cut(j, (size_t)cell, p);
	}
}

/* The needs that measure amounts in one of our units; UNIT_COUNT: all of them. */
static struct instance_set find_measures(const struct judgement *j, enum credit_unit unit)
{
	struct instance_set set = {{0}};

	for (size_t i = 1; i < j->n; i++) {
		const struct rule *r = j->instances[i].rule;
		if (r && r->verb == RULE_NEED && r->measure == MEASURE_UNIT &&
		    (unit == UNIT_COUNT || r->unit == unit))
			set_add(&set, i);
	}
	return set;
}

/* What is worth nothing serves those needs alone that measure its unit. */
static void tell_places(const struct judgement *j, struct judged_part *parts)
{
	struct instance_set by_unit[UNIT_COUNT + 1], measures;

	for (int u = 0; u <= UNIT_COUNT; u++)
		by_unit[u] = find_measures(j, (enum credit_unit)u);
	measures = by_unit[UNIT_COUNT];
	by_unit[UNIT_CARRIED] = (struct instance_set){{0}};
	for (size_t i = 0; i < j->c->n; i++) {
		const struct entry *e = &j->c->entries[i];
		const struct instance_set *takes = &j->takes[e->class],
					  *live = &j->live[j->segment_of[i]];
		for (size_t k = 0; k < INSTANCE_WORDS; k++) {
			uint64_t open = by_unit[e->unit].bits[k];
			if (parts[i].value > 0)
				open |= ~measures.bits[k];
			parts[i].in.bits[k] = takes->bits[k] & live->bits[k] & open;
		}
	}
}

static void tell_instances(const struct judgement *j, struct verdict *v)
{
	struct judged_instance *all = arena_array(j->a, j->n, sizeof(*all));

	for (size_t i = 0; i < j->n; i++)
		all[i] = (struct judged_instance){j->instances[i].rule,
						  j->instances[i].window};
	v->instances = all;
	v->instance_count = j->n;
}

#ifdef PDH_CHECKED
/* Nothing is lost: what was worth something is counted or cut, part by part, and the
 * parts of the period come to what counts there, and to the total. */
static void check_sums(const struct judgement *j, const struct verdict *v)
{
	int128 counted = 0, cells = 0, total = 0;

	for (size_t i = 0; i < j->c->n; i++) {
		const struct judged_part *p = &v->parts[i];
		if (p->counted < 0 || p->counted > p->value || p->of_total < 0 ||
		    p->of_total > p->counted)
			abort();
		if (j->entry_cell[i] >= 0)
			counted += p->counted;
		total += p->of_total;
	}
	for (size_t c = 0; c < j->cell_count; c++)
		cells += j->cells[c].counted;
	if (counted != cells || total != v->counted)
		abort();
}
#else
static void check_sums(const struct judgement *j, const struct verdict *v)
{
	(void)j;
	(void)v;
}
#endif

void rules_cells(const struct rules_case *c, struct arena *a, reading holds,
		 struct judgement *ret, struct verdict *v)
{
	bool parts = c->parts;

#ifdef PDH_CHECKED
	parts = true;
#endif
	*ret = (struct judgement){.c = c, .a = a, .holds = holds};
	*v = (struct verdict){0};
	if (parts)
		v->parts = arena_array(a, c->n, sizeof(*v->parts));
	window_judge(ret, v);
	class_judge(ret);
	worth_judge(ret, v, v->parts);
	cell_places(ret);
}

void judge_reading(const struct rules_case *c, struct arena *a, reading holds,
		   struct judgement *ret, struct verdict *v)
{
	rules_cells(c, a, holds, ret, v);
	need_things(ret);
	choose_limits(ret);
	need_judge(ret, v);
	if (v->parts) {
		cut_parts(ret, v->parts);
		tell_places(ret, v->parts);
		tell_instances(ret, v);
		check_sums(ret, v);
	}
}

void rules_judge(const struct rules_case *c, struct arena *a, bool with_unsure,
		 struct judgement *ret, struct verdict *v)
{
	judge_reading(c, a, with_unsure ? READING_ALL : READING_NONE, ret, v);
}

void rules_evaluate(const struct rules_case *c, struct arena *a, struct verdict *ret)
{
	struct judgement j;

	rules_judge(c, a, true, &j, ret);
	ret->otherwise = ret->counted;
	if (c->rules->has_unsure)
		judge_readings(&j, ret);
}

enum told_level rules_level(enum rule_level level)
{
	static const enum told_level told[] = {[LEVEL_MUST] = RULE_LEVEL_MUST,
					       [LEVEL_SHOULD] = RULE_LEVEL_SHOULD,
					       [LEVEL_UNSURE] = RULE_LEVEL_UNSURE};

	return told[level];
}
