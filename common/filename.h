/* Names of files that came from elsewhere, as they may be stored, printed and given to a file again. */
#pragma once

#include "common/arena.h"

#include <stddef.h>

enum { FILENAME_MOST = 200 }; /* bytes */

/* The name behind the last slash or backslash of `n` bytes, without what is not UTF-8, control characters, and those
 * that turn or hide text; without spaces and periods at its beginning, and spaces at its end. What is too long loses its
 * middle and keeps its ending. "proof" where nothing is left. In the arena. */
const char *filename_clean(const char *raw, size_t n, struct arena *a);
