/* The files of proofs: each under its SHA-256, as 9f/9f3c... in the folder of the database's proofs (path_evidence()),
 * 0400 in 0700. A file is there, whole and durable, before a row speaks of it; taking a row away leaves the file.
 * `digest` is 64 lower-case hexadecimal digits everywhere. */
#pragma once

#include "daemon/upload/upload.h"

/* Puts a file that has come whole into its place, durable. The same bytes may be there already, and are replaced. -PDH_STORAGE. */
int store_keep(struct work *w, const char *token, const struct upload_file *f,
	       struct err *e);

/* Opens the file of a digest to read it: its descriptor, or -1 where it is not there, or is not a regular file. */
int store_open(struct work *w, const char *digest);

/* Whether it is there, with this size. */
bool store_has(struct work *w, const char *digest, int64_t size);

/* Removes it; true if it was there. */
bool store_remove(struct work *w, const char *digest);

/* A file of the store. */
struct store_file {
	char digest[SHA256_TEXT_SIZE];
	int64_t size;
	int64_t since; /* epoch seconds: when it was written */
};

/* Every file that bears a digest, in the order of the digests, in the arena. */
void store_list(struct work *w, struct store_file **ret, size_t *ret_n);
