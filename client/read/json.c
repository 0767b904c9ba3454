#include "client/read/json.h"

#include "common/credit.h"
#include "common/texts.h"

#include <jansson.h>
#include <string.h>

struct json_table {
	struct texts names;
	struct table_writer w;
	struct arena *arena;
	struct err *e;
	const char **cells; /* of the row, by the number of its name */
};

bool json_begins(const char *text, size_t n)
{
	size_t i = 0;

	while (i < n && strchr(" \t\r\n", text[i]) && text[i])
		i++;
	return i < n && (text[i] == '{' || text[i] == '[');
}

/* ---- values ------------------------------------------------------------------------------------------------- */

/* Credit as pdh writes it, with so many digits that it is the same again. */
static const char *credit_text(const json_t *value, struct arena *a)
{
	const json_t *exact = json_object_get(value, "exact");
	const char *unit = json_string_value(json_object_get(value, "unit"));

	if (!json_is_integer(exact) || !unit)
		return NULL;
	return arena_printf(a, "%.12f %s",
			    (double)json_integer_value(exact) / (double)CREDIT_ONE, unit);
}

/* A value that is one text; NULL for what has parts. */
static const char *scalar(const json_t *value, struct arena *a)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		return json_string_value(value);
	case JSON_INTEGER:
		return arena_printf(a, "%lld", (long long)json_integer_value(value));
	case JSON_REAL:
		return arena_printf(a, "%.15g", json_real_value(value));
	case JSON_TRUE:
		return "true";
	case JSON_FALSE:
		return "false";
	case JSON_NULL:
		return "";
	case JSON_OBJECT:
		return credit_text(value, a);
	default:
		return NULL;
	}
}

static const char *list_text(const json_t *list, struct arena *a)
{
	const char *all = "";
	json_t *member;
	size_t i;

	json_array_foreach(list, i, member)
	{
		const char *text = scalar(member, a);
		if (text && *text)
			all = arena_printf(a, "%s%s%s", all, *all ? ", " : "", text);
	}
	return all;
}

static bool is_rows(const json_t *value)
{
	return json_is_array(value) && json_is_object(json_array_get(value, 0));
}

/* ---- rows ---------------------------------------------------------------------------------------------------- */

static int column_of(struct json_table *t, const char *name, size_t *ret)
{
	for (*ret = 0; *ret < t->names.n; (*ret)++)
		if (strcmp(t->names.v[*ret], name) == 0)
			return 0;
	if (t->names.n == TABLE_COLUMNS_MAX)
		return err_set(t->e, -PDH_REFUSED, NULL, "line %lld: more than %d keys",
			       (long long)t->w.row.line, TABLE_COLUMNS_MAX);
	texts_add(&t->names, arena_dup(t->arena, name), t->arena);
	return 0;
}

static int put(struct json_table *t, const char *name, const char *text)
{
	size_t column;
	int r = column_of(t, name, &column);

	if (r == 0)
		t->cells[column] = text;
	return r;
}

/* `prefix` is the key above, or NULL. */
static int put_object(struct json_table *t, json_t *object, const char *prefix)
{
	const char *key;
	json_t *value;
	int r = 0;

	json_object_foreach(object, key, value)
	{
		const char *name =
			prefix ? arena_printf(t->arena, "%s %s", prefix, key) : key;
		const char *text = scalar(value, t->arena);
		if (r < 0)
			return r;
		if (text)
			r = put(t, name, text);
		else if (json_is_array(value) && !is_rows(value))
			r = put(t, name, list_text(value, t->arena));
		else if (json_is_object(value) && !prefix)
			r = put_object(t, value, key);
	}
	return r;
}

/* A row of what an object says, and its parent where there is one. */
static int add_row(struct json_table *t, json_t *parent, json_t *object, int64_t line)
{
	int r = 0;

	table_begin(&t->w, line);
	memset(t->cells, 0, TABLE_COLUMNS_MAX * sizeof(*t->cells));
	if (parent)
		r = put_object(t, parent, NULL);
	if (r == 0)
		r = put_object(t, object, NULL);
	for (size_t i = 0; r == 0 && i < t->names.n; i++) {
		const char *text = t->cells[i] ? t->cells[i] : "";
		r = table_add(&t->w, text, strlen(text));
	}
	return r < 0 ? r : table_end(&t->w);
}

static json_t *rows_in(json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		/* How an activity counts is no list of activities. */
		if (is_rows(value) && strcmp(key, "counts") != 0)
			return value;
	}
	return NULL;
}

static int add_object(struct json_table *t, json_t *object, int64_t line)
{
	json_t *children = rows_in(object), *child;
	size_t i;
	int r = 0;

	if (!children)
		return add_row(t, NULL, object, line);
	json_array_foreach(children, i, child)
	{
		if (r == 0 && json_is_object(child))
			r = add_row(t, object, child, line);
	}
	return r;
}

/* An object with the rows in one of its members; without one it is a row itself. */
static int add_whole(struct json_table *t, json_t *object, int64_t line)
{
	json_t *rows = rows_in(object), *row;
	size_t i;
	int r = 0;

	if (!rows)
		return add_row(t, NULL, object, line);
	json_array_foreach(rows, i, row)
	{
		if (r == 0 && json_is_object(row))
			r = add_object(t, row, 0);
	}
	return r;
}

/* ---- texts ----------------------------------------------------------------------------------------------------- */

struct walk {
	const char *p, *end;
	int64_t line;
};

static void pass(struct walk *w, const char *blanks)
{
	for (; w->p < w->end && *w->p && strchr(blanks, *w->p); w->p++)
		w->line += *w->p == '\n';
}

/* The value at `p`, which moves behind it; NULL with the error. */
static json_t *take(struct walk *w, struct err *e)
{
	json_error_t why;
	json_t *value = json_loadb(w->p, (size_t)(w->end - w->p),
				   JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &why);

	if (!value) {
		err_set(e, -PDH_REFUSED, NULL, "line %lld is not JSON: %.160s",
			(long long)w->line + (why.line > 0 ? why.line - 1 : 0), why.text);
		return NULL;
	}
	for (int i = 0; i < why.position; i++)
		w->line += *w->p++ == '\n';
	return value;
}

/* The members of an array, or objects one after the other. */
static int walk(struct json_table *t, struct walk *w, bool single)
{
	size_t values = 0;
	int r = 0;

	for (pass(w, " \t\r\n,"); r == 0 && w->p < w->end && *w->p != ']';
	     pass(w, " \t\r\n,")) {
		int64_t line = w->line;
		json_t *value = take(w, t->e);
		if (!value)
			return t->e->code;
		pass(w, " \t\r\n");
		bool whole = single && w->p == w->end && line == 1 && t->w.table->n == 0;
		if (!json_is_object(value))
			r = err_set(t->e, -PDH_REFUSED, NULL,
				    "line %lld: value %zu is not an object",
				    (long long)line, values + 1);
		else
			r = whole ? add_whole(t, value, line)
				  : add_object(t, value, line);
		values++;
		json_decref(value);
	}
	return r;
}

/* The names stand above the rows, as in any table. */
static void add_heading(struct json_table *t, struct table *ret)
{
	struct table_row *rows = arena_array(t->arena, ret->n + 1, sizeof(*rows));

	rows[0] = (struct table_row){-1, t->names.n, t->names.v};
	if (ret->n)
		memcpy(rows + 1, ret->rows, ret->n * sizeof(*rows));
	ret->rows = rows;
	ret->n++;
}

/* Whether a line tells each row from all others; the rows are in the order of their lines. */
static bool has_own_lines(const struct table *t)
{
	int64_t before = 0;

	for (size_t i = 0; i < t->n; before = t->rows[i++].line)
		if (t->rows[i].line <= before)
			return false;
	return true;
}

static void number(struct table *t)
{
	t->numbered = !has_own_lines(t);
	for (size_t i = 0; t->numbered && i < t->n; i++)
		t->rows[i].line = (int64_t)i + 1;
}

int json_read(const char *text, size_t n, struct arena *a, struct table *ret,
	      struct err *e)
{
	struct json_table t = {
		.arena = a, .e = e, .w = {.table = ret, .arena = a, .e = e}};
	struct walk w = {text, text + n, 1};

	*ret = (struct table){0};
	t.cells = arena_array(a, TABLE_COLUMNS_MAX, sizeof(*t.cells));
	pass(&w, " \t\r\n");
	bool single = w.p < w.end && *w.p == '{';
	if (!single)
		w.p++;
	int r = walk(&t, &w, single);
	table_finish(&t.w);
	if (r == 0 && ret->n == 0)
		r = err_set(e, -PDH_REFUSED, NULL, "no activities in it");
	if (r == 0) {
		number(ret);
		add_heading(&t, ret);
	}
	return r;
}
