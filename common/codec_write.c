#include "common/codec.h"

#include "common/clock.h"
#include "common/codec_caller.h"
#include "common/digest.h"

#include <stdio.h>
#include <string.h>

static void write_fields(msgpack_packer *pk, const struct shape *s, const void *record);

static void write_text(msgpack_packer *pk, const void *value)
{
	const char *text = *(const char *const *)value;

	wire_pack_text(pk, text);
}

static void write_list(msgpack_packer *pk, const struct field *f, const void *value)
{
	struct list l;

	memcpy(&l, value, sizeof(l));
	msgpack_pack_array(pk, l.n);
	for (size_t i = 0; i < l.n; i++) {
		if (f->kind == KIND_IDS)
			msgpack_pack_int64(pk, ((const int64_t *)l.v)[i]);
		else if (f->kind == KIND_LIST)
			write_fields(pk, f->of, (const char *)l.v + i * f->of->size);
		else
			wire_pack_text(pk, ((const char *const *)l.v)[i]);
	}
}

static void write_date(msgpack_packer *pk, civil_day d)
{
	char text[DATE_ISO_SIZE] = "none"; /* DATE_CLEAR */

	if (d != DATE_CLEAR)
		date_format_iso(d, text);
	wire_pack_text(pk, text);
}

static void write_period(msgpack_packer *pk, const struct period *p)
{
	char from[DATE_ISO_SIZE] = "", to[DATE_ISO_SIZE] = "",
	     text[2 * DATE_ISO_SIZE + 2];

	if (p->from != DATE_NONE)
		date_format_iso(p->from, from);
	if (p->to != DATE_NONE)
		date_format_iso(p->to, to);
	snprintf(text, sizeof(text), "%s..%s", from, to);
	wire_pack_text(pk, text);
}

static void write_bytes(msgpack_packer *pk, const struct bytes *b)
{
	msgpack_pack_bin(pk, b->n);
	msgpack_pack_bin_body(pk, b->v, b->n);
}

/* {"exact": whole number, "amount": decimal text, "unit": word} */
static void write_credit(msgpack_packer *pk, const struct credit *c)
{
	char amount[CREDIT_TEXT_SIZE];

	credit_format(c->exact, amount);
	msgpack_pack_map(pk, 3);
	wire_pack_text(pk, "exact");
	msgpack_pack_int64(pk, c->exact);
	wire_pack_text(pk, "amount");
	wire_pack_text(pk, amount);
	wire_pack_text(pk, "unit");
	wire_pack_text(pk, c->unit);
}

static void write_time(msgpack_packer *pk, int64_t seconds)
{
	char text[TIME_ISO_SIZE];

	time_format_iso(seconds, text);
	wire_pack_text(pk, text);
}

static void write_plain(msgpack_packer *pk, const struct field *f, const void *value)
{
	switch (f->kind) {
	case KIND_BOOL:
		if (*(const int8_t *)value)
			msgpack_pack_true(pk);
		else
			msgpack_pack_false(pk);
		break;
	case KIND_DATE:
	case KIND_DUE:
		write_date(pk, *(const civil_day *)value);
		break;
	case KIND_PERIOD:
		write_period(pk, value);
		break;
	case KIND_SPAN:
		msgpack_pack_int32(pk, *(const int32_t *)value);
		break;
	case KIND_CREDIT:
		write_credit(pk, value);
		break;
	case KIND_TIME:
		write_time(pk, *(const int64_t *)value);
		break;
	case KIND_BYTES:
		write_bytes(pk, value);
		break;
	case KIND_RECORD:
		write_fields(pk, f->of, *(void *const *)value);
		break;
	default:
		if (kind_words(f->kind))
			wire_pack_text(pk, kind_word(f->kind, value));
		else
			write_text(pk, value);
	}
}

/* A list in a record is a list even when nothing was put in it. */
static void write_value(msgpack_packer *pk, const struct field *f, const void *value)
{
	bool list = kind_is_texts(f->kind) || f->kind == KIND_IDS || f->kind == KIND_LIST;

	if (list)
		write_list(pk, f, value);
	else if (kind_is_none(f->kind, value))
		msgpack_pack_nil(pk);
	else if (kind_is_int(f->kind))
		msgpack_pack_int64(pk, *(const int64_t *)value);
	else
		write_plain(pk, f, value);
}

static void write_fields(msgpack_packer *pk, const struct shape *s, const void *record)
{
	msgpack_pack_map(pk, s->n);
	for (size_t i = 0; i < s->n; i++) {
		wire_pack_text(pk, s->fields[i].name);
		write_value(pk, &s->fields[i], field_in(&s->fields[i], record));
	}
}

void codec_write_record(msgpack_packer *pk, const struct shape *s, const void *record)
{
	write_fields(pk, s, record);
}

static void write_given(msgpack_packer *pk, const struct shape *s, const void *params,
			size_t extra);

/* Members of a list of parameters are sparse, as their parent is. */
static void write_given_value(msgpack_packer *pk, const struct field *f,
			      const void *value)
{
	struct list l;

	if (f->kind != KIND_LIST) {
		write_value(pk, f, value);
		return;
	}
	memcpy(&l, value, sizeof(l));
	msgpack_pack_array(pk, l.n);
	for (size_t i = 0; i < l.n; i++)
		write_given(pk, f->of, (const char *)l.v + i * f->of->size, 0);
}

static void write_given(msgpack_packer *pk, const struct shape *s, const void *params,
			size_t extra)
{
	size_t given = extra;

	for (size_t i = 0; i < s->n; i++)
		given +=
			!kind_is_none(s->fields[i].kind, field_in(&s->fields[i], params));
	msgpack_pack_map(pk, given);
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		if (kind_is_none(f->kind, field_in(f, params)))
			continue;
		wire_pack_text(pk, f->name);
		write_given_value(pk, f, field_in(f, params));
	}
}

void codec_write_params(msgpack_packer *pk, const struct shape *s, const void *params,
			const struct codec_caller *caller)
{
	write_given(pk, s, params, caller ? codec_caller_keys(caller) : 0);
	if (caller)
		codec_write_caller(pk, caller);
}

static int digest_write(void *data, const char *bytes, size_t n)
{
	uint64_t *digest = data;

	*digest = digest_add(*digest, bytes, n);
	return 0;
}

uint64_t codec_digest_given(const struct shape *s, const void *params)
{
	uint64_t digest = DIGEST_START;
	msgpack_packer pk;

	msgpack_packer_init(&pk, &digest, digest_write);
	write_given(&pk, s, params, 0);
	return digest;
}

uint64_t codec_digest_params(const msgpack_object *o)
{
	uint64_t digest = DIGEST_START;
	msgpack_packer pk;

	msgpack_packer_init(&pk, &digest, digest_write);
	for (uint32_t i = 0; o && o->type == MSGPACK_OBJECT_MAP && i < o->via.map.size;
	     i++) {
		const msgpack_object_kv *kv = &o->via.map.ptr[i];
		if (kv->key.type == MSGPACK_OBJECT_STR &&
		    codec_is_reserved(kv->key.via.str.ptr, kv->key.via.str.size))
			continue;
		msgpack_pack_object(&pk, kv->key);
		msgpack_pack_object(&pk, kv->val);
	}
	return digest;
}
