/* Tables: what is cut, what is left out, and what never is. */
#include "client/term/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct term utf8 = {.utf8 = true, .width = 80};

enum { COLUMNS = 4, ROWS = 2 };

static const struct column columns[COLUMNS] = {
	{.head = "ID", .right = true},
	{.head = "TITLE", .gap = 2, .least = 5},
	{.head = "WHO", .gap = 2, .drop = 2, .least = 6},
	{.head = "HOURS", .gap = 2, .right = true, .drop = 1},
};

struct sample {
	const char *cells[ROWS][COLUMNS];
};

static const struct sample usual = {{
	{"9", "Book study", "library", "12.5"},
	{"1234567", "Safety", "school", "1.0"},
}};

/* Rows that end with a row without an ID are not there. */
static void expect_of(const struct column *of, const struct sample *sample, bool headless,
		      int width, const char *wanted)
{
	AUTO_ARENA a = {0};
	char *text = NULL;
	size_t n = 0;
	struct screen s = {
		.t = &utf8, .a = &a, .out = open_memstream(&text, &n), .width = width};
	struct table t = {.s = &s, .columns = of, .n = COLUMNS, .headless = headless};

	assert_non_null(s.out);
	for (size_t i = 0; i < ROWS && sample->cells[i][0]; i++) {
		struct cell *cells = table_row(&t);
		for (size_t k = 0; k < COLUMNS; k++)
			cells[k].text = sample->cells[i][k];
	}
	table_print(&t);
	fclose(s.out);
	assert_string_equal(text, wanted);
	free(text);
}

static void expect(const struct sample *sample, bool headless, int width,
		   const char *wanted)
{
	expect_of(columns, sample, headless, width, wanted);
}

static void numbers_end_and_texts_begin_in_one_column(void **state)
{
	(void)state;
	expect(&usual, false, 80,
	       "     ID  TITLE       WHO      HOURS\n"
	       "      9  Book study  library   12.5\n"
	       "1234567  Safety      school     1.0\n");
}

static void the_widest_text_is_cut_first(void **state)
{
	(void)state;
	expect(&usual, false, 32,
	       "     ID  TITLE    WHO      HOURS\n"
	       "      9  Book s…  library   12.5\n"
	       "1234567  Safety   school     1.0\n");
	expect(&usual, false, 29,
	       "     ID  TITLE  WHO     HOURS\n"
	       "      9  Book…  libra…   12.5\n"
	       "1234567  Safe…  school    1.0\n");
}

static void columns_go_in_their_order_and_give_room_to_the_rest(void **state)
{
	(void)state;
	expect(&usual, false, 28,
	       "     ID  TITLE       WHO\n"
	       "      9  Book study  library\n"
	       "1234567  Safety      school\n");
	expect(&usual, false, 21,
	       "     ID  TITLE\n"
	       "      9  Book study\n"
	       "1234567  Safety\n");
	expect(&usual, false, 14,
	       "     ID  TITLE\n"
	       "      9  Book…\n"
	       "1234567  Safe…\n");
}

static void a_column_without_values_is_left_out(void **state)
{
	static const struct sample some = {{{"1", "a", NULL, ""}, {"2", NULL, "", NULL}}};

	(void)state;
	expect(&some, false, 80, "ID  TITLE\n 1  a\n 2\n");
}

static void heads_need_rows(void **state)
{
	static const struct sample none = {{{NULL}}};

	(void)state;
	expect(&none, false, 80, "");
	expect(&usual, true, 80,
	       "      9  Book study  library  12.5\n"
	       "1234567  Safety      school    1.0\n");
}

static void what_is_wide_or_unsafe_is_measured_as_it_is_shown(void **state)
{
	static const struct sample odd = {
		{{"1", "漢字", "a\nb", "1.0"}, {"2", "\033[1m", "Zoe\xcc\x88", "2.0"}}};

	(void)state;
	expect(&odd, true, 80,
	       "1  漢字  a b  1.0\n"
	       "2  �[1m  Zoe\xcc\x88  2.0\n");
}

/* The gap of the first column is before the first that is shown, and is part of what has to fit. */
static void an_indent_is_kept_and_counted(void **state)
{
	static const struct column indented[COLUMNS] = {
		{.head = "ID", .right = true, .gap = 4, .drop = 1},
		{.head = "TITLE", .gap = 2, .least = 5},
		{.head = "WHO", .gap = 2, .least = 6},
		{.head = "HOURS", .gap = 2, .right = true},
	};

	(void)state;
	expect_of(indented, &usual, false, 39,
		  "         ID  TITLE       WHO      HOURS\n"
		  "          9  Book study  library   12.5\n"
		  "    1234567  Safety      school     1.0\n");
	expect_of(indented, &usual, false, 36,
		  "         ID  TITLE    WHO      HOURS\n"
		  "          9  Book s…  library   12.5\n"
		  "    1234567  Safety   school     1.0\n");
	expect_of(indented, &usual, false, 30,
		  "    TITLE       WHO      HOURS\n"
		  "    Book study  library   12.5\n"
		  "    Safety      school     1.0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_end_and_texts_begin_in_one_column),
		cmocka_unit_test(the_widest_text_is_cut_first),
		cmocka_unit_test(columns_go_in_their_order_and_give_room_to_the_rest),
		cmocka_unit_test(a_column_without_values_is_left_out),
		cmocka_unit_test(heads_need_rows),
		cmocka_unit_test(what_is_wide_or_unsafe_is_measured_as_it_is_shown),
		cmocka_unit_test(an_indent_is_kept_and_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
