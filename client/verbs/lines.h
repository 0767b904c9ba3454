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
	LINES_MAX = 4 << 20
}; /* bytes of standard input; a request of 1 MiB is far less as JSON */

/* Reads `n` bytes, which may hold anything; a NUL follows them. Empty lines are passed over. Everything lives in the
 * arena of `c`. 0, or the first mistake as "line 3: credit: ...". */
int lines_read(const char *text, size_t n, const struct kind_context *c,
	       struct lines *ret, struct err *e);

/* Says what to do about lines that are more than one request may hold. */
void lines_too_many(const struct lines *l, struct err *e);

/* Turns the daemon's "activities[2].credit" into the line. */
void lines_blame(const struct lines *l, struct err *e);
