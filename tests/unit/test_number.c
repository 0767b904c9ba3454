/* Numbers of JSON, written with ' for ". */
#include "client/out/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void swap(char *text, char from, char to)
{
	for (char *p = text; *p; p++)
		*p = *p == from ? to : *p;
}

static void expect(const char *json, const char *wanted)
{
	AUTO_BUF out = {0};
	char *typed = strdup(json);

	swap(typed, '\'', '"');
	number_quote(typed, strlen(typed), &out);
	free(typed);
	buf_write(&out, "", 1);
	swap(out.data, '"', '\'');
	assert_string_equal(out.data, wanted);
}

static void a_fraction_becomes_its_digits(void **state)
{
	static const struct {
		const char *json, *wanted;
	} cases[] = {
		{"2.5", "'2.5'"},
		{"-2.50", "'-2.5'"},
		{"10.0", "'10'"},
		{"0.0", "'0'"},
		{"-0.0", "'-0'"},
		{"1e2", "'100'"},
		{"1.5E+3", "'1500'"},
		{"25e-1", "'2.5'"},
		{"25e-4", "'0.0025'"},
		{"0.001e2", "'0.1'"},
		{"0e999", "'0'"},
		{"0.10000000000000000001", "'0.10000000000000000001'"},
		{"12345678901234567890", "'12345678901234567890'"},
		{"1e300", "'1e300'"},
		{"-1.0e-300", "'-1.0e-300'"},
		{"1e99999999999999999999", "'1e99999999999999999999'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(cases[i].json, cases[i].wanted);
}

static void all_else_stays_as_it_is(void **state)
{
	static const char *const same[] = {
		"",
		"0",
		"-12",
		"123456789012345678",
		"[true,null]",
		"01.5",
		"1.",
		".5",
		"+1",
		"1.5.2",
		"1.5e",
		"--1.5",
		"1.5-2",
		"-",
		"-.5",
		"1e+",
		"e",
		"'1.5'",
		"'a\\1.5",
		"{'1.5':1}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		expect(same[i], same[i]);
	expect("{'a\\'1.5':[1.5,2,'\\\\',2.5e0]}", "{'a\\'1.5':['1.5',2,'\\\\','2.5']}");
	expect("'1.5\\", "'1.5\\");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fraction_becomes_its_digits),
		cmocka_unit_test(all_else_stays_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
