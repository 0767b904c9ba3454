#include "daemon/judge/duty.h"

#include "common/texts.h"
#include "daemon/judge/judge.h"

#include <string.h>

bool duty_is(const struct rule *r, enum duty_act act)
{
	return r->verb == RULE_DUTY && r->duty->act == act;
}

const char *duty_title(const struct rule *r, struct arena *a)
{
	return r->title ? r->title
			: arena_printf(a, "%s: %s", duty_act_word(r->duty->act), r->id);
}

int duty_case_of(struct work *w, const struct held *h, struct duty_case *ret,
		 struct err *e)
{
	int r = judge_facts(w, h, w->today, &ret->facts, e);

	ret->c = (struct rules_case){
		.rules = &h->cycle.rules,
		.period = {h->cycle.begins, h->cycle.ends},
		.day = w->today,
		.facts = &ret->facts,
		.closed = h->cycle.closed_on != DATE_NONE,
	};
	return r;
}

bool duties_ask(struct work *w, const struct duty_case *of, const struct rule *r)
{
	const char *why;

	return r->verb == RULE_DUTY && !duty_is(r, ACT_KEEP_PROOF) &&
	       rules_duty(&of->c, r, w->arena, &why) == JUDGED_SHORT;
}

bool duty_is_from_before(struct work *w, const struct duty_case *of, const struct rule *r,
			 civil_day due)
{
	civil_day ends = of->c.period.to, last = due;

	if (r->duty->late_until)
		last = rules_day(&of->c, r->duty->late_until, w->arena);
	return due != DATE_NONE && due < w->today && last < w->today &&
	       (ends == DATE_NONE || ends >= w->today);
}

/* ---- the rule behind an item ------------------------------------------------------------ */

static const struct rule *duty_named(const struct ruleset *rules, const char *id)
{
	for (size_t i = 0; i < rules->n; i++)
		if (rules->rules[i].verb == RULE_DUTY &&
		    strcmp(rules->rules[i].id, id) == 0)
			return &rules->rules[i];
	return NULL;
}

int duties_find(struct work *w, const struct held *h, int64_t cycle_id, const char *rule,
		struct held *ret_held, const struct rule **ret, struct err *e)
{
	struct held_cycle *cycles;
	size_t n = 0;
	int r = 0;

	*ret_held = *h;
	*ret = NULL;
	if (h->cycle.id != cycle_id)
		r = held_cycles(w, h->id, &cycles, &n, e);
	for (size_t i = 0; r == 0 && i < n; i++)
		if (cycles[i].id == cycle_id)
			ret_held->cycle = cycles[i];
	if (r == 0 && ret_held->cycle.id == cycle_id)
		*ret = duty_named(&ret_held->cycle.rules, rule);
	return r < 0 ? r : *ret != NULL;
}

int duties_asked(struct work *w, const struct held *h, const char *rule, struct err *e)
{
	const struct rule *duty = duty_named(&h->cycle.rules, rule);
	struct duty_case of;
	const char *why;

	if (!duty)
		return 0;
	int r = duty_case_of(w, h, &of, e);
	return r < 0 ? r : rules_duty(&of.c, duty, w->arena, &why) == JUDGED_SHORT;
}

int duties_describe(struct work *w, const struct held *h, const struct rule *r,
		    struct item *item, struct err *e)
{
	struct duty_case of;

	item->act = r->duty->act;
	item->level = rules_level(r->level);
	item->cite = r->cite;
	item->mark = r->mark;
	item->fee = r->duty->fee;
	if (!r->duty->open && !r->duty->late_until)
		return 0;
	int failed = duty_case_of(w, h, &of, e);
	if (failed < 0)
		return failed;
	if (r->duty->open)
		item->opens = rules_day(&of.c, r->duty->open, w->arena);
	if (r->duty->late_until)
		item->late_until = rules_day(&of.c, r->duty->late_until, w->arena);
	return 0;
}

/* ---- what is told beside the items ------------------------------------------------------- */

static bool has_duty(const struct held *h)
{
	for (size_t i = 0; i < h->cycle.rules.n; i++)
		if (h->cycle.rules.rules[i].verb == RULE_DUTY)
			return true;
	return false;
}

int duties_keep_proof(struct work *w, const struct held *h, civil_day *ret, struct err *e)
{
	const struct ruleset *rules = &h->cycle.rules;
	struct duty_case of;
	const char *why;

	*ret = DATE_NONE;
	if (!has_duty(h))
		return 0;
	int r = duty_case_of(w, h, &of, e);
	for (size_t i = 0; r == 0 && i < rules->n; i++) {
		const struct rule *rule = &rules->rules[i];
		if (!duty_is(rule, ACT_KEEP_PROOF) ||
		    rules_duty(&of.c, rule, w->arena, &why) == JUDGED_NOT_APPLYING)
			continue;
		civil_day day = rules_due(&of.c, rule->duty, w->arena);
		if (*ret == DATE_NONE || (day != DATE_NONE && day > *ret))
			*ret = day;
	}
	return r;
}

static const char *undecided_text(struct work *w, const struct rules_case *c,
				  const struct rule *r, const char *why)
{
	civil_day due = rules_due(c, r->duty, w->arena);
	const char *title = duty_title(r, w->arena);

	if (due == DATE_NONE)
		return arena_printf(w->arena, "%s: %s", title, why);
	return arena_printf(w->arena, "%s, due %s: %s", title, texts_day(w->arena, due),
			    why);
}

int duties_undecided(struct work *w, const struct held *h, struct texts *ret,
		     struct err *e)
{
	const struct ruleset *rules = &h->cycle.rules;
	struct duty_case of;
	const char *why;

	if (!has_duty(h))
		return 0;
	int r = duty_case_of(w, h, &of, e);
	for (size_t i = 0; r == 0 && i < rules->n; i++)
		if (rules->rules[i].verb == RULE_DUTY &&
		    rules_duty(&of.c, &rules->rules[i], w->arena, &why) ==
			    JUDGED_UNDECIDED)
			texts_add(ret, undecided_text(w, &of.c, &rules->rules[i], why),
				  w->arena);
	return r;
}
