#include "common/sha256.h"

#include <sodium.h>
#include <string.h>

_Static_assert(sizeof(struct sha256) >= sizeof(crypto_hash_sha256_state) &&
		       _Alignof(struct sha256) >= _Alignof(crypto_hash_sha256_state),
	       "libsodium's state fits");

void sha256_begin(struct sha256 *h)
{
	*h = (struct sha256){{0}};
	(void)crypto_hash_sha256_init((crypto_hash_sha256_state *)(void *)h);
}

void sha256_add(struct sha256 *h, const void *bytes, size_t n)
{
	(void)crypto_hash_sha256_update((crypto_hash_sha256_state *)(void *)h, bytes, n);
}

void sha256_text(struct sha256 *h, char out[SHA256_TEXT_SIZE])
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	(void)crypto_hash_sha256_final((crypto_hash_sha256_state *)(void *)h, digest);
	(void)sodium_bin2hex(out, SHA256_TEXT_SIZE, digest, sizeof(digest));
}

void sha256_save(const struct sha256 *h, char out[SHA256_STATE_SIZE])
{
	(void)sodium_bin2hex(out, SHA256_STATE_SIZE,
			     (const unsigned char *)(const void *)h, sizeof(*h));
}

bool sha256_load(struct sha256 *h, const char *text)
{
	size_t n = 0;

	return sodium_hex2bin((unsigned char *)(void *)h, sizeof(*h), text, strlen(text),
			      NULL, &n, NULL) == 0 &&
	       n == sizeof(*h);
}

bool sha256_is_text(const char *text)
{
	enum { DIGITS = SHA256_TEXT_SIZE - 1 };

	return strlen(text) == DIGITS && strspn(text, "0123456789abcdef") == DIGITS;
}
