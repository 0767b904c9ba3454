/* Versions of rules packs. */
#include "daemon/pack/version.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void numbers_in_versions_compare_as_numbers(void **state)
{
	static const struct {
		const char *newer, *older;
	} cases[] = {
		{"2026.2", "2026.1"},
		{"2026.10", "2026.9"},
		{"2027.1", "2026.12"},
		{"2026.1", "2026"},
		{"2026.1.1", "2026.1"},
		{"2026.1b", "2026.1a"},
		{"2026.1-2", "2026.1"},
		{"10", "9"},
		{"100000000000000000000000000", "99999999999999999999999999"},
		{"b", "a"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (!version_is_newer(cases[i].newer, cases[i].older))
			fail_msg("%s is newer than %s", cases[i].newer, cases[i].older);
		if (version_is_newer(cases[i].older, cases[i].newer))
			fail_msg("%s is older than %s", cases[i].older, cases[i].newer);
	}
}

static void no_version_is_newer_than_itself(void **state)
{
	static const char *const same[][2] = {
		{"2026.1", "2026.1"}, {"2026.01", "2026.1"}, {"", ""}, {"x", "x"}};

	(void)state;
	for (size_t i = 0; i < COUNT(same); i++) {
		assert_false(version_is_newer(same[i][0], same[i][1]));
		assert_false(version_is_newer(same[i][1], same[i][0]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_in_versions_compare_as_numbers),
		cmocka_unit_test(no_version_is_newer_than_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
