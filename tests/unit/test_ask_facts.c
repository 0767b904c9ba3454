/* The questions of a pack, answered by a file. */
#include "client/verbs/ask_facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct term term = {.utf8 = true, .tty = true, .width = 80};
static const char *jobs[] = {"full-time", "part-time"};
static const char *job_labels[] = {"full time", "half the week"};
static struct question questions[] = {
	{.name = "employment",
	 .type = "choice",
	 .ask = "How much do you work?",
	 .of = {2, jobs},
	 .labels = {2, job_labels}},
	{.name = "admitted", .type = "date", .ask = "When were you admitted?"},
	{.name = "position", .type = "word", .ask = "What is your position?"},
};
static struct pack_row rows[] = {{.pack = "board-of-schools"},
				 {.pack = "board", .questions = {3, questions}}};

static int list(void *data, const char *text, struct packs *ret, struct err *e)
{
	(void)data;
	(void)e;
	assert_non_null(text);
	*ret = (struct packs){.packs = {COUNT(rows), rows}};
	return 0;
}

static civil_day issued;

/* What a person who types `typed` is shown, and what of it is kept. */
static int ask(struct arena *a, const char *pack, const char *typed, struct texts *facts,
	       const char *shown)
{
	const struct kind_context c = {.arena = a, .today = date_make(2026, 3, 14)};
	const struct ask_packs packs = {.list = list};
	char *text;
	size_t n;
	struct asked who = {&term, &c, NULL, open_memstream(&text, &n)};
	struct err e = {0};

	issued = DATE_NONE;
	who.in = *typed ? fmemopen((void *)(uintptr_t)typed, strlen(typed), "r")
			: fopen("/dev/null", "r");
	assert_non_null(who.in);
	assert_non_null(who.out);
	int r = ask_facts(&who, &packs, pack, facts, &issued, &e);
	fclose(who.in);
	fclose(who.out);
	assert_string_equal(text, shown);
	free(text);
	return r;
}

#define PICK	   "Number or word (Enter: tell it later): "
#define EMPLOYMENT "How much do you work?\n  1  full time\n  2  half the week\n" PICK
#define ADMITTED   "When were you admitted? (a date) (Enter: tell it later): "
#define POSITION   "What is your position? (Enter: tell it later): "

static void answers_become_facts_and_an_empty_one_does_not(void **state)
{
	AUTO_ARENA a = {0};
	struct texts facts = {0, NULL};

	(void)state;
	assert_int_equal(
		ask(&a, "board", "half\n2 mar\n\n", &facts, EMPLOYMENT ADMITTED POSITION),
		0);
	assert_int_equal(facts.n, 2);
	assert_string_equal(facts.v[0], "employment=part-time");
	assert_string_equal(facts.v[1], "admitted=2026-03-02");
}

static void what_is_there_is_not_asked(void **state)
{
	static const char *given[] = {"Employment=full-time", "position=head"};
	AUTO_ARENA a = {0};
	struct texts facts = {2, given};

	(void)state;
	assert_int_equal(ask(&a, "board", "\n", &facts, ADMITTED), 0);
	assert_int_equal(facts.n, 2);
	assert_int_equal(ask(&a, "boar", "", &facts, ""), 0);
	assert_int_equal(ask(&a, "board-of-schools", "", &facts, ""), 0);
}

static void a_wrong_answer_is_told_and_asked_again(void **state)
{
	AUTO_ARENA a = {0};
	struct texts facts = {0, NULL};

	(void)state;
	assert_int_equal(
		ask(&a, "board", "fulltime\n1\nsoon\n\n\n", &facts,
		    EMPLOYMENT
		    "\"fulltime\" is none of these, or several; type the number of a "
		    "line\n" PICK ADMITTED
		    "\"soon\" is not a date; write it as YYYY-MM-DD\n" ADMITTED POSITION),
		0);
	assert_int_equal(facts.n, 1);
}

static void the_day_of_issue_is_asked_where_rules_go_by_it(void **state)
{
#define ISSUED "On which day was it first issued? (Enter: tell it later): "
	AUTO_ARENA a = {0};
	struct texts facts = {0, NULL};

	(void)state;
	rows[1].issue = 1;
	rows[1].questions.n = 0;
	assert_int_equal(ask(&a, "board", "30 feb 2020\n2 mar 2020\n", &facts,
			     ISSUED
			     "\"30 feb 2020\" is not a day of the calendar\n" ISSUED),
			 0);
	assert_int_equal(issued, date_make(2020, 3, 2));
	assert_int_equal(ask(&a, "board", "\n", &facts, ISSUED), 0);
	assert_int_equal(issued, DATE_NONE);
	rows[1].issue = 0;
	rows[1].questions.n = COUNT(questions);
}

static void the_end_of_the_input_ends_it(void **state)
{
	AUTO_ARENA a = {0};
	struct texts facts = {0, NULL};

	(void)state;
	assert_int_equal(ask(&a, "board", "\n", &facts, EMPLOYMENT ADMITTED),
			 -PDH_INTERRUPTED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_become_facts_and_an_empty_one_does_not),
		cmocka_unit_test(what_is_there_is_not_asked),
		cmocka_unit_test(a_wrong_answer_is_told_and_asked_again),
		cmocka_unit_test(the_day_of_issue_is_asked_where_rules_go_by_it),
		cmocka_unit_test(the_end_of_the_input_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
