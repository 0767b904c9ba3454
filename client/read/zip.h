/* Members of a zip file, unpacked into memory by their exact names; nothing is ever written by one. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stdbool.h>

struct zip_file {
	void *zip;
	size_t left; /* bytes that may still be unpacked */
	size_t most; /* of all of them */
};

/* 0 or -PDH_REFUSED; the bytes stay the caller's and must outlive it. */
int zip_file_open(struct zip_file *z, const char *bytes, size_t n, size_t most,
		  struct err *e);
void zip_file_close(struct zip_file *z);

bool zip_file_has(const struct zip_file *z, const char *name);

/* The text of a member in the arena, with a NUL behind it. 0, or -PDH_REFUSED where it is not there, is damaged, or is more
 * than may be unpacked, by what it says or by what comes. */
int zip_file_member(struct zip_file *z, const char *name, struct arena *a,
		    const char **ret, size_t *ret_n, struct err *e);
