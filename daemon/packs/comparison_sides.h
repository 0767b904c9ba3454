/* Which rules the words of `pdh rules diff` name: a credential stands for the version that
 * judges its open cycle, a pack for what the library has now, a pack and a version for that
 * version as a cycle keeps it or as it lies in some layer, a file for what is in it. */
#pragma once

#include "common/api.h"
#include "daemon/judge/held.h"

struct comparison_side {
	const struct pack *pack;
	const char *from;	 /* pinned, the layer, or the file */
	const struct held *held; /* the credential that was named; NULL: none was */
	bool now;		 /* it is what the library has now */
};

/* Both sides. One word alone is compared with what the library has now, which is the second
 * for a credential and the first for a file. */
int comparison_sides(struct work *w, const struct pack_diff_params *p,
		     const struct held_list *held, struct comparison_side ret[2],
		     struct err *e);
