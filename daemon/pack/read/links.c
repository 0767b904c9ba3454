/* References between rules, and what follows from all of them together. */
#include "daemon/pack/read/rule.h"

#include <string.h>

/* The need of that name. */
static int find_need(struct rules_reader *rr, const struct rule_text *from,
		     const char *name, const struct rule_list *l, size_t *ret)
{
	const char *words[RULES_MAX];
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].rule.verb != RULE_NEED || l->v[i].rule.is_alternative)
			continue;
		words[n++] = l->v[i].rule.id;
		if (strcmp(l->v[i].rule.id, name) == 0) {
			*ret = i;
			return 0;
		}
	}
	return read_refuse_word(rr->r, from->verb, "needs", name, words, n);
}

/* The names of needs in a list, as a mask. */
static int link_names(struct rules_reader *rr, struct rule_text *t,
		      const struct rule_list *l)
{
	size_t need = 0;
	const char *name;
	bool list = t->names->kind == YAML_LIST;

	for (const struct yaml *m = list ? t->names->first : t->names; m;
	     m = list ? m->next : NULL) {
		if (read_text_of(rr->r, m, t->names->key, KIND_WORD, &name) < 0 ||
		    find_need(rr, t, name, l, &need) < 0)
			return -PDH_REFUSED;
		*t->ret_names |= UINT64_C(1) << need;
	}
	return 0;
}

static int link_rule(struct rules_reader *rr, struct rule_text *t,
		     const struct rule_list *l)
{
	size_t need = 0;

	if (t->names && link_names(rr, t, l) < 0)
		return -PDH_REFUSED;

	if (t->of_need) {
		if (find_need(rr, t, t->of_need, l, &need) < 0)
			return -PDH_REFUSED;
		const struct rule_text *of = &l->v[need];
		if (of == t || of->of_need || of->rule.measure != MEASURE_CREDIT ||
		    of->rule.alternatives)
			return read_refuse(
				rr->r, t->verb,
				"\"%.40s\" is not an amount to take a share of",
				t->of_need);
		t->rule.amount.need = need;
	}
	if (t->toward) {
		if (find_need(rr, t, t->toward, l, &need) < 0)
			return -PDH_REFUSED;
		if (l->v[need].rule.measure != MEASURE_CREDIT ||
		    t->rule.amount.kind == AMOUNT_OF_COUNTED)
			return read_refuse(rr->r, t->verb,
					   "toward goes with amounts of credit");
		t->rule.toward = (int)need;
	}
	return 0;
}

/* The need that is the total: the one called so, else the first of all entries. */
static int total_of(const struct rule_list *l)
{
	int first = NO_RULE;

	for (size_t i = 0; i < l->n; i++) {
		const struct rule *r = &l->v[i].rule;
		if (!rules_may_be_total(r))
			continue;
		if (strcmp(r->id, "total") == 0)
			return (int)i;
		if (first == NO_RULE)
			first = (int)i;
	}
	return first;
}

static int set_total(struct rules_reader *rr, const struct rule_list *l,
		     struct ruleset *rules)
{
	rules->total_rule = total_of(l);
	for (size_t i = 0; i < l->n; i++) {
		const struct rule_text *t = &l->v[i];
		bool needs_total =
			t->rule.amount.kind == AMOUNT_OF_REQUIRED || t->rule.on_top;
		if (needs_total &&
		    (rules->total_rule == NO_RULE || (size_t)rules->total_rule == i))
			return read_refuse(
				rr->r, t->verb,
				"rule %.60s is about the total, and the pack has none",
				t->rule.id);
	}
	if (rules->total_rule == NO_RULE)
		return 0;
	const struct rule *total = &l->v[rules->total_rule].rule;
	rules->has_total = true;
	rules->total = total->amount.kind == AMOUNT_FIXED ? total->amount.exact : 0;
	rules->total_id = total->id;
	rules->total_title = total->title;
	rules->cite = total->cite;
	rules->mark = total->mark;
	return 0;
}

/* How far back the windows see. */
static int reach_of(const struct rule *r)
{
	enum { YEAR = 12 };

	switch (r->verb == RULE_CREDIT && r->worth.once_ever ? WINDOW_EVER
							     : r->window.kind) {
	case WINDOW_EVER:
	case WINDOW_SINCE_ISSUE:
		return -1;
	case WINDOW_LAST:
	case WINDOW_LAST_TO_NOW:
	case WINDOW_BEFORE:
		return r->window.n + YEAR;
	case WINDOW_FIXED:
		return -1;
	case WINDOW_EACH_SCHOOL:
	case WINDOW_EACH_CALENDAR:
		return r->window.ending ? 2 * YEAR : 0;
	default:
		return 0;
	}
}

/* Whether hours behind the period matter. */
static bool sees_after(const struct rule *r)
{
	return r->window.kind == WINDOW_LAST_TO_NOW || r->window.kind == WINDOW_FIXED ||
	       (r->verb == RULE_DUTY && r->duty->fill_previous);
}

static bool asks(const struct rule *r)
{
	return r->when.n || r->unless.n || r->window.kind == WINDOW_NTH ||
	       r->amount.kind == AMOUNT_TABLE || r->amount.kind == AMOUNT_FACT ||
	       r->amount.kind == AMOUNT_PER_MONTH ||
	       r->amount.kind == AMOUNT_PER_MONTH_LAPSED || r->verb == RULE_ADJUST ||
	       (r->by_day && r->by_day->anchor == AT_FACT) ||
	       (r->verb == RULE_DUTY && r->duty->late_until &&
		r->duty->late_until->anchor == AT_FACT);
}

static bool goes_by_issue(const struct conditions *all)
{
	for (size_t i = 0; i < all->n; i++) {
		enum rule_known known = rule_known_of(all->v[i].fact);
		if (known == KNOWN_ISSUED || known == KNOWN_PERIOD_NUMBER)
			return true;
	}
	return false;
}

static bool goes_by_others(const struct conditions *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (rule_known_of(all->v[i].fact) == KNOWN_FURTHER)
			return true;
	return false;
}

/* Whether the day of issue, or which period it is from there, makes a difference. */
static bool asks_issue(const struct rule *r)
{
	bool table = r->amount.kind == AMOUNT_TABLE &&
		     rule_known_of(r->amount.fact) == KNOWN_PERIOD_NUMBER;
	bool force = r->by == BY_ISSUE && (r->from != DATE_NONE || r->until != DATE_NONE);
	bool day = r->by_day && r->by_day->anchor == AT_ISSUE;
	bool window = r->window.kind == WINDOW_NTH ||
		      r->window.kind == WINDOW_SINCE_ISSUE || r->window.after_issue;

	for (size_t i = 0; r->verb == RULE_DUTY && i < r->duty->due_count; i++)
		day = day || r->duty->due[i].anchor == AT_ISSUE;
	return table || force || day || window || goes_by_issue(&r->when) ||
	       goes_by_issue(&r->unless);
}

/* Whether it may not be known if it holds, or how much it asks for. */
static bool hangs_on_facts(const struct rule *r)
{
	bool judges =
		r->verb == RULE_LIMIT || r->verb == RULE_CREDIT || r->verb == RULE_NEED;

	return judges && (r->when.n || r->unless.n || r->amount.kind == AMOUNT_TABLE ||
			  r->amount.kind == AMOUNT_FACT);
}

static void keep(struct rules_reader *rr, const struct rule_list *l,
		 struct ruleset *rules)
{
	struct rule *v = arena_array(rr->r->arena, l->n, sizeof(*v));

	for (size_t i = 0; i < l->n; i++) {
		v[i] = l->v[i].rule;
		int reach = reach_of(&v[i]);
		if (reach < 0 || rules->reach < 0)
			rules->reach = -1;
		else if (reach > rules->reach)
			rules->reach = reach;
		rules->asks = rules->asks || asks(&v[i]);
		rules->asks_issue = rules->asks_issue || asks_issue(&v[i]);
		rules->asks_further = rules->asks_further || goes_by_others(&v[i].when) ||
				      goes_by_others(&v[i].unless);
		rules->sees_after = rules->sees_after || sees_after(&v[i]);
		rules->has_unsure = rules->has_unsure ||
				    (v[i].level == LEVEL_UNSURE &&
				     v[i].verb != RULE_DUTY && v[i].verb != RULE_CARRY) ||
				    hangs_on_facts(&v[i]);
	}
	rules->rules = v;
	rules->n = l->n;
	rules->wheres = rr->wheres;
	rules->where_count = rr->where_count;
	rules->words = rr->pack->words;
	rules->word_count = rr->pack->word_count;
}

int links_make(struct rules_reader *rr, struct rule_list *l, struct ruleset *rules)
{
	int failed = 0;

	for (size_t i = 0; failed == 0 && i < l->n; i++)
		failed = link_rule(rr, &l->v[i], l);
	if (failed == 0)
		failed = set_total(rr, l, rules);
	if (failed == 0)
		keep(rr, l, rules);
	return failed;
}
