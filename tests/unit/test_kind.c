#include "common/kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct arena arena;

static struct kind_context context(void)
{
	return (struct kind_context){.arena = &arena, .today = date_make(2026, 3, 14)};
}

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void every_kind_knows_what_none_is(void **state)
{
	(void)state;
	for (enum kind k = 0; k < KIND_COUNT; k++) {
		char value[64];
		memset(value, 0x55, sizeof(value));
		kind_none(k, value);
		assert_true(kind_is_none(k, value));
		assert_true(kind_row(k)->size <= sizeof(value));
	}
}

static void texts_are_trimmed_and_made_one_line(void **state)
{
	static const struct {
		enum kind kind;
		const char *typed, *stored;
	} cases[] = {
		{KIND_TEXT, "  two  words ", "two  words"},
		{KIND_TEXT, "a\tb\nc", "a b c"},
		{KIND_NOTE, "a\tb\r\nc\n", "a\tb\nc"},
		{KIND_ALIAS, "TX-Lib", "tx-lib"},
		{KIND_ITEM, "fee", "fee"},
		{KIND_TEXT, "Zo\xc3\xab", "Zo\xc3\xab"},
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *got;
		assert_int_equal(kind_check_text(cases[i].kind, cases[i].typed,
						 strlen(cases[i].typed), &arena, &got,
						 &e),
				 0);
		assert_string_equal(got, cases[i].stored);
	}
}

static void texts_that_could_harm_a_terminal_are_refused(void **state)
{
	static const struct {
		enum kind kind;
		const char *typed;
	} cases[] = {
		{KIND_TEXT, "\x1b[31mred"}, /* escape sequence */
		{KIND_NOTE, "bell\a"},	    /* control character */
		{KIND_TEXT, "\xc2\x9b"},    /* C1 control */
		{KIND_TEXT, "\xe2\x80\xae"
			    "abc"},	 /* right-to-left override */
		{KIND_TEXT, "\xff\xfe"}, /* not UTF-8 */
		{KIND_TEXT, "\xc0\xaf"}, /* overlong */
		{KIND_ALIAS, "two words"},
		{KIND_ALIAS, "9lives"},
		{KIND_ITEM, "tax"},
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *got = NULL;
		assert_int_equal(kind_check_text(cases[i].kind, cases[i].typed,
						 strlen(cases[i].typed), &arena, &got,
						 &e),
				 -PDH_USAGE);
		assert_null(got);
	}
}

static void a_text_has_a_longest_length(void **state)
{
	char text[400];
	const char *got;
	struct err e;

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(kind_check_text(KIND_TEXT, text, 300, &arena, &got, &e), 0);
	assert_int_equal(kind_check_text(KIND_TEXT, text, 301, &arena, &got, &e),
			 -PDH_TOO_LARGE);
}

static void lists_grow_by_words_and_commas(void **state)
{
	struct kind_context c = context();
	struct texts topics, facts;
	struct ids ids;
	struct err e;

	(void)state;
	kind_none(KIND_TOPICS, &topics);
	assert_int_equal(kind_from_text(KIND_TOPICS, "a, b,,c", &c, &topics, &e), 0);
	assert_int_equal(kind_from_text(KIND_TOPICS, "d", &c, &topics, &e), 0);
	assert_int_equal(topics.n, 4);
	assert_string_equal(topics.v[1], "b");
	kind_none(KIND_TOPICS, &topics);
	assert_int_equal(kind_from_text(KIND_TOPICS, "", &c, &topics, &e), 0);
	assert_int_equal(topics.n, 0);
	assert_false(kind_is_none(KIND_TOPICS, &topics));
	kind_none(KIND_TEXTS, &facts);
	assert_int_equal(kind_from_text(KIND_TEXTS, "a=1, 2", &c, &facts, &e), 0);
	assert_int_equal(facts.n, 1);
	kind_none(KIND_IDS, &ids);
	assert_int_equal(kind_from_text(KIND_IDS, "1,#22", &c, &ids, &e), 0);
	assert_int_equal(ids.n, 2);
	assert_int_equal(ids.v[1], 22);
}

static void words_become_values(void **state)
{
	struct kind_context c = context();
	struct period p;
	struct err e;
	int64_t n;
	int8_t yes;
	int32_t months;
	civil_day d;

	(void)state;
	assert_int_equal(kind_from_text(KIND_INT, "-5", &c, &n, &e), 0);
	assert_int_equal(n, -5);
	assert_int_equal(kind_from_text(KIND_ID, "#212", &c, &n, &e), 0);
	assert_int_equal(n, 212);
	assert_int_equal(kind_from_text(KIND_ID, "-1", &c, &n, &e), -PDH_USAGE);
	assert_int_equal(kind_from_text(KIND_INT, "99999999999999999999", &c, &n, &e),
			 -PDH_USAGE);
	assert_int_equal(kind_from_text(KIND_INT, "5x", &c, &n, &e), -PDH_USAGE);
	assert_int_equal(kind_from_text(KIND_BOOL, "Yes", &c, &yes, &e), 0);
	assert_int_equal(yes, 1);
	assert_int_equal(kind_from_text(KIND_BOOL, "maybe", &c, &yes, &e), -PDH_USAGE);
	assert_int_equal(setenv("TZ", "America/Chicago", 1), 0);
	tzset();
	assert_int_equal(kind_from_text(KIND_DATE, "2026-03-14T02:00:00Z", &c, &d, &e),
			 0);
	assert_int_equal(d, date_make(2026, 3, 13));
	assert_int_equal(
		kind_from_text(KIND_DATE, "2026-03-14T02:00:00+05:30", &c, &d, &e), 0);
	assert_int_equal(d, date_make(2026, 3, 14));
	assert_int_equal(kind_from_text(KIND_SPAN, "2y", &c, &months, &e), 0);
	assert_int_equal(months, 24);
	assert_int_equal(kind_from_text(KIND_DATE, "31 aug", &c, &d, &e), 0);
	assert_int_equal(d, date_make(2025, 8, 31));
	assert_int_equal(kind_from_text(KIND_DUE, "31 aug", &c, &d, &e), 0);
	assert_int_equal(d, date_make(2026, 8, 31));
	assert_int_equal(kind_from_text(KIND_PERIOD, "2026-Q1", &c, &p, &e), 0);
	assert_int_equal(p.to, date_make(2026, 3, 31));
}

static void a_choice_is_a_word_and_back(void **state)
{
	size_t choices = 0;

	(void)state;
	for (enum kind k = 0; k < KIND_COUNT; k++) {
		const char *const *words = kind_words(k);
		for (int i = 0; words && words[i]; i++, choices++) {
			int value = kind_value(k, words[i]);
			assert_int_equal(value, i + 1);
			assert_false(kind_is_none(k, &value));
			assert_string_equal(kind_word(k, &value), words[i]);
		}
	}
	assert_true(choices > 20);
	assert_int_equal(kind_value(KIND_NEED_STATE, "a word of later"), NEED_STATE_NONE);
	assert_string_equal(need_state_word(NEED_STATE_SO_FAR), "so-far");
	assert_string_equal(need_state_word(NEED_STATE_NONE), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_knows_what_none_is),
		cmocka_unit_test(texts_are_trimmed_and_made_one_line),
		cmocka_unit_test(texts_that_could_harm_a_terminal_are_refused),
		cmocka_unit_test(a_text_has_a_longest_length),
		cmocka_unit_test(lists_grow_by_words_and_commas),
		cmocka_unit_test(words_become_values),
		cmocka_unit_test(a_choice_is_a_word_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
