/* Filters: what the language reads, what it refuses and how it says so, and what a filter takes. */
#include "common/filter.h"

#include "common/search.h"
#include "common/similar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static civil_day today(void)
{
	return date_make(2026, 3, 14);
}

/* "K-12 budgets" by ALA, 2.5 hours of 27 Feb 2026, number 213. */
static struct filter_row sample(struct arena *a)
{
	struct filter_row row = {
		.id = 213,
		.amount = 9000000,
		.unit = UNIT_HOUR,
		.done_on = date_make(2026, 2, 27),
		.duty = true,
		.texts = {"k-12 budgets", "american library association", "", "",
			  "\nliteracy\nschool law\n", "workshop", "live", "", "austin",
			  "", "", ""},
	};

	row.texts[FILTER_PLAIN] = search_plain(row.texts, FILTER_PLAIN, a);
	return row;
}

static void filters_take_what_they_say(void **state)
{
	static const struct {
		const char *filter;
		bool takes;
	} cases[] = {
		{"budgets", true},
		{"k12", true},
		{"library k-12", true},
		{"library and missing", false},
		{"library or missing", true},
		{"not missing", true},
		{"not not missing", false},
		{"\"12 budgets\"", true},
		{"\"budgets 12\"", false},
		{"topic:literacy", true},
		{"topic:LITERACY,ethics", true},
		{"topic:litera", false},
		{"topic:\"school law\"", true},
		{"topic!=literacy", false},
		{"topic:none", false},
		{"topic:any", true},
		{"role:none", true},
		{"role!=presenter", true},
		{"provider:library", true},
		{"provider=library", false},
		{"provider=\"American Library Association\"", true},
		{"hours>=2", true},
		{"hours >= 2.5h", true},
		{"hours>2.5", false},
		{"hours<150m", false},
		{"hours<=150m", true},
		{"hours=2.5", true},
		{"credit>=1ceu", false},
		{"not credit>=1ceu", true},
		{"date:2026-02", true},
		{"date:2026-Q2", false},
		{"date>2026-01", true},
		{"date>=2026-02", true},
		{"date<2026-02", false},
		{"date<=2026-02", true},
		{"date!=2026-02", false},
		{"date<today", true},
		{"date:last-month", true},
		{"date:\"last 30 days\"", true},
		{"id:213", true},
		{"id:3-7", false},
		{"id:3-7,200..300", true},
		{"id>213", false},
		{"id>=#213", true},
		{"planned", false},
		{"duty", true},
		{"duty:no", false},
		{"not planned and duty", true},
		{"missing or budgets and literacy", false},
		{"(missing or budgets) and topic:literacy", true},
		{"missing or budgets topic:literacy", true},
		{"NOT (missing OR gone)", true},
		{"place:aust and kind:workshop and format:live", true},
		{"delivery:recorded", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = {NULL};
		struct filter_row row = sample(&a);
		struct filter_node *f;
		struct err e;
		if (filter_parse(cases[i].filter, today(), "filter", &a, &f, &e) < 0)
			fail_msg("%s: %s", cases[i].filter, e.message);
		if (filter_takes(f, &row) != cases[i].takes)
			fail_msg("%s", cases[i].filter);
	}
}

static void slips_are_named_with_what_is_known(void **state)
{
	static const struct {
		const char *filter, *says, *hint;
	} cases[] = {
		{"topc:literacy", "\"topc\"", "did you mean topic?"},
		{"hous>=2", "\"hous\"", "did you mean hours?"},
		{"zzzzzz:1", "it knows topic, kind", "pdh search"},
		{"hours>=two-ish", "cannot read hours", ""},
		{"hours>=1ceu", "\"1ceu\"", ""},
		{"date:someday", "cannot read date", ""},
		{"id:x", "\"x\"", ""},
		{"id:7-3", "\"7-3\"", ""},
		{"id:99999999999999999999", "\"9999", ""},
		{"topic>literacy", "\"topic\"", ""},
		{"topic:", "\"topic\"", ""},
		{"planned:maybe", "\"maybe\"", ""},
		{"(a", "nothing closes", ""},
		{"a)", "extra parenthesis", ""},
		{"\"a", "nothing ends", ""},
		{"a and", "should follow", ""},
		{"or a", "\"or\"", ""},
		{"not", "should follow", ""},
		{"()", "should follow", ""},
		{"", "should follow", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = {NULL};
		struct filter_node *f;
		struct err e = {0};
		assert_int_equal(
			filter_parse(cases[i].filter, today(), "filter", &a, &f, &e),
			-PDH_USAGE);
		if (!strstr(e.message, cases[i].says) || !strstr(e.hint, cases[i].hint))
			fail_msg("%s: %s (%s)", cases[i].filter, e.message, e.hint);
		assert_string_equal(e.field, "filter");
	}
}

static int parse(const char *text)
{
	AUTO_ARENA a = {NULL};
	struct filter_row row = sample(&a);
	struct filter_node *f;
	struct err e;
	int r = filter_parse(text, today(), "filter", &a, &f, &e);

	if (r == 0)
		(void)filter_takes(f, &row);
	return r;
}

static void depth_and_length_are_bounded(void **state)
{
	char deep[FILTER_MOST + 2];

	(void)state;
	memset(deep, '(', FILTER_MOST);
	deep[FILTER_MOST] = '\0';
	assert_int_equal(parse(deep), -PDH_USAGE);
	for (size_t i = 0; i + 4 <= FILTER_MOST; i += 4)
		memcpy(deep + i, "not ", 4);
	assert_int_equal(parse(deep), -PDH_USAGE);
	for (size_t i = 0; i < FILTER_MOST; i += 2)
		memcpy(deep + i, "a ", 2);
	assert_int_equal(parse(deep), 0);
	memset(deep, 'a', FILTER_MOST + 1);
	deep[FILTER_MOST + 1] = '\0';
	assert_int_equal(parse(deep), -PDH_TOO_LARGE);
}

static void anything_is_read_or_refused(void **state)
{
	static const char *const pieces[] = {
		"(",	 ")",	 "\"",	 "not ",    "and ",	"or ", "topic", ":",
		"!=",	 ">=",	 "<",	 " ",	    ",",	"id",  "3-7",	"..",
		"hours", "2.5h", "date", "2026-02", "\xc3\x89", "a",   "-",	"#"};
	uint64_t seed = UINT64_C(88172645463325252);

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char text[256] = "";
		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		for (uint64_t k = 0, n = seed % 16; k < n; k++)
			strcat(text, pieces[(seed >> (k * 3)) % COUNT(pieces)]);
		int r = parse(text);
		if (r != 0 && r != -PDH_USAGE && r != -PDH_REFUSED)
			fail_msg("%s: %d", text, r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filters_take_what_they_say),
		cmocka_unit_test(slips_are_named_with_what_is_known),
		cmocka_unit_test(depth_and_length_are_bounded),
		cmocka_unit_test(anything_is_read_or_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
