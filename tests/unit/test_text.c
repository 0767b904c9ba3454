/* Widths, cuts, wrapping, and what a terminal may be sent. */
#include "client/term/text.h"

#include "client/term/screen.h"
#include "client/term/table.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct term utf8 = {.utf8 = true, .width = 80};
static const struct term ascii = {.utf8 = false, .width = 80};

#define FAMILY	 "👩‍👩‍👧" /* three people joined: one grapheme */
#define COMBINED "e\xcc\x81"	      /* e and an accent: one grapheme, one column */

static void width_is_counted_in_columns(void **state)
{
	static const struct {
		const char *text;
		int width;
	} cases[] = {
		{"", 0},	   {"abc", 3},	{"Müller", 6}, {COMBINED, 1},
		{"漢字", 4},	   {"👍", 2},	{FAMILY, 6},   {"❤️", 2},
		{"a" NBSP "b", 3}, {"한글", 4}, {"┃█░", 3},    {"…", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (text_width(cases[i].text) != cases[i].width)
			fail_msg("\"%s\" takes %d columns, not %d", cases[i].text,
				 text_width(cases[i].text), cases[i].width);
}

static void cuts_fall_between_graphemes(void **state)
{
	static const struct {
		const char *text;
		int width;
		const char *wanted, *wanted_ascii;
	} cases[] = {
		{"short", 5, "short", "short"},
		{"longer", 5, "long…", "lo..."},
		{"漢字漢字", 5, "漢字…", "漢..."},
		{"漢字漢字", 4, "漢…", "..."},
		{COMBINED COMBINED COMBINED, 2, COMBINED "…", ".."},
		{FAMILY FAMILY, 7, FAMILY "…", "..."},
		{FAMILY FAMILY, 6, "…", "..."},
		{"a word", 3, "a…", "..."},
		{"abc", 1, "…", "."},
		{"abc", 0, "", ""},
	};
	AUTO_ARENA a = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_string_equal(text_cut(&utf8, &a, cases[i].text, cases[i].width),
				    cases[i].wanted);
		assert_string_equal(text_cut(&ascii, &a, cases[i].text, cases[i].width),
				    cases[i].wanted_ascii);
	}
}

static void what_would_steer_the_terminal_is_replaced(void **state)
{
	static const struct {
		const char *text, *wanted, *wanted_ascii;
	} cases[] = {
		{"plain", "plain", "plain"},
		{"a\nb\tc", "a b c", "a b c"},
		{"\033[31mred", "�[31mred", "?[31mred"},
		{"bell\a", "bell�", "bell?"},
		{"\xc2\x9b"
		 "31m",
		 "�31m", "?31m"},
		{"\xff\xfe", "��", "??"},
		{"cut \xe6\xbc", "cut ��", "cut ??"},
		{"left \xe2\x80\xae turn", "left  turn", "left  turn"},
		{"zero\xe2\x80\x8bwidth", "zerowidth", "zerowidth"},
		{"Café Über", "Café Über", "Cafe Uber"},
		{"“so” – it’s 2 × 3…", "“so” – it’s 2 × 3…", "\"so\" - it's 2 x 3..."},
		{"漢", "漢", "?"},
		{"ﬁn", "ﬁn", "fin"},
		{COMBINED, COMBINED, "e"},
	};
	AUTO_ARENA a = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_string_equal(text_safe(&utf8, &a, cases[i].text), cases[i].wanted);
		assert_string_equal(text_safe(&ascii, &a, cases[i].text),
				    cases[i].wanted_ascii);
	}
	assert_string_equal(text_safe(&utf8, &a, NULL), "");
}

static void safe_text_is_left_alone(void **state)
{
	AUTO_ARENA a = {0};
	const char *once = text_safe(&utf8, &a, "Caf\xc3\xa9 \033 " FAMILY " \xff");

	(void)state;
	assert_string_equal(text_safe(&utf8, &a, once), once);
}

/* ---- lines -------------------------------------------------------------------------------------- */

static char *wrapped(const char *text, int width, int at, int hang)
{
	AUTO_ARENA a = {0};
	char *result = NULL;
	size_t n = 0;
	struct screen s = {
		.t = &utf8, .a = &a, .out = open_memstream(&result, &n), .width = width};

	assert_non_null(s.out);
	text_space(s.out, at);
	screen_text(&s, at, hang, text);
	fclose(s.out);
	return result;
}

static void sentences_break_at_spaces(void **state)
{
	static const struct {
		const char *text;
		int width, at, hang;
		const char *wanted;
	} cases[] = {
		{"one two three", 20, 0, 0, "one two three\n"},
		{"one two three", 8, 0, 0, "one two\nthree\n"},
		{"one two three", 7, 0, 0, "one two\nthree\n"},
		{"one two three", 10, 0, 4, "one two\n    three\n"},
		{"one two", 12, 4, 4, "    one two\n"},
		{"one two", 10, 4, 4, "    one\n    two\n"},
		{"one", 10, 9, 2, "         \n  one\n"},
		{"unbreakable", 5, 0, 0, "unbre\nakabl\ne\n"},
		{"漢字漢字漢字", 5, 0, 0, "漢字\n漢字\n漢字\n"},
		{"a 漢字漢字", 5, 0, 0, "a\n漢字\n漢字\n"},
		{COMBINED COMBINED COMBINED COMBINED, 2, 0, 0,
		 COMBINED COMBINED "\n" COMBINED COMBINED "\n"},
		{"about 3.8" NBSP "h", 8, 0, 0, "about\n3.8 h\n"},
		{"", 8, 0, 0, "\n"},
		{"  spaces   inside  ", 8, 0, 0, "spaces\ninside\n"},
		{FAMILY FAMILY, 4, 0, 0, FAMILY "\n" FAMILY "\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = wrapped(cases[i].text, cases[i].width, cases[i].at,
				     cases[i].hang);
		assert_string_equal(text, cases[i].wanted);
		free(text);
	}
}

static void print_pieces(const struct piece *pieces, size_t n, int width,
			 const char *wanted)
{
	AUTO_ARENA a = {0};
	char *result = NULL;
	size_t size = 0;
	struct screen s = {.t = &utf8,
			   .a = &a,
			   .out = open_memstream(&result, &size),
			   .width = width};

	assert_non_null(s.out);
	screen_pieces(&s, 0, 2, pieces, n);
	screen_end(&s);
	fclose(s.out);
	assert_string_equal(result, wanted);
	free(result);
}

static void pieces_are_moved_and_not_broken(void **state)
{
	static const struct piece pieces[] = {
		{.text = "total", .width = 8},
		{.text = "49.5" NBSP "h", .width = 8, .gap = 2, .right = true},
		{.text = "to go", .gap = 3},
	};

	(void)state;
	print_pieces(pieces, 3, 40, "total       49.5 h   to go\n");
	print_pieces(pieces, 3, 20, "total       49.5 h\n  to go\n");
	print_pieces(pieces, 3, 12, "total\n  49.5 h\n  to go\n");
}

static const struct column columns[] = {
	{.head = "ID", .right = true},
	{.head = "WHAT", .gap = 2, .least = 4},
	{.head = "WHERE", .gap = 2, .drop = 1},
};

static void print_table(int width, const char *wanted)
{
	AUTO_ARENA a = {0};
	char *result = NULL;
	size_t size = 0;
	struct screen s = {.t = &utf8,
			   .a = &a,
			   .out = open_memstream(&result, &size),
			   .width = width};
	struct table t = {.s = &s, .columns = columns, .n = 3};

	assert_non_null(s.out);
	for (int i = 9; i < 11; i++) {
		struct cell *cells = table_row(&t);
		cells[0].text = i == 9 ? "9" : "10";
		cells[1].text = i == 9 ? "short" : "somewhat longer";
		cells[2].text = i == 9 ? "here" : NULL;
	}
	table_print(&t);
	fclose(s.out);
	assert_string_equal(result, wanted);
	free(result);
}

static void tables_cut_texts_and_then_leave_columns_out(void **state)
{
	(void)state;
	print_table(40, "ID  WHAT             WHERE\n"
			" 9  short            here\n"
			"10  somewhat longer\n");
	print_table(20, "ID  WHAT       WHERE\n"
			" 9  short      here\n"
			"10  somewhat…\n");
	print_table(12, "ID  WHAT\n"
			" 9  short\n"
			"10  somewha…\n");
}

/* ---- the terminal ------------------------------------------------------------------------------- */

struct environment {
	const char *no_color, *pdh_no_color, *force, *term;
	enum color_choice choice;
	bool color;
};

static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static void color_follows_the_rules(void **state)
{
	/* A pipe is no terminal, so that only what forces color turns it on. */
	static const struct environment cases[] = {
		{NULL, NULL, NULL, "xterm", COLOR_AUTO, false},
		{NULL, NULL, NULL, "xterm", COLOR_ALWAYS, true},
		{NULL, NULL, "1", "xterm", COLOR_AUTO, true},
		{NULL, NULL, "1", "dumb", COLOR_AUTO, true},
		{NULL, NULL, "0", "xterm", COLOR_AUTO, false},
		{NULL, NULL, "", "xterm", COLOR_AUTO, false},
		{NULL, NULL, "1", "xterm", COLOR_NEVER, false},
		{"1", NULL, "1", "xterm", COLOR_AUTO, false},
		{"", NULL, "1", "xterm", COLOR_AUTO, true},
		{NULL, "1", "1", "xterm", COLOR_AUTO, false},
		{"1", NULL, NULL, "dumb", COLOR_ALWAYS, true},
	};
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct term t;
		set("NO_COLOR", cases[i].no_color);
		set("PDH_NO_COLOR", cases[i].pdh_no_color);
		set("FORCE_COLOR", cases[i].force);
		set("TERM", cases[i].term);
		term_init(&t, fds[1], cases[i].choice);
		if (t.color != cases[i].color)
			fail_msg("case %zu: color is %s", i, t.color ? "on" : "off");
	}
	close(fds[0]);
	close(fds[1]);
}

static void width_comes_from_the_environment_or_is_usual(void **state)
{
	static const struct {
		const char *columns;
		int width;
	} cases[] = {{NULL, 80},      {"", 80},	    {"100", 100}, {"3", 20},
		     {"100000", 400}, {"wide", 80}, {"-5", 80}};
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct term t;
		set("COLUMNS", cases[i].columns);
		term_init(&t, fds[1], COLOR_AUTO);
		assert_int_equal(t.width, cases[i].width);
	}
	close(fds[0]);
	close(fds[1]);
}

static void utf8_follows_the_locale(void **state)
{
	struct term t;

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	term_init(&t, STDERR_FILENO, COLOR_AUTO);
	assert_true(t.utf8);
	assert_non_null(setlocale(LC_CTYPE, "C"));
	term_init(&t, STDERR_FILENO, COLOR_AUTO);
	assert_false(t.utf8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(width_is_counted_in_columns),
		cmocka_unit_test(cuts_fall_between_graphemes),
		cmocka_unit_test(what_would_steer_the_terminal_is_replaced),
		cmocka_unit_test(safe_text_is_left_alone),
		cmocka_unit_test(sentences_break_at_spaces),
		cmocka_unit_test(pieces_are_moved_and_not_broken),
		cmocka_unit_test(tables_cut_texts_and_then_leave_columns_out),
		cmocka_unit_test(color_follows_the_rules),
		cmocka_unit_test(width_comes_from_the_environment_or_is_usual),
		cmocka_unit_test(utf8_follows_the_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
