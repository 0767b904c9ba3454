/* Overlays: a pack that extends another says only what differs.
 *
 * Its keys replace those of its base. Sources, facts, kinds, formats and topics are joined; a
 * rule with the id of one of the base replaces it, others are added, `drop` removes. Examples
 * are its own alone: those of the base need not hold any more. */
#pragma once

#include "daemon/pack/pack.h"
#include "daemon/pack/read/read.h"

struct extended {
	const struct yaml *root;
	const struct pack *base; /* NULL: it is no overlay */
	int line;		 /* that names the base */
};

/* Joins the tree x->root with what it extends, if it does. The new tree shares parts of the
 * old ones. -PDH_REFUSED. */
int pack_extend(struct reader *r, const struct pack_bases *bases, struct arena *trees,
		struct extended *x);

/* What was joined, as the text of a pack that needs no other. */
int pack_extended_text(struct reader *r, const struct extended *x, const char **ret,
		       size_t *ret_n);
