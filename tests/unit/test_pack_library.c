#include "tests/support/pack_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static struct pack_home *home;
static struct pack_library *library;

static void put(const char *layer, const char *name, const char *text)
{
	pack_home_put(home, layer, name, text);
}

static int set_up(void **state)
{
	int r = pack_home_open(state);

	home = *state;
	library = home->library;
	put("shipped", "a.yaml", "pack: a\nversion: 1\ntitle: A\n");
	put("shipped", "b.yaml", "pack: b\nversion: 1\ntitle: B\n");
	return r;
}

static void expect(const char *id, const char *layer, const char *title)
{
	const struct pack *p = pack_home_find(home, id);

	assert_string_equal(p->layer, layer);
	assert_string_equal(p->title, title);
}

static size_t all(struct texts *problems)
{
	const struct pack *const *packs;
	size_t n;

	pack_library_all(library, &packs, &n, problems);
	for (size_t i = 1; i < n; i++)
		assert_true(strcmp(packs[i - 1]->id, packs[i]->id) < 0);
	return n;
}

static void assert_told(const struct texts *problems, const char *says)
{
	for (size_t i = 0; i < problems->n; i++)
		if (strstr(problems->v[i], says))
			return;
	fail_msg("nothing says %s", says);
}

static void the_later_layer_wins_after_a_reload(void **state)
{
	struct texts problems;

	(void)state;
	expect("a", "shipped", "A");
	put("own", "a.yaml", "pack: a\nversion: 1\ntitle: Mine\n");
	pack_library_reload(library);
	expect("a", "own", "Mine");
	put("own", "a.yaml", "pack: a\nversion: 1\ntitle: Newer\n");
	expect("a", "own", "Mine");
	pack_library_reload(library);
	expect("a", "own", "Newer");
	assert_int_equal(all(&problems), 2);
	assert_int_equal(problems.n, 0);
}

static void a_broken_pack_hides_nothing_and_is_told(void **state)
{
	const struct pack *p;
	struct texts problems;
	struct err e;

	(void)state;
	put("own", "a.yaml", "pack: a\nversion: 1\n");
	put("own", "c.yaml", "pack: d\nversion: 1\ntitle: D\n");
	put("own", "e.yml", "");
	put("own", "f.json", "");
	put("own", "README", "");
	expect("a", "shipped", "A");
	assert_int_equal(all(&problems), 2);
	assert_int_equal(problems.n, 4);
	assert_told(&problems, "/own/e.yml: a pack's file ends in .yaml");
	assert_told(&problems, "/own/f.json: a pack's file ends in .yaml");
	assert_told(&problems, "/own/a.yaml:1: a pack needs \"title\"");
	assert_told(&problems,
		    "/own/c.yaml: it says pack: d, so its file is called d.yaml");
	assert_int_equal(pack_library_find(library, "c", &p, &e), -PDH_REFUSED);
	assert_non_null(strstr(e.message, "it says pack: d"));
}

static void what_is_no_pack_is_not_found(void **state)
{
	static const char *const names[] = {"", "../shipped/a", "A", "nothing-like-it"};
	const struct pack *p;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(pack_library_find(library, names[i], &p, &e),
				 -PDH_NOT_FOUND);
	assert_string_equal(e.hint, "pdh rules list shows them");
	put("shipped", "us-tx.yaml", "pack: us-tx\nversion: 1\ntitle: T\n");
	pack_library_reload(library);
	assert_int_equal(pack_library_find(library, "us-xt", &p, &e), -PDH_NOT_FOUND);
	assert_string_equal(e.hint, "did you mean \"us-tx\"?");
}

static void what_is_no_file_is_a_problem(void **state)
{
	char path[128];
	const struct pack *p;
	struct texts problems;
	struct err e;

	(void)state;
	snprintf(path, sizeof(path), "%s/own/a.yaml", home->folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	snprintf(path, sizeof(path), "%s/own/g.yaml", home->folder);
	assert_int_equal(mkdir(path, 0700), 0);
	expect("a", "shipped", "A");
	assert_int_equal(pack_library_find(library, "g", &p, &e), -PDH_REFUSED);
	assert_non_null(strstr(e.message, "/own/g.yaml: not a file"));
	assert_int_equal(all(&problems), 2);
	assert_int_equal(problems.n, 2);
}

static void what_is_wrong_with_own_packs_is_told_alone(void **state)
{
	struct texts problems;

	(void)state;
	put("shipped", "c.yaml", "pack: c\n");
	put("own", "a.yaml", "pack: a\nversion: 1\n");
	put("own", "d.yaml", "pack: d\nversion: 1\ntitle: D\n");
	pack_library_own_problems(library, &problems);
	assert_int_equal(problems.n, 1);
	assert_told(&problems, "/own/a.yaml:1: a pack needs \"title\"");
	assert_int_equal(all(&problems), 3);
	assert_int_equal(problems.n, 2);
	put("own", "a.yaml", "pack: a\nversion: 1\ntitle: Mine\n");
	pack_library_reload(library);
	pack_library_own_problems(library, &problems);
	assert_int_equal(problems.n, 0);
}

static void what_a_pack_hides_is_known(void **state)
{
	struct pack_stack stack;

	(void)state;
	put("own", "a.yaml", "pack: a\nversion: 3\ntitle: Mine\n");
	put("system", "a.yaml", "pack: a\nversion: 2\n");
	pack_library_stack(library, "a", &stack);
	assert_int_equal(stack.n, 2);
	assert_string_equal(stack.v[0]->version, "3");
	assert_string_equal(stack.v[1]->layer, "shipped");
	pack_library_stack(library, "../a", &stack);
	assert_int_equal(stack.n, 0);
}

static void every_shipped_pack_loads(void **state)
{
	const struct pack_layer layers[PATH_PACK_LAYERS] = {{"shipped", "schema/packs"}};
	struct pack_library *l = pack_library_new(layers);
	const struct pack *const *packs;
	struct texts problems;
	size_t n;

	(void)state;
	pack_library_all(l, &packs, &n, &problems);
	for (size_t i = 0; i < problems.n; i++)
		print_error("%s\n", problems.v[i]);
	assert_int_equal(problems.n, 0);
	assert_true(n >= 4);
	for (size_t i = 0; i < n; i++) {
		assert_true(packs[i]->read != DATE_NONE ||
			    strcmp(packs[i]->id, "clearance") == 0);
		assert_true(!packs[i]->rules.has_total || packs[i]->rules.cite);
	}
	pack_library_free(l);
}

static void a_folder_that_is_none_is_told_or_passed_over(void **state)
{
	const struct pack_layer layers[PATH_PACK_LAYERS] = {{"shipped", "/nonexistent"},
							    {"system", "/etc/hostname"}};
	struct pack_library *l = pack_library_new(layers);
	const struct pack *const *packs;
	struct texts problems;
	size_t n;

	(void)state;
	pack_library_all(l, &packs, &n, &problems);
	assert_int_equal(n, 0);
	assert_int_equal(problems.n, 1);
	assert_string_equal(problems.v[0], "/etc/hostname: Not a directory");
	pack_library_free(l);
	pack_library_free(NULL);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, pack_home_close)
	const struct CMUnitTest tests[] = {
		TEST(the_later_layer_wins_after_a_reload),
		TEST(a_broken_pack_hides_nothing_and_is_told),
		TEST(what_is_no_pack_is_not_found),
		TEST(what_is_no_file_is_a_problem),
		TEST(what_is_wrong_with_own_packs_is_told_alone),
		TEST(what_a_pack_hides_is_known),
		cmocka_unit_test(every_shipped_pack_loads),
		cmocka_unit_test(a_folder_that_is_none_is_told_or_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
