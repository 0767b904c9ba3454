/* Rules in words. */
#include "daemon/rules/words/words.h"

#include "daemon/pack/pack.h"
#include "daemon/rules/words/when.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define H	     CREDIT_ONE

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static const struct pack *pack_with(const char *unit, const char *rules)
{
	struct pack *p = arena_alloc(&arena, sizeof(*p));
	struct err e;
	const char *text = arena_printf(
		&arena,
		"pack: p\nversion: 1\ntitle: P\nunit: %s\nunits: {hour: 60 min}\n"
		"facts: {position: {type: word, ask: A}, asked: {type: number, ask: B}}\n"
		"rules:\n%s",
		unit, rules);

	if (pack_parse(text, strlen(text), "p.yaml", &arena, p, &e) < 0)
		fail_msg("%s", e.message);
	return p;
}

/* A pack of a total, a need called law and the rule, which is the last. */
static void expect(const char *rule, const struct rule_numbers *known, const char *wanted)
{
	const struct pack *p = pack_with(
		"clock hour",
		arena_printf(
			&arena,
			"  - {id: total, need: 200}\n"
			"  - {id: law, need: 30, title: school law, where: {topic: law}}\n"
			"  - {id: x, %s}\n",
			rule));
	size_t last = p->rules.n - 1;

	while (p->rules.rules[last].is_alternative)
		last--;
	assert_string_equal(rules_words(&p->rules, &p->rules.rules[last], known, &arena),
			    wanted);
}

static void rules_are_told_without_a_person(void **state)
{
	static const struct {
		const char *rule, *words;
	} cases[] = {
		{"need: 120", "120 h a cycle"},
		{"need: 7.5, window: each year", "7.5 h each year of the cycle"},
		{"need: any", "1 activity a cycle"},
		{"need: {activities: 3}, window: each calendar year",
		 "3 activities each calendar year"},
		{"need: {distinct topic: 2}", "2 different topics a cycle"},
		{"need: {distinct provider: 1}, window: last 36 months",
		 "1 provider in the last 36 months"},
		{"need: 6, on top: \"yes\"", "6 h a cycle, on top of the total"},
		{"need: {by: position, table: {director: 100, otherwise: 50}}",
		 "by position: 100 h for director, 50 h otherwise a cycle"},
		{"need: {by: period number, table: [100, 150]}",
		 "100 h in cycle 1, 150 h in cycle 2 and later a cycle"},
		{"need: {fact: asked}", "as many as asked a cycle"},
		{"need: {per: month, is: 1.5}", "1.5 h for each active month a cycle"},
		{"need: {any of: [{need: 30, where: {topic: ethics}}, {need: {activities: 3}}]}",
		 "30 h a cycle (topic ethics), or 3 activities a cycle"},
		{"need: {2 of: [{need: 30, where: {topic: ethics}}, {need: 5}, {need: {activities: 3}}]}",
		 "2 of these: 30 h a cycle (topic ethics); 5 h a cycle; 3 activities a cycle"},
		{"need: 2, window: since issue, due: issue + 12 months",
		 "2 h since the day of issue, by 1 year after the day of issue"},
		{"need: {practice hour: 450}", "450 practice hours a cycle"},
		{"need: 60, window: last 2 years to now",
		 "60 h in the last 24 months up to today"},
		{"need: 1, window: 2025-01-01 to 2027-12-31",
		 "1 h from 2025-01-01 to 2027-12-31"},
		{"need: {2 of: [{need: 5, where: {topic: law}}, {need: {activities: 3}}, {need: 8}]}",
		 "2 of these: 5 h a cycle (topic law); 3 activities a cycle; 8 h a cycle"},
		{"limit: 20% of required, where: {kind: a}",
		 "at most 20 % of what is required a cycle"},
		{"limit: 12.5% of law, where: {kind: a}, window: ever",
		 "at most 12.5 % of 30 h (school law) ever"},
		{"limit: 50% of counted, where: {kind: a}, window: each school year",
		 "at most 50 % of what counts each school year"},
		{"need: 36, window: each school year ending in period after year of issue",
		 "36 h each school year that ends in the cycle, after the year of issue"},
		{"need: 36, window: each calendar year ending in period",
		 "36 h each calendar year that ends in the cycle"},
		{"need: 6, part: {need: 3, renews: 1 year}",
		 "6 h a cycle; 3 h renew it for 1 year"},
		{"need: {one route of: [{need: 2}, {need: {activities: 3}}]}",
		 "one of these by itself: 2 h a cycle, or 3 activities a cycle"},
		{"limit: 2, where: {kind: a}, toward: law",
		 "at most 2 h a cycle toward school law"},
		{"credit: {times: 2, most: 16}", "counts double, at most 16 h"},
		{"credit: {times: 0.5}", "counts half"},
		{"credit: {times: 1.5, least: 1}", "counts 1.5 times, nothing below 1 h"},
		{"credit: 0", "counts nothing"},
		{"credit: {fixed: 5, once: course in period}",
		 "each counts 5 h, the same course counts once a cycle"},
		{"credit: {fixed: 3, once: kind ever}, where: {kind: plan}",
		 "each counts 3 h, the same kind counts once"},
		{"credit: {once: activity in period}, where: {kind: plan}",
		 "one of them counts once a cycle"},
		{"credit: {floor: 1, step: {to: 0.5, round: down, first: 1}}",
		 "at least 1 h, rounded down to 0.5 h beyond 1 h"},
		{"credit: {step: {to: 0.25, round: nearest}}",
		 "rounded to the nearest 0.25 h"},
		{"credit: {unless: {approval: refused}}", "not with approval refused"},
		{"credit: {only if: {approval: [approved, pending], not: {format: live}}}",
		 "only with approval approved or pending, but not format live"},
		{"duty: pay, due: period end - 30 days",
		 "pay by 30 days before the last day of the cycle"},
		{"duty: apply, due: period end", "apply by the last day of the cycle"},
		{"duty: apply, due: 09-01, open: 01-01 - 1 month",
		 "apply by 1 Sep of the year in which the cycle ends, not before 1 month "
		 "before 1 Jan of the year in which the cycle ends"},
		{"duty: keep proof, due: issue + 1 month",
		 "keep proof until 1 month after the day of issue"},
		{"duty: finish, due: period end, late: {until: period end + 3 months end of month, fee: USD 100}",
		 "finish by the last day of the cycle, late until the end of the month "
		 "3 months after the last day of the cycle, for USD 100"},
		{"duty: keep proof, due: [period end + 90 days, issue + 10 years]",
		 "keep proof until 90 days after the last day of the cycle or 10 years after "
		 "the day of issue, whichever is later"},
		{"credit: {most: 2, per: organization}",
		 "at most 2 h, for each provider together"},
		{"carry: {most: 0}", "no hours are carried over"},
		{"carry: {most: 50, earned: last 24 months, serves not: [law], block if: carry-in used,"
		 " parts: [{where: {kind: self-study}, most: 5}]}",
		 "at most 50 h are carried over, of those of the last 24 months, at most 5 h of kind "
		 "self-study, not for school law, none where hours that were carried in were needed"},
		{"adjust: {scale: months active of 60, active: {position: not none}, round: nearest, floor: {below: 5, is: 0}}",
		 "asks for its share of 60: months active, those in which position is not none, "
		 "rounded to the nearest 1 h, less than 5 h is 0 h"},
		{"adjust: {scale: asked of 5, step: {to: 0.5, round: up}}",
		 "asks for its share of 5: asked, rounded up to 0.5 h"},
		{"adjust: {less: {each: 2, of: asked, is: 3}}",
		 "asks for 3 h less for each 2 of asked"},
		{"adjust: {less: {each: 1, of: asked, is: 1.5, most: 6}}",
		 "asks for 1.5 h less for each 1 of asked, 6 h less at most"},
		{"adjust: {shift: 2 years}", "the cycle ends 2 years later"},
		{"duty: course, due: period end, every: 5 years",
		 "course by the last day of the cycle, again after 5 years"},
		{"duty: course, due: period end, lasts: 18 months",
		 "course by the last day of the cycle, good for 18 months"},
		{"need: 2, window: nth 3", "2 h in one cycle of every 3"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect(cases[i].rule, NULL, cases[i].words);
}

static void numbers_of_a_cycle_are_put_in(void **state)
{
	const struct rule_numbers fifth = {200 * H, 40 * H}, odd = {200 * H, H / 3},
				  open = {200 * H, RULE_NOT_KNOWN};

	(void)state;
	expect("limit: 20% of required, where: {kind: a}", &fifth,
	       "at most 20 % of 200 h = 40.0 h a cycle");
	expect("limit: 20% of required, where: {kind: a}", &open,
	       "at most 20 % of 200 h a cycle");
	expect("need: {by: position, table: {director: 40, otherwise: 50}}", &fifth,
	       "by position: 40 h for director, 50 h otherwise = 40.0 h a cycle");
	expect("need: {per: month, is: 1}", &odd,
	       "1 h for each active month = 0.3333 h a cycle");
	/* The person's own total stands instead of the pack's. */
	expect("need: 150", &fifth, "40 h a cycle");
}

static void the_entries_of_a_rule_are_told(void **state)
{
	static const struct {
		const char *where, *words;
	} cases[] = {
		{"{topic: [law, School Ethics]}", "topic law or school-ethics"},
		{"{kind: a, format: live}", "kind a and format live"},
		{"{kind: a, not: {format: live}}", "kind a, but not format live"},
		{"{not: {duty: \"yes\"}}", "all but not duty yes"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct pack *p = pack_with(
			"clock hour",
			arena_printf(&arena, "  - {id: x, need: 1, where: %s}\n",
				     cases[i].where));
		assert_string_equal(rules_where_words(&p->rules, p->rules.rules, &arena),
				    cases[i].words);
	}
	const struct pack *all = pack_with("clock hour", "  - {id: x, need: 1}\n");
	assert_string_equal(rules_where_words(&all->rules, all->rules.rules, &arena), "");
}

static void whom_a_rule_is_for_is_told(void **state)
{
	static const struct {
		const char *when, *words;
	} cases[] = {
		{"when: {position: [director, deputy]}",
		 "position is director or deputy"},
		{"when: {position: not none}", "position is not none"},
		{"when: {issued: before 2010-01-01}", "issued before 2010-01-01"},
		{"when: {issued: from 2010-01-01, asked: at most 30}",
		 "issued on or after 2010-01-01 and asked is at most 30"},
		{"when: {period number: at least 2}", "period number is at least 2"},
		{"unless: {position: none}, from: 2026-07-01, until: 2027-06-30",
		 "unless position is none, from 2026-07-01, until 2027-06-30"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct pack *p = pack_with(
			"hour", arena_printf(&arena, "  - {id: x, need: 1, %s}\n",
					     cases[i].when));
		assert_string_equal(rules_when_words(p->rules.rules, &arena),
				    cases[i].words);
	}
}

static void other_units_keep_their_word(void **state)
{
	const struct pack *p = pack_with("point", "  - {id: x, need: 90}\n");

	(void)state;
	assert_string_equal(rules_words(&p->rules, p->rules.rules, NULL, &arena),
			    "90 pt a cycle");
	assert_string_equal(rules_credit_words(&p->rules, 40 * H, &arena), "40.0 pt");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_are_told_without_a_person),
		cmocka_unit_test(numbers_of_a_cycle_are_put_in),
		cmocka_unit_test(the_entries_of_a_rule_are_told),
		cmocka_unit_test(whom_a_rule_is_for_is_told),
		cmocka_unit_test(other_units_keep_their_word),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
