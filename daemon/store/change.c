#include "daemon/store/change_parts.h"

#include <stdlib.h>
#include <string.h>

/* History is not recorded in itself, rule sets and the name of the record are for ever, what was seen or sent cannot be
 * unseen, and sums follow what they are of. */
bool change_has(const char *table)
{
	static const char *const others[] = {
		"change",	    "rule_set",	    "reminder_shown",
		"delivery",	    "reminder_log", "event",
		"credential_state", "answered",	    "seal",
		"activity_sum",	    "record"};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(table, others[i]) == 0)
			return false;
	return strncmp(table, "sqlite_", strlen("sqlite_")) != 0;
}

static int is_content(void *unused, const char *table)
{
	(void)unused;
	return change_has(table);
}

static int next_op(struct db *db, int64_t *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(db, Q_change_next, &s, e);

	if (r == 0)
		r = db_step(db, s, e);
	if (r > 0)
		*ret = db_int(s, 0);
	return r < 0 ? r : 0;
}

int change_begin(struct db *db, struct change_recorder **ret, struct err *e)
{
	struct change_recorder *c = calloc(1, sizeof(*c));

	if (!c)
		oom();
	c->db = db;
	int r = next_op(db, &c->op, e);
	int code = sqlite3session_create(db_handle(db), "main", &c->session);
	if (code == SQLITE_OK) {
		sqlite3session_table_filter(c->session, is_content, NULL);
		code = sqlite3session_attach(c->session, NULL);
	}
	if (r == 0 && code != SQLITE_OK)
		r = db_fail(db, code, e);
	if (r < 0) {
		change_end(c);
		return r;
	}
	*ret = c;
	return 0;
}

int64_t change_op(struct change_recorder *r)
{
	return r->op;
}

static int insert(struct change_recorder *c, const struct change_note *note,
		  const void *changeset, int n, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(c->db, Q_change_insert, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", c->op);
	db_bind_int(s, ":at", note->at);
	db_bind_text(s, ":who", note->who);
	db_bind_text(s, ":method", note->method);
	db_bind_text(s, ":what", note->what);
	db_bind_blob(s, ":changeset", n ? changeset : "", (size_t)n);
	db_bind_int(s, ":undoes", note->undoes);
	return db_run(c->db, s, e);
}

static int64_t changes_so_far(const struct change_recorder *c)
{
	return sqlite3_total_changes64(db_handle(c->db));
}

int change_set(struct change_recorder *c, const void **ret, int *ret_n, struct err *e)
{
	int code = SQLITE_OK;

	if (!c->changeset || c->as_of != changes_so_far(c)) {
		sqlite3_free(c->changeset);
		c->changeset = NULL;
		code = sqlite3session_changeset(c->session, &c->n, &c->changeset);
		c->as_of = changes_so_far(c);
	}
	*ret = c->changeset;
	*ret_n = c->n;
	return code == SQLITE_OK ? 0 : db_fail(c->db, code, e);
}

/* What was undone is marked with the change's number, so an undo is stored in any case. */
int change_will_be_stored(struct change_recorder *c, int64_t undoes, bool *ret,
			  struct err *e)
{
	const void *changeset;
	int n, r = change_set(c, &changeset, &n, e);

	*ret = r == 0 && (n > 0 || undoes != INT64_MIN);
	return r;
}

int change_store(struct change_recorder *c, const struct change_note *note, struct err *e)
{
	const void *changeset;
	bool stored;
	int n, r = change_will_be_stored(c, note->undoes, &stored, e);

	if (r < 0 || !stored)
		return r;
	r = change_set(c, &changeset, &n, e);
	if (r == 0)
		r = insert(c, note, changeset, n, e);
	/* History itself is no part of it. */
	c->as_of = changes_so_far(c);
	return r;
}

void change_end(struct change_recorder *c)
{
	if (!c)
		return;
	sqlite3_free(c->changeset);
	/* SQLite takes no NULL for none. */
	if (c->session)
		sqlite3session_delete(c->session);
	free(c);
}

static int last(struct db *db, enum db_query q, const char *verb, int64_t *ret,
		struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(db, q, &s, e);

	if (r == 0)
		r = db_step(db, s, e);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(e, -PDH_NOT_FOUND, NULL, "there is nothing to %s", verb);
	*ret = db_int(s, 0);
	return 0;
}

int change_last(struct db *db, int64_t *ret_op, struct err *e)
{
	return last(db, Q_change_last, "undo", ret_op, e);
}

int change_last_undone(struct db *db, int64_t *ret_op, struct err *e)
{
	return last(db, Q_change_last_undone, "redo", ret_op, e);
}
