/* Verbs, words and standard input. */
#include "client/cli/args.h"

#include "tests/support/line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static const struct activity_add_params *log_params(const char *line)
{
	struct command c;

	line_read_well(&arena, line, &c);
	assert_ptr_equal(c.method, &api_methods[METHOD_activity_add]);
	return c.params;
}

static void a_period_may_stand_for_its_first_or_last_day(void **state)
{
	struct command c;

	(void)state;
	line_read_well(&arena, "list|--since|2026-02|--until=last month", &c);
	const struct activity_list_params *p = c.params;
	assert_int_equal(p->since, date_make(2026, 2, 1));
	assert_int_equal(p->until, date_make(2026, 2, 28));
	line_read_well(&arena, "list|--since|yesterday|--until|today|--in|2025-26", &c);
	p = c.params;
	assert_int_equal(p->since, date_make(2026, 3, 13));
	assert_int_equal(p->until, date_make(2026, 3, 14));
	assert_int_equal(p->period.from, date_make(2025, 7, 1));
}

static void the_words_of_log_are_an_amount_and_a_title(void **state)
{
	static const struct {
		const char *line, *title;
		int minutes;
	} cases[] = {
		{"log|2h|Workshop", "Workshop", 120},
		{"log|Workshop|2h", "Workshop", 120},
		{"log|Workshop on reading|2h30", "Workshop on reading", 150},
		{"log|Workshop|2|hrs.", "Workshop", 120},
		{"log|Workshop|9:00-11:30", "Workshop", 150},
		{"log|2|hrs.|Workshop", "Workshop", 120},
		{"log|2|h|30|min|Workshop", "Workshop", 150},
		{"log|1|1/2|hours|Workshop|in|two|parts", "Workshop in two parts", 90},
		{"log|9|am|-|11:30|am|Workshop", "Workshop", 150},
		{"log|9:00-15:30|-30m|Workshop", "Workshop", 360},
		{"log|half|an|hour|Reading", "Reading", 30},
		{"log|2|2 hours of Latin", "2 hours of Latin", 120},
		{"log|2|Title 9", "Title 9", 120},
		{"log|2h|Room 101", "Room 101", 120},
		{"log|2h|The talk|3h", "The talk 3h", 120},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct activity_add_params *p = log_params(cases[i].line);
		assert_string_equal(p->title, cases[i].title);
		assert_int_equal(p->credit.exact, INT64_C(60000) * cases[i].minutes);
	}
	assert_null(log_params("log|2|hrs")->title);
	static const char *const wrong[][2] = {
		{"log|Workshop|2", "\"Workshop\" is not an amount of credit"},
		{"log|Workshop", "\"Workshop\" is not an amount of credit"},
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct command c;
		struct err e;
		assert_int_not_equal(line_read(&arena, wrong[i][0], "", &c, &e), 0);
		if (!strstr(e.message, wrong[i][1]))
			fail_msg("%s: %s", wrong[i][0], e.message);
	}
}

/* ---- verbs -------------------------------------------------------------------------------------- */

static void the_longest_run_of_words_is_the_verb(void **state)
{
	static const struct {
		const char *line;
		enum method_id method;
	} cases[] = {
		{"", METHOD_status_get},
		{"st", METHOD_status_get},
		{"ls", METHOD_activity_list},
		{"list|credential", METHOD_activity_list},
		{"cred|show|tx-lib", METHOD_credential_get},
		{"credential|item|done|3", METHOD_item_done},
		{"--quiet|credential|--yes|rm|tx-lib", METHOD_credential_remove},
		{"--|status|tx-lib", METHOD_status_get},
		{"--timeout|5|log|1h", METHOD_activity_add},
		{"--date|fri|log|1h", METHOD_activity_add},
		{"--timeout=5|log|1h", METHOD_activity_add},
		{"show|--|212", METHOD_activity_get},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct command c;
		line_read_well(&arena, cases[i].line, &c);
		assert_string_equal(c.method->verb, api_methods[cases[i].method].verb);
		assert_int_equal(c.bare, !*cases[i].line);
	}
}

static void a_word_that_is_no_verb_is_never_run(void **state)
{
	static const struct refusal cases[] = {
		{"statsu", "there is no command \"statsu\"",
		 "did you mean \"pdh status\"?"},
		{"Log|1h", "there is no command \"Log\"", "did you mean \"pdh log\"?"},
		{"sta", "there is no command \"sta\"", "pdh help lists the commands"},
		{"-|status", "there is no command \"-\"", "pdh help lists the commands"},
		{"cred|item|ad",
		 "pdh credential item has no \"ad\"; it has add, edit, done, rm", ""},
		{"cred|item|eidt",
		 "pdh credential item has no \"eidt\"; it has add, edit, done, rm",
		 "did you mean \"pdh credential item edit\"?"},
		{"cred|item",
		 "pdh credential item needs another word: add, edit, done, rm", ""},
	};

	(void)state;
	lines_are_refused(cases, sizeof(cases) / sizeof(cases[0]));
}

/* ---- words -------------------------------------------------------------------------------------- */

static void words_go_to_their_places(void **state)
{
	const struct activity_add_params *p = log_params("log|2h30|Book|study|night");

	(void)state;
	assert_int_equal(p->credit.exact, 9000000);
	assert_string_equal(p->title, "Book study night");
	p = log_params("log|--|1h|--title");
	assert_string_equal(p->title, "--title");
	p = log_params("log|1h|of|--|--planned|-d|--");
	assert_string_equal(p->title, "of --planned -d --");
	assert_int_equal(p->planned, BOOL_NONE);
	p = log_params("log|1h|--planned|Opening|--date|fri|day");
	assert_string_equal(p->title, "Opening day");
	assert_int_equal(p->planned, 1);
	p = log_params("log");
	assert_null(p->credit.unit);
	assert_null(p->title);
}

static void every_word_of_a_list_counts(void **state)
{
	struct command c;

	(void)state;
	line_read_well(&arena, "show|1|#2,3", &c);
	const struct activity_get_params *p = c.params;
	assert_int_equal(p->ids.n, 3);
	assert_int_equal(p->ids.v[2], 3);
}

static void a_dash_and_a_digit_are_a_number(void **state)
{
	static const struct refusal cases[] = {
		{"log|-.5h|x", NULL, NULL},
		{"show|-1", "\"-1\" is not a whole number", ""},
		{"log|1h|--again|-5", "--again: \"-5\" is not a whole number", ""},
	};
	struct command c;

	(void)state;
	lines_are_refused(cases, sizeof(cases) / sizeof(cases[0]));
	line_read_well(&arena, "list|--limit|-5", &c);
	assert_int_equal(((struct activity_list_params *)c.params)->limit, -5);
	line_read_well(&arena, "list|-5", &c);
	assert_string_equal(((struct activity_list_params *)c.params)->filter, "-5");
}

static void words_too_many_and_words_missing_show_the_usage(void **state)
{
	static const struct refusal cases[] = {
		{"undo|5|6", "unexpected word \"6\"", "usage: pdh undo [OP] [options]"},
		{"edit", "Which activities? Give their numbers or a filter (pdh list).",
		 "usage: pdh edit [ID...] [options]"},
		{"rm|3|kind:x", "numbers and words of a filter do not go together",
		 "in a filter, numbers are written id:3-7"},
		{"show", "Which activity? Give its number (pdh list).",
		 "usage: pdh show ID... [options]"},
		{"cred|item|add|tx-lib", "What is it? Give a title.",
		 "usage: pdh credential item add CREDENTIAL TITLE... [options]"},
	};

	(void)state;
	lines_are_refused(cases, sizeof(cases) / sizeof(cases[0]));
}

static void words_are_numbers_or_a_filter(void **state)
{
	static const struct {
		const char *line, *filter;
		size_t n;
	} cases[] = {
		{"rm|3", NULL, 1},
		{"rm|3,5|#9", NULL, 3},
		{"rm|3-7", "id:3-7", 0},
		{"rm|3-7|9,12", "id:3-7 or id:9,12", 0},
		{"rm|kind:workshop|hours>=2", "kind:workshop hours>=2", 0},
		{"rm|--filter|planned", "planned", 0},
	};
	struct command c;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		line_read_well(&arena, cases[i].line, &c);
		const struct activity_remove_params *p = c.params;
		assert_int_equal(p->ids.n, cases[i].n);
		if (cases[i].filter)
			assert_string_equal(p->filter, cases[i].filter);
		else
			assert_null(p->filter);
	}
}

static void no_value_is_looked_at_when_help_or_version_is_asked_for(void **state)
{
	static const char *const lines[] = {
		"show",
		"edit",
		"edit|5|6",
		"log|foo",
		"log|1h|--date|never|--json",
		"log|1h|--note|-",
		"log|-|--date|fri",
	};
	struct command c;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		line_read_well(&arena, arena_printf(&arena, "%s|--help", lines[i]), &c);
		assert_true(c.options.help);
		line_read_well(&arena, arena_printf(&arena, "--version|%s", lines[i]),
			       &c);
		assert_true(c.options.version);
	}
	lines_are_refused(&(struct refusal){"log|foo|--|--help", NULL, NULL}, 1);
}

/* ---- standard input ----------------------------------------------------------------------------- */

static void a_dash_reads_a_note_from_standard_input(void **state)
{
	static const char *const lines[] = {"log|1h|x|--note|-", "log|1h|x|--note=-"};
	struct command c;
	struct err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(line_read(&arena, lines[i], "two\nlines\n\n", &c, &e),
				 0);
		assert_string_equal(((struct activity_add_params *)c.params)->note,
				    "two\nlines");
	}
	line_read_well(&arena, "list|--|-", &c);
	assert_string_equal(((struct activity_list_params *)c.params)->filter, "-");
}

static void standard_input_is_read_once_and_not_without_end(void **state)
{
	static const char twice[] = "cred|add|--number|-|--note|-";
	char *much = arena_alloc(&arena, 30001);
	struct command c;
	struct err e = {0};

	(void)state;
	assert_int_equal(line_read(&arena, twice, "x", &c, &e), -PDH_USAGE);
	assert_string_equal(e.message,
			    "--note: standard input can be read for one value only");
	assert_string_equal(e.field, "note");
	memset(much, 'x', 30000);
	assert_int_equal(line_read(&arena, "log|1h|--note|-", much, &c, &e),
			 -PDH_TOO_LARGE);
	much[10001] = '\0';
	assert_int_equal(line_read(&arena, "log|1h|--note|-", much, &c, &e),
			 -PDH_TOO_LARGE);
	much[10000] = '\0';
	assert_int_equal(line_read(&arena, "log|1h|--note|-", much, &c, &e), 0);
}

static void a_log_of_lines_takes_nothing_else(void **state)
{
	static const struct refusal cases[] = {
		{"log|-|1h", "unexpected word \"1h\"",
		 "usage: pdh log [CREDIT] [TITLE...] [options]"},
		{"log|-|--date|fri",
		 "--date belongs in the lines when they are read with -", ""},
		{"log|--no-planned|-",
		 "--planned belongs in the lines when they are read with -", ""},
	};
	struct command c;

	(void)state;
	lines_are_refused(cases, sizeof(cases) / sizeof(cases[0]));
	line_read_well(&arena, "log|-|--allow-similar|-n", &c);
	assert_true(c.lines && c.options.dry_run);
	assert_int_equal(((struct activity_add_params *)c.params)->similar, 1);
	line_read_well(&arena, "log|1h|-", &c);
	assert_false(c.lines);
	assert_string_equal(((struct activity_add_params *)c.params)->title, "-");
}

static void errors_are_json_where_json_is_asked_for(void **state)
{
	static const struct {
		const char *line;
		bool json;
	} cases[] = {
		{"--json", true},   {"teleport|--json=id", true}, {"", false},
		{"--jsonx", false}, {"--|--json", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *argv[LINE_WORDS_MAX + 1];
		int argc = line_split(&arena, cases[i].line, argv);
		assert_int_equal(args_want_json(argc, argv), cases[i].json);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_words_of_log_are_an_amount_and_a_title),
		cmocka_unit_test(a_period_may_stand_for_its_first_or_last_day),
		cmocka_unit_test(the_longest_run_of_words_is_the_verb),
		cmocka_unit_test(a_word_that_is_no_verb_is_never_run),
		cmocka_unit_test(words_go_to_their_places),
		cmocka_unit_test(every_word_of_a_list_counts),
		cmocka_unit_test(a_dash_and_a_digit_are_a_number),
		cmocka_unit_test(words_are_numbers_or_a_filter),
		cmocka_unit_test(words_too_many_and_words_missing_show_the_usage),
		cmocka_unit_test(no_value_is_looked_at_when_help_or_version_is_asked_for),
		cmocka_unit_test(a_dash_reads_a_note_from_standard_input),
		cmocka_unit_test(standard_input_is_read_once_and_not_without_end),
		cmocka_unit_test(a_log_of_lines_takes_nothing_else),
		cmocka_unit_test(errors_are_json_where_json_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
