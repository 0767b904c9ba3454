/* Any bytes as the JSON lines of `pdh log -`: refused with the line's number, or every
 * activity has a line of its own. */
#include "client/verbs/lines.h"

#include "common/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = {NULL};
	const struct kind_context c = {.arena = &arena, .today = date_make(2026, 3, 14)};
	char *text = arena_dup_n(&arena, (const char *)data, size);
	struct lines lines;
	struct err e = {0}, why;
	const char *clean;

	if (lines_read(text, size, &c, &lines, &e) < 0) {
		check(*e.message && !strpbrk(e.message, "\t\r\n"));
		check(kind_check_text(KIND_NOTE, e.message, strlen(e.message), &arena,
				      &clean, &why) == 0);
		return 0;
	}
	for (size_t i = 0; i < lines.params.activities.n; i++)
		check(lines.numbers[i] >= 1 &&
		      (i == 0 || lines.numbers[i] > lines.numbers[i - 1]));
	return 0;
}
