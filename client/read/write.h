/* The answer of pdh-read: JSON lines on standard output. The first says how the file was read (pdh.read/1), then comes one
 * line for each row with its cells and its line of the file, at last {"end": ...} with the counts; an answer without it was
 * cut off. A file that cannot be read is one line {"error": ...}. */
#pragma once

#include "client/read/box.h"
#include "client/read/result.h"

#include <stdio.h>

/* 0, or -1 where the lines could not be written. */
int write_result(const struct read_result *r, const struct box *box, FILE *out);
int write_error(const struct err *e, FILE *out);
