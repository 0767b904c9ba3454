/* Two sets of rules beside one another: what one says that the other does not, in words. */
#pragma once

#include "daemon/pack/pack.h"
#include "daemon/work.h"

/* Fills in the lists of differences, and nothing else. */
void comparison_of(const struct pack *before, const struct pack *after, struct arena *a,
		   struct packs_compared *ret);

/* "in cycles that begin from 1 Sep 2027 on": when a rule is in force; "" for always. */
const char *comparison_force(const struct rule *r, struct arena *a);

/* ---- the pieces ------------------------------------------------------------------------- */

struct differences {
	struct arena *a;
	struct pack_difference *v;
	size_t n;
};

/* Adds one unless both say the same; NULL is nothing. `title` may be NULL. */
void comparison_add(struct differences *d, const char *id, const char *title,
		    const char *before, const char *after);

void comparison_rules(const struct pack *before, const struct pack *after,
		      struct differences *ret);
void comparison_units(const struct pack *before, const struct pack *after,
		      struct differences *ret);
void comparison_calendar(const struct pack *before, const struct pack *after,
			 struct differences *ret);
void comparison_facts(const struct pack *before, const struct pack *after,
		      struct differences *ret);
void comparison_sources(const struct pack *before, const struct pack *after,
			struct differences *ret);
void comparison_head(const struct pack *before, const struct pack *after,
		     struct differences *ret);
