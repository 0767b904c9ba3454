/* The output for people, compared as text; and never wider than the terminal. */
#include "client/bar.h"
#include "client/options.h"
#include "client/show.h"
#include "client/text.h"
#include "tests/support/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct term wide = {.utf8 = true, .width = 80};
static const struct term ascii = {.utf8 = false, .width = 80};
static const struct term narrow = {.utf8 = true, .width = 40};

/* What show_answer() writes; the caller frees it. */
static char *shown(enum method_id id, const void *params, const void *record, const struct options *o,
		   const struct term *t)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	assert_non_null(out);
	assert_int_equal(show_answer(&api_methods[id], params, record, o, t, out), 0);
	fclose(out);
	return text;
}

static void expect(enum method_id id, const void *params, const void *record, const struct options *o,
		   const struct term *t, const char *wanted)
{
	char *text = shown(id, params, record, o, t);

	assert_string_equal(text, wanted);
	free(text);
}

static const struct options plain_options;

static void status_has_bars_with_the_pace_marked(void **state)
{
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	expect(METHOD_status_get, NULL, &r, &plain_options, &wide,
	       "Dana Reyes                                                  Sat 14 Mar 2026\n"
	       "\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_has_bars_with_the_pace_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
