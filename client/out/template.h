/* --format: a template such as '{id}\t{date}\t{hours}', filled in for each row of an answer. */
#pragma once

#include "client/out/rows.h"

#include <stdio.h>

struct template_piece {
	const char *text; /* NULL: a column */
	struct column_path column;
};

struct template
{
	const struct shape *answer;
	struct template_piece *v; /* in the arena */
	size_t n;
};

/* Reads a template: {name} is a column (rows.h), \t \n \\ are tab, newline and backslash, {{ and }} are braces. A
 * newline is added at the end if there is none. -PDH_USAGE for an unknown name or a brace that stays open. */
int template_read(const char *text, const struct shape *answer, struct arena *a,
		  struct template *ret, struct err *e);

/* Tabs and newlines of a value become spaces, so that a template alone says where a line ends. */
void template_print(const struct template *t, const void *record, struct arena *a,
		    FILE *out);
