/* The text of a file in UTF-8, whatever its encoding.
 *
 * It is found from the bytes: a mark at the beginning (BOM); zeros in every other byte, UTF-16; valid UTF-8; else
 * Windows-1252, and then the first word that is not ASCII is quoted, so that a person sees whether it is right. A named
 * encoding is converted by iconv. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

struct decoded {
	const char *text; /* a NUL follows its `n` bytes */
	size_t n;
	const char *encoding; /* such as "UTF-8 with BOM" */
	const char *sample;   /* a word that would be wrong if the encoding is; NULL */
};

/* A conversion from a named encoding; opened before the box is shut (box.h), since iconv loads files. */
struct decoder {
	void *iconv; /* NULL: found from the bytes */
	const char *name;
};

/* 0, or -PDH_USAGE for an encoding that the C library does not know. `name` NULL: found from the bytes. */
int decoder_open(struct decoder *d, const char *name, struct err *e);
void decoder_close(struct decoder *d);

/* 0, or -PDH_REFUSED for bytes that are not of the named encoding, or of none that is found. The text is in the arena. */
int decode(const struct decoder *d, const char *bytes, size_t n, struct arena *a,
	   struct decoded *ret, struct err *e);
