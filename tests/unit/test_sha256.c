/* Digests of FIPS 180-2, in one piece and in many. */
#include "common/sha256.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *text, *digest;
} known[] = {
	{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
	{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
	{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void digests_are_those_of_the_standard(void **state)
{
	char digest[SHA256_TEXT_SIZE];
	struct sha256 h;

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		size_t n = strlen(known[i].text);
		for (size_t cut = 0; cut <= n; cut++) {
			sha256_begin(&h);
			sha256_add(&h, known[i].text, cut);
			char saved[SHA256_STATE_SIZE];
			sha256_save(&h, saved);
			memset(&h, 0xff, sizeof(h));
			assert_true(sha256_load(&h, saved));
			sha256_add(&h, known[i].text + cut, n - cut);
			sha256_text(&h, digest);
			assert_string_equal(digest, known[i].digest);
		}
	}
}

static void what_is_no_state_is_not_loaded(void **state)
{
	struct sha256 h;

	(void)state;
	assert_false(sha256_load(&h, ""));
	assert_false(sha256_load(&h, "zz"));
	assert_false(sha256_load(&h, "00ff"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_are_those_of_the_standard),
		cmocka_unit_test(what_is_no_state_is_not_loaded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
