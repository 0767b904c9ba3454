#include "common/codec.h"

#include "common/clock.h"
#include "common/codec_caller.h"

#include <stdio.h>
#include <string.h>

/* One reading: strict for what a client sends, lenient for what our own daemon answers. */
struct reader {
	struct arena *arena;
	struct err *err;
	bool strict;
	char path[96]; /* where we are, such as "activities[3].credit" */
};

static int read_shape(struct reader *rd, const struct shape *s, const msgpack_object *o,
		      void *ret);

/* Puts the path in front of an error that names no field yet. */
static int blame(struct reader *rd, int r)
{
	if (r < 0 && !rd->err->field[0])
		snprintf(rd->err->field, sizeof(rd->err->field), "%.*s",
			 (int)sizeof(rd->err->field) - 1, rd->path);
	return r;
}

static int wrong_type(struct reader *rd, enum kind k)
{
	return err_set(rd->err, rd->strict ? -PDH_USAGE : -PDH_BAD_FRAME, NULL,
		       "has the wrong type; it takes %s", kind_row(k)->hint);
}

static int read_text(struct reader *rd, enum kind k, const msgpack_object *o,
		     const char **ret)
{
	if (o->type != MSGPACK_OBJECT_STR)
		return wrong_type(rd, k);
	if (rd->strict)
		return kind_check_text(k, o->via.str.ptr, o->via.str.size, rd->arena, ret,
				       rd->err);
	*ret = arena_dup_n(rd->arena, o->via.str.ptr, o->via.str.size);
	return 0;
}

static int read_int(struct reader *rd, enum kind k, const msgpack_object *o, int64_t *ret)
{
	bool positive = o->type == MSGPACK_OBJECT_POSITIVE_INTEGER;

	if (!positive && o->type != MSGPACK_OBJECT_NEGATIVE_INTEGER)
		return wrong_type(rd, k);
	if ((positive && o->via.u64 > INT64_MAX) ||
	    (!positive && o->via.i64 == INT64_MIN))
		return err_set(rd->err, -PDH_USAGE, NULL, "the number is too large");
	*ret = o->via.i64;
	return 0;
}

static int read_list(struct reader *rd, enum kind k, const msgpack_object *o, void *ret)
{
	bool ids = k == KIND_IDS;
	const msgpack_object *members = o;
	struct list l = {1, NULL};
	int r = 0;

	if (o->type == MSGPACK_OBJECT_ARRAY) {
		members = o->via.array.ptr;
		l.n = o->via.array.size;
	}
	l.v = arena_array(rd->arena, l.n ? l.n : 1,
			  ids ? sizeof(int64_t) : sizeof(char *));
	for (size_t i = 0; r == 0 && i < l.n; i++)
		r = ids ? read_int(rd, KIND_ID, &members[i], (int64_t *)l.v + i)
			: read_text(rd, k, &members[i], (const char **)l.v + i);
	if (r == 0)
		memcpy(ret, &l, sizeof(l));
	return r;
}

/* A short text as a C string, for the parsers that want one. */
static int read_word(struct reader *rd, enum kind k, const msgpack_object *o,
		     const char **ret)
{
	enum { LONGEST = 100 };

	if (o->type != MSGPACK_OBJECT_STR)
		return wrong_type(rd, k);
	if (o->via.str.size > LONGEST || memchr(o->via.str.ptr, 0, o->via.str.size))
		return err_set(rd->err, -PDH_USAGE, NULL, "cannot be read; it takes %s",
			       kind_row(k)->hint);
	*ret = arena_dup_n(rd->arena, o->via.str.ptr, o->via.str.size);
	return 0;
}

static int read_date(struct reader *rd, enum kind k, const msgpack_object *o,
		     civil_day *ret)
{
	const char *text;
	int r = read_word(rd, k, o, &text);

	if (r < 0)
		return r;
	if (strcmp(text, "none") == 0) {
		*ret = rd->strict ? DATE_CLEAR : DATE_NONE;
		return 0;
	}
	return date_parse_iso(text, ret, rd->err);
}

/* On the wire a period is always "2026-01-01..2026-03-31", either end left out where
 * open. */
static int read_period(struct reader *rd, const msgpack_object *o, struct period *ret)
{
	struct period p = {DATE_NONE, DATE_NONE};
	const char *text;
	int r = read_word(rd, KIND_PERIOD, o, &text);

	if (r < 0)
		return r;
	const char *dots = strstr(text, "..");
	if (!dots)
		return err_set(rd->err, -PDH_USAGE, NULL,
			       "\"%.30s\" is not two dates with .. between them", text);
	const char *from = arena_dup_n(rd->arena, text, (size_t)(dots - text));
	if (*from)
		r = date_parse_iso(from, &p.from, rd->err);
	if (r == 0 && dots[2])
		r = date_parse_iso(dots + 2, &p.to, rd->err);
	if (r == 0 && p.from != DATE_NONE && p.to != DATE_NONE && p.from > p.to)
		r = err_set(rd->err, -PDH_USAGE, NULL, "the first day is after the last");
	if (r == 0)
		*ret = p;
	return r;
}

static int read_span(struct reader *rd, const msgpack_object *o, int32_t *ret)
{
	enum { LONGEST = 1200 }; /* months; no license lasts a century */
	const char *text;
	int64_t months;

	if (o->type == MSGPACK_OBJECT_STR) {
		int r = read_word(rd, KIND_SPAN, o, &text);
		return r < 0 ? r : span_parse(text, ret, rd->err);
	}
	int r = read_int(rd, KIND_SPAN, o, &months);
	if (r < 0)
		return r;
	if (months < 1 || months > LONGEST)
		return err_set(rd->err, -PDH_USAGE, NULL,
			       "a length must be from 1 to %d months", LONGEST);
	*ret = (int32_t)months;
	return 0;
}

static int read_credit_map(struct reader *rd, const msgpack_object *o, struct credit *ret)
{
	const msgpack_object *exact = wire_get(o, "exact"), *unit = wire_get(o, "unit");
	struct credit c;

	if (!exact || !unit)
		return wrong_type(rd, KIND_CREDIT);
	int r = read_int(rd, KIND_CREDIT, exact, &c.exact);
	if (r == 0)
		r = read_word(rd, KIND_CREDIT, unit, &c.unit);
	if (r < 0)
		return r;
	if (rd->strict && !credit_unit_find(c.unit))
		return err_set(rd->err, -PDH_USAGE, NULL, "\"%.40s\" is not a unit",
			       c.unit);
	if (rd->strict)
		c.unit = credit_unit_find(c.unit);
	*ret = c;
	return 0;
}

static int read_credit(struct reader *rd, const msgpack_object *o, struct credit *ret)
{
	const char *text;
	struct credit c = {0, credit_unit_find("hour")};
	int r;

	if (o->type == MSGPACK_OBJECT_STR) {
		r = read_word(rd, KIND_CREDIT, o, &text);
		return r < 0 ? r : credit_parse_or_none(text, ret, rd->err);
	}
	if (o->type == MSGPACK_OBJECT_FLOAT32 || o->type == MSGPACK_OBJECT_FLOAT64)
		return err_set(
			rd->err, -PDH_USAGE, NULL,
			"a fraction must be sent as text, such as \"1.5h\", to stay exact");
	r = o->type == MSGPACK_OBJECT_MAP ? read_credit_map(rd, o, &c)
					  : read_int(rd, KIND_CREDIT, o, &c.exact);
	if (r < 0)
		return r;
	if (rd->strict && c.exact < 0)
		return credit_is_none(rd->err);
	if (rd->strict && c.exact > CREDIT_MAX)
		return err_set(rd->err, -PDH_REFUSED, NULL, "credit is at most 100000");
	*ret = c;
	return 0;
}

static int read_bytes(struct reader *rd, const msgpack_object *o, struct bytes *ret)
{
	size_t most = kind_row(KIND_BYTES)->most;

	if (o->type != MSGPACK_OBJECT_BIN)
		return wrong_type(rd, KIND_BYTES);
	if (o->via.bin.size > most)
		return err_set(rd->err, -PDH_TOO_LARGE, NULL,
			       "is too large: at most %zu bytes at once", most);
	*ret = (struct bytes){o->via.bin.size,
			      arena_dup_n(rd->arena, o->via.bin.ptr, o->via.bin.size)};
	return 0;
}

static int read_records(struct reader *rd, const struct field *f, const msgpack_object *o,
			void *ret)
{
	size_t at = strlen(rd->path);
	struct list l;
	int r = 0;

	if (o->type != MSGPACK_OBJECT_ARRAY)
		return wrong_type(rd, KIND_LIST);
	l.n = o->via.array.size;
	l.v = arena_array(rd->arena, l.n ? l.n : 1, f->of->size);
	for (size_t i = 0; r == 0 && i < l.n; i++) {
		snprintf(rd->path + at, sizeof(rd->path) - at, "[%zu]", i);
		r = read_shape(rd, f->of, &o->via.array.ptr[i],
			       (char *)l.v + i * f->of->size);
	}
	if (r < 0)
		return r;
	rd->path[at] = '\0';
	memcpy(ret, &l, sizeof(l));
	return 0;
}

static int read_record(struct reader *rd, const struct field *f, const msgpack_object *o,
		       void *ret)
{
	void *record = arena_alloc(rd->arena, f->of->size);
	int r = read_shape(rd, f->of, o, record);

	if (r == 0)
		memcpy(ret, &record, sizeof(record));
	return r;
}

/* A word that this side does not know yet is not given. */
static int read_choice(struct reader *rd, enum kind k, const msgpack_object *o, void *to)
{
	const char *text;
	int value;

	if (read_word(rd, KIND_WORD, o, &text) < 0)
		return rd->err->code;
	value = kind_value(k, text);
	memcpy(to, &value, sizeof(value));
	return 0;
}

static int read_value(struct reader *rd, const struct field *f, const msgpack_object *o,
		      void *to)
{
	enum kind k = f->kind;
	const char *text;

	if (kind_is_text(k))
		return read_text(rd, k, o, to);
	if (kind_words(k))
		return read_choice(rd, k, o, to);
	if (kind_is_texts(k) || k == KIND_IDS)
		return read_list(rd, k, o, to);
	if (kind_is_int(k))
		return read_int(rd, k, o, to);
	switch (k) {
	case KIND_BOOL:
		if (o->type != MSGPACK_OBJECT_BOOLEAN)
			return wrong_type(rd, k);
		*(int8_t *)to = o->via.boolean;
		return 0;
	case KIND_DATE:
	case KIND_DUE:
		return read_date(rd, k, o, to);
	case KIND_PERIOD:
		return read_period(rd, o, to);
	case KIND_SPAN:
		return read_span(rd, o, to);
	case KIND_CREDIT:
		return read_credit(rd, o, to);
	case KIND_TIME:
		if (read_word(rd, k, o, &text) < 0)
			return rd->err->code;
		return time_parse_iso(text, to, rd->err);
	case KIND_BYTES:
		return read_bytes(rd, o, to);
	case KIND_LIST:
		return read_records(rd, f, o, to);
	case KIND_RECORD:
		return read_record(rd, f, o, to);
	default:
		return wrong_type(rd, k);
	}
}

/* Where a list may be empty, an empty text is no member of it. */
static int take_members(struct reader *rd, const struct field *f, struct texts *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (*t->v[i])
			t->v[n++] = t->v[i];
	if (n < t->n && !f->clears)
		return err_set(rd->err, -PDH_USAGE, NULL, "is empty; it takes %s",
			       kind_row(f->kind)->hint);
	t->n = n;
	return 0;
}

static int read_given(struct reader *rd, const struct field *f, const msgpack_object *o,
		      void *to)
{
	int r = read_value(rd, f, o, to);

	if (r < 0 || !rd->strict)
		return r;
	if (kind_is_texts(f->kind))
		r = take_members(rd, f, to);
	return r == 0 ? field_check(f, to, rd->err) : r;
}

static int unknown_key(struct reader *rd, const struct shape *s, const char *key,
		       size_t n)
{
	const char *names[64];
	size_t count = 0;
	const char *word = arena_dup_n(rd->arena, key, n > 40 ? 40 : n);

	for (; count < s->n && count < 64; count++)
		names[count] = s->fields[count].name;
	const char *near = api_nearest(word, names, count);
	err_set(rd->err, -PDH_USAGE, word, "%s has no parameter \"%s\"",
		s->name[0] ? s->name : "this", word);
	if (near)
		err_hint(rd->err, "did you mean \"%s\"?", near);
	return -PDH_USAGE;
}

/* One pair of the map. Seen fields are marked, so that a repeated key is refused. */
static int read_pair(struct reader *rd, const struct shape *s,
		     const msgpack_object_kv *kv, uint64_t *seen, void *ret)
{
	size_t at = strlen(rd->path);

	if (kv->key.type != MSGPACK_OBJECT_STR)
		return rd->strict
			       ? err_set(rd->err, -PDH_USAGE, NULL, "keys must be text")
			       : 0;
	const char *key = kv->key.via.str.ptr;
	size_t n = kv->key.via.str.size;
	const struct field *f = shape_find(s, key, n);
	if (!f) {
		bool skip = !rd->strict || (at == 0 && codec_is_reserved(key, n));
		return skip ? 0 : unknown_key(rd, s, key, n);
	}
	uint64_t bit = UINT64_C(1) << (f - s->fields);
	snprintf(rd->path + at, sizeof(rd->path) - at, "%s%s", at ? "." : "", f->name);
	if (rd->strict && (*seen & bit))
		return err_set(rd->err, -PDH_USAGE, rd->path, "is given twice");
	*seen |= bit;
	int r = kv->val.type == MSGPACK_OBJECT_NIL
			? 0
			: blame(rd, read_given(rd, f, &kv->val, field_at(f, ret)));
	if (r == 0)
		rd->path[at] = '\0';
	return r;
}

static int check_required(struct reader *rd, const struct shape *s, const void *ret)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		if ((!f->required && !f->always) ||
		    !kind_is_none(f->kind, field_in(f, ret)))
			continue;
		size_t at = strlen(rd->path);
		snprintf(rd->path + at, sizeof(rd->path) - at, "%s%s", at ? "." : "",
			 f->name);
		return err_set(rd->err, -PDH_USAGE, rd->path, "is missing: %s", f->doc);
	}
	return 0;
}

static int read_shape(struct reader *rd, const struct shape *s, const msgpack_object *o,
		      void *ret)
{
	uint64_t seen = 0;
	int r = 0;

	if (o->type != MSGPACK_OBJECT_MAP)
		return wrong_type(rd, KIND_RECORD);
	shape_none(s, ret);
	for (uint32_t i = 0; r == 0 && i < o->via.map.size; i++)
		r = read_pair(rd, s, &o->via.map.ptr[i], &seen, ret);
	return r == 0 ? check_required(rd, s, ret) : r;
}

int codec_read_params(const struct shape *s, const msgpack_object *o, struct arena *a,
		      void *ret, struct err *e)
{
	struct reader rd = {.arena = a, .err = e, .strict = true};

	e->field[0] = '\0';
	if (o)
		return blame(&rd, read_shape(&rd, s, o, ret));
	shape_none(s, ret);
	return check_required(&rd, s, ret);
}

int codec_read_record(const struct shape *s, const msgpack_object *o, struct arena *a,
		      void *ret, struct err *e)
{
	struct reader rd = {.arena = a, .err = e, .strict = false};

	e->field[0] = '\0';
	int r = blame(&rd, read_shape(&rd, s, o, ret));
	return r < 0 ? err_set(e, -PDH_BAD_FRAME, NULL,
			       "cannot read the daemon's answer (%s)", rd.path)
		     : 0;
}
