#include "common/fact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *jobs[] = {"full-time", "part time", "none"};
static const struct pack_fact employment = {
	"employment", "choice", "How much do you work?", {COUNT(jobs), jobs}, NULL, {0}};
static const struct pack_fact board = {.name = "national board", .type = "yes-no"};
static const struct pack_fact newer = {.name = "shoe size", .type = "half sizes"};
static const struct pack_fact month = {.name = "birth month", .type = "month"};

static void an_answer_is_kept_in_one_form(void **state)
{
	static const struct {
		const struct pack_fact *f;
		const char *typed, *kept;
	} cases[] = {
		{&employment, "full-time", "full-time"},
		{&employment, " Full_Time ", "full-time"},
		{&employment, "PART-TIME", "part time"},
		{&employment, "none", "none"},
		{&board, "yes", "yes"},
		{&board, "Y", "yes"},
		{&board, "true", "yes"},
		{&board, "NO", "no"},
		{&board, "n", "no"},
		{&board, "false", "no"},
		{&newer, "7 1/2", "7 1/2"},
		{&month, "Feb", "2"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = {0};
		const char *got;
		struct err e;
		if (fact_read(cases[i].f, cases[i].typed, &a, &got, &e) < 0)
			fail_msg("%s: %s", cases[i].typed, e.message);
		assert_string_equal(got, cases[i].kept);
	}
}

static void a_wrong_answer_is_told_what_is_taken(void **state)
{
	static const struct {
		const struct pack_fact *f;
		const char *typed, *says, *hint;
	} cases[] = {
		{&employment, "full-tme",
		 "employment is full-time, part time or none, not \"full-tme\"",
		 "did you mean \"full-time\"?"},
		{&employment, "retired",
		 "employment is full-time, part time or none, not \"retired\"", ""},
		{&employment, "full",
		 "employment is full-time, part time or none, not \"full\"", ""},
		{&employment, "", "employment is full-time, part time or none, not \"\"",
		 ""},
		{&board, "maybe", "national board is yes or no, not \"maybe\"", ""},
		{&board, "", "national board is yes or no, not \"\"", ""},
		{&newer, "", "\"shoe size\" has no value", ""},
		{&month, "13", "\"13\" is not a month; write it as 3 or March", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = {0};
		const char *got;
		struct err e = {0};
		assert_int_equal(fact_read(cases[i].f, cases[i].typed, &a, &got, &e),
				 -PDH_USAGE);
		assert_string_equal(e.field, "facts");
		assert_string_equal(e.message, cases[i].says);
		assert_string_equal(e.hint, cases[i].hint);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_kept_in_one_form),
		cmocka_unit_test(a_wrong_answer_is_told_what_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
