/* The key `paths` of a pack: what is asked before a credential is held. Most questions about a pack are about hours, so
 * the text of it is set aside before the pack is read, and read when somebody asks. */
#pragma once

#include "daemon/pack/pack.h"

/* The text without its block `paths:`, of which only the ends of lines stay, so that lines keep their numbers; the text
 * itself where it has no such block. */
const char *pack_without_paths(const char *text, size_t n, struct arena *a);

/* The map under `paths` of a pack; NULL in *ret where it has none. -PDH_REFUSED as pack_parse(). */
int pack_paths(const struct pack *p, struct arena *a, const struct yaml **ret,
	       struct err *e);
