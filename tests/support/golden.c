#include "tests/support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void renew(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

void golden_check(const char *name, const char *text)
{
	static char kept[64 << 10];
	char path[160];

	snprintf(path, sizeof(path), "tests/golden/screens/%.120s.txt", name);
	if (getenv("PDH_GOLDEN"))
		renew(path, text);
	FILE *f = fopen(path, "re");
	if (!f)
		fail_msg("there is no %s: make golden", path);
	kept[fread(kept, 1, sizeof(kept) - 1, f)] = '\0';
	assert_int_equal(fclose(f), 0);
	if (strcmp(text, kept) != 0)
		print_error("%s is another; if it is meant to be: make golden\n", path);
	assert_string_equal(text, kept);
}
