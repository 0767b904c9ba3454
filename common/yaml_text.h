/* Whether bytes are text that may be given to libfyaml.
 *
 * Tabs are for JSON alone: YAML allows them in few places, and libfyaml 0.7.12 crashes on some in others. What is
 * not UTF-8 it takes for the end of the text. */
#pragma once

#include <stddef.h>

/* What is wrong and in which line, from 1; NULL if nothing is. */
const char *yaml_text_fault(const char *text, size_t n, int *ret_line);
