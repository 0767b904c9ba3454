#include "common/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void a_message_is_one_line_of_whole_characters(void **state)
{
	static const struct {
		const char *typed, *message;
	} cases[] = {
		{"1h\nb", "\"1h b\" is not a date"},
		{"\t\x1b[3m\x7f", "\"  [3m \" is not a date"},
		{"\xc2\x85\xe2\x80\xa8x", "\"  x\" is not a date"},
		{"\xe2\x80\xae\xe2\x81\xa6", "\"  \" is not a date"},
		{"h\xc3\xa9", "\"h\xc3\xa9\" is not a date"},
		{"hour\xe2\x82\xac", "\"hour\" is not a date"},
		{"ho\xf0\x9f\x98\x80", "\"ho\xf0\x9f\x98\x80\" is not a date"},
		{"hou\xf0\x9f\x98\x80", "\"hou\" is not a date"},
		{"h\xff\x80", "\"h??\" is not a date"},
		{"h\xe9", "\"h\" is not a date"},
		{"\xc0\x80", "\"??\" is not a date"},
		{"\xed\xa0\x80", "\"???\" is not a date"},
		{"\xf4\x90\x80\x80", "\"????\" is not a date"},
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		err_set(&e, -PDH_USAGE, NULL, "\"%.6s\" is not a date", cases[i].typed);
		assert_string_equal(e.message, cases[i].message);
		assert_int_equal(err_hint(&e, "\"%.6s\" is not a date", cases[i].typed),
				 -PDH_USAGE);
		assert_string_equal(e.hint, cases[i].message);
	}
	assert_int_equal(err_set(&e, -PDH_USAGE, "a\nb", "x"), -PDH_USAGE);
	assert_string_equal(e.field, "a b");
}

static void a_message_too_long_ends_with_a_whole_character(void **state)
{
	char typed[600];
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(typed); i++)
		typed[i] = i % 2 ? '\xa9' : '\xc3';
	typed[sizeof(typed) - 1] = '\0';
	err_set(&e, -PDH_USAGE, NULL, "%s", typed);
	assert_int_equal(strlen(e.message), sizeof(e.message) - 2);
	err_set(&e, -PDH_USAGE, NULL, "x%s", typed);
	assert_int_equal(strlen(e.message), sizeof(e.message) - 1);
}

static void a_message_is_reworded_around_itself(void **state)
{
	struct err e;

	(void)state;
	err_set(&e, -PDH_REFUSED, "limit", "is 1 to 500");
	err_hint(&e, "try 500");
	assert_int_equal(err_reword(&e, "--limit\n%s", e.message), -PDH_REFUSED);
	assert_string_equal(e.message, "--limit is 1 to 500");
	assert_string_equal(e.field, "limit");
	assert_string_equal(e.hint, "try 500");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_one_line_of_whole_characters),
		cmocka_unit_test(a_message_too_long_ends_with_a_whole_character),
		cmocka_unit_test(a_message_is_reworded_around_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
