/* Questions at a terminal, answered by a file. */
#include "client/verbs/ask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct term term = {.utf8 = true, .tty = true, .width = 80};

/* A person who types `typed`, and what was shown. */
struct talk {
	FILE *in, *out;
	char *shown;
	size_t n;
};

static void begin(struct talk *t, const char *typed)
{
	*t = (struct talk){
		.in = *typed ? fmemopen((void *)(uintptr_t)typed, strlen(typed), "r")
			     : fopen("/dev/null", "r")};
	t->out = open_memstream(&t->shown, &t->n);
	assert_non_null(t->in);
	assert_non_null(t->out);
}

static void end(struct talk *t, const char *shown)
{
	fclose(t->in);
	fclose(t->out);
	assert_string_equal(t->shown, shown);
	free(t->shown);
}

static void yes_is_a_word_and_all_else_is_no(void **state)
{
	static const struct {
		const char *typed;
		bool yes;
	} cases[] = {
		{"y\n", true},	{"YES\n", true},   {" yes \r\n", true},
		{"y", true},	{"\n", false},	   {"", false},
		{"n\n", false}, {"yess\n", false}, {"yes y\n", false},
		{"1\n", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct talk t;
		begin(&t, cases[i].typed);
		if (ask_yes(&term, t.in, t.out, "Remove %s?", "tx-lib") != cases[i].yes)
			fail_msg("\"%s\" is taken for the other", cases[i].typed);
		end(&t, "Remove tx-lib? [y/N] ");
	}
}

static void an_empty_line_is_what_is_usual_and_the_end_is_not(void **state)
{
	static const struct {
		const char *typed;
		bool yes;
	} cases[] = {
		{"\n", true}, {"y\n", true}, {"", false}, {"n\n", false}, {"x\n", false}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct talk t;
		begin(&t, cases[i].typed);
		if (ask_usual(&term, t.in, t.out, "Proof of #%d?", 2) != cases[i].yes)
			fail_msg("\"%s\" is taken for the other", cases[i].typed);
		end(&t, "Proof of #2? [Y/n] ");
	}
}

static void an_empty_line_is_the_proposal(void **state)
{
	static const struct {
		const char *typed, *proposal, *wanted;
	} cases[] = {
		{"\n", "60", "60"}, {" \t \n", "60", "60"}, {" 45 h \r\n", "60", "45 h"},
		{"45", "60", "45"}, {"\n", NULL, ""},	    {"x\n", NULL, "x"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char line[ASK_SIZE];
		struct talk t;
		begin(&t, cases[i].typed);
		assert_true(
			ask_line(&term, t.in, t.out, "Hours", cases[i].proposal, line));
		assert_string_equal(line, cases[i].wanted);
		end(&t, cases[i].proposal ? "Hours [60]: " : "Hours: ");
	}
}

static void the_end_of_the_input_is_told(void **state)
{
	char line[ASK_SIZE];
	struct talk t;

	(void)state;
	begin(&t, "last\n");
	assert_true(ask_line(&term, t.in, t.out, "A", NULL, line));
	assert_false(ask_line(&term, t.in, t.out, "B", "proposal", line));
	assert_false(ask_yes(&term, t.in, t.out, "C?"));
	end(&t, "A: B [proposal]: C? [y/N] ");
}

static void what_is_too_long_does_not_answer_the_next_question(void **state)
{
	char typed[2 * ASK_SIZE], line[ASK_SIZE];
	struct talk t;

	(void)state;
	memset(typed, 'y', sizeof(typed));
	memcpy(typed + sizeof(typed) - 4, "\nb\n", 4);
	begin(&t, typed);
	assert_true(ask_line(&term, t.in, t.out, "A", NULL, line));
	assert_int_equal(strlen(line), ASK_SIZE - 1);
	assert_true(ask_line(&term, t.in, t.out, "B", NULL, line));
	assert_string_equal(line, "b");
	end(&t, "A: B: ");
}

static void a_question_cannot_steer_the_terminal(void **state)
{
	static const struct term ascii = {.utf8 = false, .tty = true, .width = 80};
	char line[ASK_SIZE];
	struct talk t;

	(void)state;
	begin(&t, "\n\n");
	assert_false(ask_yes(&ascii, t.in, t.out, "Remove \033[2J\xc3\x9c?"));
	assert_true(ask_line(&ascii, t.in, t.out, "Title", "a\nb", line));
	end(&t, "Remove ?[2JU? [y/N] Title [a b]: ");
}

/* ---- menus -------------------------------------------------------------------------------------- */

static const struct ask_option jobs[] = {
	{"full time", "full-time"},
	{"part time", "part-time"},
	{"not at all, for now, or on a long leave that the board knows of", "none"},
};
static const struct ask_options jobs_list = {jobs, 3};
static const struct ask_option years[] = {{"5", "5"}, {"10", "10"}, {"1", "1"}};
static const struct ask_options years_list = {years, 3};

static void an_option_has_a_number_a_word_and_a_beginning(void **state)
{
	static const struct {
		const struct ask_options *of;
		const char *typed;
		int option;
	} cases[] = {
		{&jobs_list, "1", 0},		{&jobs_list, "3", 2},
		{&jobs_list, "0", -1},		{&jobs_list, "4", -1},
		{&jobs_list, "99999999", -1},	{&jobs_list, "full-time", 0},
		{&jobs_list, "FULL TIME", 0},	{&jobs_list, "p", 1},
		{&jobs_list, "part_t", 1},	{&jobs_list, "n", 2},
		{&jobs_list, "none", 2},	{&jobs_list, "not at", 2},
		{&jobs_list, "full timer", -1}, {&jobs_list, "", -1},
		{&jobs_list, "x", -1},		{&years_list, "5", 0},
		{&years_list, "10", 1},		{&years_list, "1", 2},
		{&years_list, "2", -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (ask_option_of(cases[i].of, cases[i].typed) != cases[i].option)
			fail_msg("\"%s\" is not option %d", cases[i].typed,
				 cases[i].option);
}

static void a_menu_asks_until_it_is_answered(void **state)
{
	static const struct term narrow = {.utf8 = true, .tty = true, .width = 30};
	int chosen = -1;
	struct talk t;

	(void)state;
	begin(&t, "maybe\npart\n");
	assert_true(ask_menu(&narrow, t.in, t.out, "How much do you work in a school?",
			     &jobs_list, "tell it later", &chosen));
	assert_int_equal(chosen, 1);
	end(&t, "How much do you work in a\nschool?\n"
		"  1  full time\n"
		"  2  part time\n"
		"  3  not at all, for now, or\n"
		"     on a long leave that the\n"
		"     board knows of\n"
		"Number or word (Enter: tell\nit later): "
		"\"maybe\" is none of these, or\nseveral; type the number of a\nline\n"
		"Number or word (Enter: tell\nit later): ");
}

static void an_empty_line_is_what_the_menu_says(void **state)
{
	int chosen = -1;
	struct talk t;

	(void)state;
	begin(&t, "\n");
	assert_true(ask_menu(&term, t.in, t.out, "Q", &years_list, "later", &chosen));
	assert_int_equal(chosen, -1);
	end(&t, "Q\n  5\n  10\n  1\nOne of these (Enter: later): ");
	begin(&t, "\n");
	chosen = 1;
	assert_true(ask_menu(&term, t.in, t.out, "Q", &years_list, NULL, &chosen));
	assert_int_equal(chosen, 1);
	end(&t, "Q\n  5\n  10\n  1\nOne of these [10]: ");
	begin(&t, "\n");
	chosen = -1;
	assert_false(ask_menu(&term, t.in, t.out, "Q", &years_list, NULL, &chosen));
	end(&t, "Q\n  5\n  10\n  1\nOne of these: give one of these\nOne of these: ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(yes_is_a_word_and_all_else_is_no),
		cmocka_unit_test(an_empty_line_is_what_is_usual_and_the_end_is_not),
		cmocka_unit_test(an_empty_line_is_the_proposal),
		cmocka_unit_test(the_end_of_the_input_is_told),
		cmocka_unit_test(what_is_too_long_does_not_answer_the_next_question),
		cmocka_unit_test(a_question_cannot_steer_the_terminal),
		cmocka_unit_test(an_option_has_a_number_a_word_and_a_beginning),
		cmocka_unit_test(a_menu_asks_until_it_is_answered),
		cmocka_unit_test(an_empty_line_is_what_the_menu_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
