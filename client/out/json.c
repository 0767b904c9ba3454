#include "client/out/json.h"

#include "client/out/rows.h"
#include "client/term/visible.h"
#include "common/arena.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

json_t *json_text(const char *text, size_t n)
{
	json_t *whole = json_stringn(text, n);
	AUTO_BUF clean = {0};

	if (whole)
		return whole;
	for (size_t i = 0; i < n;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t len =
			utf8proc_iterate((const utf8proc_uint8_t *)text + i,
					 (utf8proc_ssize_t)(n - i), &c);
		if (len > 0)
			buf_write(&clean, text + i, (size_t)len);
		else
			buf_write(&clean, "\xef\xbf\xbd", 3);
		i += len > 0 ? (size_t)len : 1;
	}
	return json_stringn(clean.data ? clean.data : "", clean.len);
}

/* RFC 4648 with padding. */
static json_t *base64(const unsigned char *bytes, size_t n)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	AUTO_BUF out = {0};

	for (size_t i = 0; i < n; i += 3) {
		size_t left = n - i;
		unsigned v = (unsigned)bytes[i] << 16 |
			     (left > 1 ? (unsigned)bytes[i + 1] << 8 : 0) |
			     (left > 2 ? bytes[i + 2] : 0);
		char four[4] = {letters[v >> 18], letters[v >> 12 & 63],
				left > 1 ? letters[v >> 6 & 63] : '=',
				left > 2 ? letters[v & 63] : '='};
		buf_write(&out, four, sizeof(four));
	}
	return json_stringn(out.data ? out.data : "", out.len);
}

/* ---- from the wire ------------------------------------------------------------------------------ */

static json_t *from_value(const struct field *f, const msgpack_object *o);

/* What is a document already stands as one, not as text. */
static json_t *document_or_text(const char *text, size_t n)
{
	json_t *document = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);

	return document ? document : json_text(text, n);
}

static bool is_list(const struct field *f)
{
	return f &&
	       (f->kind == KIND_LIST || f->kind == KIND_IDS || kind_is_texts(f->kind));
}

static const msgpack_object *get(const msgpack_object *map, const char *key)
{
	return map->type == MSGPACK_OBJECT_MAP ? wire_get(map, key) : NULL;
}

static json_t *from_array(const struct field *f, const msgpack_object *o)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < o->via.array.size; i++)
		json_array_append_new(list,
				      from_value(f && f->kind == KIND_LIST ? f : NULL,
						 &o->via.array.ptr[i]));
	return list;
}

/* Fields that the shape does not know come from a newer daemon; they follow the others. */
static void add_unknown(json_t *object, const struct shape *s, const msgpack_object *map)
{
	for (uint32_t i = 0; map->type == MSGPACK_OBJECT_MAP && i < map->via.map.size;
	     i++) {
		const msgpack_object_kv *kv = &map->via.map.ptr[i];
		if (kv->key.type != MSGPACK_OBJECT_STR)
			continue;
		const char *key = kv->key.via.str.ptr;
		size_t n = kv->key.via.str.size;
		if (s && shape_find(s, key, n))
			continue;
		/* A key that is not UTF-8 is none of JSON's, and is left out. */
		(void)json_object_setn_new(object, key, n, from_value(NULL, &kv->val));
	}
}

static json_t *from_map(const struct shape *s, const msgpack_object *map)
{
	json_t *object = json_object();

	for (size_t i = 0; s && i < s->n; i++) {
		const struct field *f = &s->fields[i];
		json_object_set_new(object, f->name, from_value(f, get(map, f->name)));
	}
	add_unknown(object, s, map);
	return object;
}

/* `f` is NULL for what no shape describes: credits, whose keys are fixed, and the unknown. */
static json_t *from_value(const struct field *f, const msgpack_object *o)
{
	if (!o || o->type == MSGPACK_OBJECT_NIL)
		return is_list(f) ? json_array() : json_null();
	switch (o->type) {
	case MSGPACK_OBJECT_BOOLEAN:
		return json_boolean(o->via.boolean);
	case MSGPACK_OBJECT_POSITIVE_INTEGER:
	case MSGPACK_OBJECT_NEGATIVE_INTEGER:
		return json_integer(o->via.i64);
	case MSGPACK_OBJECT_STR:
		return f && f->kind == KIND_JSON
			       ? document_or_text(o->via.str.ptr, o->via.str.size)
			       : json_text(o->via.str.ptr, o->via.str.size);
	case MSGPACK_OBJECT_BIN:
		return base64((const unsigned char *)o->via.bin.ptr, o->via.bin.size);
	case MSGPACK_OBJECT_ARRAY:
		return from_array(f, o);
	case MSGPACK_OBJECT_MAP:
		return from_map(f ? f->of : NULL, o);
	default:
		return json_null();
	}
}

/* ---- fields ------------------------------------------------------------------------------------- */

static bool pick_one(const struct shape *s, const char *name, size_t n, uint64_t *bits)
{
	const struct field *f = shape_find(s, name, n);

	if (f)
		*bits |= UINT64_C(1) << (f - s->fields);
	return f;
}

static int unknown(const struct shape *answer, const char *name, struct err *e)
{
	enum { MOST = 128 };
	const struct shape *shapes[] = {rows_shape(answer), answer};
	const char *known[MOST];
	size_t n = 0;

	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < shapes[s]->n && n < MOST; i++)
			known[n++] = shapes[s]->fields[i].name;
	const char *near = api_nearest(name, known, n);
	err_set(e, -PDH_USAGE, NULL,
		"--json: \"%.60s\" is not among the fields of the answer", name);
	return near ? err_hint(e, "did you mean %s?", near) : e->code;
}

int json_pick_read(const char *fields, const struct shape *answer, struct json_pick *ret,
		   struct err *e)
{
	struct json_pick pick = {.all = !fields};

	for (const char *p = fields; p && *p; p += strspn(p, ", ")) {
		size_t n = strcspn(p, ", ");
		char name[64];
		snprintf(name, sizeof(name), "%.*s", (int)n, p);
		if (n && !pick_one(answer, p, n, &pick.answer) &&
		    !pick_one(rows_shape(answer), p, n, &pick.rows))
			return unknown(answer, name, e);
		p += n;
	}
	if (!pick.all && !pick.answer && !pick.rows)
		return err_set(e, -PDH_USAGE, NULL, "--json= needs the names of fields");
	*ret = pick;
	return 0;
}

static void keep(json_t *object, const struct shape *s, uint64_t bits)
{
	const char *key;
	json_t *value;
	void *next;

	json_object_foreach_safe(object, next, key, value)
	{
		const struct field *f = shape_find(s, key, strlen(key));
		if (!f || !(bits >> (f - s->fields) & 1))
			json_object_del(object, key);
	}
}

static void keep_picked(json_t *object, const struct shape *answer,
			const struct json_pick *pick)
{
	const struct field *f = rows_field(answer);
	json_t *rows = f ? json_object_get(object, f->name) : NULL;
	bool whole = f && (pick->answer >> (f - answer->fields) & 1);
	uint64_t bits = pick->answer;
	json_t *row;
	size_t i;

	if (f && pick->rows)
		bits |= UINT64_C(1) << (f - answer->fields);
	keep(object, answer, bits);
	if (!pick->rows || whole)
		return;
	if (json_is_object(rows))
		keep(rows, f->of, pick->rows);
	json_array_foreach(rows, i, row) keep(row, f->of, pick->rows);
}

/* ---- documents ---------------------------------------------------------------------------------- */

void json_put(json_t *document, FILE *out)
{
	char *text = json_dumps(document, JSON_COMPACT);

	visible_put_json(out, text ? text : "null");
	putc('\n', out);
	free(text);
	json_decref(document);
}

void json_print(const struct answer *ans, const struct json_pick *pick, FILE *out)
{
	char schema[SCHEMA_SIZE];
	json_t *document = json_object(),
	       *fields = from_map(ans->method->result, ans->raw);

	api_schema_name(ans->method, schema);
	json_object_set_new(document, "schema", json_string(schema));
	if (!pick->all)
		keep_picked(fields, ans->method->result, pick);
	json_object_update_missing(document, fields);
	json_decref(fields);
	json_put(document, out);
}

static json_t *text_or_null(const char *text)
{
	return *text ? json_text(text, strlen(text)) : json_null();
}

void json_print_note(const char *text, FILE *out)
{
	json_t *document = json_object();

	json_object_set_new(document, "schema", json_string(JSON_NOTE_SCHEMA));
	json_object_set_new(document, "message", text_or_null(text));
	json_put(document, out);
}

void json_print_error(const struct err *e, FILE *out)
{
	json_t *document = json_object();

	json_object_set_new(document, "schema", json_string(JSON_ERROR_SCHEMA));
	json_object_set_new(document, "code", json_string(err_kind(e->code)->word));
	json_object_set_new(document, "message", text_or_null(e->message));
	json_object_set_new(document, "field", text_or_null(e->field));
	json_object_set_new(document, "hint", text_or_null(e->hint));
	json_put(document, out);
}
