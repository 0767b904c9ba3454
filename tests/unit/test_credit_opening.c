/* Opening balances as people write them. */
#include "common/credit_opening.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* "2025: 20.0 hour, ethics 2.0 hour; 2026: ..." */
static const char *told(struct arena *a, const char *typed)
{
	struct credit_opening *v;
	const char *all = "";
	char amount[CREDIT_TEXT_SIZE];
	struct err e = {0};
	size_t n;

	if (credit_openings(&typed, 1, a, &v, &n, &e) < 0)
		return arena_dup(a, e.message);
	for (size_t i = 0; i < n; i++) {
		credit_format(v[i].total.exact, amount);
		all = arena_printf(a, "%s%s%d: %s %s", all, *all ? "; " : "", v[i].year,
				   amount, v[i].total.unit);
		for (size_t k = 0; k < v[i].topic_count; k++) {
			credit_format(v[i].topics[k].credit.exact, amount);
			all = arena_printf(a, "%s, %s %s", all, v[i].topics[k].topic,
					   amount);
		}
	}
	return all;
}

static void what_people_write_is_read(void **state)
{
	static const struct {
		const char *typed, *told;
	} cases[] = {
		{"60h", "0: 60.0 hour"},
		{"60", "0: 60.0 hour"},
		{"60 hours", "0: 60.0 hour"},
		{"2,5", "0: 2.5 hour"},
		{"0", ""},
		{"none", ""},
		{"", ""},
		{"0h, ethics 0h", ""},
		{"60h, ethics 2h", "0: 60.0 hour, ethics 2.0"},
		{"60h; 2h ethics", "0: 60.0 hour, ethics 2.0"},
		{"60,5h, ethics 2,5h", "0: 60.5 hour, ethics 2.5"},
		{"ethics 2h, 3 hours of law and order",
		 "0: 5.0 hour, ethics 2.0, law and order 3.0"},
		{"20h in 2025, 12h in 2026", "2025: 20.0 hour; 2026: 12.0 hour"},
		{"2025 20h, ethics 2h 2025, 1 h 2026",
		 "2025: 20.0 hour, ethics 2.0; 2026: 1.0 hour"},
		{"20h, 5h", "0: 25.0 hour"},
		{"30pt", "0: 30.0 point"},
		{"2025", "0: 2025.0 hour"},
		{"60h, 2ceu",
		 "all of it is said in one unit, and not in hour and in CEU"},
		{"-1h", "credit must be more than zero"},
		{"60h, ethics",
		 "\"ethics\" is not an amount of credit; try 2.5h, 2h30, 150m, 9:00-11:30, 1.5ceu or 3sh"},
		{"60h, ethics and law",
		 "\"ethics and law\" has no amount that can be read"},
		{"a b c d e f g h i j k l m n o p q",
		 "\"a b c d e f g h i j k l m n o p q\" has no amount that can be read"},
	};
	AUTO_ARENA a = {NULL};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (strcmp(told(&a, cases[i].typed), cases[i].told) != 0)
			fail_msg("\"%s\" is read as \"%s\"", cases[i].typed,
				 told(&a, cases[i].typed));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_people_write_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
