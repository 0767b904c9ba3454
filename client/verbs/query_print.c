/* The forms of an answer of pdh query. */
#include "client/term/table.h"
#include "client/term/text.h"
#include "client/term/visible.h"
#include "client/verbs/query.h"

#include <stdlib.h>
#include <string.h>

/* "" for null. */
static const char *text_of(const json_t *v, struct arena *a)
{
	if (json_is_string(v))
		return json_string_value(v);
	if (json_is_integer(v))
		return arena_printf(a, "%lld", (long long)json_integer_value(v));
	return json_is_real(v) ? arena_printf(a, "%.15g", json_real_value(v)) : "";
}

static const char *name_of(const struct query_answer *q, size_t column)
{
	return json_string_value(json_array_get(q->columns, column));
}

/* ---- for people --------------------------------------------------------------------------------- */

/* A real number has at most three decimals. */
static const char *text_for_people(const json_t *v, struct arena *a)
{
	if (!json_is_real(v))
		return text_of(v, a);
	char *text = arena_printf(a, "%.3f", json_real_value(v));
	size_t n = strlen(text);
	while (text[n - 1] == '0')
		n--;
	text[text[n - 1] == '.' ? n - 1 : n] = '\0';
	return text;
}

/* Whether each value is a number or null, and one is a number. */
static bool is_numeric(const struct query_answer *q, size_t column)
{
	bool any = false;
	const json_t *row;
	size_t i;

	json_array_foreach(q->rows, i, row)
	{
		const json_t *v = json_array_get(row, column);
		if (!json_is_number(v) && !json_is_null(v))
			return false;
		any = any || json_is_number(v);
	}
	return any;
}

static void print_rows(const struct query_answer *q, const struct screen *s)
{
	enum { LEAST = 8, GAP = 2 };
	struct column columns[TABLE_COLUMNS_MAX];
	size_t i, k, n = json_array_size(q->columns);
	struct table t = {.s = s, .columns = columns, .n = n};
	const json_t *row, *v;

	for (i = 0; i < n; i++)
		columns[i] = (struct column){.head = name_of(q, i),
					     .right = is_numeric(q, i),
					     .least = is_numeric(q, i) ? 0 : LEAST,
					     .gap = i ? GAP : 0};
	json_array_foreach(q->rows, i, row)
	{
		struct cell *cells = table_row(&t);
		json_array_foreach(row, k, v) cells[k].text = text_for_people(v, s->a);
	}
	table_print(&t);
}

static void print_paragraphs(const struct query_answer *q, const struct screen *s)
{
	size_t i, k, n = json_array_size(q->columns);
	const json_t *row, *v;
	int label = 0;

	for (i = 0; i < n; i++) {
		int w = text_width(text_safe(s->t, s->a, name_of(q, i)));
		label = w > label ? w : label;
	}
	json_array_foreach(q->rows, i, row)
	{
		if (i)
			screen_end(s);
		json_array_foreach(row, k, v) screen_field(
			s, label, text_safe(s->t, s->a, name_of(q, k)), text_of(v, s->a));
	}
}

void query_print_table(const struct query_answer *q, const struct term *t,
		       struct arena *a, FILE *out)
{
	const struct screen s = {.t = t, .a = a, .out = out, .width = t->width};

	if (json_array_size(q->rows) == 0)
		screen_line(&s, "No rows.");
	else if (json_array_size(q->columns) <= TABLE_COLUMNS_MAX)
		print_rows(q, &s);
	else
		print_paragraphs(q, &s);
}

/* ---- for machines ------------------------------------------------------------------------------- */

/* A key for each column: of those of one name the second is name:2. */
static const char *key_of(const struct query_answer *q, size_t column, struct arena *a)
{
	int before = 0;

	for (size_t i = 0; i < column; i++)
		before += strcmp(name_of(q, i), name_of(q, column)) == 0;
	return before ? arena_printf(a, "%s:%d", name_of(q, column), before + 1)
		      : name_of(q, column);
}

/* As many digits as a person would write: 0.3, and not what is nearest to it in binary. */
static void put_document(json_t *document, FILE *out)
{
	enum { DIGITS = 15 };
	char *text = json_dumps(document, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));

	visible_put_json(out, text ? text : "null");
	putc('\n', out);
	free(text);
	json_decref(document);
}

void query_print_json(const struct query_answer *q, struct arena *a, FILE *out)
{
	const size_t n = json_array_size(q->columns);
	const char **keys = arena_array(a, n + 1, sizeof(*keys));
	json_t *document = json_object(), *columns = json_array(), *rows = json_array();
	const json_t *row;
	json_t *v;
	size_t i, k;

	for (i = 0; i < n; i++) {
		keys[i] = key_of(q, i, a);
		json_array_append_new(columns, json_string(keys[i]));
	}
	json_array_foreach(q->rows, i, row)
	{
		json_t *o = json_object();
		json_array_foreach(row, k, v) json_object_set(o, keys[k], v);
		json_array_append_new(rows, o);
	}
	json_object_set_new(document, "schema", json_string("pdh.query/1"));
	json_object_set_new(document, "views", json_array());
	json_object_set_new(document, "columns", columns);
	json_object_set_new(document, "rows", rows);
	put_document(document, out);
}

void query_print_plain(const struct query_answer *q, bool header, struct arena *a,
		       FILE *out)
{
	const json_t *row, *v;
	size_t i, k;

	json_array_foreach(q->columns, k, v)
	{
		if (!header)
			break;
		if (k)
			putc('\t', out);
		visible_put_column(out, json_string_value(v));
	}
	if (header)
		putc('\n', out);
	json_array_foreach(q->rows, i, row)
	{
		json_array_foreach(row, k, v)
		{
			if (k)
				putc('\t', out);
			visible_put_column(out, text_of(v, a));
		}
		putc('\n', out);
	}
}

/* A text that a spreadsheet would compute gets one more quote in front, as in pdh export --csv. */
static void put_cell(const json_t *v, struct arena *a, FILE *out)
{
	const char *text = text_of(v, a);
	const char *first = text + strspn(text, "'");
	bool guard = json_is_string(v) && *first && strchr("=+-@\t\r", *first);
	bool quotes = strpbrk(text, "\",\n\r") || *text == ' ';

	if (quotes)
		putc('"', out);
	if (guard)
		putc('\'', out);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', out);
		putc(*text, out);
	}
	if (quotes)
		putc('"', out);
}

static void put_line(const json_t *cells, struct arena *a, FILE *out)
{
	const json_t *v;
	size_t k;

	json_array_foreach(cells, k, v)
	{
		if (k)
			putc(',', out);
		put_cell(v, a, out);
	}
	(void)fputs("\r\n", out);
}

void query_print_csv(const struct query_answer *q, struct arena *a, FILE *out)
{
	const json_t *row;
	size_t i;

	put_line(q->columns, a, out);
	json_array_foreach(q->rows, i, row) put_line(row, a, out);
}
