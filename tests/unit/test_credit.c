#include "common/credit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MINUTES(n)   (INT64_C(60000) * (n))

static void what_a_person_types_is_kept_exactly(void **state)
{
	static const struct {
		const char *typed;
		int64_t exact;
		const char *unit;
	} cases[] = {
		{"2.5h", MINUTES(150), "hour"},
		{"2.5", MINUTES(150), "hour"},
		{".5", MINUTES(30), "hour"},
		{" 2 hours", MINUTES(120), "hour"},
		{"2h30", MINUTES(150), "hour"},
		{"2h30m", MINUTES(150), "hour"},
		{"2 h 30 min", MINUTES(150), "hour"},
		{"2hr5", MINUTES(125), "hour"},
		{"150m", MINUTES(150), "hour"},
		{"150M", MINUTES(150), "hour"},
		{"2H30", MINUTES(150), "hour"},
		{"2h30M", MINUTES(150), "hour"},
		{"2 H 30 Min", MINUTES(150), "hour"},
		{"2 hours 30 minutes", MINUTES(150), "hour"},
		{"7.5 min", 450000, "hour"},
		{"20 minutes", MINUTES(20), "hour"},
		{"2:30", MINUTES(150), "hour"},
		{"9:00-11:30", MINUTES(150), "hour"},
		{"9:00 - 11:30", MINUTES(150), "hour"},
		{"0:00-24:00", MINUTES(1440), "hour"},
		{"1.5ceu", CREDIT_ONE * 3 / 2, "CEU"},
		{"0.123 CEUs", 442800, "CEU"},
		{"3sh", CREDIT_ONE * 3, "semester hour"},
		{"3 semester hours", CREDIT_ONE * 3, "semester hour"},
		{"3 qh", CREDIT_ONE * 3, "quarter hour"},
		{"12 PDPs", CREDIT_ONE * 12, "point"},
		{"0.000005", 18, "hour"},
		{"100000", CREDIT_MAX, "hour"},
	};
	struct credit c;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (credit_parse(cases[i].typed, &c, &e) < 0)
			fail_msg("%s: %s", cases[i].typed, e.message);
		assert_int_equal(c.exact, cases[i].exact);
		assert_string_equal(c.unit, cases[i].unit);
	}
	assert_int_equal(credit_parse("2,5h", &c, &e), 0);
	assert_int_equal(c.exact, MINUTES(150));
}

static void a_refusal_says_what_is_wrong(void **state)
{
#define TRY " is not an amount of credit; try 2.5h, 2h30, 150m, 9:00-11:30, 1.5ceu or 3sh"
	static const struct {
		const char *typed;
		int code;
		const char *says;
	} cases[] = {
		{"", PDH_USAGE, "\"\"" TRY},
		{"h", PDH_USAGE, "\"h\"" TRY},
		{"2.", PDH_USAGE, "\"2.\"" TRY},
		{"2h5x", PDH_USAGE, "\"2h5x\"" TRY},
		{"2ceu30", PDH_USAGE, "\"2ceu30\"" TRY},
		{"2.5h30", PDH_USAGE, "\"2.5h30\"" TRY},
		{"2.0h 30m", PDH_USAGE, "\"2.0h 30m\"" TRY},
		{".5h5", PDH_USAGE, "\".5h5\"" TRY},
		{"2h60", PDH_USAGE, "\"2h60\" has more than 59 minutes to the hour"},
		{"25:00", PDH_USAGE, "\"25:00\"" TRY},
		{"24:01", PDH_USAGE, "\"24:01\"" TRY},
		{"2:5", PDH_USAGE, "\"2:5\"" TRY},
		{"2:60", PDH_USAGE, "\"2:60\"" TRY},
		{"2:30x", PDH_USAGE, "\"2:30x\"" TRY},
		{"9:00-x", PDH_USAGE, "\"9:00-x\"" TRY},
		{"11:30-9:00", PDH_USAGE, "\"11:30-9:00\" ends before it begins"},
		{"9:00-9:00", PDH_USAGE, "\"9:00-9:00\" ends before it begins"},
		{"3 weeks", PDH_USAGE, "\"weeks\" is not a unit of credit"},
		{"1.0000001", PDH_USAGE,
		 "\"1.0000001\" cannot be kept exactly; use fewer decimals, or minutes"},
		{"0.000001", PDH_USAGE,
		 "\"0.000001\" cannot be kept exactly; use fewer decimals, or minutes"},
		{"1.00001m", PDH_USAGE,
		 "\"1.00001m\" cannot be kept exactly; use fewer decimals, or minutes"},
		{"1234567890", PDH_USAGE, "\"1234567890\"" TRY},
		{"-2h", PDH_REFUSED, "credit must be more than zero"},
		{"0", PDH_REFUSED, "credit must be more than zero"},
		{"0:00", PDH_REFUSED, "credit must be more than zero"},
		{"100000.1", PDH_REFUSED, "credit is at most 100000"},
		{"11111111111111111111111111111111111111111", PDH_USAGE,
		 "\"1111111111111111111111111111111111111111\"" TRY},
	};
	struct credit c = {7, "kept"};
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(credit_parse(cases[i].typed, &c, &e), -cases[i].code);
		assert_string_equal(e.message, cases[i].says);
		assert_int_equal(c.exact, 7);
	}
}

static void three_times_twenty_minutes_is_one_hour(void **state)
{
	int64_t sum = 0;
	struct credit c;
	struct err e;

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(credit_parse("20m", &c, &e), 0);
		assert_int_equal(credit_add(sum, c.exact, &sum, &e), 0);
	}
	assert_int_equal(sum, CREDIT_ONE);
}

static void sums_and_products_do_not_overflow(void **state)
{
	int64_t v = 5;
	struct err e;

	(void)state;
	assert_int_equal(credit_add(INT64_MAX, 1, &v, &e), -PDH_REFUSED);
	assert_int_equal(credit_add(INT64_MIN, -1, &v, &e), -PDH_REFUSED);
	assert_int_equal(v, 5);
	assert_int_equal(credit_convert(CREDIT_MAX, (struct ratio){15, 1}, &v, &e), 0);
	assert_int_equal(v, CREDIT_MAX * 15);
	assert_int_equal(credit_convert(7, (struct ratio){1, 2}, &v, &e), 0);
	assert_int_equal(v, 3);
	assert_int_equal(credit_convert(-7, (struct ratio){1, 2}, &v, &e), 0);
	assert_int_equal(v, -4);
	assert_int_equal(credit_convert(INT64_MAX, (struct ratio){2, 1}, &v, &e),
			 -PDH_REFUSED);
	assert_int_equal(credit_convert(INT64_MIN, (struct ratio){2, 1}, &v, &e),
			 -PDH_REFUSED);
}

static void amounts_are_written_as_short_as_they_are_exact(void **state)
{
	static const struct {
		int64_t exact;
		const char *text, *fixed;
	} cases[] = {
		{0, "0.0", "0.0"},
		{MINUTES(150), "2.5", "2.5"},
		{CREDIT_ONE * 66, "66.0", "66.0"},
		{CREDIT_ONE / 3, "0.3333", "0.3"},
		{CREDIT_ONE * 2 / 3, "0.6667", "0.7"},
		{MINUTES(3), "0.05", "0.1"},
		{-MINUTES(3), "-0.05", "-0.1"},
		{-1, "0.0000", "0.0"},
		{18, "0.000005", "0.0"},
		{CREDIT_MAX, "100000.0", "100000.0"},
		{INT64_MIN, "-2562047788015.2155", "-2562047788015.2"},
	};
	char text[CREDIT_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		credit_format(cases[i].exact, text);
		assert_string_equal(text, cases[i].text);
		credit_format_fixed(cases[i].exact, 1, text);
		assert_string_equal(text, cases[i].fixed);
	}
	credit_format_fixed(MINUTES(150), 0, text);
	assert_string_equal(text, "3");
	credit_format_fixed(MINUTES(150), -1, text);
	assert_string_equal(text, "3");
	credit_format_fixed(MINUTES(150), 9, text);
	assert_string_equal(text, "2.500");
}

static void units_have_many_spellings_and_one_word(void **state)
{
	(void)state;
	assert_string_equal(credit_unit_find("HRS"), "hour");
	assert_string_equal(credit_unit_find("ceu"), "CEU");
	assert_null(credit_unit_find(""));
	assert_null(credit_unit_find("hr h"));
	assert_int_equal(credit_unit_number("point"), UNIT_POINT);
	assert_int_equal(credit_unit_number("clock hour"), UNIT_HOUR);
	assert_string_equal(credit_unit_brief("clock hour"), "h");
	assert_string_equal(credit_unit_brief("contact hour"), "contact h");
	assert_string_equal(credit_unit_brief("semester hour"), "sh");
	assert_string_equal(credit_unit_brief("LEU"), "LEU");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_person_types_is_kept_exactly),
		cmocka_unit_test(a_refusal_says_what_is_wrong),
		cmocka_unit_test(three_times_twenty_minutes_is_one_hour),
		cmocka_unit_test(sums_and_products_do_not_overflow),
		cmocka_unit_test(amounts_are_written_as_short_as_they_are_exact),
		cmocka_unit_test(units_have_many_spellings_and_one_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
