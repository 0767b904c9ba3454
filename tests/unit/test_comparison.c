/* Two packs beside one another, in words. */
#include "daemon/packs/comparison.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static const struct pack *pack_of(const char *head, const char *rules)
{
	struct pack *p = arena_alloc(&arena, sizeof(*p));
	struct err e;
	const char *text = arena_printf(&arena,
					"pack: p\nversion: 1\ntitle: P\n%s\nrules:\n"
					"  - {id: total, need: 200, level: unsure}\n%s",
					head, rules);

	if (pack_parse(text, strlen(text), "p.yaml", &arena, p, &e) < 0)
		fail_msg("%s", e.message);
	return p;
}

/* "changed x: a -> b", a line for each. */
static const char *told(const struct list *l)
{
	const struct pack_difference *d = l->v;
	const char *all = "";

	for (size_t i = 0; i < l->n; i++)
		all = arena_printf(&arena, "%s%s%s %s: %s -> %s", all, i ? "\n" : "",
				   d[i].change, d[i].id,
				   d[i].before ? d[i].before : "(nothing)",
				   d[i].after ? d[i].after : "(nothing)");
	return all;
}

enum part { RULES, UNITS, CALENDAR, FACTS, SOURCES, HEAD };

static void expect(const struct pack *before, const struct pack *after, enum part part,
		   const char *wanted)
{
	struct packs_compared c = {.opened_ = 0};

	comparison_of(before, after, &arena, &c);
	const void *const parts[] = {
		[RULES] = &c.rules, [UNITS] = &c.units,	    [CALENDAR] = &c.calendar,
		[FACTS] = &c.facts, [SOURCES] = &c.sources, [HEAD] = &c.head,
	};
	for (enum part i = RULES; i <= HEAD; i++) {
		struct list l;
		memcpy(&l, parts[i], sizeof(l));
		assert_string_equal(told(&l), i == part ? wanted : "");
	}
}

#define ASKS "facts: {work: {type: word, ask: Where?}}"

static void expect_rule(const char *before, const char *after, const char *wanted)
{
	expect(pack_of(ASKS, before), pack_of(ASKS, after), RULES, wanted);
}

/* ---- rules ------------------------------------------------------------------------------ */

static void of_a_rule_only_what_changed_is_told(void **state)
{
	static const struct {
		const char *before, *after, *wanted;
	} cases[] = {
		{"limit: 20% of required, where: {kind: a}",
		 "limit: 15% of required, where: {kind: a}",
		 "at most 20 % of what is required -> at most 15 % of what is required"},
		{"need: 20, where: {topic: law}", "need: 30, where: {topic: law}",
		 "20 h -> 30 h"},
		{"need: 20, where: {topic: law}", "need: 20, where: {topic: ethics}",
		 "for topic law -> for topic ethics"},
		{"need: 20, where: {topic: law}",
		 "need: 20, where: {topic: law}, window: each year",
		 "20 h a cycle -> 20 h each year of the cycle"},
		{"need: 2, where: {topic: law}",
		 "need: 3, where: {topic: law}, when: {work: school}",
		 "2 h, for everybody -> 3 h, when work is school"},
		{"need: 2, where: {topic: law}",
		 "need: 2, where: {topic: law}, unless: {work: none}",
		 "without exception -> unless work is none"},
		{"need: 2, where: {topic: law}",
		 "need: 2, where: {topic: law}, level: unsure", "required -> not sure"},
		{"need: 2, where: {topic: law}, level: should",
		 "need: 2, where: {topic: law}, level: unsure", "advised -> not sure"},
		{"need: 2, where: {topic: law}",
		 "need: 2, where: {topic: law}, from: 2027-09-01",
		 "always -> in cycles that begin from 1 Sep 2027 on"},
		{"need: 2, where: {topic: law}, from: 2027-09-01, by: activity",
		 "need: 2, where: {topic: law}, from: 2027-09-01, until: 2028-09-01, by: now",
		 "for what was done from 1 Sep 2027 on -> from 1 Sep 2027 to 1 Sep 2028, "
		 "in running cycles too"},
		{"credit: {times: 2}, where: {kind: a}",
		 "credit: {times: 2, most: 16}, where: {kind: a}",
		 "counts double -> counts double, at most 16 h"},
		{"need: 2, where: {topic: law}", "limit: 2, where: {topic: law}",
		 "2 h a cycle -> at most 2 h a cycle"},
		{"need: 2, title: Law, where: {topic: law}",
		 "need: 2, title: School law, where: {topic: law}", "Law -> School law"},
		{"need: {any of: [{need: 3, where: {topic: a}}, {need: 4, where: {topic: b}}]}",
		 "need: {any of: [{need: 3, where: {topic: a}}, {need: 5, where: {topic: b}}]}",
		 "3 h a cycle (topic a), or 4 h a cycle (topic b) -> 3 h a cycle (topic a), "
		 "or 5 h a cycle (topic b)"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_rule(arena_printf(&arena, "  - {id: x, %s}\n", cases[i].before),
			    arena_printf(&arena, "  - {id: x, %s}\n", cases[i].after),
			    arena_printf(&arena, "changed x: %s", cases[i].wanted));
}

static void a_rule_that_is_new_or_gone_is_told_whole(void **state)
{
	static const char rule[] =
		"  - {id: x, limit: 10, where: {kind: a}, when: {work: school}, level: unsure}\n";
	static const char words[] =
		"at most 10 h a cycle, for kind a, when work is school, not sure";

	(void)state;
	expect_rule("", rule, arena_printf(&arena, "new x: (nothing) -> %s", words));
	expect_rule(rule, "", arena_printf(&arena, "removed x: %s -> (nothing)", words));
	expect_rule(rule, rule, "");
}

/* ---- the rest --------------------------------------------------------------------------- */

static void what_stands_beside_the_rules_is_compared(void **state)
{
	static const struct {
		enum part part;
		const char *before, *after, *wanted;
	} cases[] = {
		{UNITS, "units: {hour: 60 min, semester hour: 15}",
		 "units: {hour: 60 min, semester hour: 12, CEU: 10}",
		 "new CEU: (nothing) -> 10 h\nchanged semester hour: 15 h -> 12 h"},
		{UNITS, "units: {hour: 60 min}", "units: {hour: 50 min}",
		 "changed hour: 1 h -> 1.2 h"},
		{CALENDAR, "calendar: {length: 5 years, end: 06-30}",
		 "calendar: {length: 18 months, end: issue}",
		 "changed length: 5 years -> 18 months\n"
		 "changed end: 30 Jun -> the day before that of issue"},
		{CALENDAR, "calendar: {length: 5 years, end: 08-31}",
		 "calendar: {length: 5 years, end: 08-31, changed: {from: 2025-07-01, end: "
		 "09-30}}",
		 "changed end: 31 Aug -> 31 Aug, and 30 Sep of cycles that begin from 1 Jul 2025 "
		 "on"},
		{CALENDAR, "calendar: {length: 2 years, end: 06-30, phase: odd}",
		 "calendar: {length: 2 years, end: 06-30, phase: even}",
		 "changed years: odd years -> even years"},
		{CALENDAR, "calendar: {length: 5 years, end: 06-30}",
		 "calendar: {length: 5 years, end: 06-30, first: stub}",
		 "new first: (nothing) -> to the first such day"},
		{CALENDAR,
		 "calendar: {length: 3 years, periods: [2022-02-01 to 2025-03-29]}",
		 "calendar: {length: 3 years}",
		 "removed periods: 1 Feb 2022 to 29 Mar 2025 -> (nothing)"},
		{FACTS, "facts: {work: {type: word, ask: Where?}}",
		 "facts: {work: {type: choice, of: [school, library], ask: Where?}}",
		 "changed work: Where? (word) -> Where? (school or library)"},
		{FACTS, "facts: {a: {type: yes-no, ask: A?}}",
		 "facts: {b: {type: date, ask: B?}}",
		 "removed a: A? (yes-no) -> (nothing)\nnew b: (nothing) -> B? (date)"},
		{SOURCES, "sources: {s: {title: S, mark: second-hand}}",
		 "sources: {s: {title: S, mark: confirmed}}",
		 "changed s: S, second-hand -> S, confirmed"},
		{SOURCES,
		 "sources: {s: {title: S, url: https://a.example, mark: confirmed}}",
		 "sources: {s: {title: S, url: https://b.example, mark: confirmed}}",
		 "changed s: https://a.example -> https://b.example"},
		{SOURCES, "sources: {s: {title: S, mark: confirmed}}",
		 "sources: {t: {title: T, mark: confirmed}}",
		 "removed s: S, confirmed -> (nothing)\nnew t: (nothing) -> T, confirmed"},
		{HEAD, "in_force: {from: 2023-06-10}",
		 "in_force: {from: 2023-06-10, to: 2027-08-31}",
		 "changed in force: from 10 Jun 2023 on -> from 10 Jun 2023 to 31 Aug 2027"},
		{HEAD, "authority: A", "authority: B", "changed authority: A -> B"},
		{HEAD, "authority: A", "authority: A\nnote: Not all is judged.",
		 "new note: (nothing) -> Not all is judged."},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect(pack_of(cases[i].before, ""), pack_of(cases[i].after, ""),
		       cases[i].part, cases[i].wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(of_a_rule_only_what_changed_is_told, tear_down),
		cmocka_unit_test_teardown(a_rule_that_is_new_or_gone_is_told_whole,
					  tear_down),
		cmocka_unit_test_teardown(what_stands_beside_the_rules_is_compared,
					  tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
