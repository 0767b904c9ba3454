/* Why a change cannot be taken back: what is in the way, and which change put it there. */
#include "daemon/store/change_parts.h"

#include <string.h>

/* ---- what a person calls a row --------------------------------------------------------------------- */

static const char *alias_of(struct taking *t, int64_t id)
{
	const char *alias = NULL;
	struct err ignored;
	AUTO_STMT s = NULL;

	if (db_query(t->db, Q_credential_alias, &s, &ignored) == 0) {
		db_bind_int(s, ":id", id);
		if (db_step(t->db, s, &ignored) > 0)
			alias = db_text(s, 0, t->arena);
	}
	return alias;
}

static const struct change_link *owner_of(struct taking *t, const char *table)
{
	for (size_t i = 0; i < t->links.n; i++)
		if (t->links.v[i].cascades && strcmp(t->links.v[i].child, table) == 0)
			return &t->links.v[i];
	return NULL;
}

/* The alias as the changeset has it: that of a credential which is gone. */
static const char *told_alias(struct taking *t, sqlite3_changeset_iter *it,
			      const char *table, int op)
{
	enum { ALIAS = 1 };
	sqlite3_value *v =
		strcmp(table, "credential") == 0 ? change_value(it, op, ALIAS) : NULL;

	const char *alias = change_text(v);

	return alias ? arena_dup(t->arena, alias) : NULL;
}

static const char *plain_name(const char *table)
{
	static const struct {
		const char *table, *name;
	} names[] = {
		{"person", "your name"},
		{"running", "what runs"},
		{"channel", "a channel"},
		{"evidence", "a proof"},
		{"evidence_of", "a proof"},
		{"import_file", "a proof"},
		{"reminder_usual", "what is usual for reminders"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].table, table) == 0)
			return names[i].name;
	return "something";
}

static sqlite3_value *column_of(sqlite3_changeset_iter *it, int op, int column, bool now)
{
	sqlite3_value *v = change_value(it, op, column);

	if (!v && now)
		(void)sqlite3changeset_conflict(it, column, &v);
	return v;
}

static const char *part_name(struct taking *t, const char *table, const char *alias)
{
	static const struct {
		const char *table, *name;
	} parts[] = {
		{"item", "an item"},
		{"reminder", "a reminder"},
		{"pause", "a pause"},
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(parts[i].table, table) == 0)
			return alias ? arena_printf(t->arena, "%s of %s", parts[i].name,
						    alias)
				     : parts[i].name;
	return alias ? alias : "a credential";
}

const char *change_name(struct taking *t, sqlite3_changeset_iter *it, bool now)
{
	const char *table = "", *root;
	int columns, op, indirect;

	(void)sqlite3changeset_op(it, &table, &columns, &op, &indirect);
	const struct change_link *link = owner_of(t, table);
	sqlite3_value *v = column_of(it, op, link ? link->columns[0] : 0, now);
	int64_t id = v ? sqlite3_value_int64(v) : 0;
	root = link ? link->parent : table;
	if (strcmp(root, "activity") == 0)
		return arena_printf(t->arena, "#%lld", (long long)id);
	if (strcmp(root, "credential") != 0)
		return plain_name(table);
	const char *alias = v ? alias_of(t, id) : NULL;
	if (!alias)
		alias = told_alias(t, it, table, op);
	return part_name(t, table, alias);
}

/* ---- which change it was --------------------------------------------------------------------------- */

/* Rows without which the inverse cannot be. */
static void needed_rows(struct taking *t, struct change_keys *needed)
{
	sqlite3_changeset_iter *it;

	if (sqlite3changeset_start(&it, t->n, (void *)(uintptr_t)t->inverse) != SQLITE_OK)
		return;
	while (sqlite3changeset_next(it) == SQLITE_ROW) {
		const char *table;
		int columns, op, indirect;
		(void)sqlite3changeset_op(it, &table, &columns, &op, &indirect);
		for (size_t i = 0; op != SQLITE_DELETE && i < t->links.n; i++) {
			const char *key =
				change_parent_key(it, &t->links.v[i], true, &t->key);
			if (key && !change_keys_find(&t->rows, key))
				change_keys_add(needed, key, op);
		}
	}
	(void)sqlite3changeset_finalize(it);
}

/* Whether the row belongs to one that the inverse takes away. */
static bool hangs(struct taking *t, sqlite3_changeset_iter *it)
{
	for (size_t i = 0; i < t->links.n; i++) {
		const char *key = change_parent_key(it, &t->links.v[i], true, &t->key);
		if (key && change_keys_find(&t->rows, key) == SQLITE_DELETE)
			return true;
	}
	return false;
}

/* Whether this row of a later change is what stands in the way. */
static bool is_it(struct taking *t, const struct change_keys *needed,
		  sqlite3_changeset_iter *it)
{
	const char *table;
	int columns, op, indirect;

	(void)sqlite3changeset_op(it, &table, &columns, &op, &indirect);
	if (t->trouble != ROW_ORPHANED) {
		if (strcmp(change_key(it, &t->key), t->at) != 0)
			return false;
		/* What is gone has its name from the change that took it away. */
		t->gone = op == SQLITE_DELETE;
		if (t->gone)
			t->name = change_name(t, it, false);
		return true;
	}
	if (op == SQLITE_DELETE && change_keys_find(needed, change_key(it, &t->key))) {
		t->gone = true;
		t->name = change_name(t, it, false);
		return true;
	}
	return op != SQLITE_DELETE && hangs(t, it);
}

static bool has_it(struct taking *t, const struct change_keys *needed,
		   const void *changeset, size_t n)
{
	sqlite3_changeset_iter *it;
	bool found = false;

	if (n == 0 || sqlite3changeset_start(&it, (int)n, (void *)(uintptr_t)changeset) !=
			      SQLITE_OK)
		return false;
	while (!found && sqlite3changeset_next(it) == SQLITE_ROW)
		found = is_it(t, needed, it);
	(void)sqlite3changeset_finalize(it);
	return found;
}

/* The newest change that put it there; 0 if it is not among the last thousand or so. */
static int64_t later_change(struct taking *t)
{
	enum { BYTES_MOST = 16 << 20 }; /* some 80 ms */
	struct change_keys needed = {.arena = t->arena};
	struct err ignored;
	int64_t found = 0;
	size_t n, all = 0;
	AUTO_STMT s = NULL;

	if (db_query(t->db, Q_change_later, &s, &ignored) < 0)
		return 0;
	if (t->trouble == ROW_ORPHANED)
		needed_rows(t, &needed);
	db_bind_int(s, ":id", t->op);
	while (!found && all < BYTES_MOST && db_step(t->db, s, &ignored) > 0) {
		const void *changeset = db_blob(s, 1, &n);
		all += n;
		if (has_it(t, &needed, changeset, n))
			found = db_int(s, 0);
	}
	change_keys_done(&needed);
	return found;
}

static const char *by_change(struct taking *t, int64_t later)
{
	return later ? arena_printf(t->arena, ", by change %lld", (long long)later) : "";
}

static int blame_place(struct taking *t, struct err *e)
{
	bool credential = strncmp(t->at, "credential\x1f", strlen("credential\x1f")) == 0;

	err_set(e, -PDH_REFUSED, "op",
		credential ? "another credential is called %s now; nothing was undone"
			   : "something else has the place of %s now; nothing was undone",
		t->name);
	return credential ? err_hint(e,
				     "give that one another short name first: pdh "
				     "credential edit %s --as NAME",
				     t->name)
			  : err_hint(e, "pdh history shows later changes");
}

static int blame_later(struct taking *t, struct err *e)
{
	int64_t later = later_change(t);

	if (t->name && t->trouble != ROW_HANGS)
		err_set(e, -PDH_REFUSED, "op", "%s %s since%s; nothing was undone",
			t->name, t->gone ? "is gone" : "was changed",
			by_change(t, later));
	else if (later)
		err_set(e, -PDH_REFUSED, "op",
			"change %lld added something that hangs on it; nothing was undone",
			(long long)later);
	else
		err_set(e, -PDH_REFUSED, "op",
			"something that was added later hangs on it; nothing was undone");
	return err_hint(e, "pdh history shows later changes; undo those first");
}

int change_blame(struct taking *t, struct err *e)
{
	return t->trouble == ROW_TAKEN ? blame_place(t, e) : blame_later(t, e);
}
