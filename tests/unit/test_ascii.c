#include "common/ascii.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The C locale's own, which tests run in, over every byte. */
static void bytes_are_what_they_are_in_the_c_locale(void **state)
{
	(void)state;
	for (int c = -128; c < 128; c++) {
		unsigned char u = (unsigned char)c;
		assert_int_equal(ascii_lower((char)c), (char)tolower(u));
		assert_int_equal(ascii_upper((char)c), (char)toupper(u));
		assert_int_equal(ascii_is_letter((char)c), isalpha(u) != 0);
		assert_int_equal(ascii_is_upper((char)c), isupper(u) != 0);
		assert_int_equal(ascii_is_digit((char)c), isdigit(u) != 0);
		assert_int_equal(ascii_is_alnum((char)c), isalnum(u) != 0);
		assert_int_equal(ascii_is_space((char)c), isspace(u) != 0);
	}
}

static void texts_are_the_same_but_for_case(void **state)
{
	static const struct {
		const char *a, *b;
		size_t n;
		bool same;
	} cases[] = {
		{"", "", SIZE_MAX, true},
		{"IN", "in", SIZE_MAX, true},
		{"in", "in ", SIZE_MAX, false},
		{"in 3", "IN 4", 3, true},
		{"in 3", "IN 4", 4, false},
		{"a", "", 1, false},
		{"", "x", 0, true},
		{"\xc4\xb0", "i", SIZE_MAX, false},
		{"\xc4\xb1", "\xc4\xb1", 9, true},
		{"@", "`", SIZE_MAX, false},
		{"[", "{", SIZE_MAX, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (ascii_same_n(cases[i].a, cases[i].b, cases[i].n) != cases[i].same)
			fail_msg("%s and %s", cases[i].a, cases[i].b);
	assert_true(ascii_same("Fri", "fRI"));
	assert_false(ascii_same("Fri", "Fr"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_what_they_are_in_the_c_locale),
		cmocka_unit_test(texts_are_the_same_but_for_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
