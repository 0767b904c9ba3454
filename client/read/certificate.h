/* A certificate by the text of its PDF, as a proposal: what stands behind "Title of Activity:", "Total PD Hours:" and their
 * like, else what a sentence says ("has completed ... 3 clock hours"). */
#pragma once

#include "client/read/result.h"

/* `text` has a NUL behind it. 0, or -PDH_REFUSED where it has no text. */
int certificate_read(const char *text, const struct read_options *o, struct arena *a,
		     struct read_result *ret, struct err *e);
