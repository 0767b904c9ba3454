/* The inverse of a change is applied, whole or not at all. What pdh wrote by itself gives way: who undoes a change asks
 * afterward for what follows from the rest to be written anew. */
#include "daemon/store/change_parts.h"
#include "daemon/store/db_internal.h"

#include <string.h>

/* Tables of which pdh writes rows by itself. `asks`: a person may have had a hand in a row. */
static const struct {
	const char *table;
	bool asks;
} derived[] = {
	{"carried", false}, /* what went on from a closed cycle */
	{"item", true},	    /* what the rules ask for */
};

static bool is_derived(const char *table)
{
	for (size_t i = 0; i < sizeof(derived) / sizeof(derived[0]); i++)
		if (strcmp(derived[i].table, table) == 0)
			return true;
	return false;
}

/* Rows that a method which is about them touched later. A failure is heard by whoever asks next whether the transaction is
 * whole. */
static void read_persons(struct taking *t)
{
	struct err ignored;
	size_t n;
	AUTO_STMT s = NULL;

	if (t->persons_read)
		return;
	t->persons_read = true;
	if (db_query(t->db, Q_change_later_by_hand, &s, &ignored) < 0)
		return;
	db_bind_int(s, ":id", t->op);
	while (db_step(t->db, s, &ignored) > 0) {
		const void *changeset = db_blob(s, 0, &n);
		int code = change_keys_read(&t->persons, changeset, (int)n);
		if (code != SQLITE_OK)
			(void)db_fail(t->db, code, &ignored);
	}
}

static bool yields(struct taking *t, const char *table, const char *key)
{
	for (size_t i = 0; i < sizeof(derived) / sizeof(derived[0]); i++) {
		if (strcmp(derived[i].table, table) != 0)
			continue;
		if (derived[i].asks)
			read_persons(t);
		if (!derived[i].asks || !change_keys_find(&t->persons, key))
			return t->yielded = true;
	}
	return false;
}

/* Whether the row goes because the inverse takes away what it belongs to. */
static bool goes_along(struct taking *t, sqlite3_changeset_iter *it)
{
	AUTO_BUF key = {0};

	for (size_t i = 0; i < t->links.n; i++) {
		const struct change_link *link = &t->links.v[i];
		const char *parent =
			link->cascades ? change_parent_key(it, link, false, &key) : NULL;
		if (parent && change_keys_find(&t->rows, parent) == SQLITE_DELETE)
			return true;
	}
	return false;
}

static void note(struct taking *t, enum change_trouble trouble,
		 sqlite3_changeset_iter *it, bool now)
{
	t->trouble = trouble;
	t->at = arena_dup(t->arena, change_key(it, &t->key));
	t->name = change_name(t, it, now);
}

/* Rows that pdh wrote itself and that would now belong to nothing go too. */
static int drop_orphans(struct taking *t)
{
	struct err ignored;
	int open = 0, unused;
	AUTO_STMT carried = NULL;
	AUTO_STMT items = NULL;
	AUTO_STMT drop = NULL;

	int r = db_query(t->db, Q_carried_orphans_clear, &carried, &ignored);
	if (r == 0)
		r = db_run(t->db, carried, &ignored);
	if (r == 0)
		r = db_query(t->db, Q_item_orphans, &items, &ignored);
	while (r == 0 && (r = db_step(t->db, items, &ignored)) > 0) {
		int64_t id = db_int(items, 0);
		const char *key = arena_printf(t->arena, "item\x1f%lld", (long long)id);
		r = 0;
		if (!yields(t, "item", key))
			continue;
		db_reset(&drop);
		r = db_query(t->db, Q_item_delete, &drop, &ignored);
		if (r < 0)
			break;
		db_bind_int(drop, ":id", id);
		r = db_run(t->db, drop, &ignored);
	}
	(void)sqlite3_db_status(db_handle(t->db), SQLITE_DBSTATUS_DEFERRED_FKS, &open,
				&unused, 0);
	if (r < 0 || open)
		return SQLITE_CHANGESET_ABORT;
	t->yielded = true;
	return SQLITE_CHANGESET_OMIT;
}

static int on_conflict(void *data, int kind, sqlite3_changeset_iter *it)
{
	struct taking *t = data;
	const char *table = "";
	int columns, op, indirect;

	if (kind == SQLITE_CHANGESET_FOREIGN_KEY) {
		int answer = drop_orphans(t);
		if (answer == SQLITE_CHANGESET_ABORT)
			t->trouble = ROW_ORPHANED;
		return answer;
	}
	(void)sqlite3changeset_op(it, &table, &columns, &op, &indirect);
	if (kind == SQLITE_CHANGESET_NOTFOUND && op == SQLITE_DELETE && goes_along(t, it))
		return SQLITE_CHANGESET_OMIT;
	if (yields(t, table, change_key(it, &t->key)))
		return SQLITE_CHANGESET_OMIT;
	bool taken = kind == SQLITE_CHANGESET_CONSTRAINT;
	note(t, taken ? ROW_TAKEN : ROW_CHANGED, it,
	     kind == SQLITE_CHANGESET_DATA || kind == SQLITE_CHANGESET_CONFLICT);
	return SQLITE_CHANGESET_ABORT;
}

/* Counts what was done, and finds the first row that a cascade took along though the change had not brought it. */
static int look_back(struct taking *t)
{
	sqlite3_changeset_iter *it;
	void *done = NULL;
	int n = 0;

	int code = sqlite3session_changeset(t->session, &n, &done);
	if (code == SQLITE_OK && n)
		code = sqlite3changeset_start(&it, n, done);
	if (code != SQLITE_OK || !n) {
		sqlite3_free(done);
		return code;
	}
	while (!t->trouble && sqlite3changeset_next(it) == SQLITE_ROW) {
		const char *table, *key = change_key(it, &t->key);
		int columns, op, indirect;
		(void)sqlite3changeset_op(it, &table, &columns, &op, &indirect);
		t->done++;
		t->derived |= is_derived(table);
		if (!change_keys_find(&t->rows, key) && !yields(t, table, key))
			note(t, ROW_HANGS, it, false);
	}
	code = sqlite3changeset_finalize(it);
	sqlite3_free(done);
	return code;
}

/* Called for each row that is written. */
static void on_row(void *data, int op, const char *database, const char *table,
		   sqlite3_int64 id)
{
	struct taking *t = data;

	(void)op;
	(void)database;
	(void)table;
	(void)id;
	t->applied += t->applied < t->all;
	db_tell_far(t->db, (struct db_part){50, 700}, t->applied, t->all);
}

/* Without a savepoint of SQLite's own around all of it: under one, each row writes every page that it touches into a journal
 * once more, some 100 KiB a row. Whoever calls rolls back what failed. */
static int apply(struct taking *t)
{
	sqlite3 *handle = db_handle(t->db);

	sqlite3_update_hook(handle, on_row, t);
	int code = sqlite3changeset_apply_v2(handle, t->n, (void *)(uintptr_t)t->inverse,
					     NULL, on_conflict, t, NULL, NULL,
					     SQLITE_CHANGESETAPPLY_NOSAVEPOINT);
	sqlite3_update_hook(handle, NULL, NULL);
	return code;
}

int change_apply(struct taking *t, struct err *e)
{
	int r = change_links_read(t->db, t->arena, &t->links, e);

	if (r == 0)
		r = db_expect_whole(t->db, e);
	if (r < 0)
		return r;
	int code = change_keys_read(&t->rows, t->inverse, t->n);
	t->all = t->rows.n;
	if (code == SQLITE_OK)
		code = apply(t);
	if (code == SQLITE_OK)
		code = look_back(t);
	r = db_expect_whole(t->db, e);
	if (r < 0)
		return r;
	return code == SQLITE_OK || t->trouble ? 0 : db_fail(t->db, code, e);
}
