/* Which rows belong to which, as the foreign keys of the schema have it. */
#pragma once

#include "common/arena.h"
#include "daemon/store/db.h"

enum { CHANGE_LINK_COLUMNS = 4 }; /* no key of the schema has more */

/* A foreign key, which is always to the primary key of `parent`. */
struct change_link {
	const char *child, *parent;
	bool cascades; /* the row goes along with what it belongs to */
	int columns
		[CHANGE_LINK_COLUMNS]; /* of the child, in the order of the parent's key */
	int n;
};

struct change_links {
	struct change_link *v;
	size_t n;
};

/* Reads all of them into the arena. */
int change_links_read(struct db *db, struct arena *a, struct change_links *ret,
		      struct err *e);
