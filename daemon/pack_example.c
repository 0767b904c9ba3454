/* Worked examples: what a pack's author computed by hand, to be compared with the rules. */
#include "daemon/pack_parts.h"
#include "daemon/pack_rules.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- entries ---------------------------------------------------------------------------- */

static int read_credit_text(struct reader *r, const struct key *k, const struct yaml *v,
			    void *into)
{
	struct example_entry *e = into;
	const char *text;
	struct err why;

	if (text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	if (credit_parse(text, false, &e->credit, &why) < 0)
		return read_refuse(r, v, "credit: %s", why.message);
	return 0;
}

static int read_topics(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	struct texts *t = &((struct example_entry *)into)->topics;

	t->v = arena_array(r->arena, v->kind == YAML_LIST ? v->n + 1 : 1, sizeof(*t->v));
	if (v->kind != YAML_LIST)
		return text_of(r, v, k->word, KIND_WORD, &t->v[t->n++]);
	for (const struct yaml *m = v->first; m; m = m->next)
		if (text_of(r, m, k->word, KIND_WORD, &t->v[t->n++]) < 0)
			return -PDH_REFUSED;
	return 0;
}

static int read_duty_time(struct reader *r, const struct key *k, const struct yaml *v,
			  void *into)
{
	static const char *const words[] = {"no", "yes"};
	const char *word;

	if (text_of(r, v, k->word, KIND_WORD, &word) < 0 ||
	    check_word(r, v, k->word, word, words, COUNT(words)) < 0)
		return -PDH_REFUSED;
	((struct example_entry *)into)->duty = strcmp(word, "yes") == 0;
	return 0;
}

static int read_entry(struct reader *r, const struct yaml *v, struct example_entry *e)
{
#define WORD(member) read_text, offsetof(struct example_entry, member), KIND_WORD
	static const struct key keys[] = {
		{"credit", true, read_credit_text, 0, KIND_WORD},
		{"date", false, read_date, offsetof(struct example_entry, done_on),
		 KIND_DATE},
		{"kind", false, WORD(kind)},
		{"format", false, WORD(format)},
		{"role", false, WORD(role)},
		{"provider", false, WORD(provider)},
		{"course", false, WORD(course)},
		{"approval", false, WORD(approval)},
		{"topic", false, read_topics, 0, KIND_WORD},
		{"duty", false, read_duty_time, 0, KIND_WORD},
	};

	*e = (struct example_entry){.done_on = DATE_NONE};
	return READ_MAP(r, v, "an entry", keys, e);
}

static int read_entries(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	struct pack_example *x = into;

	if (want(r, v, k->word, YAML_LIST) < 0)
		return -PDH_REFUSED;
	struct example_entry *entries = arena_array(r->arena, v->n, sizeof(*entries));
	x->entries = entries;
	for (const struct yaml *m = v->first; m; m = m->next)
		if (read_entry(r, m, &entries[x->entry_count++]) < 0)
			return -PDH_REFUSED;
	return 0;
}

/* ---- the person and the period ---------------------------------------------------------- */

static int read_period(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	struct period *p = &((struct pack_example *)into)->period;
	const char *text;
	struct err why;

	if (text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	const char *to = strstr(text, " to ");
	if (!to ||
	    date_parse_iso(arena_dup_n(r->arena, text, (size_t)(to - text)), &p->from,
			   &why) < 0 ||
	    date_parse_iso(to + 4, &p->to, &why) < 0 || p->to < p->from)
		return read_refuse(
			r, v,
			"period is its first and last day, such as 2021-04-01 to "
			"2026-03-31; not \"%.40s\"",
			text);
	return 0;
}

/* "part-time from 2025-08-01" */
static int read_dated(struct reader *r, const struct yaml *v, const char *name,
		      struct pack_example *x)
{
	struct rule_fact *facts = arena_grow(r->arena, (void *)(uintptr_t)x->facts,
					     x->fact_count, sizeof(*facts));
	struct rule_fact *f = &facts[x->fact_count];
	struct err why;

	*f = (struct rule_fact){name, NULL, DATE_NONE};
	x->facts = facts;
	if (text_of(r, v, name, KIND_WORD, &f->value) < 0)
		return -PDH_REFUSED;
	x->fact_count++;
	const char *from = strstr(f->value, " from ");
	if (!from)
		return 0;
	f->value = arena_dup_n(r->arena, f->value, (size_t)(from - f->value));
	if (date_parse_iso(from + 6, &f->from, &why) < 0)
		return read_refuse(r, v, "%s: %s", name, why.message);
	return 0;
}

static int read_example_facts(struct reader *r, const struct key *k, const struct yaml *v,
			      void *into)
{
	struct pack_example *x = into;
	int failed = want(r, v, k->word, YAML_MAP);

	for (const struct yaml *m = v->first; failed == 0 && m; m = m->next) {
		const char *name = arena_dup(r->arena, m->key);
		bool list = m->kind == YAML_LIST;
		for (const struct yaml *one = list ? m->first : m; failed == 0 && one;
		     one = list ? one->next : NULL)
			failed = read_dated(r, one, name, x);
	}
	return failed;
}

static int read_endorsements(struct reader *r, const struct key *k, const struct yaml *v,
			     void *into)
{
	struct example_entry list = {.done_on = DATE_NONE};
	int failed = read_topics(r, k, v, &list);

	((struct pack_example *)into)->endorsements = list.topics;
	return failed;
}

static int read_small(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	enum { MOST = 600 };
	const char *text;
	int n = 0;

	if (text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	for (const char *p = text; *p; p++) {
		if (*p < '0' || *p > '9' || n > MOST)
			return read_refuse(r, v, "%s: \"%.40s\" is not a whole number",
					   k->word, text);
		n = n * 10 + *p - '0';
	}
	memcpy((char *)into + k->offset, &n, sizeof(n));
	return 0;
}

/* ---- expectations ----------------------------------------------------------------------- */

static int read_expected_amount(struct reader *r, const struct yaml *v, int64_t *ret)
{
	const char *text;
	struct err why;

	if (text_of(r, v, v->key, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	*ret = 0;
	if (strcmp(text, "0") != 0 && amount_parse(text, ret, &why) < 0)
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
	return refuse_word(r, v, "rules", id, words, n);
}

/* short: {total: 30, dyslexia: 1} */
static int read_by_rule(struct reader *r, const struct yaml *v, enum expected what,
			struct pack_example *x)
{
	if (want(r, v, v->key, YAML_MAP) < 0)
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

	if (want(r, v, v->key, YAML_LIST) < 0)
		return -PDH_REFUSED;
	expect(r, x, &(struct expectation){.what = what});
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct expectation e = {.what = what};
		if (text_of(r, m, v->key, KIND_WORD, &id) < 0)
			return -PDH_REFUSED;
		e.rule = find_rule(x->pack, id);
		if (!e.rule)
			return unknown_rule(r, x->pack, m, id);
		expect(r, x, &e);
	}
	return 0;
}

static int read_expect(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	static const struct {
		const char *word;
		enum expected what;
		enum { AMOUNT, BY_RULE, LISTED, YES_NO } form;
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
		{"met", EXPECT_MET, YES_NO},
	};
	static const char *const yes_no[] = {"no", "yes"};
	const char *words[COUNT(known)], *word;
	struct pack_example *x = into;

	if (want(r, v, k->word, YAML_MAP) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i < COUNT(known); i++)
		words[i] = known[i].word;
	for (const struct yaml *m = v->first; m; m = m->next) {
		size_t i = 0;
		while (i < COUNT(known) && strcmp(known[i].word, m->key) != 0)
			i++;
		if (i == COUNT(known))
			return refuse_word(r, m, k->word, m->key, words, COUNT(known));
		struct expectation e = {.what = known[i].what};
		int failed = 0;
		switch (known[i].form) {
		case AMOUNT:
			failed = read_expected_amount(r, m, &e.exact);
			expect(r, x, &e);
			break;
		case BY_RULE:
			failed = read_by_rule(r, m, e.what, x);
			break;
		case LISTED:
			failed = read_listed(r, m, e.what, x);
			break;
		case YES_NO:
			failed = text_of(r, m, m->key, KIND_WORD, &word);
			if (failed == 0)
				failed = check_word(r, m, m->key, word, yes_no,
						    COUNT(yes_no));
			if (failed == 0)
				e.exact = strcmp(word, "yes") == 0;
			expect(r, x, &e);
			break;
		}
		if (failed < 0)
			return failed;
	}
	return x->expected_count ? 0 : read_refuse(r, v, "expect has no value");
}

/* ---- one example ------------------------------------------------------------------------ */

static int read_example(struct reader *r, const struct yaml *v, struct pack_example *x)
{
#define MEMBER(m) offsetof(struct pack_example, m)
	static const struct key keys[] = {
		{"name", true, read_text, MEMBER(name), KIND_TEXT},
		{"period", true, read_period, 0, KIND_WORD},
		{"issued", false, read_date, MEMBER(issued), KIND_DATE},
		{"day", false, read_date, MEMBER(day), KIND_DATE},
		{"level", false, read_text, MEMBER(level), KIND_WORD},
		{"endorsements", false, read_endorsements, 0, KIND_WORD},
		{"period number", false, read_small, MEMBER(period_number), KIND_WORD},
		{"months active", false, read_small, MEMBER(months_active), KIND_WORD},
		{"facts", false, read_example_facts, 0, KIND_WORD},
		{"entries", true, read_entries, 0, KIND_WORD},
		{"expect", true, read_expect, 0, KIND_WORD},
	};

	return READ_MAP(r, v, "an example", keys, x);
}

int read_examples(struct reader *r, const struct key *k, const struct yaml *v, void *pack)
{
	struct pack *p = pack;

	if (want(r, v, k->word, YAML_LIST) < 0)
		return -PDH_REFUSED;
	struct pack_example *all = arena_array(r->arena, v->n, sizeof(*all));
	p->examples = all;
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct pack_example *x = &all[p->example_count++];
		*x = (struct pack_example){.line = m->line,
					   .pack = p,
					   .issued = DATE_NONE,
					   .day = DATE_NONE,
					   .months_active = -1};
		if (read_example(r, m, x) < 0)
			return -PDH_REFUSED;
		x->pack = NULL;
	}
	return 0;
}
