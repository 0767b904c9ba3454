/* Names of files that came from elsewhere. */
#include "common/filename.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void names_are_made_harmless(void **state)
{
	static const struct {
		const char *raw, *clean;
	} cases[] = {
		{"cert.pdf", "cert.pdf"},
		{"a b  c.pdf", "a b  c.pdf"},
		{"Zertifikat \xc3\xa4\xc3\xb6.pdf", "Zertifikat \xc3\xa4\xc3\xb6.pdf"},
		{"../../etc/passwd", "passwd"},
		{"C:\\Users\\dana\\cert.pdf", "cert.pdf"},
		{"/", "proof"},
		{"", "proof"},
		{"...", "proof"},
		{".hidden", "hidden"},
		{"  cert.pdf  ", "cert.pdf"},
		{"a\nb\x1b[31m.pdf", "ab[31m.pdf"},
		/* a right-to-left override, a zero-width space, a byte of nothing */
		{"cert\xe2\x80\xae"
		 "fdp.exe",
		 "certfdp.exe"},
		{"ce\xe2\x80\x8brt.pdf", "cert.pdf"},
		{"ce\xffrt\xc3.pdf", "cert.pdf"},
		{"\x7f\x01", "proof"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
			filename_clean(cases[i].raw, strlen(cases[i].raw), &arena),
			cases[i].clean);
}

static void long_names_keep_their_ending(void **state)
{
	char raw[1024];

	(void)state;
	/* Of two bytes each, so that a cut may fall between them. */
	for (size_t i = 0; i < 500; i++)
		memcpy(raw + 2 * i, "\xc3\xa4", 2);
	memcpy(raw + 1000, ".pdf", 5);
	for (size_t from = 0; from < 2; from++) {
		raw[0] = 'a';
		const char *name = filename_clean(raw + 1 - from, 1003 + from, &arena);
		assert_true(strlen(name) <= FILENAME_MOST);
		assert_true(strlen(name) > FILENAME_MOST - 3);
		assert_string_equal(name + strlen(name) - 4, ".pdf");
		assert_int_equal((unsigned char)name[strlen(name) - 6], 0xc3);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_made_harmless),
		cmocka_unit_test(long_names_keep_their_ending),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
