/* Versions of rules packs: which is newer, and what the library has now. */
#pragma once

#include "daemon/pack/pack.h"

/* Whether version `a` is newer than `b`: numbers in them compare as numbers, so that
 * 2026.10 is newer than 2026.9. */
bool version_is_newer(const char *a, const char *b);

/* The pack of that name which the library has now; NULL if it has none. Reads no other
 * file. */
const struct pack *version_now(struct pack_library *packs, const char *pack);
