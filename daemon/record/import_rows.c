/* Rows of a file that was sent: JSON lines (pdh.row/1). */
#include "common/codec.h"
#include "daemon/record/import_plan.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 20, STEP_ROWS = 2000, LINE_MOST = 256 << 10, ROWS_MOST = 100000 };

/* ---- JSON as msgpack, so that one decoder checks both ---------------------------------------------------------- */

static msgpack_object text_of(const char *text, size_t n)
{
	return (msgpack_object){.type = MSGPACK_OBJECT_STR,
				.via.str = {.size = (uint32_t)n, .ptr = text}};
}

static msgpack_object object_of(const json_t *value, struct arena *a, bool top);

static msgpack_object list_of(const json_t *value, struct arena *a)
{
	size_t n = json_array_size(value);
	msgpack_object *v = arena_array(a, n + 1, sizeof(*v));

	for (size_t i = 0; i < n; i++)
		v[i] = object_of(json_array_get(value, i), a, false);
	return (msgpack_object){.type = MSGPACK_OBJECT_ARRAY,
				.via.array = {.size = (uint32_t)n, .ptr = v}};
}

static msgpack_object map_of(json_t *value, struct arena *a, bool top)
{
	msgpack_object_kv *v = arena_array(a, json_object_size(value) + 1, sizeof(*v));
	uint32_t n = 0;
	const char *key;
	json_t *member;

	json_object_foreach(value, key, member)
	{
		if (top && strcmp(key, "schema") == 0)
			continue;
		v[n].key = text_of(key, strlen(key));
		v[n++].val = object_of(member, a, false);
	}
	return (msgpack_object){.type = MSGPACK_OBJECT_MAP,
				.via.map = {.size = n, .ptr = v}};
}

static msgpack_object object_of(const json_t *value, struct arena *a, bool top)
{
	json_int_t number;

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return map_of((json_t *)value, a, top);
	case JSON_ARRAY:
		return list_of(value, a);
	case JSON_STRING:
		return text_of(json_string_value(value), json_string_length(value));
	case JSON_INTEGER:
		number = json_integer_value(value);
		if (number >= 0)
			return (msgpack_object){.type = MSGPACK_OBJECT_POSITIVE_INTEGER,
						.via.u64 = (uint64_t)number};
		return (msgpack_object){.type = MSGPACK_OBJECT_NEGATIVE_INTEGER,
					.via.i64 = number};
	case JSON_REAL:
		return (msgpack_object){.type = MSGPACK_OBJECT_FLOAT64,
					.via.f64 = json_real_value(value)};
	case JSON_TRUE:
	case JSON_FALSE:
		return (msgpack_object){.type = MSGPACK_OBJECT_BOOLEAN,
					.via.boolean = json_is_true(value)};
	default:
		return (msgpack_object){.type = MSGPACK_OBJECT_NIL};
	}
}

/* ---- a line ----------------------------------------------------------------------------------------------------- */

static int blame(const struct import_plan *p, struct err *e)
{
	struct err was = *e;

	err_reword(e, "line %lld of the rows: %s%s%s", (long long)p->line, was.field,
		   was.field[0] ? ": " : "", was.message);
	snprintf(e->field, sizeof(e->field), "upload");
	return e->code;
}

static int take_left(struct import_plan *p, const json_t *o, enum import_state state,
		     struct err *e)
{
	const char *key = import_state_word(state), *clean = NULL;
	const char *why = json_string_value(json_object_get(o, key));
	const json_t *line = json_object_get(o, "line");
	struct arena *a = &p->of_rows;
	int r = why ? kind_check_text(KIND_NOTE, why, strlen(why), a, &clean, e)
		    : err_set(e, -PDH_USAGE, key, "says why");

	if (r < 0)
		return blame(p, e);
	p->left = arena_grow(a, p->left, p->left_n, sizeof(*p->left));
	p->left[p->left_n++] = (struct import_left){
		.line = json_is_integer(line) ? json_integer_value(line) : INT_NONE,
		.state = state,
		.why = clean};
	return 0;
}

static int take_row(struct work *w, struct import_plan *p, const json_t *o, struct err *e)
{
	const msgpack_object object = object_of(o, w->arena, true);

	p->rows = arena_grow(&p->of_rows, p->rows, p->n, sizeof(*p->rows));
	if (codec_read_params(&shape_activity_add_params, &object, &p->of_rows,
			      &p->rows[p->n], e) < 0)
		return blame(p, e);
	p->n++;
	return 0;
}

static int take_line(struct work *w, struct import_plan *p, const char *line, size_t n,
		     struct err *e)
{
	json_error_t why;
	int r;

	p->line++;
	if (n == 0)
		return 0;
	if (p->n + p->left_n == ROWS_MOST)
		return err_set(e, -PDH_TOO_LARGE, "upload",
			       "more than %d rows at once; take them in parts",
			       ROWS_MOST);
	json_t *o = json_loadb(line, n, JSON_REJECT_DUPLICATES, &why);
	if (!json_is_object(o))
		r = err_set(e, -PDH_USAGE, "upload",
			    "line %lld of the rows is not a JSON object",
			    (long long)p->line);
	else if (json_object_get(o, "skipped"))
		r = take_left(p, o, IMPORT_SKIPPED, e);
	else if (json_object_get(o, "bad"))
		r = take_left(p, o, IMPORT_BAD, e);
	else
		r = take_row(w, p, o, e);
	json_decref(o);
	return r;
}

/* ---- the file ------------------------------------------------------------------------------------------------------- */

static ssize_t read_piece(const struct upload_file *file, int64_t at, char *to)
{
	size_t got = 0;

	while (got < PIECE) {
		ssize_t n = pread(file->fd, to + got, PIECE - got, at + (int64_t)got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	return (ssize_t)got;
}

int import_rows_read(struct work *w, const struct upload_file *file,
		     struct import_plan *p, struct err *e)
{
	char *piece = arena_alloc(w->arena, PIECE);
	ssize_t got = read_piece(file, p->at, piece);
	size_t used = 0, rows = 0;
	int r = 0;

	if (got < 0)
		return err_set(e, -PDH_STORAGE, "upload", "cannot be read: %s",
			       strerror(errno));
	bool last = p->at + got >= file->size;
	while (r == 0 && used < (size_t)got && rows++ < STEP_ROWS) {
		const char *line = piece + used;
		size_t left = (size_t)got - used;
		const char *end = memchr(line, '\n', left);
		if (!end && !last)
			break;
		size_t n = end ? (size_t)(end - line) : left;
		if (n > LINE_MOST)
			break;
		r = take_line(w, p, line, n, e);
		used += n + (end != NULL);
	}
	if (r == 0 && used == 0 && got > 0)
		r = err_set(e, -PDH_TOO_LARGE, "upload",
			    "line %lld of the rows has more than %d bytes",
			    (long long)p->line + 1, LINE_MOST);
	p->at += (int64_t)used;
	return r < 0 ? r : p->at < file->size;
}
