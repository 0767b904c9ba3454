/* SHA-256, piece by piece, by libsodium. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA256_TEXT_SIZE = 65 }; /* 64 lower-case hexadecimal digits, and NUL */

struct sha256 {
	uint64_t state[16]; /* libsodium's own */
};

/* A digest on its way as text, and back (false: it is none), so that it can go on later. */
enum { SHA256_STATE_SIZE = 257 };
void sha256_save(const struct sha256 *h, char out[SHA256_STATE_SIZE]);
bool sha256_load(struct sha256 *h, const char *text);

/* Whether a text is such a digest, as sha256_text() writes it. */
bool sha256_is_text(const char *text);

void sha256_begin(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *bytes, size_t n);
/* The digest of what was added; nothing may be added after it. */
void sha256_text(struct sha256 *h, char out[SHA256_TEXT_SIZE]);
