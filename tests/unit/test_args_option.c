/* Flags of methods, and the options that every command has. */
#include "client/cli/args_option.h"

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

/* ---- flags -------------------------------------------------------------------------------------- */

static void a_value_stands_after_its_flag_or_its_equals_sign(void **state)
{
	static const char *const lines[] = {
		"log|1h|--date|2026-03-13|--note|a=b",
		"log|1h|--date=2026-03-13|--note=a=b",
		"log|1h|-d|2026-03-13|--note|a=b",
		"log|1h|-d=fri|--note=a=b",
		"--date|fri|--note|a=b|log|1h",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const struct activity_add_params *p = log_params(lines[i]);
		assert_int_equal(p->done_on, date_make(2026, 3, 13));
		assert_string_equal(p->note, "a=b");
	}
	assert_string_equal(log_params("log|--note=--x")->note, "--x");
	assert_string_equal(log_params("log|--note=")->note, "");
	assert_string_equal(log_params("log|--note|")->note, "");
}

static void a_flag_is_yes_and_its_opposite_no(void **state)
{
	(void)state;
	assert_int_equal(log_params("log|--planned")->planned, 1);
	assert_int_equal(log_params("log|--no-planned")->planned, 0);
	assert_int_equal(log_params("log|--planned=no")->planned, 0);
	assert_int_equal(log_params("log|--no-allow-similar")->similar, 0);
}

static void lists_are_repeated_and_all_else_is_given_once(void **state)
{
	static const struct refusal cases[] = {
		{"log|-d|fri|--date|sat", "--date is given twice", ""},
		{"log|--planned|--no-planned", "--no-planned is given twice", ""},
		{"edit|5|--hours|2h|--credit=2h", "--credit is given twice", ""},
	};
	const struct activity_add_params *p = log_params("log|--topic|a|-t|b,c|--not=d");

	(void)state;
	assert_int_equal(p->topics.n, 3);
	assert_string_equal(p->topics.v[2], "c");
	assert_int_equal(p->except.n, 1);
	assert_true(kind_is_none(KIND_ALIASES, &p->only));
	lines_are_refused(cases, sizeof(cases) / sizeof(cases[0]));
}

static void a_forgotten_value_is_noticed(void **state)
{
	static const struct refusal cases[] = {
		{"log|1h|--note", "--note needs a value",
		 "it takes text; - reads it from standard input"},
		{"log|1h|--date|--planned", "--date needs a value before --planned",
		 "a value that begins with a dash is written --date=--planned"},
		{"log|1h|--note|--", "--note needs a value before --", NULL},
		{"status|--timeout", "--timeout needs a value", "it takes SECONDS"},
		{"status|--format|--json", "--format needs a value before --json", NULL},
		{"log|1h|--date=",
		 "--date: \"\" is not a date; try YYYY-MM-DD, yesterday or 3 days ago",
		 ""},
	};

	(void)state;
	lines_are_refused(cases, sizeof(cases) / sizeof(cases[0]));
}

static void no_flag_is_guessed_from_its_beginning(void **state)
{
	static const struct refusal cases[] = {
		{"log|1h|--dat|fri", "pdh log has no flag --dat", "did you mean --date?"},
		{"log|1h|--allow", "pdh log has no flag --allow",
		 "pdh help log lists its flags"},
		{"log|1h|-dfri", "pdh log has no flag -dfri",
		 "pdh help log lists its flags"},
		{"log|1h|--no-date", "pdh log has no flag --no-date",
		 "pdh help log lists its flags"},
		{"log|1h|--no-planned=yes", "pdh log has no flag --no-planned",
		 "pdh help log lists its flags"},
		{"-x", "pdh has no flag -x", "pdh help status lists its flags"},
		{"--jsno", "pdh has no flag --jsno", "did you mean --json?"},
		{"list|---", "pdh list has no flag ---", "pdh help list lists its flags"},
		{"cred|rm|x|--yse", "pdh credential rm has no flag --yse",
		 "did you mean --yes?"},
	};

	(void)state;
	lines_are_refused(cases, sizeof(cases) / sizeof(cases[0]));
}

/* ---- options ------------------------------------------------------------------------------------ */

static struct options read_options(const char *line)
{
	struct command c;

	line_read_well(&arena, line, &c);
	return c.options;
}

static void an_answer_has_one_form(void **state)
{
	static const struct refusal cases[] = {
		{"--json|--plain",
		 "--plain: the answer has one form: --json, --plain or --format", ""},
		{"--format|{id}|--json",
		 "--json: the answer has one form: --json, --plain or --format", ""},
		{"--plain=2",
		 "--plain: this pdh knows version 1 of its columns, not \"2\"", ""},
		{"--plain=", NULL, ""},
		{"--header", "--header goes with --plain", ""},
		{"--header|--json", "--header goes with --plain", ""},
	};
	struct options o = read_options("list|--json=id,title");

	(void)state;
	lines_are_refused(cases, sizeof(cases) / sizeof(cases[0]));
	assert_int_equal(o.output, OUTPUT_JSON);
	assert_string_equal(o.json_fields, "id,title");
	o = read_options("list|--json|id,title"); /* words to search for */
	assert_null(o.json_fields);
	o = read_options("--header|--plain=1");
	assert_int_equal(o.output, OUTPUT_PLAIN);
	assert_true(o.header);
	o = read_options("list|--format|{id}");
	assert_int_equal(o.output, OUTPUT_TEMPLATE);
	assert_string_equal(o.format, "{id}");
	assert_int_equal(read_options("").output, OUTPUT_PEOPLE);
}

static void a_timeout_is_seconds_with_three_decimals(void **state)
{
	static const struct {
		const char *line;
		int ms;
	} cases[] = {
		{"status", TIMEOUT_MS},	       {"--timeout|2", 2000},
		{"--timeout=0.5", 500},	       {"--timeout|.25", 250},
		{"--timeout|0.001", 1},	       {"--timeout|3600", 3600000},
		{"--timeout|1.005", 1005},     {"--timeout|0007", 7000},
		{"--timeout|3600.0", 3600000},
	};
	static const char *const wrong[] = {"",	   ".",	 "2.",	   "-1",    "1e3",  "2s",
					    "1,5", " 2", "0.0001", "99999", "1.2.3"};
	static const char *const outside[] = {"0", "0.000", "3600.001", "9999"};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(read_options(cases[i].line).timeout_ms, cases[i].ms);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		lines_are_refused(
			&(struct refusal){
				arena_printf(&arena, "--timeout=%s", wrong[i]),
				arena_printf(&arena,
					     "--timeout: \"%s\" is not a number of "
					     "seconds, such as 2 or 0.5",
					     wrong[i]),
				""},
			1);
	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
		lines_are_refused(
			&(struct refusal){
				arena_printf(&arena, "--timeout=%s", outside[i]),
				"--timeout is more than 0 and at most 3600 seconds", ""},
			1);
}

static void options_belong_to_their_verbs(void **state)
{
	static const struct refusal cases[] = {
		{"list|-n", "-n is for commands that change something", ""},
		{"log|1h|--check", "--check is for status", ""},
		{"credential|retire|x|--yes",
		 "--yes is for credential rm, credential renew, edit, import, reset, rm",
		 ""},
		{"status|--schema|x", "--schema is for api", ""},
		{"log|1h|--quiet=1", "--quiet takes no value", ""},
		{"log|1h|-n=", "-n takes no value", ""},
		{"log|1h|--no-json", "pdh log has no flag --no-json", NULL},
		{"api|--schema=", "--schema needs a folder, or - for standard output",
		 ""},
		{"--socket=", "--socket needs a path", ""},
		{"--color=maybe", "--color: \"maybe\" is not auto, always or never", ""},
		{"--color=", "--color: \"\" is not auto, always or never", ""},
	};
	struct options o = read_options("rm|5|-n|-q|--no-input|--no-spawn|--socket=/s");

	(void)state;
	lines_are_refused(cases, sizeof(cases) / sizeof(cases[0]));
	assert_true(o.dry_run && o.quiet && o.no_input && o.no_spawn);
	assert_false(o.help || o.version || o.yes || o.check || o.short_);
	assert_string_equal(o.socket, "/s");
	assert_string_equal(read_options("api|--schema|-").schema, "-");
	assert_true(*read_options("--socket|here/s").socket == '/');
}

static void the_last_word_on_color_counts(void **state)
{
	(void)state;
	assert_int_equal(read_options("").color, COLOR_AUTO);
	assert_int_equal(read_options("--color").color, COLOR_ALWAYS);
	assert_int_equal(read_options("--color=auto").color, COLOR_AUTO);
	assert_int_equal(read_options("--color|--no-color").color, COLOR_NEVER);
	assert_int_equal(read_options("--no-color|--color=always").color, COLOR_ALWAYS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_stands_after_its_flag_or_its_equals_sign),
		cmocka_unit_test(a_flag_is_yes_and_its_opposite_no),
		cmocka_unit_test(lists_are_repeated_and_all_else_is_given_once),
		cmocka_unit_test(a_forgotten_value_is_noticed),
		cmocka_unit_test(no_flag_is_guessed_from_its_beginning),
		cmocka_unit_test(an_answer_has_one_form),
		cmocka_unit_test(a_timeout_is_seconds_with_three_decimals),
		cmocka_unit_test(options_belong_to_their_verbs),
		cmocka_unit_test(the_last_word_on_color_counts),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
