/* Every file in tests/rules is a pack whose examples show one shape of a rule; shipped
 * packs have examples too, and both come out as was computed by hand. */
#include "common/texts.h"
#include "daemon/judge/example.h"
#include "daemon/pack/file.h"
#include "tests/support/told.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void tell_example(const struct pack *p, const struct pack_example *x,
			 struct arena *a, struct texts *said)
{
	struct example_case of;
	struct verdict v;

	example_prepare(p, x, a, &of);
	rules_evaluate(&of.c, a, &v);
	const char *other = told_otherwise(&of.c, &v, a);
	if (other)
		texts_add(said, other, a);
	example_done(&of);
}

static size_t run_all(const struct pack *p, const char *path, struct arena *a)
{
	size_t wrong = 0;

	for (size_t i = 0; i < p->example_count; i++) {
		struct texts said = {0, NULL};
		example_run(p, &p->examples[i], a, &said);
		tell_example(p, &p->examples[i], a, &said);
		for (size_t k = 0; k < said.n; k++)
			print_error("%s:%d: %s: %s\n", path, p->examples[i].line,
				    p->examples[i].name, said.v[k]);
		wrong += said.n;
	}
	return wrong;
}

static size_t run_file(const char *path, size_t examples_least)
{
	AUTO_ARENA arena = {NULL};
	struct pack p;
	struct err e;
	char *text;
	size_t n;

	assert_int_equal(pack_file_read(path, &text, &n), 0);
	int r = pack_parse(text, n, path, &arena, &p, &e);
	free(text);
	if (r < 0) {
		print_error("%s\n", e.message);
		return 1;
	}
	/* Where nothing is counted there is nothing to compute. */
	if (p.rules.n && p.example_count < examples_least) {
		print_error("%s: it needs %zu examples\n", path, examples_least);
		return 1;
	}
	return run_all(&p, path, &arena);
}

static void run_folder(const char *folder, size_t examples_least)
{
	AUTO_ARENA arena = {NULL};
	struct dirent **entries;
	size_t wrong = 0;
	int n = scandir(folder, &entries, NULL, alphasort);

	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		if (strstr(entries[i]->d_name, ".yaml"))
			wrong += run_file(
				arena_printf(&arena, "%s/%s", folder, entries[i]->d_name),
				examples_least);
		free(entries[i]);
	}
	free(entries);
	assert_int_equal(wrong, 0);
}

static void every_shape_of_a_rule_comes_out_as_computed_by_hand(void **state)
{
	(void)state;
	run_folder("tests/rules", 1);
}

static void every_shipped_pack_agrees_with_its_examples(void **state)
{
	(void)state;
	run_folder("schema/packs", 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_shape_of_a_rule_comes_out_as_computed_by_hand),
		cmocka_unit_test(every_shipped_pack_agrees_with_its_examples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
