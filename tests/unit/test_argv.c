#include "common/argv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The words with | between them. */
static const char *joined(struct arena *a, char **argv, size_t n)
{
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(a, "%s%s%s", all, i ? "|" : "", argv[i]);
	return all;
}

static void words_stand_between_blanks_or_in_quotes(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{"", ""},
		{"  ", ""},
		{"/bin/tell", "/bin/tell"},
		{" /bin/tell\t now ", "/bin/tell|now"},
		{"'/home/My Scripts/tell' -v", "/home/My Scripts/tell|-v"},
		{"\"/home/My Scripts/tell\" -v", "/home/My Scripts/tell|-v"},
		{"/home/My\\ Scripts/tell", "/home/My Scripts/tell"},
		{"a'b c'd\"e f\"g", "ab cde fg"},
		{"x '' \"\" y", "x|||y"},
		{"'\\' \"\\n\\\"\\\\\"", "\\|\\n\"\\"},
		{"it\\'s", "it's"},
		{"$HOME `x` ; > &", "$HOME|`x`|;|>|&"},
		{"\xc3\xa9 '\xc3\xa9 \xc3\xa9'", "\xc3\xa9|\xc3\xa9 \xc3\xa9"},
	};
	struct arena a = {NULL};
	struct err e;
	char **argv;
	size_t n;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(argv_split(cases[i].text, &a, &argv, &n, &e), 0);
		assert_string_equal(joined(&a, argv, n), cases[i].words);
		assert_null(argv[n]);
		assert_null(argv[n + 1]);
	}
	arena_done(&a);
}

static void what_stays_open_is_told_and_read_by_its_blanks(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{"dana's tell", "dana's|tell"},
		{"\"a b", "\"a|b"},
		{"a b\\", "a|b\\"},
		{"'a' \"b", "'a'|\"b"},
	};
	struct arena a = {NULL};
	struct err e;
	char **argv;
	size_t n;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(argv_split(cases[i].text, &a, &argv, &n, &e),
				 -PDH_USAGE);
		assert_non_null(strstr(e.message, "not closed"));
		assert_string_equal(joined(&a, argv, n), cases[i].words);
		assert_null(argv[n]);
		assert_int_equal(argv_split(cases[i].text, &a, &argv, &n, NULL),
				 -PDH_USAGE);
	}
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_stand_between_blanks_or_in_quotes),
		cmocka_unit_test(what_stays_open_is_told_and_read_by_its_blanks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
