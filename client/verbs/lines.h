/* `pdh log -`: JSON lines, one activity each, to the parameters of one activity.import. Keys are the parameters of
 * activity.add or their long flags; the other fields of an activity in an answer are passed over. Values are read as
 * on the command line, numbers too: by their digits. */
#pragma once

#include "common/api.h"

struct lines {
	struct activity_import_params params;
	unsigned *numbers; /* the line each activity stood in, from 1 */
};

enum {
	LINES_MAX = 64 << 20, /* bytes of standard input */
	LINES_DIRECT =
		1000 /* more go the way of a file, since one answer would not name them all */
};

/* Reads `n` bytes, which may hold anything; a NUL follows them. Empty lines are passed over. Everything lives in the
 * arena of `c`. 0, or the first mistake as "line 3: credit: ...". */
int lines_read(const char *text, size_t n, const struct kind_context *c,
	       struct lines *ret, struct err *e);

/* 0, or -PDH_USAGE for a line that would be several activities. */
int lines_check(const struct lines *l, struct err *e);

/* Turns the daemon's "activities[2].credit" into the line. */
void lines_blame(const struct lines *l, struct err *e);
