/* The box in which files of other people are read: once it is shut the process can read what it has open, write its
 * answer and end, and nothing else. No file is opened, no program started, no connection made, nobody is sent a signal.
 *
 * Three walls, each enough against the most of it: limits of memory and of processor time; Landlock with nothing
 * allowed; a filter of system calls that knows some thirty. All need no privilege. */
#pragma once

#include "common/err.h"

#include <stdbool.h>

struct box {
	int landlock; /* the version of the kernel's Landlock; 0: it has none */
	bool filter;  /* system calls are filtered */
};

/* Memory, processor time, no core files, nothing written to files. 0 or -PDH_FAILED. Once, and at the start. */
int box_limit(struct err *e);

/* Shuts the box. 0, or -PDH_FAILED where neither Landlock nor the filter is to be had. */
int box_shut(struct box *ret, struct err *e);
