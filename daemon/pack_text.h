/* Whether bytes are text at all. */
#pragma once

#include <stddef.h>

/* The line, from 1, of the first byte that is not UTF-8 or is a control character other
 * than a tab or the end of a line; 0 if there is none. */
int pack_text_fault(const char *text, size_t n);
