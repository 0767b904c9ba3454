#include "tests/support/line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

int line_split(struct arena *a, const char *line, char *argv[LINE_WORDS_MAX + 1])
{
	char *rest = arena_printf(a, "pdh%s%s", *line ? "|" : "", line);
	int argc = 0;

	while (rest && argc < LINE_WORDS_MAX)
		argv[argc++] = strsep(&rest, "|");
	assert_null(rest);
	argv[argc] = NULL;
	return argc;
}

int line_read(struct arena *a, const char *line, const char *input, struct command *ret,
	      struct err *e)
{
	const struct kind_context c = {.arena = a, .today = date_make(2026, 3, 14)};
	char *argv[LINE_WORDS_MAX + 1];
	int argc = line_split(a, line, argv);
	FILE *in = *input ? fmemopen(arena_dup(a, input), strlen(input), "r")
			  : fopen("/dev/null", "r");

	assert_non_null(in);
	int r = args_read(argc, argv, &c, in, ret, e);
	(void)fclose(in);
	return r;
}

void line_read_well(struct arena *a, const char *line, struct command *ret)
{
	struct err e = {0};

	if (line_read(a, line, "", ret, &e) < 0)
		fail_msg("%s: %s", line, e.message);
}

void lines_are_refused(const struct refusal *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		AUTO_ARENA a = {0};
		struct command c;
		struct err e = {0};
		if (line_read(&a, cases[i].line, "", &c, &e) == 0)
			fail_msg("%s was read", cases[i].line);
		if (cases[i].message)
			assert_string_equal(e.message, cases[i].message);
		if (cases[i].hint)
			assert_string_equal(e.hint, cases[i].hint);
		assert_int_equal(e.code, -PDH_USAGE);
	}
}
