#include "common/replace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/pdh-unit-XXXXXX");
	assert_non_null(mkdtemp(folder));
	return chdir(folder);
}

static int tear_down(void **state)
{
	char command[96];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static void expect_text(const char *path, const char *wanted)
{
	char text[64] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	assert_string_equal(text, wanted);
}

static ino_t number_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_ino;
}

static void a_file_is_made_and_replaced_by_another(void **state)
{
	struct stat st;
	struct err e;

	(void)state;
	assert_int_equal(file_replace("file", "one\n", 4, 0600, &e), 0);
	expect_text("file", "one\n");
	assert_int_equal(stat("file", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(link("file", "held"), 0);
	assert_int_equal(file_replace("file", "two\n", 4, 0600, &e), 0);
	expect_text("file", "two\n");
	/* Whoever had the old one open reads on in it. */
	expect_text("held", "one\n");
	assert_int_not_equal(number_of("file"), number_of("held"));
}

static void a_link_is_followed(void **state)
{
	struct stat st;
	struct err e;

	(void)state;
	assert_int_equal(file_replace("file", "one", 3, 0600, &e), 0);
	assert_int_equal(symlink("file", "name"), 0);
	assert_int_equal(file_replace("name", "two", 3, 0600, &e), 0);
	expect_text("file", "two");
	assert_int_equal(lstat("name", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
}

static void a_file_keeps_its_mode(void **state)
{
	static const mode_t modes[] = {0600, 0640, 0644, 0660, 0400};
	struct stat st;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		assert_int_equal(file_replace("file", "one", 3, 0600, &e), 0);
		assert_int_equal(chmod("file", modes[i]), 0);
		umask(077);
		assert_int_equal(file_replace("file", "two", 3, 0600, &e), 0);
		umask(022);
		assert_int_equal(stat("file", &st), 0);
		assert_int_equal(st.st_mode & 07777, modes[i]);
	}
}

static void what_cannot_be_replaced_stays(void **state)
{
	static const struct {
		const char *path, *says;
	} cases[] = {
		{"folder", "is not a regular file"},
		{"pipe", "is not a regular file"},
		{"loose", "is a link to a file that is not there"},
		{"missing/file", "No such file"},
	};
	struct err e;

	(void)state;
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(symlink("nowhere", "loose"), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(file_replace(cases[i].path, "x", 1, 0600, &e),
				 -PDH_STORAGE);
		if (!strstr(e.message, cases[i].says))
			fail_msg("%s: %s", cases[i].path, e.message);
	}
	assert_int_equal(access("nowhere", F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_is_made_and_replaced_by_another,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_link_is_followed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_keeps_its_mode, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_cannot_be_replaced_stays, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
