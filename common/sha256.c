#include "common/sha256.h"

#include <sodium.h>

_Static_assert(sizeof(struct sha256) >= sizeof(crypto_hash_sha256_state) &&
		       _Alignof(struct sha256) >= _Alignof(crypto_hash_sha256_state),
	       "libsodium's state fits");

void sha256_begin(struct sha256 *h)
{
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
