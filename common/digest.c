#include "common/digest.h"

uint64_t digest_add(uint64_t digest, const void *bytes, size_t n)
{
	const unsigned char *b = bytes;

	for (size_t i = 0; i < n; i++)
		digest = (digest ^ b[i]) * UINT64_C(0x100000001b3);
	return digest;
}
