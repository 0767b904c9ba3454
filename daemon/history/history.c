/* change.list, change.undo and change.redo */
#include "daemon/history/follow.h"
#include "daemon/method.h"
#include "daemon/record/effect.h"
#include "daemon/store/change.h"
#include "daemon/store/row.h"

#include <string.h>

int method_change_list(struct work *w, const struct change_list_params *p,
		       struct history *ret, struct err *e)
{
	enum { USUAL = 20, MOST = 1000 };
	int64_t limit = p->limit == INT_NONE ? USUAL : p->limit;
	struct list rows;
	AUTO_STMT s = NULL;

	if (limit < 1 || limit > MOST)
		return err_set(e, -PDH_USAGE, "limit", "must be from 1 to %d", MOST);
	int r = db_query(w->db, Q_history_page, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":before", p->before);
	db_bind_int(s, ":limit", limit + 1);
	r = row_read_all(w->db, s, &shape_change, w->arena, &rows, e);
	if (r < 0)
		return r;
	memcpy(&ret->changes, &rows, sizeof(rows));
	if ((int64_t)rows.n > limit) {
		ret->changes.n--;
		ret->next = ret->changes.v[ret->changes.n - 1].op;
	}
	return 0;
}

/* Takes `op` back; undo and redo differ only in how they choose it. */
static int take_back(struct work *w, int64_t op, const char *verb, struct undone *ret,
		     struct err *e)
{
	struct effect_before was;
	struct change_undo undone;
	struct list effects;

	int r = effect_before(w, &was, e);
	if (r == 0)
		r = change_undo(w->recorder, op, w->arena, &undone, e);
	if (r == 0 && (undone.behind || undone.yielded))
		r = history_follow(w, e);
	if (r == 0)
		r = effect_since(w, &was, NULL, 0, false, &effects, e);
	if (r < 0)
		return r;
	w->undoes = op;
	w->what = arena_printf(w->arena, "%s of %lld: %s", verb, (long long)op,
			       undone.what);
	ret->dry_run = w->dry_run;
	ret->undid = op;
	ret->what = undone.what;
	ret->rows = undone.rows;
	memcpy(&ret->effects, &effects, sizeof(effects));
	return 0;
}

int method_change_undo(struct work *w, const struct change_undo_params *p,
		       struct undone *ret, struct err *e)
{
	int64_t op = p->op;
	int r = op == INT_NONE ? change_last(w->db, &op, e) : 0;

	return r < 0 ? r : take_back(w, op, "undo", ret, e);
}

int method_change_redo(struct work *w, const struct change_redo_params *p,
		       struct undone *ret, struct err *e)
{
	int64_t op;
	int r = change_last_undone(w->db, &op, e);

	(void)p;
	return r < 0 ? r : take_back(w, op, "redo", ret, e);
}
