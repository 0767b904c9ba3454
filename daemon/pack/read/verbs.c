/* The verbs of a rule that speak of hours: need, limit, credit. */
#include "daemon/pack/read/rule.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

int verbs_take(struct reader *r, const struct yaml *v, void *into, enum rule_verb verb)
{
	struct rule_text *t = into;

	if (t->verb)
		return read_refuse(
			r, v,
			"a rule has one of need, limit, credit, carry, adjust and duty; this has "
			"two");
	t->verb = v;
	t->rule.verb = verb;
	return 0;
}

/* {activities: 2}, {distinct topic: 3}: whole numbers of things. */
static int read_things(struct reader *r, const struct yaml *m, struct rule *rule)
{
	enum { MOST = 1000 };
	const char *text;
	int64_t n = 0;

	if (read_text_of(r, m, m->key, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	for (const char *p = text; *p; p++) {
		if (*p < '0' || *p > '9' || n > MOST)
			return read_refuse(r, m, "%s: \"%.40s\" is not a whole number",
					   m->key, text);
		n = n * 10 + *p - '0';
	}
	if (n < 1 || n > MOST)
		return read_refuse(r, m, "%s is from 1 to %d", m->key, MOST);
	rule->amount = (struct amount){.kind = AMOUNT_FIXED, .exact = n};
	return 0;
}

/* {activities: 1, least: 3}: so many, each worth three of the board's units or more. */
static int read_activities(struct reader *r, const struct yaml *v, struct rule *rule)
{
	static const char *const words[] = {"activities", "least"};
	int bad = 0;

	rule->measure = MEASURE_ACTIVITIES;
	for (const struct yaml *m = v->first; bad == 0 && m; m = m->next) {
		if (strcmp(m->key, words[0]) == 0)
			bad = read_things(r, m, rule);
		else if (strcmp(m->key, words[1]) == 0)
			bad = read_exact(r, m, m->key, &rule->least);
		else
			bad = read_refuse_word(r, m, "a need of activities", m->key,
					       words, COUNT(words));
	}
	return bad;
}

static int read_distinct(struct reader *r, const struct yaml *m, struct rule *rule)
{
	static const char *const words[] = {
#define X(name, word) "distinct " word,
		RULE_ATTR_MAP(X)
#undef X
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], m->key) == 0) {
			rule->measure = MEASURE_DISTINCT;
			rule->distinct = (enum rule_attr)i;
			return read_things(r, m, rule);
		}
	return 1;
}

static const char one_route[] = "one route of";

/* How many needs of a list are to be met: 1 of "any of" and "one route of", 0 (all) of "all of", 2 of "2 of";
 * -1 of any other word. */
static int wanted_of(const char *key)
{
	if (strcmp(key, "any of") == 0 || strcmp(key, one_route) == 0)
		return 1;
	if (strcmp(key, "all of") == 0)
		return 0;
	return *key >= '2' && *key <= '9' && strcmp(key + 1, " of") == 0 ? *key - '0'
									 : -1;
}

/* {practice hour: 450}: one of our units, whatever it is worth in the pack's. */
static int read_in_unit(const struct yaml *m, struct rule_text *t)
{
	const char *unit = credit_unit_find(m->key);

	if (!unit || strcmp(unit, m->key) != 0)
		return 1;
	t->rule.measure = MEASURE_UNIT;
	t->rule.unit = credit_unit_number(unit);
	return read_amount(t->rr, m, m->key, &t->rule.amount, &t->of_need);
}

static int read_alternatives(struct reader *r, const struct yaml *need,
			     struct rule_text *t)
{
	const struct yaml *list = need->first;
	int wanted = wanted_of(list->key);

	if (read_want(r, list, list->key, YAML_LIST) < 0)
		return -PDH_REFUSED;
	if (list->n < 2 || wanted > (int)list->n)
		return read_refuse(r, list, "%s takes a list of %d or more needs",
				   list->key, wanted > 2 ? wanted : 2);
	t->alternatives = list;
	t->rule.routes = strcmp(list->key, one_route) == 0;
	t->rule.alternatives = (int)list->n;
	t->rule.alternatives_needed = wanted ? wanted : (int)list->n;
	return 0;
}

int verbs_read_need(struct reader *r, const struct key *k, const struct yaml *v,
		    void *into)
{
	struct rule_text *t = into;

	if (verbs_take(r, v, into, RULE_NEED) < 0)
		return -PDH_REFUSED;
	if (v->kind == YAML_TEXT && strcmp(v->text, "any") == 0) {
		t->rule.measure = MEASURE_ACTIVITIES;
		t->rule.amount = (struct amount){.kind = AMOUNT_FIXED, .exact = 1};
		return 0;
	}
	if (v->kind == YAML_MAP && yaml_get(v, "activities"))
		return read_activities(r, v, &t->rule);
	if (v->kind == YAML_MAP && v->n == 1) {
		if (wanted_of(v->first->key) >= 0)
			return read_alternatives(r, v, t);
		int found = read_distinct(r, v->first, &t->rule);
		if (found > 0)
			found = read_in_unit(v->first, t);
		if (found <= 0)
			return found;
	}
	return read_amount(t->rr, v, k->word, &t->rule.amount, &t->of_need);
}

int verbs_read_limit(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	struct rule_text *t = into;
	const char *first = v->kind == YAML_MAP && v->first ? v->first->key : "";

	if (verbs_take(r, v, into, RULE_LIMIT) < 0)
		return -PDH_REFUSED;
	if (strcmp(first, "activities") == 0 || strncmp(first, "distinct ", 9) == 0)
		return read_refuse(r, v,
				   "a limit on a number of things, such as \"%.40s\", is "
				   "not supported by this version of pdh",
				   first);
	return read_amount(t->rr, v, k->word, &t->rule.amount, &t->of_need);
}

int verbs_read_credit(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct rule_text *t = into;

	(void)k;
	if (verbs_take(r, v, into, RULE_CREDIT) < 0)
		return -PDH_REFUSED;
	return read_worth(t->rr, v, &t->rule.worth);
}
