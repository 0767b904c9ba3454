#include "daemon/judge/example.h"

#include "common/texts.h"
#include "daemon/judge/classes.h"

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

static struct entry_words words_of(const struct example_entry *from, const char *topics)
{
	return (struct entry_words){
		.kind = from->kind,
		.format = from->format,
		.role = from->role,
		.provider = from->provider,
		.course = from->course,
		.approval = from->approval,
		.unit = from->credit.unit,
		.topics = topics,
		.duty = from->duty,
		.origin = from->carried ? entry_origin_word(ORIGIN_CARRIED) : NULL,
	};
}

struct record {
	struct entry *v;
	size_t n;
	struct classes *classes;
	struct arena *a;
};

/* The topics of one part, or of the rest of what was split (NULL). */
static const char *topics_of(const struct example_entry *e, const char *part,
			     struct arena *a)
{
	struct texts split = {0, arena_array(a, e->part_count, sizeof(*split.v))};

	for (size_t i = 0; i < e->part_count; i++)
		split.v[split.n++] = e->parts[i].topic;
	return part ? part : classes_rest(&e->topics, &split, a);
}

static void add_entry(struct record *to, const struct pack_example *x, size_t i,
		      const char *topic, int64_t amount)
{
	const struct example_entry *from = &x->entries[i];
	const struct entry_words words = words_of(from, topics_of(from, topic, to->a));

	to->v = arena_grow(to->a, to->v, to->n, sizeof(*to->v));
	to->v[to->n++] = (struct entry){
		.id = (int64_t)i + 1,
		.amount = amount,
		.done_on = from->done_on == DATE_NONE ? x->period.from : from->done_on,
		.unit = from->carried ? UNIT_CARRIED
				      : (int)credit_unit_number(from->credit.unit),
		.class = classes_of(to->classes, &words),
	};
}

static void read_record(const struct pack_example *x, struct record *to)
{
	for (size_t i = 0; i < x->entry_count; i++) {
		const struct example_entry *from = &x->entries[i];
		int64_t left = from->credit.exact;
		for (size_t p = 0; p < from->part_count; p++) {
			add_entry(to, x, i, from->parts[p].topic, from->parts[p].exact);
			left -= from->parts[p].exact;
		}
		if (left > 0)
			add_entry(to, x, i, NULL, left);
	}
	if (to->n)
		qsort(to->v, to->n, sizeof(*to->v), by_day);
}

static int months_of(const struct period *p)
{
	return date_months_between(p->from, p->to + 1);
}

/* What is told of the one cycle, for as long as the pack says that it holds. */
static const struct rule_fact *named_of(const struct pack *p,
					const struct pack_example *x, struct arena *a)
{
	struct rule_fact *v = arena_array(a, x->fact_count, sizeof(*v));
	const struct pack_fact *f;
	struct err ignored;

	for (size_t i = 0; i < x->fact_count; i++) {
		v[i] = x->facts[i];
		if (pack_fact_find(p, v[i].name, a, &f, &ignored) == 0)
			v[i].to = pack_fact_end(f, &x->period, 1, v[i].from);
	}
	return v;
}

static struct rule_facts facts_of(const struct pack *p, const struct pack_example *x,
				  struct arena *a)
{
	const char **folded = arena_array(a, x->endorsements.n, sizeof(*folded));

	for (size_t i = 0; i < x->endorsements.n; i++)
		folded[i] = rules_fold(x->endorsements.v[i], a);
	return (struct rule_facts){
		.named = named_of(p, x, a),
		.n = x->fact_count,
		.endorsements = {folded, x->endorsements.n},
		.level = x->level,
		.issued = x->issued,
		.period_number = x->period_number,
		.further = x->further,
		.leaves = x->leaves,
		.leave_count = x->leave_count,
		.has_months = x->months_active >= 0,
		.months_active = x->months_active,
		.lapsed = x->day > x->period.to,
		.months_lapsed = x->day > x->period.to
					 ? months_of(&(struct period){x->period.to + 1,
								      x->day - 1})
					 : 0,
	};
}

/* ---- comparing -------------------------------------------------------------------------- */

struct compared {
	const struct pack_example *x;
	const struct rules_case *c;
	const struct verdict *v;
	int64_t carry, late;
	struct arena *a;
	struct texts *ret;
};

static int64_t exact_of(const struct judged_need *n, int64_t v)
{
	enum measure m = n->measured->measure;

	return m == MEASURE_ACTIVITIES || m == MEASURE_DISTINCT ? v * CREDIT_ONE : v;
}

static int64_t missing_to_come(const struct judged_need *n)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n->coming_count; i++)
		sum += n->coming[i].missing;
	return sum;
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
			return exact_of(n, n->missing);
		if (what == EXPECT_COMING && n->coming_count > 0)
			return exact_of(n, missing_to_come(n));
		if ((what == EXPECT_UNDECIDED && n->state == JUDGED_UNDECIDED) ||
		    (what == EXPECT_NOT_APPLYING && n->state == JUDGED_NOT_APPLYING))
			return 0;
	}
	for (size_t i = 0; i < c->v->limit_count && what == EXPECT_CUT; i++)
		if (c->v->limits[i].rule == r)
			cut += c->v->limits[i].logged - c->v->limits[i].used;
	for (size_t i = 0; i < c->c->n && what == EXPECT_REFUSED; i++)
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
		[EXPECT_COMING] = "coming",
		[EXPECT_CUT] = "cut",
		[EXPECT_REFUSED] = "refused",
		[EXPECT_UNDECIDED] = "undecided",
		[EXPECT_NOT_APPLYING] = "not applying",
		[EXPECT_CARRY] = "carry",
		[EXPECT_LATE] = "late",
		[EXPECT_EXEMPT] = "exempt",
		[EXPECT_SUSPENDED] = "suspended",
		[EXPECT_DUE] = "due",
		[EXPECT_GRACE] = "grace",
		[EXPECT_ENDS] = "ends",
		[EXPECT_SHORT_TERM] = "short term",
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

static bool is_yes_no(enum expected what)
{
	return what == EXPECT_SHORT_TERM || what == EXPECT_MET || what == EXPECT_EXEMPT ||
	       what == EXPECT_SUSPENDED;
}

static void compare_amount(const struct compared *c, const struct expectation *e)
{
	const int64_t amounts[] = {
		[EXPECT_COUNTED] = c->v->counted,
		[EXPECT_LOGGED] = c->v->logged,
		[EXPECT_REQUIRED] = c->v->required,
		[EXPECT_OTHERWISE] = c->v->otherwise,
		[EXPECT_MET] = c->v->met && !c->v->undecided,
		[EXPECT_CARRY] = c->carry,
		[EXPECT_LATE] = c->late,
		[EXPECT_EXEMPT] = c->v->exempt != NULL,
		[EXPECT_SUSPENDED] = c->v->suspended != NULL,
		[EXPECT_SHORT_TERM] = c->v->part_months > 0,
	};

	if (amounts[e->what] == e->exact)
		return;
	complain(c->ret,
		 is_yes_no(e->what)
			 ? arena_printf(c->a, "%s is %s", name_of(e->what),
					amounts[e->what] ? "yes" : "no")
			 : arena_printf(c->a, "%s is %s, not %s", name_of(e->what),
					amount(c->a, amounts[e->what]),
					amount(c->a, e->exact)),
		 c->a);
}

static const char *day_text(struct arena *a, civil_day day)
{
	char text[DATE_ISO_SIZE];

	if (day == DATE_NONE)
		return "not known";
	date_format_iso(day, text);
	return arena_dup(a, text);
}

static const char *grace_text(struct arena *a, civil_day until)
{
	return until == DATE_NONE ? "none" : day_text(a, until);
}

static void compare_grace(const struct compared *c, const struct expectation *e)
{
	civil_day until = c->v->late ? c->v->late_until : DATE_NONE;

	if (until != (civil_day)e->exact)
		complain(c->ret,
			 arena_printf(c->a, "the last day of grace is %s, not %s",
				      grace_text(c->a, until),
				      grace_text(c->a, (civil_day)e->exact)),
			 c->a);
}

/* What the calendar proposes for a cycle that the first day of the period lies in. */
static civil_day proposed(const struct compared *c, const struct pack *p)
{
	struct texts facts = {0, NULL};
	civil_day end;
	struct err ignored;

	for (size_t i = 0; i < c->x->fact_count; i++)
		texts_add(&facts,
			  arena_printf(c->a, "%s=%s", c->x->facts[i].name,
				       c->x->facts[i].value),
			  c->a);
	return pack_cycle_end(p, &facts, c->x->issued, c->x->period.from, &end,
			      &ignored) < 0
		       ? DATE_NONE
		       : end;
}

static void compare_ends(const struct compared *c, const struct expectation *e,
			 const struct pack *p)
{
	civil_day end = proposed(c, p);

	if (end != (civil_day)e->exact)
		complain(c->ret,
			 arena_printf(c->a, "the cycle ends on %s, not %s",
				      day_text(c->a, end),
				      day_text(c->a, (civil_day)e->exact)),
			 c->a);
}

static void compare_due(const struct compared *c, const struct expectation *e)
{
	civil_day due = rules_due(c->c, e->rule->duty, c->a);

	if (due != (civil_day)e->exact)
		complain(c->ret,
			 arena_printf(c->a, "%s is due %s, not %s", e->rule->id,
				      day_text(c->a, due),
				      day_text(c->a, (civil_day)e->exact)),
			 c->a);
}

static void compare(const struct compared *c, const struct pack *p)
{
	for (size_t i = 0; i < c->x->expected_count; i++) {
		const struct expectation *e = &c->x->expected[i];
		if (e->what < EXPECT_SHORT)
			compare_amount(c, e);
		else if (e->what == EXPECT_DUE)
			compare_due(c, e);
		else if (e->what == EXPECT_GRACE)
			compare_grace(c, e);
		else if (e->what == EXPECT_ENDS)
			compare_ends(c, e, p);
		else if (e->rule)
			compare_rule(c, e);
		else
			compare_all(c, e->what, p);
	}
}

void example_prepare(const struct pack *p, const struct pack_example *x, struct arena *a,
		     struct example_case *ret)
{
	struct record record = {.classes = &ret->classes, .a = a};

	ret->classes = (struct classes){.n = 0};
	ret->facts = facts_of(p, x, a);
	read_record(x, &record);
	ret->c = (struct rules_case){
		.rules = &p->rules,
		.period = x->period,
		.day = x->day == DATE_NONE ? x->period.to : x->day,
		.facts = &ret->facts,
		.classes = ret->classes.v,
		.class_count = ret->classes.n,
		.entries = record.v,
		.n = record.n,
		.parts = true,
	};
}

void example_done(struct example_case *c)
{
	classes_done(&c->classes);
}

void example_run(const struct pack *p, const struct pack_example *x, struct arena *a,
		 struct texts *ret)
{
	struct example_case of;
	struct carry_out carry, late;
	struct verdict v;

	example_prepare(p, x, a, &of);
	rules_evaluate(&of.c, a, &v);
	rules_carry_out(&of.c, a, &carry);
	rules_fill_late(&of.c, a, &late);
	compare(&(struct compared){x, &of.c, &v, carry.amount, late.amount, a, ret}, p);
	example_done(&of);
}
