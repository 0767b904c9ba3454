/* What nobody sees, and what commands a terminal, in the forms for machines. */
#include "client/out/json.h"
#include "client/term/visible.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef void (*put_fn)(FILE *out, const char *text);

static void expect(put_fn put, const char *text, const char *wanted)
{
	char *got = NULL;
	size_t n;
	FILE *out = open_memstream(&got, &n);

	put(out, text);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(got, wanted);
	free(got);
}

static void put_on_terminal(FILE *out, const char *text)
{
	visible_put_document(out, text, 1);
}

static void put_elsewhere(FILE *out, const char *text)
{
	visible_put_document(out, text, 0);
}

static void put_json(FILE *out, const char *text)
{
	json_put(json_pack("[o]", json_text(text, strlen(text))), out);
}

static const struct {
	const char *text, *column, *line, *json, *terminal, *elsewhere;
} cases[] = {
	{"Caf\xc3\xa9 \"x\" \xf0\x9f\x93\x9a", "Caf\xc3\xa9 \"x\" \xf0\x9f\x93\x9a",
	 "Caf\xc3\xa9 \"x\" \xf0\x9f\x93\x9a", "Caf\xc3\xa9 \\\"x\\\" \xf0\x9f\x93\x9a",
	 "Caf\xc3\xa9 \"x\" \xf0\x9f\x93\x9a", "Caf\xc3\xa9 \"x\" \xf0\x9f\x93\x9a"},
	{"a\tb\nc\\d", "a\\tb\\nc\\\\d", "a b c\\d", "a\\tb\\nc\\\\d", "a\tb\nc\\d",
	 "a\tb\nc\\d"},
	/* ESC, BEL, DEL, CSI of C1, a carriage return alone */
	{"\033[31m", "\\u001b[31m", " [31m", "\\u001B[31m", "\xef\xbf\xbd[31m",
	 "\xef\xbf\xbd[31m"},
	{"\a\x7f", "\\u0007\\u007f", "  ", "\\u0007\\u007F", "\xef\xbf\xbd\xef\xbf\xbd",
	 "\xef\xbf\xbd\xef\xbf\xbd"},
	{"\xc2\x9b"
	 "2J",
	 "\\u009b2J", " 2J", "\\u009B2J",
	 "\xef\xbf\xbd"
	 "2J",
	 "\xef\xbf\xbd"
	 "2J"},
	{"x\ry\r\n", "x\\u000dy\\u000d\\n", "x y  ", "x\\ry\\r\\n", "x\xef\xbf\xbdy\r\n",
	 "x\xef\xbf\xbdy\r\n"},
	/* the ends of lines that only Unicode knows; right-to-left override, isolates */
	{"a\xe2\x80\xa8z", "a\\u2028z", "a z", "a\\u2028z", "az", "a\xe2\x80\xa8z"},
	{"a\xe2\x80\xaez", "a\\u202ez", "a z", "a\\u202Ez", "az", "a\xe2\x80\xaez"},
	{"a\xe2\x81\xa6z", "a\\u2066z", "a z", "a\\u2066z", "az", "a\xe2\x81\xa6z"},
	/* zero-width space, joiner, byte order mark, soft hyphen, word joiner, a filler, a tag */
	{"t\xe2\x80\x8bx", "t\\u200bx", "tx", "t\\u200Bx", "tx", "t\xe2\x80\x8bx"},
	{"t\xe2\x80\x8dx", "t\\u200dx", "tx", "t\\u200Dx", "tx", "t\xe2\x80\x8dx"},
	{"\xef\xbb\xbfx", "\\ufeffx", "x", "\\uFEFFx", "x", "\xef\xbb\xbfx"},
	{"t\xc2\xadx", "t\\u00adx", "tx", "t\\u00ADx", "tx", "t\xc2\xadx"},
	{"t\xe2\x81\xa0x", "t\\u2060x", "tx", "t\\u2060x", "tx", "t\xe2\x81\xa0x"},
	{"\xe3\x85\xa4x", "\\u3164x", "x", "\\u3164x", "x", "\xe3\x85\xa4x"},
	{"\xf3\xa0\x80\x81x", "\\U000e0001x", "x", "\\uDB40\\uDC01x", "x",
	 "\xf3\xa0\x80\x81x"},
	/* not UTF-8: a byte of C1 that an old terminal takes for CSI, a cut character */
	{"\x9b"
	 "2J",
	 "\xef\xbf\xbd"
	 "2J",
	 "\xef\xbf\xbd"
	 "2J",
	 "\xef\xbf\xbd"
	 "2J",
	 "\xef\xbf\xbd"
	 "2J",
	 "\xef\xbf\xbd"
	 "2J"},
	{"caf\xc3", "caf\xef\xbf\xbd", "caf\xef\xbf\xbd", "caf\xef\xbf\xbd",
	 "caf\xef\xbf\xbd", "caf\xef\xbf\xbd"},
};

static void what_is_not_seen_is_made_visible_or_goes(void **state)
{
	char quoted[128];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		expect(visible_put_column, cases[i].text, cases[i].column);
		expect(visible_put_line, cases[i].text, cases[i].line);
		snprintf(quoted, sizeof(quoted), "[\"%s\"]\n", cases[i].json);
		expect(put_json, cases[i].text, quoted);
		expect(put_on_terminal, cases[i].text, cases[i].terminal);
		expect(put_elsewhere, cases[i].text, cases[i].elsewhere);
	}
}

/* Nothing is lost: whoever reads the JSON has the text that was stored. */
static void json_is_the_same_to_its_reader(void **state)
{
	(void)state;
	for (size_t i = 0; i + 2 < COUNT(cases); i++) {
		char *got = NULL;
		size_t n;
		FILE *out = open_memstream(&got, &n);
		put_json(out, cases[i].text);
		assert_int_equal(fclose(out), 0);
		json_t *read = json_loads(got, 0, NULL);
		assert_non_null(read);
		assert_string_equal(json_string_value(json_array_get(read, 0)),
				    cases[i].text);
		json_decref(read);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_seen_is_made_visible_or_goes),
		cmocka_unit_test(json_is_the_same_to_its_reader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
