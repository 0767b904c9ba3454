#include "daemon/store/row.h"

#include "daemon/store/db_internal.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* The place of ":name" in the statement, or 0. */
static int place(struct sqlite3_stmt *s, const char *name)
{
	char parameter[80];

	snprintf(parameter, sizeof(parameter), ":%s", name);
	return sqlite3_bind_parameter_index(s, parameter);
}

static void bind_date(struct sqlite3_stmt *s, int at, civil_day d)
{
	char text[DATE_ISO_SIZE];

	date_format_iso(d, text);
	db_expect_bound(sqlite3_bind_text(s, at, text, -1, SQLITE_TRANSIENT));
}

static void bind_credit(struct sqlite3_stmt *s, const char *name, int at,
			const struct credit *c)
{
	char unit[64];

	snprintf(unit, sizeof(unit), "%s_unit", name);
	if (c->unit)
		db_expect_bound(sqlite3_bind_int64(s, at, c->exact));
	if (place(s, unit))
		db_expect_bound(
			sqlite3_bind_text(s, place(s, unit), c->unit, -1, SQLITE_STATIC));
}

static void bind_field(struct sqlite3_stmt *s, const struct field *f, int at,
		       const void *value)
{
	if (kind_is_none(f->kind, value) || kind_clears(f->kind, value))
		db_expect_bound(sqlite3_bind_null(s, at));
	else if (kind_is_text(f->kind))
		db_expect_bound(sqlite3_bind_text(s, at, *(const char *const *)value, -1,
						  SQLITE_STATIC));
	else if (kind_is_int(f->kind) || f->kind == KIND_TIME)
		db_expect_bound(sqlite3_bind_int64(s, at, *(const int64_t *)value));
	else if (f->kind == KIND_BOOL)
		db_expect_bound(sqlite3_bind_int(s, at, *(const int8_t *)value));
	else if (f->kind == KIND_DATE || f->kind == KIND_DUE)
		bind_date(s, at, *(const civil_day *)value);
	else if (f->kind == KIND_CREDIT)
		bind_credit(s, f->name, at, value);
	else if (kind_words(f->kind))
		sqlite3_bind_text(s, at, kind_word(f->kind, value), -1, SQLITE_STATIC);
}

void row_bind(struct sqlite3_stmt *stmt, const struct shape *s, const void *record)
{
	for (size_t i = 0; i < s->n; i++) {
		int at = place(stmt, s->fields[i].name);
		if (at)
			bind_field(stmt, &s->fields[i], at,
				   field_in(&s->fields[i], record));
	}
}

static void read_field(struct sqlite3_stmt *stmt, const struct field *f, int column,
		       struct arena *a, void *value)
{
	if (kind_is_text(f->kind))
		*(const char **)value = db_text(stmt, column, a);
	else if (kind_is_int(f->kind) || f->kind == KIND_TIME)
		*(int64_t *)value = db_int(stmt, column);
	else if (f->kind == KIND_BOOL)
		*(int8_t *)value = (int8_t)(db_int(stmt, column) == 1);
	else if (f->kind == KIND_DATE || f->kind == KIND_DUE)
		*(civil_day *)value = db_date(stmt, column);
	else if (kind_words(f->kind))
		*(int *)value = kind_value(f->kind, db_word(stmt, column));
}

/* A credit's unit stands in the column beside it. */
static void read_credit(struct sqlite3_stmt *stmt, int column, struct arena *a,
			struct credit *value)
{
	*value = (struct credit){db_int(stmt, column), db_text(stmt, column + 1, a)};
}

void row_read(struct sqlite3_stmt *stmt, const struct shape *s, struct arena *a,
	      void *record)
{
	int columns = sqlite3_column_count(stmt);

	for (int c = 0; c < columns; c++) {
		const char *name = sqlite3_column_name(stmt, c);
		const struct field *f = shape_find(s, name, strlen(name));
		if (f && f->kind == KIND_CREDIT)
			read_credit(stmt, c, a, field_at(f, record));
		else if (f)
			read_field(stmt, f, c, a, field_at(f, record));
	}
}

int row_read_all(struct db *db, struct sqlite3_stmt *stmt, const struct shape *s,
		 struct arena *a, struct list *ret, struct err *e)
{
	struct list l = {0, NULL};
	int r;

	while ((r = db_step(db, stmt, e)) > 0) {
		l.v = arena_grow(a, l.v, l.n, s->size);
		void *record = (char *)l.v + l.n++ * s->size;
		shape_none(s, record);
		row_read(stmt, s, a, record);
	}
	if (r == 0)
		*ret = l;
	return r;
}

int row_read_texts(struct db *db, struct sqlite3_stmt *stmt, struct arena *a,
		   struct texts *ret, struct err *e)
{
	struct texts t = {0, NULL};
	int r;

	while ((r = db_step(db, stmt, e)) > 0) {
		t.v = arena_grow(a, (void *)t.v, t.n, sizeof(*t.v));
		t.v[t.n++] = db_text(stmt, 0, a);
	}
	if (r == 0)
		*ret = t;
	return r;
}
