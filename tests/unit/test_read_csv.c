/* Tables as text: cells written as [a|b] and rows one a line, each with the line it began in. */
#include "client/read/csv.h"
#include "client/read/decode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *drawn(const struct table *t, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < t->n; i++) {
		all = arena_printf(a, "%s%lld[", all, (long long)t->rows[i].line);
		for (size_t k = 0; k < t->rows[i].n; k++)
			all = arena_printf(a, "%s%s%s", all, k ? "|" : "",
					   t->rows[i].cells[k]);
		all = arena_printf(a, "%s]", all);
	}
	for (size_t i = 0; i < t->notes.n; i++)
		all = arena_printf(a, "%s {%s}", all, t->notes.v[i]);
	return all;
}

static void reads(const char *text, char separator, const char *wanted)
{
	AUTO_ARENA a = {0};
	struct table t;
	struct err e = {0};

	if (csv_read(text, strlen(text), separator, &a, &t, &e) < 0)
		fail_msg("%s: %s", text, e.message);
	assert_string_equal(drawn(&t, &a), wanted);
}

static void rows_keep_their_lines(void **state)
{
	(void)state;
	reads("a,b\nc,d\n", ',', "1[a|b]2[c|d]");
	reads("a,b\r\nc,d", ',', "1[a|b]2[c|d]");
	reads("a,b\rc,d\r", ',', "1[a|b]2[c|d]");
	reads("a,b\n\n,,\nc,\n", ',', "1[a|b]4[c|]");
	reads("a,\"b\nc\"\nd,e\n", ',', "1[a|b\nc]3[d|e]");
	reads("a,\"b\r\nc\"\r\nd,e\n", ',', "1[a|b\nc]3[d|e]");
	reads("sep=;\na;b\n", ';', "2[a|b]");
	reads("", ',', "");
}

static void quotes(void **state)
{
	(void)state;
	reads("\"a, \"\"b\"\"\",c", ',', "1[a, \"b\"|c]");
	reads("\"a\", \"b, c\"", ',', "1[a|b, c]");
	reads("\"\",\"\"\nx,\"\"", ',', "2[x|]");
	reads("5\" disk,b", ',', "1[5\" disk|b]");
	reads("\"b\" c,d", ',', "1[b c|d] {line 1: text behind a closing quote is kept}");
	reads("a,\"b\nc,d\n", ',',
	      "1[a|\"b]2[c|d] {line 1: a quote that nobody closes is part of the text}");
	/* The quote of another cell, lines below, closes nothing. */
	reads("a,\"5 disk\nb,\"x, y\"\n", ',',
	      "1[a|\"5 disk]2[b|x, y] {line 1: a quote that nobody closes is part of the text}");
}

static void texts_are_cleaned(void **state)
{
	(void)state;
	reads(" a ,\xc2\xa0"
	      "b\xc2\xa0",
	      ',', "1[a|b]");
	reads("a\x1b[31m,b\xe2\x80\xae"
	      "c,\xff",
	      ',', "1[a[31m|bc|] {line 1: 3 unreadable characters left out}");
}

static void limits_name_the_line(void **state)
{
	AUTO_ARENA a = {0};
	char *text = malloc(TABLE_LINE_MAX + 100);
	struct table t;
	struct err e = {0};

	(void)state;
	memset(text, 'x', TABLE_LINE_MAX + 10);
	memcpy(text, "a\n", 2);
	assert_true(csv_read(text, TABLE_LINE_MAX + 10, ',', &a, &t, &e) < 0);
	assert_string_equal(e.message, "line 2: more than 65536 bytes in one line");
	memset(text, ',', 300);
	assert_true(csv_read(text, 300, ',', &a, &t, &e) < 0);
	assert_string_equal(e.message, "line 1: more than 200 columns");
	free(text);
}

static void too_many_rows_are_refused(void **state)
{
	enum { LINES = TABLE_ROWS_MAX + 2 };
	AUTO_ARENA a = {0};
	char *text = malloc(2 * LINES + 1);
	struct table t;
	struct err e = {0};

	(void)state;
	for (size_t i = 0; i < LINES; i++)
		memcpy(text + 2 * i, "x\n", 2);
	text[2 * LINES] = '\0';
	assert_true(csv_read(text, 2 * LINES, ',', &a, &t, &e) < 0);
	assert_string_equal(e.message, "line 100002: more than 100000 rows");
	free(text);
}

static void first_separator(const char *text, char wanted)
{
	AUTO_ARENA a = {0};
	char order[CSV_SEPARATORS];

	csv_separators(text, strlen(text), &a, order);
	assert_int_equal(order[0], wanted);
}

static void the_steadiest_separator_goes_first(void **state)
{
	(void)state;
	first_separator("a,b\nc,d\n", ',');
	first_separator("a;b\n2,5;d\nx, y, z;1,25\n", ';');
	first_separator("a\tb\nx, y\td\n", '\t');
	first_separator("a|b\nc|d, e\n", '|');
	first_separator("sep=;\na,b;c\nd,e;f\n", ';');
}

static void decodes(const char *bytes, size_t n, const char *encoding, const char *wanted)
{
	AUTO_ARENA a = {0};
	const struct decoder d = {0};
	struct decoded got;
	struct err e;

	assert_int_equal(decode(&d, bytes, n, &a, &got, &e), 0);
	assert_string_equal(got.encoding, encoding);
	assert_string_equal(got.text, wanted);
	assert_int_equal(got.n, strlen(wanted));
}

static void encodings_are_found(void **state)
{
	(void)state;
	decodes("abc", 3, "UTF-8", "abc");
	decodes("\xef\xbb\xbfK\xc3\xb6ln", 8, "UTF-8 with BOM", "K\xc3\xb6ln");
	decodes("K\xf6ln \x96 \x80", 8, "Windows-1252",
		"K\xc3\xb6ln \xe2\x80\x93 \xe2\x82\xac");
	decodes("\xff\xfe"
		"a\0b\0\xf6\0",
		8, "UTF-16LE", "ab\xc3\xb6");
	decodes("\xfe\xff\0a\0b", 6, "UTF-16BE", "ab");
	decodes("a\0b\0c\0d\0", 8, "UTF-16LE", "abcd");
	decodes("\0a\0b\0c\0d", 8, "UTF-16BE", "abcd");
	decodes("\xff\xfe\x3d\xd8\x00\xde", 6, "UTF-16LE", "\xf0\x9f\x98\x80");
	/* Half a pair. */
	decodes("\xff\xfe\x3d\xd8"
		"a\0",
		6, "UTF-16LE",
		"\xef\xbf\xbd"
		"a");
}

static void a_named_encoding_wins(void **state)
{
	AUTO_ARENA a = {0};
	struct decoder d;
	struct decoded got;
	struct err e;

	(void)state;
	assert_int_equal(decoder_open(&d, "ISO-8859-2", &e), 0);
	assert_int_equal(decode(&d, "\xb1", 1, &a, &got, &e), 0);
	assert_string_equal(got.text, "\xc4\x85");
	decoder_close(&d);
	assert_int_equal(decoder_open(&d, "UTF-8", &e), 0);
	assert_true(decode(&d, "ab\xff", 3, &a, &got, &e) < 0);
	assert_string_equal(e.message, "byte 3 is not a character of UTF-8");
	decoder_close(&d);
	assert_true(decoder_open(&d, "klingon", &e) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_keep_their_lines),
		cmocka_unit_test(quotes),
		cmocka_unit_test(texts_are_cleaned),
		cmocka_unit_test(limits_name_the_line),
		cmocka_unit_test(too_many_rows_are_refused),
		cmocka_unit_test(the_steadiest_separator_goes_first),
		cmocka_unit_test(encodings_are_found),
		cmocka_unit_test(a_named_encoding_wins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
