/* Taking a change back: the inverse of its changeset is applied, or nothing is. */
#include "daemon/change.h"
#include "daemon/change_form.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* A row in the way: what to call it, and a key by which later changes can be searched for
 * it. */
struct obstacle {
	struct db *db;
	struct arena *arena;
	const char *key;  /* "table|pk|pk"; NULL: none met */
	const char *name; /* NULL: a row that a cascade would have taken along */
	int64_t rows;	  /* applied so far */
};

struct stored {
	const char *what;
	const void *changeset;
	size_t n;
	int64_t undoes, undone_by;
};

/* The value of column `i`: the new one of an inserted row, else the old one. */
static sqlite3_value *value_of(sqlite3_changeset_iter *it, int op, int i)
{
	sqlite3_value *v = NULL;

	if (op == SQLITE_INSERT)
		sqlite3changeset_new(it, i, &v);
	else
		sqlite3changeset_old(it, i, &v);
	return v;
}

static const char *key_of(sqlite3_changeset_iter *it, struct arena *a)
{
	const char *table;
	unsigned char *pk;
	int columns, op, indirect;

	if (sqlite3changeset_op(it, &table, &columns, &op, &indirect) != SQLITE_OK ||
	    sqlite3changeset_pk(it, &pk, &columns) != SQLITE_OK)
		return "";
	const char *key = table;
	for (int i = 0; i < columns; i++) {
		sqlite3_value *v = pk[i] ? value_of(it, op, i) : NULL;
		if (v)
			key = arena_printf(a, "%s|%s", key,
					   (const char *)sqlite3_value_text(v));
	}
	return arena_dup(a, key);
}

static const char *alias_of(struct db *db, int64_t id, struct arena *a)
{
	const char *alias = NULL;
	struct err ignored;
	AUTO_STMT s = NULL;

	if (db_query(db, Q_credential_alias, &s, &ignored) == 0) {
		db_bind_int(s, ":id", id);
		if (db_step(db, s, &ignored) > 0)
			alias = db_text(s, 0, a);
	}
	return alias ? alias : "a credential";
}

enum owner { ACTIVITY, CREDENTIAL, CYCLE };

/* Column of the row that says whose part it is. */
static const struct {
	const char *table;
	enum owner owner;
	int column;
} parts[] = {
	{"activity", ACTIVITY, 0},
	{"activity_topic", ACTIVITY, 0},
	{"activity_part", ACTIVITY, 0},
	{"activity_scope", ACTIVITY, 0},
	{"credential", CREDENTIAL, 0},
	{"credential_endorsement", CREDENTIAL, 0},
	{"credential_fact", CREDENTIAL, 0},
	{"cycle", CREDENTIAL, 1},
	{"pause", CREDENTIAL, 1},
	{"item", CREDENTIAL, 1},
	{"carried", CYCLE, 0},
};

/* Whose row the iterator stands on: its place in `parts`, or -1; *ret_id the owner's
 * number. */
static int owner_of(sqlite3_changeset_iter *it, int64_t *ret_id)
{
	const char *table;
	int columns, op, indirect;

	if (sqlite3changeset_op(it, &table, &columns, &op, &indirect) != SQLITE_OK)
		return -1;
	for (int i = 0; i < (int)(sizeof(parts) / sizeof(parts[0])); i++) {
		if (strcmp(parts[i].table, table) != 0)
			continue;
		sqlite3_value *v = value_of(it, op, parts[i].column);
		/* An update gives only keys and what changed. */
		*ret_id = v ? sqlite3_value_int64(v) : 0;
		return i;
	}
	return -1;
}

static const char *name_of(sqlite3_changeset_iter *it, struct obstacle *o)
{
	int64_t id = 0;
	int part = owner_of(it, &id);

	if (part < 0)
		return "your name";
	if (parts[part].owner == ACTIVITY)
		return arena_printf(o->arena, "#%lld", (long long)id);
	if (parts[part].owner == CYCLE)
		return "something carried over";
	const char *alias = alias_of(o->db, id, o->arena);
	return strcmp(parts[part].table, "item") == 0
		       ? arena_printf(o->arena, "an item of %s", alias)
		       : alias;
}

static bool owner_is_gone(sqlite3_changeset_iter *it, struct obstacle *o)
{
	struct err ignored;
	int64_t id = 0;
	int part = owner_of(it, &id);
	AUTO_STMT s = NULL;

	if (part < 0 || strcmp(parts[part].table, "activity") == 0 ||
	    strcmp(parts[part].table, "credential") == 0)
		return false;
	static const enum db_query exists[] = {[ACTIVITY] = Q_activity_exists,
					       [CREDENTIAL] = Q_credential_alias,
					       [CYCLE] = Q_cycle_exists};
	if (db_query(o->db, exists[parts[part].owner], &s, &ignored) < 0)
		return false;
	db_bind_int(s, ":id", id);
	return db_step(o->db, s, &ignored) == 0;
}

static int on_conflict(void *data, int kind, sqlite3_changeset_iter *it)
{
	struct obstacle *o = data;
	const char *table;
	int columns, op, indirect;

	if (kind == SQLITE_CHANGESET_FOREIGN_KEY) {
		o->key = "";
		o->name = "something that belongs to it";
		return SQLITE_CHANGESET_ABORT;
	}
	sqlite3changeset_op(it, &table, &columns, &op, &indirect);
	/* Gone with its activity or credential, which this undo has just taken away. */
	if (kind == SQLITE_CHANGESET_NOTFOUND && op == SQLITE_DELETE &&
	    owner_is_gone(it, o))
		return SQLITE_CHANGESET_OMIT;
	o->key = key_of(it, o->arena);
	o->name = name_of(it, o);
	return SQLITE_CHANGESET_ABORT;
}

/* Whether a changeset has a row of this key; *ret_rows counts its rows. */
static bool has_key(const void *changeset, size_t n, const char *key, struct arena *a,
		    int64_t *ret_rows)
{
	sqlite3_changeset_iter *it;
	bool found = false;

	*ret_rows = 0;
	if (sqlite3changeset_start(&it, (int)n, (void *)(uintptr_t)changeset) !=
	    SQLITE_OK)
		return false;
	while (sqlite3changeset_next(it) == SQLITE_ROW) {
		++*ret_rows;
		found |= key && strcmp(key_of(it, a), key) == 0;
	}
	sqlite3changeset_finalize(it);
	return found;
}

/* The newest change after `op` that touched the row in the way; 0 if it is not among the
 * last thousand. */
static int64_t later_change(const struct obstacle *o, int64_t op)
{
	struct err ignored;
	int64_t rows;
	size_t n;
	AUTO_STMT s = NULL;

	if (db_query(o->db, Q_change_later, &s, &ignored) < 0)
		return 0;
	db_bind_int(s, ":id", op);
	while (db_step(o->db, s, &ignored) > 0) {
		const void *changeset = db_blob(s, 1, &n);
		if (has_key(changeset, n, o->key, o->arena, &rows))
			return db_int(s, 0);
	}
	return 0;
}

static int refuse(const struct obstacle *o, int64_t op, struct err *e)
{
	int64_t later = later_change(o, op);

	if (!o->name)
		err_set(e, -PDH_REFUSED, "op",
			"change %lld added something that hangs on it; nothing was undone",
			(long long)later);
	else if (later)
		err_set(e, -PDH_REFUSED, "op",
			"%s was changed since, by change %lld; nothing was undone",
			o->name, (long long)later);
	else
		err_set(e, -PDH_REFUSED, "op", "%s was changed since; nothing was undone",
			o->name);
	return err_hint(e, "pdh history shows later changes; undo those first");
}

/* Rows that cascades removed beside those of the inverse: parts that were added later.
 * The first is the obstacle. */
static void find_cascaded(const void *done, int n_done, const void *inverse,
			  int n_inverse, struct obstacle *o)
{
	sqlite3_changeset_iter *it;
	int64_t rows;

	if (sqlite3changeset_start(&it, n_done, (void *)(uintptr_t)done) != SQLITE_OK)
		return;
	while (!o->key && sqlite3changeset_next(it) == SQLITE_ROW) {
		const char *key = key_of(it, o->arena);
		if (has_key(inverse, (size_t)n_inverse, key, o->arena, &rows))
			continue;
		o->key = key;
	}
	sqlite3changeset_finalize(it);
}

/* Applies and counts, watching for what cascades take along. */
static int apply(struct obstacle *o, void *inverse, int n, struct err *e)
{
	sqlite3 *handle = db_handle(o->db);
	sqlite3_session *watch = NULL;
	void *done = NULL;
	int n_done = 0;

	int code = sqlite3session_create(handle, "main", &watch);
	if (code == SQLITE_OK)
		code = sqlite3session_attach(watch, NULL);
	if (code == SQLITE_OK)
		code = sqlite3changeset_apply(handle, n, inverse, NULL, on_conflict, o);
	if (code == SQLITE_OK)
		code = sqlite3session_changeset(watch, &n_done, &done);
	if (code == SQLITE_OK && n_done) {
		has_key(done, (size_t)n_done, NULL, o->arena, &o->rows);
		find_cascaded(done, n_done, inverse, n, o);
	}
	sqlite3_free(done);
	sqlite3session_delete(watch);
	return code == SQLITE_OK || o->key ? 0 : db_fail(o->db, code, e);
}

static int read_stored(struct db *db, int64_t op, struct arena *a, struct stored *ret,
		       struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(db, Q_change_get, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", op);
	r = db_step(db, s, e);
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
	AUTO_STMT s = NULL;
	int r = db_query(db, Q_change_mark, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", op);
	db_bind_int(s, ":undone_by", undone_by);
	return db_run(db, s, e);
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

int change_undo(struct db *db, int64_t op, int64_t by, struct arena *a,
		struct change_undo *ret, struct err *e)
{
	struct obstacle o = {.db = db, .arena = a};
	struct stored s;
	void *inverse = NULL;
	int n = 0;

	int r = read_stored(db, op, a, &s, e);
	if (r < 0)
		return r;
	if (s.undone_by != INT64_MIN)
		return err_set(e, -PDH_REFUSED, "op",
			       "change %lld is undone already, by change %lld",
			       (long long)op, (long long)s.undone_by);
	r = check_form(db, op, &s, e);
	if (r < 0)
		return r;
	int code = sqlite3changeset_invert((int)s.n, s.changeset, &n, &inverse);
	r = code == SQLITE_OK ? apply(&o, inverse, n, e) : db_fail(db, code, e);
	sqlite3_free(inverse);
	if (r == 0 && o.key)
		r = refuse(&o, op, e);
	if (r == 0)
		r = mark_chain(db, op, by, a, e);
	if (r < 0)
		return r;
	ret->what = s.what;
	ret->rows = o.rows;
	return 0;
}
