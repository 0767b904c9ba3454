/* Taking a change back: the inverse of its changeset is applied, or nothing is. */
#include "daemon/store/change_form.h"
#include "daemon/store/change_parts.h"

#include <string.h>

struct stored {
	const char *what;
	const void *changeset;
	size_t n;
	int64_t undoes, undone_by;
};

static int read_stored(struct db *db, int64_t op, struct arena *a, struct stored *ret,
		       struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(db, Q_change_get, &s, e, DB_INT(":id", op));

	if (r < 0)
		return r;
	if (r == 0) {
		err_set(e, -PDH_NOT_FOUND, "op", "there is no change %lld",
			(long long)op);
		return err_hint(e, "pdh history lists them");
	}
	ret->what = db_text(s, 0, a);
	const void *blob = db_blob(s, 1, &ret->n);
	ret->changeset = ret->n ? memcpy(arena_alloc(a, ret->n), blob, ret->n) : NULL;
	ret->undoes = db_int(s, 2);
	ret->undone_by = db_int(s, 3);
	return 0;
}

static int mark(struct db *db, int64_t op, int64_t undone_by, struct err *e)
{
	return DB_DO(db, Q_change_mark, e, DB_INT(":id", op),
		     DB_INT(":undone_by", undone_by));
}

/* `op` is undone by `by`. If it was an undo itself, what it had undone stands again, and
 * so on. */
static int mark_chain(struct db *db, int64_t op, int64_t by, struct arena *a,
		      struct err *e)
{
	struct stored s;

	for (;;) {
		int r = mark(db, op, by, e);
		if (r == 0)
			r = read_stored(db, op, a, &s, e);
		if (r < 0 || s.undoes == INT64_MIN)
			return r;
		by = by == INT64_MIN ? op : INT64_MIN;
		op = s.undoes;
	}
}

static int check_form(struct db *db, int64_t op, const struct stored *s, struct err *e)
{
	bool matches;
	int r = change_form_matches(db, s->changeset, s->n, &matches, e);

	if (r < 0 || matches)
		return r;
	err_set(e, -PDH_REFUSED, "op",
		"change %lld was stored by an older pdh in a form that is gone; nothing was "
		"undone",
		(long long)op);
	return err_hint(e, "set it right by hand, such as with pdh credential edit");
}

static int read_behind(struct db *db, int64_t op, bool *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(db, Q_change_last, &s, e);

	if (r == 0)
		r = db_step(db, s, e);
	*ret = r > 0 && db_int(s, 0) > op;
	return r < 0 ? r : 0;
}

static int take_back(struct change_recorder *c, const struct stored *s, struct taking *t,
		     struct err *e)
{
	void *inverse = NULL;
	int code = sqlite3changeset_invert((int)s->n, s->changeset, &t->n, &inverse);

	t->inverse = inverse;
	t->session = c->session;
	int r = code == SQLITE_OK ? change_apply(t, e) : db_fail(t->db, code, e);
	if (r == 0 && t->trouble)
		r = change_blame(t, e);
	sqlite3_free(inverse);
	change_keys_done(&t->rows);
	change_keys_done(&t->persons);
	buf_done(&t->key);
	return r;
}

int change_undo(struct change_recorder *c, int64_t op, struct arena *a,
		struct change_undo *ret, struct err *e)
{
	struct taking t = {
		.db = c->db, .arena = a, .op = op, .rows.arena = a, .persons.arena = a};
	struct stored s;

	int r = read_stored(c->db, op, a, &s, e);
	if (r < 0)
		return r;
	if (s.undone_by != INT64_MIN)
		return err_set(e, -PDH_REFUSED, "op",
			       "change %lld is undone already, by change %lld",
			       (long long)op, (long long)s.undone_by);
	r = check_form(c->db, op, &s, e);
	if (r == 0)
		r = read_behind(c->db, op, &ret->behind, e);
	if (r == 0)
		r = take_back(c, &s, &t, e);
	if (r == 0)
		r = mark_chain(c->db, op, c->op, a, e);
	if (r < 0)
		return r;
	ret->what = s.what;
	ret->rows = t.done;
	/* Whatever else was done or undone since may have brought others about. */
	ret->yielded = t.yielded || (t.derived && op + 1 != c->op);
	return 0;
}
