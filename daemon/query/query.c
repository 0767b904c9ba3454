#include "daemon/query/query.h"

#include "common/ascii.h"
#include "daemon/query/judged.h"
#include "daemon/store/ask.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { SQL_MOST = 64 << 10, REAL_DIGITS = 15 };

static const struct ask_limits limits = {
	.ms = 10000, .rows = 100000, .bytes = INT64_C(64) << 20};

static int put_line(FILE *out, json_t *line, struct err *e)
{
	int r = json_dumpf(line, out,
			   JSON_COMPACT | JSON_REAL_PRECISION(REAL_DIGITS) |
				   JSON_ENSURE_ASCII);

	json_decref(line);
	if (r == 0 && putc('\n', out) != EOF)
		return 0;
	return err_set(e, -PDH_FAILED, NULL, "the answer cannot be written");
}

void query_answer_error(FILE *out, const struct err *e)
{
	struct err ignored;

	(void)put_line(out,
		       json_pack("{s:i, s:s, s:s, s:s}", "code", abs(e->code), "field",
				 e->field, "message", e->message, "hint", e->hint),
		       &ignored);
	(void)fflush(out);
}

/* Bytes that are no text, as SQL writes them. */
static json_t *hex(const char *data, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *text = calloc(1, 2 * n + 1);

	if (!text)
		oom();
	for (size_t i = 0; i < n; i++) {
		text[2 * i] = digits[(unsigned char)data[i] >> 4];
		text[2 * i + 1] = digits[(unsigned char)data[i] & 15];
	}
	json_t *v = json_string(text);
	free(text);
	return v;
}

static json_t *json_of(const struct ask_value *v)
{
	json_t *text, *real;

	switch (v->type) {
	case ASK_INT:
		return json_integer(v->i);
	case ASK_REAL:
		/* One that is infinite is none. */
		real = json_real(v->r);
		return real ? real : json_null();
	case ASK_TEXT:
		text = json_stringn(v->text, v->n);
		return text ? text : hex(v->text, v->n);
	case ASK_BLOB:
		return hex(v->text, v->n);
	default:
		return json_null();
	}
}

static int answer_columns(void *data, const char *const *names, size_t n, struct err *e)
{
	json_t *line = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(line, json_string(names[i]));
	return put_line(data, line, e);
}

static int answer_row(void *data, const struct ask_value *v, size_t n, struct err *e)
{
	json_t *line = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(line, json_of(&v[i]));
	return put_line(data, line, e);
}

/* Whether the statement has the name of a view somewhere: what it does not name need not be filled. */
static bool names(const char *sql, const char *view)
{
	const size_t n = strlen(view);

	for (; *sql; sql++)
		if (ascii_same_n(sql, view, n))
			return true;
	return false;
}

static int fill(struct work *w, struct ask *a, const char *sql, struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < VIEW_COUNT; i++)
		if (names(sql, views[i].name))
			r = ask_copy(a, w->db, (enum view_id)i, e);
	if (r == 0 && names(sql, views[VIEW_accepted].name))
		r = judged_accepted(w, a, e);
	if (r == 0 &&
	    (names(sql, views[VIEW_needs].name) || names(sql, views[VIEW_limits].name)))
		r = judged_needs_and_limits(w, a, e);
	return r;
}

static int answer(struct work *w, const char *sql, FILE *out, struct err *e)
{
	const struct ask_taker to = {answer_columns, answer_row, out};
	struct ask *a;
	int r = ask_new(&a, e);

	if (r < 0)
		return r;
	r = fill(w, a, sql, e);
	if (r == 0)
		r = ask_run(a, sql, &limits, &to, e);
	ask_free(a);
	return r < 0 ? r : put_line(out, json_object(), e);
}

int query_serve(struct work *w, FILE *in, FILE *out, struct err *e)
{
	char *sql = arena_alloc(w->arena, SQL_MOST + 1);
	size_t n = fread(sql, 1, SQL_MOST + 1, in);
	int r;

	if (n > SQL_MOST) {
		r = err_set(e, -PDH_TOO_LARGE, "sql", "is longer than %d KiB",
			    SQL_MOST >> 10);
	} else {
		sql[n] = '\0';
		r = answer(w, sql, out, e);
	}
	if (r < 0)
		query_answer_error(out, e);
	return fflush(out) == 0 ? r : -PDH_FAILED;
}
