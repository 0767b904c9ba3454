#include "daemon/example.h"

#include "daemon/classes.h"

#include <stdlib.h>
#include <string.h>

static void complain(struct texts *t, const char *text, struct arena *a)
{
	t->v = arena_grow(a, t->n ? (void *)t->v : NULL, t->n, sizeof(*t->v));
	t->v[t->n++] = text;
}

static const char *amount(struct arena *a, int64_t exact)
{
	char text[CREDIT_TEXT_SIZE];

	credit_format(exact, text);
	return arena_dup(a, text);
}

/* ---- the record ------------------------------------------------------------------------- */

static int by_day(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->done_on != y->done_on)
		return x->done_on < y->done_on ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static struct entry *entries_of(const struct pack_example *x, struct classes *classes,
				struct arena *a)
{
	struct entry *v = arena_array(a, x->entry_count, sizeof(*v));

	for (size_t i = 0; i < x->entry_count; i++) {
		const struct example_entry *from = &x->entries[i];
		const struct entry_words words = {
			.kind = from->kind,
			.format = from->format,
			.role = from->role,
			.provider = from->provider,
			.course = from->course,
			.approval = from->approval,
			.unit = from->credit.unit,
			.topics = classes_topics(&from->topics, a),
			.duty = from->duty};
		v[i] = (struct entry){
			.id = (int64_t)i + 1,
			.amount = from->credit.exact,
			.done_on = from->done_on == DATE_NONE ? x->period.from
							      : from->done_on,
			.unit = credit_unit_number(from->credit.unit),
			.class = classes_of(classes, &words),
		};
	}
	if (x->entry_count)
		qsort(v, x->entry_count, sizeof(*v), by_day);
	return v;
}

static int months_of(const struct period *p)
{
	int y1, m1, d1, y2, m2, d2;

	date_split(p->from, &y1, &m1, &d1);
	date_split(p->to + 1, &y2, &m2, &d2);
	return (y2 - y1) * 12 + m2 - m1 - (d2 < d1);
}

static struct rule_facts facts_of(const struct pack_example *x, struct arena *a)
{
	const char **folded = arena_array(a, x->endorsements.n, sizeof(*folded));
	int months = months_of(&x->period);

	for (size_t i = 0; i < x->endorsements.n; i++)
		folded[i] = rules_fold(x->endorsements.v[i], a);
	return (struct rule_facts){
		.named = x->facts,
		.n = x->fact_count,
		.endorsements = {folded, x->endorsements.n},
		.level = x->level,
		.issued = x->issued,
		.period_number = x->period_number,
		.months = months,
		.months_active = x->months_active < 0 ? months : x->months_active,
	};
}

/* ---- comparing -------------------------------------------------------------------------- */

struct compared {
	const struct pack_example *x;
	const struct verdict *v;
	size_t entries;
	struct arena *a;
	struct texts *ret;
};

static int64_t in_words(const struct rule *r, int64_t v)
{
	return r->verb == RULE_NEED && r->measure != MEASURE_CREDIT ? v * CREDIT_ONE : v;
}

/* What the verdict says of a rule; -1 if it says nothing of that kind. */
static int64_t said(const struct compared *c, enum expected what, const struct rule *r)
{
	int64_t cut = 0, refused = 0;

	for (size_t i = 0; i < c->v->need_count; i++) {
		const struct judged_need *n = &c->v->needs[i];
		if (n->rule != r)
			continue;
		if ((what == EXPECT_SHORT && n->state == JUDGED_SHORT) ||
		    (what == EXPECT_MISSED && n->state == JUDGED_MISSED))
			return in_words(r, n->missing);
		if ((what == EXPECT_UNDECIDED && n->state == JUDGED_UNDECIDED) ||
		    (what == EXPECT_NOT_APPLYING && n->state == JUDGED_NOT_APPLYING))
			return 0;
	}
	for (size_t i = 0; i < c->v->limit_count && what == EXPECT_CUT; i++)
		if (c->v->limits[i].rule == r)
			cut += c->v->limits[i].logged - c->v->limits[i].used;
	for (size_t i = 0; i < c->entries && what == EXPECT_REFUSED; i++)
		if (c->v->parts[i].rule == r && c->v->parts[i].state == PART_REFUSED)
			refused += c->v->parts[i].base;
	return cut ? cut : refused ? refused : -1;
}

static const char *name_of(enum expected what)
{
	static const char *const names[] = {
		[EXPECT_COUNTED] = "counted",
		[EXPECT_LOGGED] = "logged",
		[EXPECT_REQUIRED] = "required",
		[EXPECT_OTHERWISE] = "otherwise",
		[EXPECT_MET] = "met",
		[EXPECT_SHORT] = "short",
		[EXPECT_MISSED] = "missed",
		[EXPECT_CUT] = "cut",
		[EXPECT_REFUSED] = "refused",
		[EXPECT_UNDECIDED] = "undecided",
		[EXPECT_NOT_APPLYING] = "not applying",
	};

	return names[what];
}

static bool expects(const struct compared *c, enum expected what, const struct rule *r)
{
	for (size_t i = 0; i < c->x->expected_count; i++)
		if (c->x->expected[i].what == what && c->x->expected[i].rule == r)
			return true;
	return false;
}

/* Nothing of that kind beyond what is listed. */
static void compare_all(const struct compared *c, enum expected what,
			const struct pack *p)
{
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule *r = &p->rules.rules[i];
		int64_t v = r->is_alternative ? -1 : said(c, what, r);
		if (v >= 0 && !expects(c, what, r))
			complain(c->ret,
				 arena_printf(c->a,
					      "%s %s is %s, and is not in the example",
					      r->id, name_of(what), amount(c->a, v)),
				 c->a);
	}
}

static void compare_rule(const struct compared *c, const struct expectation *e)
{
	int64_t v = said(c, e->what, e->rule);
	bool listed = e->what == EXPECT_UNDECIDED || e->what == EXPECT_NOT_APPLYING;

	if (v == e->exact || (listed && v >= 0))
		return;
	complain(
		c->ret,
		listed ? arena_printf(c->a, "%s is not %s", e->rule->id, name_of(e->what))
		       : arena_printf(c->a, "%s %s is %s, not %s", e->rule->id,
				      name_of(e->what), amount(c->a, v < 0 ? 0 : v),
				      amount(c->a, e->exact)),
		c->a);
}

static void compare_amount(const struct compared *c, const struct expectation *e)
{
	const int64_t amounts[] = {
		[EXPECT_COUNTED] = c->v->counted,
		[EXPECT_LOGGED] = c->v->logged,
		[EXPECT_REQUIRED] = c->v->required,
		[EXPECT_OTHERWISE] = c->v->otherwise,
		[EXPECT_MET] = c->v->met && !c->v->undecided,
	};

	if (amounts[e->what] == e->exact)
		return;
	complain(
		c->ret,
		e->what == EXPECT_MET
			? arena_printf(c->a, "met is %s", amounts[e->what] ? "yes" : "no")
			: arena_printf(c->a, "%s is %s, not %s", name_of(e->what),
				       amount(c->a, amounts[e->what]),
				       amount(c->a, e->exact)),
		c->a);
}

void example_run(const struct pack *p, const struct pack_example *x, struct arena *a,
		 struct texts *ret)
{
	const struct rule_facts facts = facts_of(x, a);
	struct classes classes = {.n = 0};
	struct verdict v;
	const struct entry *entries = entries_of(x, &classes, a);

	rules_evaluate(
		&(struct rules_case){.rules = &p->rules,
				     .period = x->period,
				     .day = x->day == DATE_NONE ? x->period.to : x->day,
				     .facts = &facts,
				     .classes = classes.v,
				     .class_count = classes.n,
				     .entries = entries,
				     .n = x->entry_count,
				     .parts = true},
		a, &v);
	const struct compared c = {x, &v, x->entry_count, a, ret};
	for (size_t i = 0; i < x->expected_count; i++) {
		const struct expectation *e = &x->expected[i];
		if (e->what < EXPECT_SHORT)
			compare_amount(&c, e);
		else if (e->rule)
			compare_rule(&c, e);
		else
			compare_all(&c, e->what, p);
	}
	classes_done(&classes);
}
