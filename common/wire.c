#include "common/wire.h"

#include <stdlib.h>
#include <string.h>

const struct wire_limits wire_request_limits = {WIRE_FRAME_MAX, WIRE_DEPTH_MAX,
						WIRE_ITEMS_MAX};
/* What our own daemon answers; a list of a thousand activities has some fifty thousand
 * values. */
const struct wire_limits wire_reply_limits = {WIRE_REPLY_MAX + 1024, WIRE_DEPTH_MAX,
					      1 << 20};

/* What a value's first byte says: bytes of its head, bytes of its body, values inside it.
 * Lengths that stand in the head are read from `p`, which holds `head` bytes. */
struct value {
	size_t head, body;
	uint64_t inside;
};

static uint64_t big_endian(const unsigned char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

/* Bytes of the head alone, from the first byte; 0 for the byte that msgpack never uses. */
static size_t head_size(unsigned char c)
{
	static const unsigned char sizes[32] = {
		1, 0, 1, 1, 2, 3, 5, 3, 4, 6, 1, 1, 1, 1, 1, 1, /* 0xc0 to 0xcf */
		1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 5, 3, 5, 3, 5, /* 0xd0 to 0xdf */
	};

	if (c < 0xc0 || c >= 0xe0)
		return 1;
	/* fixext has its type in the body. */
	return c >= 0xd4 && c <= 0xd8 ? 1 : c == 0xd9 ? 2 : sizes[c - 0xc0];
}

/* Bytes of the body of values whose size the first byte gives. */
static size_t fixed_body(unsigned char c)
{
	static const unsigned char bodies[15] = {4, 8, 1, 2, 4, 8, 1, 2,
						 4, 8, 2, 3, 5, 9, 17};

	return c >= 0xca && c <= 0xd8 ? bodies[c - 0xca] : 0;
}

static struct value look(const unsigned char *p)
{
	unsigned char c = *p;
	struct value v = {head_size(c), fixed_body(c), 0};

	if (c >= 0x80 && c < 0x90)
		v.inside = 2 * (uint64_t)(c & 0x0f);
	else if (c >= 0x90 && c < 0xa0)
		v.inside = c & 0x0f;
	else if (c >= 0xa0 && c < 0xc0)
		v.body = c & 0x1f;
	else if (c >= 0xc4 && c <= 0xc6)
		v.body = big_endian(p + 1, (size_t)1 << (c - 0xc4));
	else if (c >= 0xc7 && c <= 0xc9)
		v.body = big_endian(p + 1, (size_t)1 << (c - 0xc7));
	else if (c >= 0xd9 && c <= 0xdb)
		v.body = big_endian(p + 1, (size_t)1 << (c - 0xd9));
	else if (c == 0xdc || c == 0xdd)
		v.inside = big_endian(p + 1, c == 0xdc ? 2 : 4);
	else if (c == 0xde || c == 0xdf)
		v.inside = 2 * big_endian(p + 1, c == 0xde ? 2 : 4);
	return v;
}

/* One value is complete: it fills its container, and maybe that one's container, and so
 * on. */
static bool close_value(struct wire_scanner *s)
{
	while (s->depth > 0 && --s->left[s->depth] == 0)
		s->depth--;
	return s->depth == 0;
}

static enum wire_scan open_container(struct wire_scanner *s,
				     const struct wire_limits *limits, uint64_t inside)
{
	/* Every value has at least one byte, so a count past the limits can be refused at
	 * once. */
	if (inside > limits->items - s->items)
		return WIRE_TOO_MANY;
	if (s->depth >= limits->depth)
		return WIRE_TOO_DEEP;
	s->left[++s->depth] = inside;
	return WIRE_MORE;
}

/* Takes the value at s->at: WIRE_MORE when the bytes do not reach, else whether the frame
 * is done. */
static enum wire_scan take_value(struct wire_scanner *s, const struct wire_limits *limits,
				 const unsigned char *data, size_t n, bool *ret_short)
{
	const unsigned char *p = data + s->at;
	size_t have = n - s->at, head = have ? head_size(*p) : 1;

	if (have && head == 0)
		return WIRE_INVALID;
	*ret_short = have < head;
	if (*ret_short)
		return WIRE_MORE;
	struct value v = look(p);
	if (v.body > limits->bytes || s->at + v.head + v.body > limits->bytes)
		return WIRE_TOO_LARGE;
	*ret_short = have - v.head < v.body;
	if (*ret_short)
		return WIRE_MORE;
	if (++s->items > limits->items)
		return WIRE_TOO_MANY;
	s->at += v.head + v.body;
	if (v.inside)
		return open_container(s, limits, v.inside);
	return close_value(s) ? WIRE_DONE : WIRE_MORE;
}

enum wire_scan wire_scan(struct wire_scanner *s, const struct wire_limits *limits,
			 const char *data, size_t n, size_t *ret_size)
{
	bool is_short = false;

	for (;;) {
		enum wire_scan r =
			take_value(s, limits, (const unsigned char *)data, n, &is_short);
		if (r == WIRE_DONE) {
			*ret_size = s->at;
			*s = (struct wire_scanner){0};
		}
		if (r != WIRE_MORE)
			return r;
		if (is_short)
			return n >= limits->bytes ? WIRE_TOO_LARGE : WIRE_MORE;
	}
}

const char *wire_scan_text(enum wire_scan why)
{
	switch (why) {
	case WIRE_MORE:
	case WIRE_DONE:
		return "";
	case WIRE_TOO_LARGE:
		return "the request has too many bytes";
	case WIRE_TOO_DEEP:
		return "the request is nested too deeply";
	case WIRE_TOO_MANY:
		return "the request holds too many values";
	case WIRE_INVALID:
		return "not a msgpack-RPC message";
	}
	return "";
}

static int bad_frame(struct err *e, const char *why)
{
	return err_set(e, -PDH_BAD_FRAME, NULL, "not a msgpack-RPC message: %s", why);
}

/* The n-th member if it is a number that fits an id. */
static bool read_id(const msgpack_object_array *a, uint32_t *ret)
{
	const msgpack_object *o = &a->ptr[1];

	if (o->type != MSGPACK_OBJECT_POSITIVE_INTEGER || o->via.u64 > UINT32_MAX)
		return false;
	*ret = (uint32_t)o->via.u64;
	return true;
}

static bool is_type(const msgpack_object *o, enum wire_type type)
{
	return o->type == MSGPACK_OBJECT_POSITIVE_INTEGER && o->via.u64 == type;
}

static int read_params(const msgpack_object *o, struct wire_request *ret, struct err *e)
{
	ret->params = NULL;
	if (o->type != MSGPACK_OBJECT_ARRAY)
		return bad_frame(e, "parameters come as an array that holds one map");
	const msgpack_object_array *a = &o->via.array;
	if (a->size == 0 || (a->size == 1 && a->ptr[0].type == MSGPACK_OBJECT_NIL))
		return 0;
	if (a->size > 1 || a->ptr[0].type != MSGPACK_OBJECT_MAP)
		return bad_frame(e, "parameters come as an array that holds one map");
	ret->params = &a->ptr[0];
	return 0;
}

int wire_read_request(const msgpack_object *o, struct wire_request *ret, struct err *e)
{
	*ret = (struct wire_request){.type = WIRE_REQUEST};
	if (o->type != MSGPACK_OBJECT_ARRAY || o->via.array.size < 3)
		return bad_frame(e, "it is not an array of three or four");
	const msgpack_object_array *a = &o->via.array;
	bool request = a->size == 4 && is_type(&a->ptr[0], WIRE_REQUEST);
	if (!request && !(a->size == 3 && is_type(&a->ptr[0], WIRE_NOTIFICATION)))
		return bad_frame(e, "it is neither a request nor a notification");
	if (request && !read_id(a, &ret->id))
		return bad_frame(e, "its id is not a number of 32 bits");
	ret->type = request ? WIRE_REQUEST : WIRE_NOTIFICATION;
	const msgpack_object *method = &a->ptr[request ? 2 : 1];
	if (method->type != MSGPACK_OBJECT_STR)
		return bad_frame(e, "its method is not text");
	ret->method = method->via.str.ptr;
	ret->method_len = method->via.str.size;
	return read_params(method + 1, ret, e);
}

int wire_read_response(const msgpack_object *o, struct wire_response *ret, struct err *e)
{
	if (o->type != MSGPACK_OBJECT_ARRAY || o->via.array.size != 4 ||
	    !is_type(&o->via.array.ptr[0], WIRE_RESPONSE) ||
	    !read_id(&o->via.array, &ret->id))
		return bad_frame(e, "the answer is not a response");
	const msgpack_object *error = &o->via.array.ptr[2], *result = error + 1;
	ret->error = error->type == MSGPACK_OBJECT_NIL ? NULL : error;
	ret->result = result->type == MSGPACK_OBJECT_NIL ? NULL : result;
	return 0;
}

void wire_pack_text(msgpack_packer *pk, const char *text)
{
	size_t n = text ? strlen(text) : 0;

	if (!text) {
		msgpack_pack_nil(pk);
		return;
	}
	msgpack_pack_str(pk, n);
	msgpack_pack_str_body(pk, text, n);
}

void wire_pack_request(msgpack_packer *pk, uint32_t id, const char *method)
{
	msgpack_pack_array(pk, 4);
	msgpack_pack_int(pk, WIRE_REQUEST);
	msgpack_pack_uint32(pk, id);
	wire_pack_text(pk, method);
	msgpack_pack_array(pk, 1);
}

void wire_pack_response(msgpack_packer *pk, uint32_t id)
{
	msgpack_pack_array(pk, 4);
	msgpack_pack_int(pk, WIRE_RESPONSE);
	msgpack_pack_uint32(pk, id);
}

static void pack_pair(msgpack_packer *pk, const char *key, const char *text)
{
	wire_pack_text(pk, key);
	wire_pack_text(pk, text && *text ? text : NULL);
}

void wire_pack_error(msgpack_packer *pk, const struct err *e, int level)
{
	const struct err_kind *kind = err_kind(e->code);

	msgpack_pack_map(pk, level ? 6 : 5);
	wire_pack_text(pk, "code");
	msgpack_pack_int(pk, kind->code);
	pack_pair(pk, "name", kind->word);
	pack_pair(pk, "message", e->message);
	pack_pair(pk, "field", e->field);
	pack_pair(pk, "hint", e->hint);
	if (level) {
		wire_pack_text(pk, "api_level");
		msgpack_pack_int(pk, level);
	}
}

const msgpack_object *wire_get(const msgpack_object *map, const char *key)
{
	size_t n = strlen(key);

	if (map->type != MSGPACK_OBJECT_MAP)
		return NULL;
	for (uint32_t i = 0; i < map->via.map.size; i++) {
		const msgpack_object_kv *kv = &map->via.map.ptr[i];
		if (kv->key.type == MSGPACK_OBJECT_STR && kv->key.via.str.size == n &&
		    memcmp(kv->key.via.str.ptr, key, n) == 0)
			return &kv->val;
	}
	return NULL;
}

/* The text of `key`, as bytes; "" if there is none. */
static void copy_text(const msgpack_object *map, const char *key, char *to, size_t size)
{
	const msgpack_object *o = wire_get(map, key);
	bool is = o && o->type == MSGPACK_OBJECT_STR;
	size_t n = !is ? 0 : o->via.str.size < size - 1 ? o->via.str.size : size - 1;

	if (n)
		memcpy(to, o->via.str.ptr, n);
	to[n] = '\0';
}

static int read_small(const msgpack_object *map, const char *key, int otherwise)
{
	const msgpack_object *o = wire_get(map, key);

	if (!o || o->type != MSGPACK_OBJECT_POSITIVE_INTEGER || o->via.u64 > 1000000)
		return otherwise;
	return (int)o->via.u64;
}

/* Made anew from what was sent, so that it is as harmless as an error of one's own. */
void wire_read_error(const msgpack_object *o, struct err *ret, int *ret_level)
{
	int code = read_small(o, "code", PDH_FAILED);
	struct err sent;

	copy_text(o, "message", sent.message, sizeof(sent.message));
	copy_text(o, "field", sent.field, sizeof(sent.field));
	copy_text(o, "hint", sent.hint, sizeof(sent.hint));
	err_set(ret, -(code ? code : PDH_FAILED), sent.field, "%s",
		*sent.message ? sent.message : "the daemon refused");
	err_hint(ret, "%s", sent.hint);
	*ret_level = read_small(o, "api_level", 0);
}
