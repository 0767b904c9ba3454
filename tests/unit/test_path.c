/* Of several routes the one that lacks least is chosen: random paths beside every choice there is. */
#include "daemon/path/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { ROUNDS = 400, MEMBERS = 4 };

static unsigned seed = 1;

static int draw(int n)
{
	seed = seed * 1103515245U + 12345U;
	return (int)(seed >> 16) % n;
}

/* A fee is missing, a note is in doubt, and what the person has is met. */
static struct step leaf(struct arena *a, int number)
{
	static const enum step_verb verbs[] = {STEP_FEE, STEP_NOTE, STEP_COURSE};
	struct step s = {.verb = verbs[draw(3)], .level = RULE_LEVEL_MUST};

	s.id = arena_printf(a, "s%d", number);
	s.what = s.verb == STEP_COURSE ? "first aid" : "something";
	return s;
}

static struct step some(struct arena *a, int depth, int *number)
{
	if (depth == 3 || draw(3) == 0)
		return leaf(a, (*number)++);
	struct step s = {.level = RULE_LEVEL_MUST};
	struct step *inner = arena_array(a, MEMBERS, sizeof(*inner));
	s.n = (size_t)(2 + draw(MEMBERS - 1));
	for (size_t i = 0; i < s.n; i++)
		inner[i] = some(a, depth + 1, number);
	s.steps = inner;
	s.verb = (enum step_verb)(STEP_ALL_OF + draw(3));
	s.least = s.verb == STEP_ALL_OF	  ? (int64_t)s.n
		  : s.verb == STEP_ONE_OF ? 1
					  : 1 + draw((int)s.n);
	return s;
}

/* What is missing a hundred times, and doubts; the least of all choices, tried one by one. */
static int64_t least(const struct step *s)
{
	int64_t best = INT64_MAX;

	if (s->verb < STEP_ALL_OF)
		return s->verb == STEP_FEE ? 1000 : s->verb == STEP_NOTE ? 1 : 0;
	for (unsigned mask = 0; mask < 1U << s->n; mask++) {
		int64_t sum = 0;
		if (__builtin_popcount(mask) != s->least)
			continue;
		for (size_t i = 0; i < s->n; i++)
			if (mask >> i & 1)
				sum += least(&s->steps[i]);
		best = sum < best ? sum : best;
	}
	return best;
}

static void of_all_routes_the_one_that_lacks_least_is_needed(void **state)
{
	struct have aid;

	(void)state;
	shape_none(&shape_have, &aid);
	aid.kind = HAVE_COURSE;
	aid.title = "First aid";
	for (int i = 0; i < ROUNDS; i++) {
		AUTO_ARENA a = {NULL};
		int number = 0;
		struct step s = some(&a, 0, &number);
		const struct path p = {.name = "x", .title = "x", .steps = &s, .n = 1};
		const struct path_case c = {.haves = &aid,
					    .have_count = 1,
					    .day = date_make(2026, 3, 14),
					    .a = &a};
		struct path_verdict v;
		path_judge(&p, &c, &v);
		assert_int_equal(v.missing * 1000 + v.doubt, least(&s));
		assert_int_equal(v.of, v.met + v.missing + v.doubt);
	}
}

static void an_exam_is_good_to_its_last_day(void **state)
{
	static const struct {
		int day, month;
		int64_t score;
		enum step_state state;
	} cases[] = {
		{13, 3, 158, STEP_STATE_MET},
		{14, 3, 158, STEP_STATE_MISSING},
		{13, 3, 157, STEP_STATE_MISSING},
		{13, 3, INT_NONE, STEP_STATE_UNSURE},
	};
	const struct step_exam exam = {"5312", 158, DATE_NONE, DATE_NONE};
	const struct step s = {.verb = STEP_EXAM,
			       .id = "exam",
			       .exams = &exam,
			       .exam_count = 1,
			       .lasts_months = 60,
			       .level = RULE_LEVEL_MUST};
	const struct path p = {.name = "x", .title = "x", .steps = &s, .n = 1};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_ARENA a = {NULL};
		struct have h;
		shape_none(&shape_have, &h);
		h.kind = HAVE_EXAM;
		h.title = h.code = "5312";
		h.score = cases[i].score;
		h.on = date_make(2021, 3, 14);
		const struct path_case c = {
			.haves = &h,
			.have_count = 1,
			.day = date_make(2026, cases[i].month, cases[i].day),
			.a = &a};
		struct path_verdict v;
		path_judge(&p, &c, &v);
		assert_int_equal(v.steps[0].state, cases[i].state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_all_routes_the_one_that_lacks_least_is_needed),
		cmocka_unit_test(an_exam_is_good_to_its_last_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
