/* Reading the file of a pack. */
#pragma once

#include <stddef.h>

/* The bytes of a regular file, at most one more than a pack may have, so that a longer
 * one is noticed. The caller frees them. 0, or an errno: EINVAL where it is not a regular
 * file. */
int pack_file_read(const char *path, char **ret, size_t *ret_n);
