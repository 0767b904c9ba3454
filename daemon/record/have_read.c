#include "daemon/record/have_read.h"

#include "daemon/store/row.h"

int have_read(struct work *w, const char *kind, struct list *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_have_all, &s, e);

	if (r < 0)
		return r;
	db_bind_text(s, ":kind", kind);
	return row_read_all(w->db, s, &shape_have, w->arena, ret, e);
}
