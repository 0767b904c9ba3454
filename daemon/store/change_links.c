#include "daemon/store/change_links.h"

#include <string.h>

int change_links_read(struct db *db, struct arena *a, struct change_links *ret,
		      struct err *e)
{
	enum { CHILD, ID, PARENT, COLUMN, CASCADES };
	struct change_link *last = NULL;
	int64_t last_id = 0;
	AUTO_STMT s = NULL;
	int r = db_query(db, Q_table_parents, &s, e);

	*ret = (struct change_links){NULL, 0};
	if (r < 0)
		return r;
	while ((r = db_step(db, s, e)) > 0) {
		if (!last || last_id != db_int(s, ID) ||
		    strcmp(last->child, db_word(s, CHILD)) != 0) {
			ret->v = arena_grow(a, ret->v, ret->n, sizeof(*ret->v));
			last = &ret->v[ret->n++];
			*last = (struct change_link){.child = db_text(s, CHILD, a),
						     .parent = db_text(s, PARENT, a),
						     .cascades = db_int(s, CASCADES) > 0};
			last_id = db_int(s, ID);
		}
		if (last->n == CHANGE_LINK_COLUMNS)
			return err_set(e, -PDH_FAILED, NULL,
				       "a key of table %s has too many columns",
				       last->child);
		last->columns[last->n++] = (int)db_int(s, COLUMN);
	}
	return r;
}
