/* --plain=1: columns that are promised, and values that cannot break them. */
#include "client/out/plain.h"

#include "client/out/rows.h"
#include "tests/support/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void expect(const struct shape *s, const void *record, bool header,
		   const char *wanted)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	assert_non_null(out);
	plain_print(s, record, header, &arena, out);
	fclose(out);
	assert_string_equal(text, wanted);
	free(text);
}

static void every_answer_has_columns_that_are_there(void **state)
{
	(void)state;
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct shape *answer = api_methods[i].result;
		const char *p = plain_columns(answer);
		if (!p)
			fail_msg("%s has no columns", api_methods[i].verb);
		while (*p) {
			struct column_path column;
			struct err e;
			size_t n = strcspn(p, " ");
			const char *name = arena_dup_n(&arena, p, n);
			if (rows_column_find(answer, name, &column, &e) < 0)
				fail_msg("%s: %s", api_methods[i].verb, e.message);
			p += n + strspn(p + n, " ");
		}
	}
}

static void columns_are_separated_by_tabs_and_named_first(void **state)
{
	struct version v = {.version = "1.0.0", .level = 1};
	struct checkup none = {.findings = {0, NULL}};

	(void)state;
	expect(&shape_version, &v, false, "1.0.0\t1\n");
	expect(&shape_version, &v, true, "version\tlevel\n1.0.0\t1\n");
	expect(&shape_checkup, &none, false, "");
	expect(&shape_checkup, &none, true, "level\tabout\ttext\n");
}

static void what_is_absent_keeps_its_column(void **state)
{
	struct listed r;

	(void)state;
	sample_listed(&arena, &r);
	r.activities.n = 1;
	expect(&shape_listed, &r, false,
	       "213\t2026-03-14\t\t1.5\thour\t\t\t\t\t\t\t\tStory time in two languages\t\n");
}

static void a_value_cannot_break_its_line(void **state)
{
	struct finding v = {
		.level = FINDING_LEVEL_OK, .about = "a\tb", .text = "c:\\new\nline"};
	struct checkup r = {.findings = {1, &v}};

	(void)state;
	expect(&shape_checkup, &r, false, "ok\ta\\tb\tc:\\\\new\\nline\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_has_columns_that_are_there),
		cmocka_unit_test(columns_are_separated_by_tabs_and_named_first),
		cmocka_unit_test(what_is_absent_keeps_its_column),
		cmocka_unit_test(a_value_cannot_break_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
