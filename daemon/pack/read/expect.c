/* What the author of an example says that the rules make of it. */
#include "daemon/pack/read/expect.h"

#include "daemon/pack/read/parts.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int read_expected_amount(struct reader *r, const struct yaml *v, int64_t *ret)
{
	const char *text;
	struct err why;

	if (read_text_of(r, v, v->key, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	*ret = 0;
	if (strcmp(text, "0") != 0 && units_parse(text, ret, &why) < 0)
		return read_refuse(r, v, "%s: %s", v->key, why.message);
	return 0;
}

static void expect(struct reader *r, struct pack_example *x, const struct expectation *e)
{
	struct expectation *v = arena_grow(r->arena, (void *)(uintptr_t)x->expected,
					   x->expected_count, sizeof(*v));

	v[x->expected_count++] = *e;
	x->expected = v;
}

static const struct rule *find_rule(const struct pack *p, const char *id)
{
	for (size_t i = 0; i < p->rules.n; i++)
		if (!p->rules.rules[i].is_alternative &&
		    strcmp(p->rules.rules[i].id, id) == 0)
			return &p->rules.rules[i];
	return NULL;
}

static int unknown_rule(struct reader *r, const struct pack *p, const struct yaml *v,
			const char *id)
{
	const char *words[RULES_MAX];
	size_t n = 0;

	for (size_t i = 0; i < p->rules.n; i++)
		if (!p->rules.rules[i].is_alternative)
			words[n++] = p->rules.rules[i].id;
	return read_refuse_word(r, v, "rules", id, words, n);
}

/* short: {total: 30, dyslexia: 1} */
static int read_by_rule(struct reader *r, const struct yaml *v, enum expected what,
			struct pack_example *x)
{
	if (read_want(r, v, v->key, YAML_MAP) < 0)
		return -PDH_REFUSED;
	expect(r, x, &(struct expectation){.what = what});
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct expectation e = {.what = what, .rule = find_rule(x->pack, m->key)};
		if (!e.rule)
			return unknown_rule(r, x->pack, m, m->key);
		if (read_expected_amount(r, m, &e.exact) < 0)
			return -PDH_REFUSED;
		expect(r, x, &e);
	}
	return 0;
}

/* undecided: [a, b] */
static int read_listed(struct reader *r, const struct yaml *v, enum expected what,
		       struct pack_example *x)
{
	const char *id;

	if (read_want(r, v, v->key, YAML_LIST) < 0)
		return -PDH_REFUSED;
	expect(r, x, &(struct expectation){.what = what});
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct expectation e = {.what = what};
		if (read_text_of(r, m, v->key, KIND_WORD, &id) < 0)
			return -PDH_REFUSED;
		e.rule = find_rule(x->pack, id);
		if (!e.rule)
			return unknown_rule(r, x->pack, m, id);
		expect(r, x, &e);
	}
	return 0;
}

/* due: {fee: 2027-03-31} */
static int read_days(struct reader *r, const struct yaml *v, enum expected what,
		     struct pack_example *x)
{
	const char *text;
	civil_day day;
	struct err why;

	if (read_want(r, v, v->key, YAML_MAP) < 0)
		return -PDH_REFUSED;
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct expectation e = {.what = what, .rule = find_rule(x->pack, m->key)};
		if (!e.rule || e.rule->verb != RULE_DUTY)
			return unknown_rule(r, x->pack, m, m->key);
		if (read_text_of(r, m, m->key, KIND_WORD, &text) < 0)
			return -PDH_REFUSED;
		if (date_parse_iso(text, &day, &why) < 0)
			return read_refuse(r, m, "%s: %s", m->key, why.message);
		e.exact = day;
		expect(r, x, &e);
	}
	return 0;
}

enum form { AMOUNT, BY_RULE, LISTED, YES_NO, DAYS, DAY_OR_NONE };

static const struct {
	const char *word;
	enum expected what;
	enum form form;
} known[] = {
	{"counted", EXPECT_COUNTED, AMOUNT},
	{"logged", EXPECT_LOGGED, AMOUNT},
	{"required", EXPECT_REQUIRED, AMOUNT},
	{"otherwise", EXPECT_OTHERWISE, AMOUNT},
	{"short", EXPECT_SHORT, BY_RULE},
	{"cut", EXPECT_CUT, BY_RULE},
	{"refused", EXPECT_REFUSED, BY_RULE},
	{"undecided", EXPECT_UNDECIDED, LISTED},
	{"not applying", EXPECT_NOT_APPLYING, LISTED},
	{"missed", EXPECT_MISSED, BY_RULE},
	{"coming", EXPECT_COMING, BY_RULE},
	{"met", EXPECT_MET, YES_NO},
	{"carry", EXPECT_CARRY, AMOUNT},
	{"late", EXPECT_LATE, AMOUNT},
	{"exempt", EXPECT_EXEMPT, YES_NO},
	{"suspended", EXPECT_SUSPENDED, YES_NO},
	{"short term", EXPECT_SHORT_TERM, YES_NO},
	{"due", EXPECT_DUE, DAYS},
	{"grace", EXPECT_GRACE, DAY_OR_NONE},
	{"ends", EXPECT_ENDS, DAY_OR_NONE},
};

static int read_answer(struct reader *r, const struct yaml *v, int64_t *ret)
{
	int answer, failed = read_choice_of(r, v, v->key, KIND_ANSWER, &answer);

	*ret = failed == 0 && answer == ANSWER_YES;
	return failed;
}

/* grace: 2026-09-01, or none; ends too */
static int read_day_or_none(struct reader *r, const struct yaml *v, int64_t *ret)
{
	const char *text;
	civil_day day = DATE_NONE;
	struct err why;

	if (read_text_of(r, v, v->key, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	if (strcmp(text, "none") != 0 && date_parse_iso(text, &day, &why) < 0)
		return read_refuse(r, v, "%s: %s", v->key, why.message);
	*ret = day;
	return 0;
}

static int read_one(struct reader *r, const struct yaml *m, enum expected what,
		    enum form form, struct pack_example *x)
{
	struct expectation e = {.what = what};
	int failed = 0;

	switch (form) {
	case BY_RULE:
		return read_by_rule(r, m, what, x);
	case LISTED:
		return read_listed(r, m, what, x);
	case DAYS:
		return read_days(r, m, what, x);
	case AMOUNT:
		failed = read_expected_amount(r, m, &e.exact);
		break;
	case YES_NO:
		failed = read_answer(r, m, &e.exact);
		break;
	case DAY_OR_NONE:
		failed = read_day_or_none(r, m, &e.exact);
		break;
	}
	if (failed == 0)
		expect(r, x, &e);
	return failed;
}

int read_expect(struct reader *r, const struct key *k, const struct yaml *v, void *into)
{
	const char *words[COUNT(known)];
	struct pack_example *x = into;

	if (read_want(r, v, k->word, YAML_MAP) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i < COUNT(known); i++)
		words[i] = known[i].word;
	for (const struct yaml *m = v->first; m; m = m->next) {
		size_t i = 0;
		while (i < COUNT(known) && strcmp(known[i].word, m->key) != 0)
			i++;
		if (i == COUNT(known))
			return read_refuse_word(r, m, k->word, m->key, words,
						COUNT(known));
		if (read_one(r, m, known[i].what, known[i].form, x) < 0)
			return -PDH_REFUSED;
	}
	return x->expected_count ? 0 : read_refuse(r, v, "expect has no value");
}
