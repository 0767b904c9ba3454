/* What is done with files in several places. Errors are -1 and errno. */
#pragma once

#include "common/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* Writes all `n` bytes, however many calls it takes. 0 or -1. */
int file_write_all(int fd, const void *bytes, size_t n);

/* Appends what is read until the end. 0, or -1 also where it passes the ceiling of `ret`. */
int file_read_all(int fd, struct buf *ret);

/* Makes a file or a folder durable: what was written to it, or the names in it. 0 or -1. */
int file_sync(const char *path);

/* Whether the open file is the one that fstat() told of before, with nothing written to it since. */
bool file_is_as_before(int fd, const struct stat *before);

/* What a path ends in; the whole path where that is nothing. */
const char *file_name_of(const char *path);
