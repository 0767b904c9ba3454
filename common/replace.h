/* Files that are replaced whole: whoever reads sees the old text or the new one, never half of either. */
#pragma once

#include "common/err.h"

#include <sys/types.h>

/* Writes `n` bytes to a new file beside `path` and gives it that name. The folder must be there. A file that
 * is replaced leaves its mode and group to the new one; `mode` is for the first, less the umask. Whatever has the name and is not a regular file is left alone; a link is followed. 0, or
 * -PDH_STORAGE, and then the old file is as it was. */
int file_replace(const char *path, const void *bytes, size_t n, mode_t mode,
		 struct err *e);
