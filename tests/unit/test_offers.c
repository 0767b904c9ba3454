/* What a person is told to type for a fact that nobody told: never an answer, so that nobody is
 * let off by what was typed without a thought. */
#include "client/show/question.h"
#include "daemon/pack/file.h"
#include "daemon/pack/pack.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The flag as it is typed, and what the daemon would read of it. */
static void check_offer(const char *pack, const struct pack_fact *f, struct arena *a)
{
	const struct question q = {
		.name = f->name, .type = f->type, .ask = f->ask, .of = f->of};
	const char *flag = question_flag(&q, a), *given = strchr(flag, '='), *value;
	struct err e;

	assert_non_null(given);
	char *typed = arena_dup_n(a, given + 1, strcspn(given + 1, "\""));
	if (fact_read(f, typed, a, &value, &e) == 0)
		fail_msg("%s: %s is stored as %s", pack, flag, value);
}

static void no_pack_offers_an_answer(void **state)
{
	AUTO_ARENA arena = {NULL};
	struct dirent **files;
	int facts = 0, n = scandir("schema/packs", &files, NULL, alphasort);

	(void)state;
	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		const char *path =
			arena_printf(&arena, "schema/packs/%s", files[i]->d_name);
		struct pack p;
		struct err e;
		char *text;
		size_t size;
		if (strstr(files[i]->d_name, ".yaml")) {
			assert_int_equal(pack_file_read(path, &text, &size), 0);
			assert_int_equal(pack_parse(text, size, path, &arena, &p, &e), 0);
			free(text);
			for (size_t k = 0; k < p.fact_count; k++, facts++)
				check_offer(p.id, &p.facts[k], &arena);
		}
		free(files[i]);
	}
	free(files);
	assert_true(facts > 50);
}

static void a_fact_of_every_type_is_asked_for_in_its_form(void **state)
{
	static const struct {
		const char *type, *text;
	} cases[] = {
		{"month", "When? (such as March)"},
		{"date", "When? (a date)"},
		{"number", "When? (a number)"},
		{"yes-no", "When? (yes or no)"},
		{"choice", "When? (now, soon or not yet)"},
		{"word", "When?"},
	};
	const char *words[] = {"now", "soon", "not-yet"};
	AUTO_ARENA arena = {NULL};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const bool choice = strcmp(cases[i].type, "choice") == 0;
		const struct pack_fact f = {"when",  cases[i].type,
					    "When?", {choice ? 3 : 0, words},
					    NULL,    {0, NULL}};
		const struct question q = {
			.name = f.name, .type = f.type, .ask = f.ask, .of = f.of};
		assert_string_equal(question_text(&q, &arena), cases[i].text);
		check_offer("x", &f, &arena);
	}
	assert_non_null(strstr(
		question_flag(&(struct question){.name = "issued"}, &arena), "..."));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_pack_offers_an_answer),
		cmocka_unit_test(a_fact_of_every_type_is_asked_for_in_its_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
