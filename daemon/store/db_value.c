/* Values into statements and out of them. */
#include "daemon/store/db_internal.h"

#include "common/arena.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void db_reset(struct sqlite3_stmt **s)
{
	if (!*s)
		return;
	sqlite3_reset(*s);
	sqlite3_clear_bindings(*s);
	*s = NULL;
}

static int place(struct sqlite3_stmt *s, const char *name)
{
	int i = sqlite3_bind_parameter_index(s, name);

	if (i > 0)
		return i;
	fprintf(stderr, "no parameter %s in: %s\n", name, sqlite3_sql(s));
	abort();
}

void db_expect_bound(int code)
{
	if (code != SQLITE_OK)
		oom();
}

void db_bind_int(struct sqlite3_stmt *s, const char *name, int64_t value)
{
	if (value == INT64_MIN)
		db_expect_bound(sqlite3_bind_null(s, place(s, name)));
	else
		db_expect_bound(sqlite3_bind_int64(s, place(s, name), value));
}

void db_bind_text(struct sqlite3_stmt *s, const char *name, const char *value)
{
	db_expect_bound(sqlite3_bind_text(s, place(s, name), value, -1, SQLITE_STATIC));
}

void db_bind_date(struct sqlite3_stmt *s, const char *name, civil_day value)
{
	char text[DATE_ISO_SIZE];

	if (!date_is_day(value)) {
		db_expect_bound(sqlite3_bind_null(s, place(s, name)));
		return;
	}
	date_format_iso(value, text);
	db_expect_bound(sqlite3_bind_text(s, place(s, name), text, -1, SQLITE_TRANSIENT));
}

void db_bind_blob(struct sqlite3_stmt *s, const char *name, const void *value, size_t n)
{
	db_expect_bound(sqlite3_bind_blob64(s, place(s, name), value, n, SQLITE_STATIC));
}

static int prepare(struct db *db, enum db_query q, const struct db_value *v,
		   struct sqlite3_stmt **ret, struct err *e)
{
	int r = db_query(db, q, ret, e);

	for (; r == 0 && v->name; v++)
		switch (v->type) {
		case DB_VALUE_INT:
			db_bind_int(*ret, v->name, v->n);
			break;
		case DB_VALUE_TEXT:
			db_bind_text(*ret, v->name, v->text);
			break;
		case DB_VALUE_DATE:
			db_bind_date(*ret, v->name, (civil_day)v->n);
			break;
		}
	return r;
}

int db_get(struct db *db, enum db_query q, const struct db_value *values,
	   struct sqlite3_stmt **ret, struct err *e)
{
	int r = prepare(db, q, values, ret, e);

	return r < 0 ? r : db_step(db, *ret, e);
}

int db_do(struct db *db, enum db_query q, const struct db_value *values, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = prepare(db, q, values, &s, e);

	return r < 0 ? r : db_run(db, s, e);
}

int64_t db_int(struct sqlite3_stmt *s, int column)
{
	if (sqlite3_column_type(s, column) == SQLITE_NULL)
		return INT64_MIN;
	return sqlite3_column_int64(s, column);
}

/* Without memory SQLite gives NULL for what is there. */
static const char *text_of(struct sqlite3_stmt *s, int column)
{
	bool none = sqlite3_column_type(s, column) == SQLITE_NULL;
	const char *text = (const char *)sqlite3_column_text(s, column);

	if (!text && !none)
		oom();
	return text;
}

const char *db_text(struct sqlite3_stmt *s, int column, struct arena *a)
{
	const char *text = text_of(s, column);

	return text ? arena_dup_n(a, text, (size_t)sqlite3_column_bytes(s, column))
		    : NULL;
}

/* A day outside of the bounds, which earlier versions could store, is the nearest inside. */
civil_day db_date(struct sqlite3_stmt *s, int column)
{
	const char *text = text_of(s, column);
	struct err ignored;
	civil_day d;

	if (!text || !*text)
		return DATE_NONE;
	if (date_parse_iso(text, &d, &ignored) == 0)
		return d;
	return strcmp(text, "1900") < 0 ? DATE_FIRST
	       : strcmp(text, "22") > 0 ? DATE_LAST
					: DATE_NONE;
}

const char *db_word(struct sqlite3_stmt *s, int column)
{
	const char *text = text_of(s, column);

	return text ? text : "";
}

const void *db_blob(struct sqlite3_stmt *s, int column, size_t *ret_n)
{
	bool none = sqlite3_column_type(s, column) == SQLITE_NULL;
	const void *blob = sqlite3_column_blob(s, column);

	*ret_n = (size_t)sqlite3_column_bytes(s, column);
	if (!blob && !none && *ret_n)
		oom();
	return blob;
}
