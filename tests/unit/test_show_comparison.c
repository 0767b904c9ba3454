/* pdh rules diff and rules try for people. */
#include "client/cli/options.h"
#include "client/show/show.h"
#include "tests/support/golden.h"
#include "tests/support/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct term wide = {.utf8 = true, .width = 80};
static const struct options usual;

/* What show_answer() writes; the caller frees it. */
static char *shown(enum method_id id, const void *record, const struct term *t)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	assert_non_null(out);
	assert_int_equal(show_answer(&api_methods[id], NULL, record, &usual, t, out), 0);
	fclose(out);
	return text;
}

static void expect(enum method_id id, const void *record, const struct term *t,
		   const char *wanted)
{
	char *text = shown(id, record, t);

	assert_string_equal(text, wanted);
	free(text);
}

/* As it is kept in tests/golden/screens/. */
static void expect_screen(enum method_id id, const void *record, const struct term *t,
			  const char *name)
{
	char *text = shown(id, record, t);

	golden_check(name, text);
	free(text);
}

static struct standing *standing(struct arena *a, int64_t counted)
{
	struct standing *s = arena_alloc(a, sizeof(*s));

	shape_none(&shape_standing, s);
	s->alias = "tx-lib";
	s->title = "TX School Librarian";
	s->pack = "us-tx";
	s->version = "2026.1";
	s->unit = "clock hour";
	s->state = STATE_BEHIND;
	s->counted = s->logged = sample_hours(counted);
	s->required = sample_hours(20000);
	s->remaining = sample_hours(20000 - counted);
	s->needs.n = 2;
	s->needs.v = arena_array(a, 2, sizeof(struct need));
	for (size_t i = 0; i < 2; i++)
		shape_none(&shape_need, &s->needs.v[i]);
	s->needs.v[0] = (struct need){.id = "total",
				      .title = "total",
				      .state = NEED_STATE_SHORT,
				      .have = s->counted,
				      .need = s->required,
				      .missing = s->remaining};
	s->needs.v[1] = (struct need){.id = "course",
				      .title = "course",
				      .state = NEED_STATE_SHORT,
				      .have = {0, "activity"},
				      .need = {CREDIT_ONE, "activity"},
				      .missing = {CREDIT_ONE, "activity"}};
	return s;
}

/* 2026.1 and 2027.1 of one pack, which cuts ten hours more, for tx-lib. */
struct sample {
	struct packs_compared r;
	struct pack_difference rules[2];
	struct pack_side before, after;
	struct pack_effect effect;
};

static void fill(struct arena *a, struct sample *s)
{
	memset(s, 0, sizeof(*s));
	s->rules[0] = (struct pack_difference){.id = "independent-study",
					       .change = "changed",
					       .before = "at most 20 %",
					       .after = "at most 15 %"};
	s->rules[1] = (struct pack_difference){.id = "first-aid",
					       .change = "new",
					       .after = "counts double, at most 16 h"};
	s->before = (struct pack_side){
		.pack = "us-tx", .version = "2026.1", .from = "pinned", .now = 0};
	s->after = (struct pack_side){
		.pack = "us-tx", .version = "2027.1", .from = "own", .now = 1};
	shape_none(&shape_pack_effect, &s->effect);
	s->effect.alias = "tx-lib";
	s->effect.added = sample_hours(-1000);
	s->effect.before = standing(a, 13400);
	s->effect.after = standing(a, 12400);
	s->effect.begins = date_make(2022, 9, 1);
	s->effect.from = date_make(2027, 9, 1);
	s->effect.binds = 0;
	s->effect.judged = 0;
	s->effect.next = 1;
	s->r.rules.n = 2;
	s->r.rules.v = s->rules;
	s->r.before = &s->before;
	s->r.after = &s->after;
	s->r.effects.n = 1;
	s->r.effects.v = &s->effect;
}

#define RULES                                                 \
	"us-tx 2026.1 -> 2027.1\n"                            \
	"  independent-study  at most 20 % -> at most 15 %\n" \
	"  first-aid          new: counts double, at most 16 h\n\n"

static void rules_of_later_cycles_change_nothing_now(void **state)
{
	AUTO_ARENA a = {0};
	struct sample s;

	(void)state;
	fill(&a, &s);
	expect(METHOD_pack_diff, &s.r, &wide,
	       RULES
	       "If it bound you: -10.0 h, tx-lib would be 124.0 / 200 h; now 134.0 / 200 h.\n"
	       "  total           66.0 h to go -> 76.0 h to go\n"
	       "It binds cycles that begin on or after 1 Sep 2027. Yours began 1 Sep 2022: no\n"
	       "change now, and the next cycle will use it.\n");
}

static void rules_that_bind_are_offered(void **state)
{
	AUTO_ARENA a = {0};
	struct sample s;

	(void)state;
	fill(&a, &s);
	s.effect.binds = 1;
	s.effect.from = date_make(2022, 9, 1);
	s.effect.until = date_make(2023, 8, 31);
	s.effect.after->needs.v[1].state = NEED_STATE_MET;
	s.effect.after->needs.v[1].missing.exact = 0;
	expect(METHOD_pack_diff, &s.r, &wide,
	       RULES
	       "It binds you: -10.0 h, tx-lib comes to 124.0 / 200 h; now 134.0 / 200 h.\n"
	       "  total           66.0 h to go -> 76.0 h to go\n"
	       "  course          1 to go -> done\n"
	       "It binds cycles that begin from 1 Sep 2022 to 31 Aug 2023, and yours began\n"
	       "1 Sep 2022. To take it over:\npdh rules adopt tx-lib\n");
}

static void what_a_pack_does_not_say_is_the_boards(void **state)
{
	AUTO_ARENA a = {0};
	const char *besides[] = {"ethics, from 1 Jan 2026 on, in running cycles too"};
	struct sample s;

	(void)state;
	fill(&a, &s);
	s.effect.binds = BOOL_NONE;
	s.effect.from = DATE_NONE;
	s.effect.besides = (struct texts){1, besides};
	s.after.now = 0;
	expect(METHOD_pack_diff, &s.r, &wide,
	       RULES
	       "If it bound you: -10.0 h, tx-lib would be 124.0 / 200 h; now 134.0 / 200 h.\n"
	       "  total           66.0 h to go -> 76.0 h to go\n"
	       "It does not say from which day it binds; your board does. Your cycle keeps its\n"
	       "rules until it is renewed.\n"
	       "These of its rules bind yours all the same: ethics, from 1 Jan 2026 on, in\n"
	       "running cycles too.\n");
}

static void rules_in_use_and_rules_that_are_alike_say_so(void **state)
{
	AUTO_ARENA a = {0};
	struct sample s;

	(void)state;
	fill(&a, &s);
	s.effect.judged = 1;
	expect(METHOD_pack_diff, &s.r, &wide,
	       RULES
	       "It judges tx-lib already: -10.0 h, 124.0 / 200 h instead of 134.0 / 200 h.\n"
	       "  total           66.0 h to go -> 76.0 h to go\n");
	s.r.rules.n = 0;
	s.after = s.before;
	s.after.from = "own";
	s.effect.after = s.effect.before;
	s.effect.added.exact = 0;
	expect(METHOD_pack_diff, &s.r, &wide,
	       "us-tx 2026.1 (pinned) -> 2026.1 (own)\n"
	       "Both say the same.\n\n"
	       "For tx-lib both come to 134.0 / 200 h.\n");
	s.r.effects.n = 0;
	expect_screen(METHOD_pack_diff, &s.r, &wide,
		      "rules-in-use-and-rules-that-are-alike-say-so");
}

static void another_board_is_compared_and_not_taken_over(void **state)
{
	AUTO_ARENA a = {0};
	struct sample s;

	(void)state;
	fill(&a, &s);
	s.after.pack = "us-il";
	s.effect.added = (struct credit){0, NULL};
	s.effect.after->needs.n = 1;
	s.effect.after->required = (struct credit){0, NULL};
	expect(METHOD_pack_diff, &s.r, &wide,
	       "us-tx 2026.1 -> us-il 2027.1\n"
	       "  independent-study  at most 20 % -> at most 15 %\n"
	       "  first-aid          new: counts double, at most 16 h\n\n"
	       "Under us-il, tx-lib would be 124.0 h with none required instead of 134.0 /\n"
	       "200 h.\n"
	       "  total           66.0 h to go -> 76.0 h to go\n"
	       "  course          1 to go -> not asked\n");
}

static void a_trial_is_called_one_and_says_what_is_not_known(void **state)
{
	AUTO_ARENA a = {0};
	const char *of[] = {"school", "library"};
	struct question asked[] = {
		{.name = "birth month",
		 .type = "month",
		 .ask = "In which month were you born?"},
		{.name = "work", .ask = "Where?", .type = "choice", .of = {2, of}},
		{.name = "board", .ask = "National Board?", .type = "yes-no"}};
	struct tried r = {.as_of = sample_today()};

	(void)state;
	r.credentials.n = 1;
	r.credentials.v = standing(&a, 13400);
	r.unanswered.n = 3;
	r.unanswered.v = asked;
	expect_screen(METHOD_pack_try, &r, &wide,
		      "a-trial-is-called-one-and-says-what-is-not-known");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_of_later_cycles_change_nothing_now),
		cmocka_unit_test(rules_that_bind_are_offered),
		cmocka_unit_test(what_a_pack_does_not_say_is_the_boards),
		cmocka_unit_test(rules_in_use_and_rules_that_are_alike_say_so),
		cmocka_unit_test(another_board_is_compared_and_not_taken_over),
		cmocka_unit_test(a_trial_is_called_one_and_says_what_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
