/* Any text as an amount of credit: what is accepted lies in its range, and where its
 * decimal is exact it is read back as the same amount. */
#include "common/kind.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_message(const char *message)
{
	AUTO_ARENA arena = {NULL};
	const char *clean;
	struct err e;

	check(*message && !strpbrk(message, "\t\r\n"));
	check(kind_check_text(KIND_NOTE, message, strlen(message), &arena, &clean, &e) ==
	      0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);
	char decimal[CREDIT_TEXT_SIZE], typed[2 * CREDIT_TEXT_SIZE];
	struct credit c, again;
	struct err e;

	if (credit_parse(text, &c, &e) < 0) {
		check_message(e.message);
		free(text);
		return 0;
	}
	check(c.exact > 0 && c.exact <= CREDIT_MAX);
	check(credit_unit_find(c.unit) == c.unit);
	credit_format(c.exact, decimal);
	snprintf(typed, sizeof(typed), "%s %s", decimal, c.unit);
	int r = credit_parse(typed, &again, &e);
	/* What has no short decimal, such as a third, was rounded to four. */
	const int64_t half = CREDIT_ONE / 20000;
	if (r == 0)
		check(again.unit == c.unit && again.exact >= c.exact - half &&
		      again.exact <= c.exact + half);
	free(text);
	return 0;
}
