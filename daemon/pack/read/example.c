/* Worked examples: a record that a pack's author judged by hand, to be compared with the
 * rules. */
#include "daemon/pack/read/expect.h"
#include "daemon/pack/read/parts.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- entries ---------------------------------------------------------------------------- */

static int read_credit_text(struct reader *r, const struct key *k, const struct yaml *v,
			    void *into)
{
	struct example_entry *e = into;
	const char *text;
	struct err why;

	if (read_text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	if (credit_parse(text, &e->credit, &why) < 0)
		return read_refuse(r, v, "credit: %s", why.message);
	return 0;
}

/* In the pack's unit: what was brought over from the period before. */
static int read_carried(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	struct example_entry *e = into;

	e->carried = true;
	return read_exact(r, v, k->word, &e->credit.exact);
}

/* {ethics: 1h} */
static int read_split(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct example_entry *e = into;
	struct credit part;
	const char *text;
	struct err why;

	if (read_want(r, v, k->word, YAML_MAP) < 0)
		return -PDH_REFUSED;
	struct example_part *parts = arena_array(r->arena, v->n, sizeof(*parts));
	e->parts = parts;
	for (const struct yaml *m = v->first; m; m = m->next) {
		if (read_text_of(r, m, m->key, KIND_WORD, &text) < 0)
			return -PDH_REFUSED;
		if (credit_parse(text, &part, &why) < 0)
			return read_refuse(r, m, "split: %s", why.message);
		parts[e->part_count++] =
			(struct example_part){arena_dup(r->arena, m->key), part.exact};
	}
	return 0;
}

static int read_topics(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	struct texts *t = &((struct example_entry *)into)->topics;

	t->v = arena_array(r->arena, v->kind == YAML_LIST ? v->n + 1 : 1, sizeof(*t->v));
	if (v->kind != YAML_LIST)
		return read_text_of(r, v, k->word, KIND_WORD, &t->v[t->n++]);
	for (const struct yaml *m = v->first; m; m = m->next)
		if (read_text_of(r, m, k->word, KIND_WORD, &t->v[t->n++]) < 0)
			return -PDH_REFUSED;
	return 0;
}

static int read_entry(struct reader *r, const struct yaml *v, struct example_entry *e)
{
#define WORD(member) read_text, offsetof(struct example_entry, member), KIND_WORD
	static const struct key keys[] = {
		{"credit", false, read_credit_text, 0, KIND_WORD},
		{"carried", false, read_carried, 0, KIND_WORD},
		{"split", false, read_split, 0, KIND_WORD},
		{"date", false, read_date, offsetof(struct example_entry, done_on),
		 KIND_DATE},
		{"kind", false, WORD(kind)},
		{"format", false, WORD(format)},
		{"role", false, WORD(role)},
		{"provider", false, WORD(provider)},
		{"course", false, WORD(course)},
		{"approval", false, WORD(approval)},
		{"topic", false, read_topics, 0, KIND_WORD},
		{"duty", false, read_yes_no, offsetof(struct example_entry, duty),
		 KIND_ANSWER},
	};

	*e = (struct example_entry){.done_on = DATE_NONE};
	int failed = READ_MAP(r, v, "an entry", keys, e);
	if (failed == 0 && e->carried == !!e->credit.unit)
		return read_refuse(r, v, "an entry has credit or carried, one of them");
	return failed;
}

static int read_entries(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	struct pack_example *x = into;

	if (read_want(r, v, k->word, YAML_LIST) < 0)
		return -PDH_REFUSED;
	struct example_entry *entries = arena_array(r->arena, v->n, sizeof(*entries));
	x->entries = entries;
	for (const struct yaml *m = v->first; m; m = m->next)
		if (read_entry(r, m, &entries[x->entry_count++]) < 0)
			return -PDH_REFUSED;
	return 0;
}

/* ---- the person and the period ---------------------------------------------------------- */

static int read_days(struct reader *r, const struct yaml *v, const char *word,
		     struct period *p)
{
	const char *text;
	struct err why;

	if (read_text_of(r, v, word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	const char *to = strstr(text, " to ");
	if (!to ||
	    date_parse_iso(arena_dup_n(r->arena, text, (size_t)(to - text)), &p->from,
			   &why) < 0 ||
	    date_parse_iso(to + 4, &p->to, &why) < 0 || p->to < p->from)
		return read_refuse(r, v,
				   "%s is its first and last day, such as 2021-04-01 to "
				   "2026-03-31; not \"%.40s\"",
				   word, text);
	return 0;
}

static int read_period(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	return read_days(r, v, k->word, &((struct pack_example *)into)->period);
}

/* Each behind the one before. */
static int read_leaves(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	struct pack_example *x = into;

	if (read_want(r, v, k->word, YAML_LIST) < 0)
		return -PDH_REFUSED;
	struct period *leaves = arena_array(r->arena, v->n, sizeof(*leaves));
	x->leaves = leaves;
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct period *one = &leaves[x->leave_count];
		if (read_days(r, m, "a leave", one) < 0)
			return -PDH_REFUSED;
		if (x->leave_count++ && one->from <= one[-1].to)
			return read_refuse(r, m,
					   "a leave begins where the one before it has "
					   "ended");
	}
	return 0;
}

/* As a person's would be. */
static int check_dated(struct reader *r, const struct yaml *v, struct rule_fact *f,
		       const struct pack_example *x)
{
	struct err why;

	if (pack_fact_check(x->pack, f->name, f->value, r->arena, &f->value, &why) < 0)
		return read_refuse(r, v, "%s", why.message);
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

	*f = (struct rule_fact){name, NULL, DATE_NONE, DATE_NONE};
	x->facts = facts;
	if (read_text_of(r, v, name, KIND_WORD, &f->value) < 0)
		return -PDH_REFUSED;
	x->fact_count++;
	const char *from = strstr(f->value, " from ");
	if (!from)
		return check_dated(r, v, f, x);
	f->value = arena_dup_n(r->arena, f->value, (size_t)(from - f->value));
	if (date_parse_iso(from + 6, &f->from, &why) < 0)
		return read_refuse(r, v, "%s: %s", name, why.message);
	return check_dated(r, v, f, x);
}

static int read_example_facts(struct reader *r, const struct key *k, const struct yaml *v,
			      void *into)
{
	struct pack_example *x = into;
	int failed = read_want(r, v, k->word, YAML_MAP);

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

	if (read_text_of(r, v, k->word, KIND_WORD, &text) < 0)
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
		{"further credential", false, read_yes_no, MEMBER(further), KIND_ANSWER},
		{"months active", false, read_small, MEMBER(months_active), KIND_WORD},
		{"leaves", false, read_leaves, 0, KIND_WORD},
		{"facts", false, read_example_facts, 0, KIND_WORD},
		{"entries", true, read_entries, 0, KIND_WORD},
		{"expect", true, read_expect, 0, KIND_WORD},
	};

	return READ_MAP(r, v, "an example", keys, x);
}

int read_examples(struct reader *r, const struct key *k, const struct yaml *v, void *pack)
{
	struct pack *p = pack;

	if (read_want(r, v, k->word, YAML_LIST) < 0)
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
