#include "daemon/store/change_rows.h"

#include "daemon/store/change_parts.h"

#include <sqlite3.h>
#include <string.h>

static enum change_how how_of(int op)
{
	return op == SQLITE_INSERT   ? ROW_ADDED
	       : op == SQLITE_DELETE ? ROW_REMOVED
				     : ROW_EDITED;
}

static int walk(sqlite3_changeset_iter *it, change_row_fn fn, void *data, struct err *e)
{
	struct change_row row = {.at = it};
	int columns, op, indirect, r = 0;

	while (r == 0 && sqlite3changeset_next(it) == SQLITE_ROW) {
		sqlite3changeset_op(it, &row.table, &columns, &op, &indirect);
		row.how = how_of(op);
		r = fn(data, &row, e);
	}
	return r;
}

int change_rows(struct change_recorder *c, change_row_fn fn, void *data, struct err *e)
{
	sqlite3_changeset_iter *it;
	const void *changeset;
	int n;

	int r = change_set(c, &changeset, &n, e);
	if (r < 0 || n == 0)
		return r;
	/* It is only read. */
	int code = sqlite3changeset_start(&it, n, (void *)(uintptr_t)changeset);
	if (code != SQLITE_OK)
		return db_fail(c->db, code, e);
	r = walk(it, fn, data, e);
	/* Whatever ended the walk before the last row is told here. */
	code = sqlite3changeset_finalize(it);
	return r == 0 && code != SQLITE_OK ? db_fail(c->db, code, e) : r;
}

static sqlite3_value *value(const struct change_row *row, int column)
{
	sqlite3_value *v = NULL;

	if (row->how == ROW_ADDED)
		sqlite3changeset_new(row->at, column, &v);
	else
		sqlite3changeset_old(row->at, column, &v);
	return v && sqlite3_value_type(v) != SQLITE_NULL ? v : NULL;
}

int64_t change_row_int(const struct change_row *row, int column)
{
	sqlite3_value *v = value(row, column);

	return v ? sqlite3_value_int64(v) : INT64_MIN;
}

const char *change_row_text(const struct change_row *row, int column, struct arena *a)
{
	sqlite3_value *v = value(row, column);

	return v ? arena_dup(a, change_text(v)) : NULL;
}

bool change_row_sets(const struct change_row *row, int column)
{
	sqlite3_value *v = NULL;

	if (row->how != ROW_REMOVED)
		sqlite3changeset_new(row->at, column, &v);
	return v && sqlite3_value_type(v) != SQLITE_NULL;
}
