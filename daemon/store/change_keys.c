#include "daemon/store/change_keys.h"

#include <search.h>
#include <string.h>

sqlite3_value *change_value(sqlite3_changeset_iter *it, int op, int column)
{
	sqlite3_value *v = NULL;

	if (op == SQLITE_INSERT)
		(void)sqlite3changeset_new(it, column, &v);
	else
		(void)sqlite3changeset_old(it, column, &v);
	return v;
}

sqlite3_value *change_new_value(sqlite3_changeset_iter *it, int op, int column)
{
	sqlite3_value *v = NULL;

	if (op != SQLITE_DELETE)
		(void)sqlite3changeset_new(it, column, &v);
	return v;
}

const char *change_text(sqlite3_value *v)
{
	bool none = !v || sqlite3_value_type(v) == SQLITE_NULL;
	const char *text = none ? NULL : (const char *)sqlite3_value_text(v);

	if (!text && !none)
		oom();
	return text;
}

/* A character that no word has stands before each part of a key. */
static void add_value(struct buf *b, sqlite3_value *v)
{
	const char *text = change_text(v);

	(void)buf_write(b, "\x1f", 1);
	if (text)
		(void)buf_write(b, text, (size_t)sqlite3_value_bytes(v));
}

static const char *ended(struct buf *b)
{
	(void)buf_write(b, "", 1);
	return b->data;
}

static void begin(struct buf *b, const char *table)
{
	b->len = 0;
	(void)buf_write(b, table, strlen(table));
}

const char *change_key(sqlite3_changeset_iter *it, struct buf *b)
{
	const char *table = "";
	unsigned char *pk = NULL;
	int columns = 0, op, indirect;

	(void)sqlite3changeset_op(it, &table, &columns, &op, &indirect);
	(void)sqlite3changeset_pk(it, &pk, &columns);
	begin(b, table);
	for (int i = 0; pk && i < columns; i++)
		if (pk[i])
			add_value(b, change_value(it, op, i));
	return ended(b);
}

const char *change_parent_key(sqlite3_changeset_iter *it, const struct change_link *link,
			      bool fresh, struct buf *b)
{
	const char *table = "";
	int columns, op, indirect;

	(void)sqlite3changeset_op(it, &table, &columns, &op, &indirect);
	if (strcmp(table, link->child) != 0)
		return NULL;
	begin(b, link->parent);
	for (int i = 0; i < link->n; i++) {
		sqlite3_value *v =
			fresh ? change_new_value(it, op, link->columns[i]) : NULL;
		if (!v)
			v = change_value(it, op, link->columns[i]);
		if (!v || sqlite3_value_type(v) == SQLITE_NULL)
			return NULL;
		add_value(b, v);
	}
	return ended(b);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* What is done to the row stands in front of its name. */
void change_keys_add(struct change_keys *s, const char *key, int op)
{
	size_t n = strlen(key) + 1;
	char *one = arena_alloc(s->arena, n + 1);

	one[0] = (char)op;
	memcpy(one + 1, key, n);
	if (!tsearch(one + 1, &s->tree, by_name))
		oom();
	s->n++;
}

int change_keys_find(const struct change_keys *s, const char *key)
{
	const char *const *found = tfind(key, &s->tree, by_name);

	return found ? (*found)[-1] : 0;
}

int change_keys_read(struct change_keys *s, const void *changeset, int n)
{
	sqlite3_changeset_iter *it;
	AUTO_BUF key = {0};

	if (n == 0)
		return SQLITE_OK;
	int code = sqlite3changeset_start(&it, n, (void *)(uintptr_t)changeset);
	if (code != SQLITE_OK)
		return code;
	while (sqlite3changeset_next(it) == SQLITE_ROW) {
		const char *table;
		int columns, op, indirect;
		(void)sqlite3changeset_op(it, &table, &columns, &op, &indirect);
		change_keys_add(s, change_key(it, &key), op);
	}
	return sqlite3changeset_finalize(it);
}

static void keep(void *node)
{
	(void)node;
}

void change_keys_done(struct change_keys *s)
{
	tdestroy(s->tree, keep);
	s->tree = NULL;
}
