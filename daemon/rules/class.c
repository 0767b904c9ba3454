/* What all entries of a class have in common: the needs and limits that speak of them, and
 * the credits. */
#include "daemon/rules/parts.h"

#include <string.h>

/* The credits that hold in this period, by index. */
static uint64_t find_credits(struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;
	uint64_t mask = 0;
	const char *why;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if (r->verb != RULE_CREDIT)
			continue;
		enum answer applies = rule_applies(j, r, &why);
		bool unsure = r->level == LEVEL_UNSURE || applies == UNKNOWN;
		if (applies != NO && (holds_if_unsure(j, r) || !unsure))
			mask |= UINT64_C(1) << i;
	}
	return mask;
}

static uint64_t wheres_of(const struct ruleset *rules, const struct entry_class *class)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < rules->where_count; i++)
		if (rules_where(&rules->wheres[i], class))
			mask |= UINT64_C(1) << i;
	return mask;
}

static bool taken(const struct rule *r, uint64_t mask)
{
	return !r || r->where == WHERE_ALL || (mask >> r->where & 1);
}

bool class_is_carried(const struct entry_class *class)
{
	const struct rule_words *origin = &class->attr[ATTR_ORIGIN];

	return origin->n && entry_origin_of(origin->v[0]) == ORIGIN_CARRIED;
}

/* The needs that carried hours do not serve, by index. */
static uint64_t not_served(struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;
	const char *why;
	uint64_t mask = 0;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if (r->verb == RULE_CARRY && rule_applies(j, r, &why) != NO)
			mask |= r->carry->serves_not;
	}
	return mask;
}

static bool serves(const struct judgement *j, const struct rule *r, uint64_t not_served)
{
	return !r || !(not_served >> (size_t)(r - j->c->rules->rules) & 1);
}

/* Whether a selector fails only because nobody told what the board says of the entry. */
static bool is_untold(const struct where *where, const struct entry_class *class)
{
	bool open = where->any_count == 0;

	if (class->attr[ATTR_APPROVAL].n)
		return false;
	for (size_t i = 0; i < where->n; i++) {
		const struct where one = {.terms = &where->terms[i], .n = 1};
		if (where->terms[i].attr != ATTR_APPROVAL && !rules_where(&one, class))
			return false;
	}
	for (size_t i = 0; i < where->any_count && !open; i++)
		open = is_untold(&where->any[i], class);
	return open && (!where->except || !rules_where(where->except, class));
}

enum gate { GATE_OPEN, GATE_UNTOLD, GATE_SHUT };

static enum gate gate_of(const struct worth_rule *worth, const struct entry_class *class)
{
	bool passes = !worth->only_if || rules_where(worth->only_if, class);

	if (worth->unless && rules_where(worth->unless, class))
		return GATE_SHUT;
	if (passes)
		return GATE_OPEN;
	return is_untold(worth->only_if, class) ? GATE_UNTOLD : GATE_SHUT;
}

static struct class_credits credits_of(const struct judgement *j,
				       const struct entry_class *class, uint64_t mask,
				       uint64_t credits)
{
	struct class_credits all = {0};

	for (; credits; credits &= credits - 1) {
		size_t i = (size_t)__builtin_ctzll(credits);
		const struct rule *r = &j->c->rules->rules[i];
		if (!taken(r, mask))
			continue;
		enum gate gate = gate_of(&r->worth, class);
		all.taken |= UINT64_C(1) << i;
		all.shut |= (uint64_t)(gate == GATE_SHUT) << i;
		all.untold |= (uint64_t)(gate == GATE_UNTOLD) << i;
	}
	return all;
}

/* By class: whether there is an entry of it. Most often the classes are those of all cycles. */
static bool *find_used(const struct judgement *j)
{
	bool *used = arena_array(j->a, j->c->class_count, sizeof(*used));

	for (size_t i = 0; i < j->c->n; i++)
		used[j->c->entries[i].class] = true;
	return used;
}

void class_judge(struct judgement *j)
{
	const bool *used = find_used(j);
	uint64_t barred = not_served(j), credits = find_credits(j);
	size_t classes = j->c->class_count;

	j->takes = arena_array(j->a, classes, sizeof(*j->takes));
	j->credits = arena_array(j->a, classes, sizeof(*j->credits));
	for (size_t k = 0; k < classes; k++) {
		if (!used[k])
			continue;
		uint64_t mask = wheres_of(j->c->rules, &j->c->classes[k]);
		uint64_t not = class_is_carried(&j->c->classes[k]) ? barred : 0;
		set_add(&j->takes[k], 0);
		for (size_t i = 1; i < j->n; i++)
			if (taken(j->instances[i].rule, mask) &&
			    serves(j, j->instances[i].rule, not ))
				set_add(&j->takes[k], i);
		j->credits[k] = credits_of(j, &j->c->classes[k], mask, credits);
	}
}
