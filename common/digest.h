/* A digest of bytes, to tell whether two requests are the same: FNV-1a of 64 bits. Not for secrets. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define DIGEST_START UINT64_C(0xcbf29ce484222325)

uint64_t digest_add(uint64_t digest, const void *bytes, size_t n);
