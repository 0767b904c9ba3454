/* What the methods about rules packs have in common. */
#pragma once

#include "daemon/pack/pack.h"
#include "daemon/work.h"

/* Everything that is told of a pack but its rules. */
void packs_row(struct work *w, const struct pack *p, struct pack_row *ret);

/* Its rules in words. */
void packs_rules(struct work *w, const struct pack *p, struct pack_row *ret);

/* "us-mn-teacher 2026.1, shipped"; NULL if it extends none. */
const char *packs_base(const struct pack *p, struct arena *a);

/* Fills row.outdated of the packs that are in use with other rules, or were read long ago. */
int packs_outdated(struct work *w, const struct pack *p, struct pack_row *ret,
		   struct err *e);
