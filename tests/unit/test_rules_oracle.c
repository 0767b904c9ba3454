/* Random packs of all verbs and random records (story.h): the rules and an oracle that
 * knows nothing of them (oracle.h) come to the same. PDH_SEED begins another series,
 * PDH_ROUNDS makes it longer; a failure tells the seed of its story. */
#include "tests/support/oracle.h"
#include "tests/support/told.h"

#include "daemon/pack/pack.h"
#include "daemon/rules/parts.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { ROUNDS = 300 };
#else
enum { ROUNDS = 8000 };
#endif

/* Less than anybody logs: what rounding to 1/3,600,000 can come to. */
#define CLOSE 1e-4

struct trial {
	struct story s;
	struct oracle with, without;
	struct arena a;
	struct classes classes;
	struct entry entries[STORY_PARTS];
	struct rule_facts facts;
	struct rule_fact work;
	struct pack pack;
	struct rules_case c;
	struct verdict v;
	const char *text; /* the seed and the pack */
};

static double hours(int64_t exact)
{
	return (double)exact / (double)CREDIT_ONE;
}

static bool is_close(double a, double b)
{
	return fabs(a - b) < CLOSE;
}

static const char *record_text(struct trial *t)
{
	const char *text = "";
	char day[DATE_ISO_SIZE];

	for (size_t i = 0; i < t->c.n; i++) {
		const struct story_entry *e = &t->s.entries[t->with.entry[i]];
		date_format_iso(e->day, day);
		text = arena_printf(
			&t->a, "%s#%d %s %.4f h, worth %.4f, kind %c topics %x%s%s%s\n",
			text, t->with.entry[i] + 1, day, hours(t->entries[i].amount),
			hours(t->with.value[i]), e->kind, t->with.topics[i],
			e->course ? arena_printf(&t->a, " course %c", e->course) : "",
			e->provider ? " provider" : "",
			e->carried   ? " carried"
			: e->refused ? " refused"
				     : "");
	}
	return text;
}

#define FAIL(t, ...)                                                          \
	fail_msg("%s\n%s\n%s", arena_printf(&(t)->a, __VA_ARGS__), (t)->text, \
		 record_text(t))

static void begin(struct trial *t, uint64_t seed)
{
	char day[DATE_ISO_SIZE];
	struct err e;

	story_tell(&t->s, seed);
	date_format_iso(t->s.day, day);
	const char *body = story_pack(&t->s, &t->a);
	t->text = arena_printf(
		&t->a, "PDH_SEED=%llu, on %s, %d months active, %d years of work\n%s",
		(unsigned long long)seed, day, t->s.months_active, t->s.work_years, body);
	if (pack_parse(body, strlen(body), "p.yaml", &t->a, &t->pack, &e) < 0)
		fail_msg("%s\n%s", e.message, t->text);
	t->work = (struct rule_fact){"work", arena_printf(&t->a, "%d", t->s.work_years),
				     DATE_NONE, DATE_NONE};
	t->facts = (struct rule_facts){.named = &t->work,
				       .n = t->s.work_years >= 0,
				       .issued = t->s.issued,
				       .period_number = 2,
				       .has_months = true,
				       .months_active = t->s.months_active};
	t->c = (struct rules_case){
		.rules = &t->pack.rules,
		.period = t->s.period,
		.day = t->s.day,
		.facts = &t->facts,
		.entries = t->entries,
		.n = story_entries(&t->s, &t->classes, t->entries, &t->a),
		.parts = true,
	};
	t->c.classes = t->classes.v;
	t->c.class_count = t->classes.n;
	oracle_judge(&t->with, &t->s, UINT64_MAX);
	oracle_judge(&t->without, &t->s, 0);
	rules_evaluate(&t->c, &t->a, &t->v);
}

/* ---- one judgement ------------------------------------------------------------------------ */

static int rule_number(const struct trial *t, const struct rule *r)
{
	return (int)(r - t->pack.rules.rules);
}

/* The oracle's turn of an instance; NULL: it has none. */
static const struct oracle_turn *turn_of(const struct trial *t, const struct oracle *o,
					 const struct instance *in)
{
	for (int i = 0; i < o->turn_count; i++)
		if (o->turns[i].rule == rule_number(t, in->rule) &&
		    o->turns[i].days.from == in->window.from &&
		    o->turns[i].days.to == in->window.to)
			return &o->turns[i];
	return NULL;
}

static void check_worth(struct trial *t, const struct oracle *o,
			const struct judgement *j)
{
	for (int p = 0; p < o->n; p++)
		if (j->value[p] != o->value[p])
			FAIL(t, "part %d is worth %.6f, not %.6f", p, hours(j->value[p]),
			     hours(o->value[p]));
}

static bool is_yearly(const struct story *s, int rule)
{
	enum window_kind kind = s->rules[rule].window.kind;

	return kind == WINDOW_EACH_YEAR || kind == WINDOW_EACH_CALENDAR ||
	       kind == WINDOW_EACH_SCHOOL;
}

/* Of years before the period only those matter that another window sees. */
static bool matters(const struct oracle *o, const struct oracle_turn *turn)
{
	if (turn->days.to == DATE_NONE || turn->days.to >= o->s->period.from)
		return true;
	for (int i = 0; i < o->turn_count; i++)
		if (!is_yearly(o->s, o->turns[i].rule) &&
		    (o->turns[i].days.from == DATE_NONE ||
		     o->turns[i].days.from <= turn->days.to))
			return true;
	return false;
}

/* What counts keeps to every limit, and the parts of it are those of the verdict. */
static void check_limit(struct trial *t, const struct oracle *o,
			const struct oracle_turn *turn, const struct verdict *v)
{
	const struct story_rule *r = &t->s.rules[turn->rule];
	bool share = r->percent && r->of == OF_COUNTED;
	double under = 0, all = 0;

	for (int p = 0; p < o->n && r->toward < 0; p++) {
		civil_day day = t->s.entries[o->entry[p]].day;
		bool within = (turn->days.from == DATE_NONE || day >= turn->days.from) &&
			      (turn->days.to == DATE_NONE || day <= turn->days.to);
		double counted = hours(v->parts[p].counted);
		all += within ? counted : 0;
		under += oracle_takes(o, turn, p) ? counted : 0;
	}
	if (under > (share ? all * r->percent / 100 : turn->amount) + CLOSE)
		FAIL(t, "%s lets %.6f in", story_id(&t->s, turn->rule, &t->a), under);
}

static double check_needs(struct trial *t, const struct oracle *o,
			  const struct judgement *j)
{
	double met = 0;

	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		if (!in->rule || in->rule->verb != RULE_NEED || in->rule->alternatives)
			continue;
		const struct oracle_turn *turn = turn_of(t, o, in);
		if (!turn)
			FAIL(t, "%s has a window of its own", in->rule->id);
		if (in->rule->measure != MEASURE_CREDIT) {
			int64_t have = in->have;
			for (size_t n = 0;
			     in->rule->measure == MEASURE_DISTINCT && n < t->v.need_count;
			     n++)
				if (t->v.needs[n].rule == in->rule)
					have = t->v.needs[n].have;
			if (in->rule->measure == MEASURE_ACTIVITIES &&
			    have != (int64_t)turn->have)
				FAIL(t, "%s has %lld things, not %.0f", in->rule->id,
				     (long long)have, turn->have);
			continue;
		}
		if (!is_close(hours(in->amount), turn->amount))
			FAIL(t, "%s asks for %.6f, not %.6f", in->rule->id,
			     hours(in->amount), turn->amount);
		if (in->rule->level != LEVEL_SHOULD && !in->rule->is_alternative)
			met += hours(in->have < in->amount ? in->have : in->amount);
	}
	return met;
}

/* Hours for alternatives may be taken from needs that could have more of them: then it is
 * whether all can be met that is compared, and not how far. */
static bool has_alternatives(const struct story *s)
{
	for (int r = 0; r < s->n; r++)
		if (s->rules[r].alternatives)
			return true;
	return false;
}

static void check_judgement(struct trial *t, bool with_unsure)
{
	const struct oracle *o = with_unsure ? &t->with : &t->without;
	struct judgement j;
	struct verdict v;

	rules_judge(&t->c, &t->a, with_unsure, &j, &v);
	check_worth(t, o, &j);
	for (int i = 0; i < o->turn_count; i++)
		if (t->s.rules[o->turns[i].rule].verb == RULE_LIMIT &&
		    matters(o, &o->turns[i]))
			check_limit(t, o, &o->turns[i], &v);
	if (!is_close(hours(v.required), o->required))
		FAIL(t, "%.6f are required, not %.6f", hours(v.required), o->required);
	double met = check_needs(t, o, &j);
	if (has_alternatives(&t->s))
		return;
	if (!is_close(met, o->met))
		FAIL(t, "%.6f of the needs are met, not %.6f", met, o->met);
	if (!is_close(hours(v.counted), o->counted))
		FAIL(t, "%.6f count, not %.6f", hours(v.counted), o->counted);
}

/* ---- the verdict, and what it says of each part --------------------------------------------- */

/* Every set of the rules that are unsure: whether some of them end otherwise than all do, and
 * whether as much as `counted` counts in one that does; without any where none does. */
static bool end_otherwise(struct trial *t, double counted, bool *ret_counts)
{
	struct oracle o;
	uint64_t unsure = 0;
	bool differ = false;

	for (int r = 0; r < t->s.n; r++)
		unsure |= (uint64_t)t->s.rules[r].unsure << r;
	*ret_counts = is_close(counted, t->without.counted);
	for (uint64_t some = (unsure - 1) & unsure; unsure; some = (some - 1) & unsure) {
		oracle_judge(&o, &t->s, some);
		if (o.done != t->with.done) {
			*ret_counts =
				(differ && *ret_counts) || is_close(counted, o.counted);
			differ = true;
		}
		if (!some)
			break;
	}
	return differ;
}

static void check_verdict(struct trial *t)
{
	enum { EACH_MAX = 4 }; /* of more of them not every set is looked at */
	const struct verdict *v = &t->v;
	bool counts, differ = end_otherwise(t, hours(v->otherwise), &counts);
	int unsure = 0;

	for (int r = 0; r < t->s.n; r++)
		unsure += t->s.rules[r].unsure;
	if (v->met != t->with.done)
		FAIL(t, "it is %smet, and %s be", v->met ? "" : "not ",
		     t->with.done ? "could" : "cannot");
	if (unsure > EACH_MAX)
		return;
	if (!has_alternatives(&t->s) && !counts)
		FAIL(t, "otherwise %.6f count, not %.6f", hours(v->otherwise),
		     t->without.counted);
	if (v->undecided != differ)
		FAIL(t, "it is %sundecided", v->undecided ? "" : "not ");
}

/* Whether a rule is a limit that takes a part and has no room left. */
static bool is_full(const struct trial *t, const struct rule *rule, int part)
{
	const struct oracle *o = &t->with;

	for (int i = 0; rule && i < o->turn_count; i++) {
		const struct oracle_turn *turn = &o->turns[i];
		const struct story_rule *r = &t->s.rules[turn->rule];
		bool share = r->percent && r->of == OF_COUNTED;
		double under = 0, all = 0;
		if (turn->rule != rule_number(t, rule) || r->verb != RULE_LIMIT ||
		    r->toward >= 0 || !oracle_takes(o, turn, part))
			continue;
		for (int p = 0; p < o->n; p++) {
			struct oracle_turn any = *turn;
			civil_day day = t->s.entries[o->entry[p]].day;
			bool within =
				(any.days.from == DATE_NONE || day >= any.days.from) &&
				(any.days.to == DATE_NONE || day <= any.days.to);
			all += within ? hours(t->v.parts[p].counted) : 0;
			under += oracle_takes(o, turn, p) ? hours(t->v.parts[p].counted)
							  : 0;
		}
		if (under > (share ? all * r->percent / 100 : turn->amount) - CLOSE)
			return true;
	}
	return false;
}

static void check_parts(struct trial *t)
{
	for (int p = 0; p < t->with.n; p++) {
		const struct judged_part *part = &t->v.parts[p];
		if (part->value != t->with.value[p])
			FAIL(t, "part %d is told to be worth %.6f", p,
			     hours(part->value));
		if (part->counted < 0 || part->counted > part->value)
			FAIL(t, "part %d counts %.6f", p, hours(part->counted));
		if (part->counted < part->value && part->state != PART_OUTSIDE &&
		    !is_full(t, part->rule, p))
			FAIL(t, "part %d is cut by %s, which is not full", p,
			     part->rule ? part->rule->id : "nothing");
		if (part->state == PART_REFUSED &&
		    (!part->rule || part->rule->verb != RULE_CREDIT || part->value))
			FAIL(t, "part %d is refused by %s", p,
			     part->rule ? part->rule->id : "nothing");
		if (part->base != (t->with.base[p] ? t->with.base[p] : part->base))
			FAIL(t, "part %d is told as %.6f", p, hours(part->base));
	}
}

/* ---- what is told of it ----------------------------------------------------------------------- */

/* A need or limit speaks of the parts that the oracle says, and no others. */
static void check_instance(struct trial *t, size_t number)
{
	const struct judged_instance *in = &t->v.instances[number];
	const struct instance like = {.rule = in->rule, .window = in->window};
	const struct oracle_turn *turn = in->rule ? turn_of(t, &t->with, &like) : NULL;

	for (int p = 0; turn && p < t->with.n; p++) {
		bool unit =
			in->rule->verb == RULE_NEED && in->rule->measure == MEASURE_UNIT;
		bool takes = oracle_takes(&t->with, turn, p) && t->with.value[p] > 0;
		if (!unit && set_has(&t->v.parts[p].in, number) != takes)
			FAIL(t, "part %d is told to be %sof %s", p, takes ? "none " : "",
			     in->rule->id);
	}
}

static void check_told(struct trial *t)
{
	const char *other = told_otherwise(&t->c, &t->v, &t->a);

	if (other)
		FAIL(t, "%s", other);
	for (size_t i = 1; i < t->v.instance_count; i++)
		check_instance(t, i);
}

static void check_carry(struct trial *t)
{
	double counted[STORY_PARTS] = {0}, have[STORY_TURNS] = {0}, sum = 0;
	struct carry_out out;
	struct judgement j;
	struct verdict v;

	rules_judge(&t->c, &t->a, true, &j, &v);
	rules_carry_out(&t->c, &t->a, &out);
	for (int p = 0; p < t->with.n; p++)
		counted[p] = hours(v.parts[p].counted);
	for (size_t i = 1; i < j.n; i++) {
		const struct instance *in = &j.instances[i];
		const struct oracle_turn *turn = in->rule && in->rule->verb == RULE_NEED
							 ? turn_of(t, &t->with, in)
							 : NULL;
		if (turn)
			have[turn - t->with.turns] = hours(in->have);
	}
	for (size_t i = 0; i < out.n; i++) {
		sum += hours(out.parts[i].amount);
		counted[out.parts[i].entry] -= hours(out.parts[i].amount);
		if (counted[out.parts[i].entry] < -CLOSE)
			FAIL(t, "more of an entry is carried over than counts");
		counted[out.parts[i].entry] += hours(out.parts[i].amount);
	}
	double most = oracle_carry(&t->with, counted, have);
	if (!is_close(sum, hours(out.amount)) || !is_close(sum, most))
		FAIL(t, "%.6f are carried over, parts of %.6f, not %.6f",
		     hours(out.amount), sum, most);
}

static void one_round(uint64_t seed)
{
	struct trial t = {.classes = {.n = 0}};

	begin(&t, seed);
	check_judgement(&t, true);
	check_judgement(&t, false);
	check_verdict(&t);
	check_parts(&t);
	check_told(&t);
	check_carry(&t);
	classes_done(&t.classes);
	arena_done(&t.a);
}

static void rules_and_oracle_come_to_the_same(void **state)
{
	const char *given = getenv("PDH_SEED"), *rounds = getenv("PDH_ROUNDS");
	uint64_t seed = given ? strtoull(given, NULL, 10) : 1;
	long n = rounds ? strtol(rounds, NULL, 10) : ROUNDS;

	(void)state;
	print_message("PDH_SEED=%llu, %ld stories\n", (unsigned long long)seed, n);
	for (long i = 0; i < n; i++)
		one_round(seed + (uint64_t)i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_and_oracle_come_to_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
