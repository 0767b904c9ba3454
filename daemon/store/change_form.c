#include "daemon/store/change_form.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* Columns may have been added behind those that the changeset knows, but none to the key. */
static int table_matches(struct db *db, const char *table, const unsigned char *key,
			 int columns, bool *ret, struct err *e)
{
	int r, i = 0;
	AUTO_STMT s = NULL;

	r = db_query(db, Q_table_keys, &s, e);
	if (r < 0)
		return r;
	db_bind_text(s, ":name", table);
	*ret = true;
	for (; (r = db_step(db, s, e)) > 0; i++) {
		bool was_key = i < columns && key[i];
		*ret = *ret && was_key == (db_int(s, 0) > 0);
	}
	*ret = *ret && i >= columns;
	return r;
}

int change_form_matches(struct db *db, const void *changeset, size_t n, bool *ret,
			struct err *e)
{
	sqlite3_changeset_iter *it;
	char last[64] = "";
	int r = 0;

	*ret = true;
	if (!n)
		return 0;
	int code = sqlite3changeset_start(&it, (int)n, (void *)(uintptr_t)changeset);
	if (code != SQLITE_OK)
		return db_fail(db, code, e);
	while (r == 0 && *ret && sqlite3changeset_next(it) == SQLITE_ROW) {
		const char *table = "";
		unsigned char *key;
		int columns, op, indirect;
		sqlite3changeset_op(it, &table, &columns, &op, &indirect);
		sqlite3changeset_pk(it, &key, &columns);
		/* Rows of one table follow each other. */
		if (strncmp(table, last, sizeof(last) - 1) != 0)
			r = table_matches(db, table, key, columns, ret, e);
		snprintf(last, sizeof(last), "%s", table);
	}
	code = sqlite3changeset_finalize(it);
	return r == 0 && code != SQLITE_OK ? db_fail(db, code, e) : r;
}
