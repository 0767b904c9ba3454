/* Runs pdh-read on a file of others and takes its answer. pdh itself never looks into one. */
#pragma once

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"
#include "common/kind.h"

/* Opens a file to be read: a regular one, or "-" for standard input. The descriptor, or -PDH_NOT_FOUND or -PDH_REFUSED
 * with the reason. */
int reader_open(const char *file, struct err *e);

/* Reads the open file with pdh-read and these options of it. 0 and its lines in `ret`, which is the caller's; -PDH_FAILED
 * where it is not installed, was ended by its limits or cut its answer off. What it refuses is its answer. */
int reader_run(int fd, const struct texts *options, struct arena *a, struct buf *ret,
	       struct err *e);

/* How well the box of pdh-read is shut here, as a finding: its level in *ret_level. */
const char *reader_box(struct arena *a, enum finding_level *ret_level);
