/* Categories that nobody can log. */
#include "daemon/pack/read/category.h"

#include "daemon/pack/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD	     "pack: x\nversion: 1\ntitle: X\n"

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

/* What is wrong with a rule of these entries; NULL if nothing is. */
static const char *said(const char *words, const char *where, bool written)
{
	const char *text = arena_printf(
		&arena, HEAD "%s\nrules:\n  - {id: a, limit: 1, where: %s}\n", words,
		where);
	struct err e;
	struct pack p;

	int r = written ? pack_parse_written(text, strlen(text), "x.yaml", NULL, &arena,
					     &p, &e)
			: pack_parse(text, strlen(text), "x.yaml", &arena, &p, &e);
	return r < 0 ? arena_dup(&arena, e.message) : NULL;
}

static void a_category_nobody_can_earn_is_refused(void **state)
{
	static const struct {
		const char *words, *where, *says;
	} cases[] = {
		{"", "{kind: study}",
		 "\"study\" is not known in kinds; did you mean \"self-study\"? If not, list it under \"kinds\""},
		{"", "{kind: Self Study}", NULL},
		{"", "{kind: [workshop, wrkshop]}",
		 "\"wrkshop\" is not known in kinds; did you mean \"workshop\"? If not, list it under \"kinds\""},
		{"", "{not: {kind: wrkshop}}",
		 "\"wrkshop\" is not known in kinds; did you mean \"workshop\"? If not, list it under \"kinds\""},
		{"", "{kind: gardening}",
		 "\"gardening\" is not a kind that people commonly log; if it is meant, list it "
		 "under \"kinds\""},
		{"kinds: [gardening]", "{kind: gardening}", NULL},
		{"kinds: [gardening]", "{kind: garden}",
		 "\"garden\" is not known in kinds"},
		{"kinds: [gardening]", "{kind: workshop}",
		 "\"workshop\" is not known in kinds"},
		{"kinds: {self-study: [homework]}", "{kind: homework}", NULL},
		{"", "{format: lve}",
		 "\"lve\" is not known in formats; did you mean \"live\"? If not, list it under \"formats\""},
		{"formats: [by-post]", "{format: by post}", NULL},
		{"topics: [law]", "{topic: low}",
		 "\"low\" is not known in topics; did you mean \"law\"?"},
		{"", "{topic: anything}", NULL},
		{"", "{role: presentor}",
		 "\"presentor\" is not known in role; did you mean \"presenter\"?"},
		{"", "{role: usher}", NULL},
		{"", "{provider: Anybody}", NULL},
		{"", "{approval: granted}",
		 "approval is approved, pending or refused, not \"granted\""},
		{"", "{duty: maybe}", "duty is no or yes, not \"maybe\""},
		{"", "{unit: semester-hour}", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *got = said(cases[i].words, cases[i].where, true);
		if (!cases[i].says && got)
			fail_msg("%s: %s", cases[i].where, got);
		if (cases[i].says)
			assert_string_equal(
				got, arena_printf(&arena, "x.yaml:6: %s", cases[i].says));
	}
}

/* What a cycle began under stays readable, whatever a later version knows of kinds. */
static void what_was_kept_is_not_doubted(void **state)
{
	(void)state;
	assert_null(said("", "{kind: study, approval: granted}", false));
	assert_non_null(said("kinds: [a]", "{kind: b}", false));
}

static void slips_of_common_kinds_are_noticed(void **state)
{
	(void)state;
	assert_string_equal(category_slip("selfstudy"), "self-study");
	assert_null(category_slip("self-study"));
	assert_null(category_slip("community-service"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_category_nobody_can_earn_is_refused),
		cmocka_unit_test(what_was_kept_is_not_doubted),
		cmocka_unit_test(slips_of_common_kinds_are_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
