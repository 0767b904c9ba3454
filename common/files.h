/* What is done with files in several places. Errors are -1 and errno. */
#pragma once

#include "common/buf.h"

#include <stddef.h>

/* Writes all `n` bytes, however many calls it takes. 0 or -1. */
int file_write_all(int fd, const void *bytes, size_t n);

/* Appends what is read until the end. 0, or -1 also where it passes the ceiling of `ret`. */
int file_read_all(int fd, struct buf *ret);

/* Makes a file or a folder durable: what was written to it, or the names in it. 0 or -1. */
int file_sync(const char *path);

/* What a path ends in; the whole path where that is nothing. */
const char *file_name_of(const char *path);
