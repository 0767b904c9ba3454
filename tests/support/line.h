/* Command lines in tests, written with | between their words: "log|1h|Book study|--date|fri". Today is Saturday,
 * 14 March 2026. */
#pragma once

#include "client/cli/args.h"

struct refusal {
	const char *line;
	const char *message, *hint; /* "" for none, NULL for any */
};

/* The words of the line after "pdh" and before NULL; how many there are. */
enum { LINE_WORDS_MAX = 16 };
int line_split(struct arena *a, const char *line, char *argv[LINE_WORDS_MAX + 1]);

/* args_read() of the line, with `input` on standard input. */
int line_read(struct arena *a, const char *line, const char *input, struct command *ret,
	      struct err *e);

/* The same; fails the test if the line is refused. */
void line_read_well(struct arena *a, const char *line, struct command *ret);

/* Fails the test unless each line is refused, as a wrong usage, in these words. */
void lines_are_refused(const struct refusal *cases, size_t n);
