/* Any bytes as frames: the scanner says the same however they arrive, and what it lets through msgpack-c unpacks and
 * the codec reads back as it was written. */
#include "common/codec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define AUTO_UNPACKED __attribute__((cleanup(msgpack_unpacked_destroy))) msgpack_unpacked

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* ---- records ------------------------------------------------------------------------------------ */

typedef int read_fn(const struct shape *s, const msgpack_object *o, struct arena *a,
		    void *ret, struct err *e);

static void write_back(read_fn *read, const struct shape *s, const void *record,
		       struct buf *out)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, out, buf_write);
	if (read == codec_read_params)
		codec_write_params(&pk, s, record, NULL);
	else
		codec_write_record(&pk, s, record);
}

/* What was read and written is read again and written the same. */
static void read_and_write(read_fn *read, const struct shape *s, const msgpack_object *o)
{
	AUTO_ARENA arena = {NULL};
	void *record = arena_alloc(&arena, s->size);
	AUTO_BUF once = {0}, again = {0};
	struct err e = {0};
	size_t at = 0;

	if (read(s, o, &arena, record, &e) < 0) {
		check(e.code < 0 && *e.message);
		return;
	}
	write_back(read, s, record, &once);
	AUTO_UNPACKED u;
	msgpack_unpacked_init(&u);
	check(msgpack_unpack_next(&u, once.data, once.len, &at) ==
		      MSGPACK_UNPACK_SUCCESS &&
	      at == once.len);
	check(read(s, &u.data, &arena, record, &e) == 0);
	write_back(read, s, record, &again);
	check(once.len == again.len && memcmp(once.data, again.data, once.len) == 0);
}

static void use_request(const msgpack_object *o)
{
	struct wire_request request;
	struct err e = {0};

	if (wire_read_request(o, &request, &e) < 0) {
		check(e.code == -PDH_BAD_FRAME && *e.message);
		return;
	}
	check(!request.params || request.params->type == MSGPACK_OBJECT_MAP);
	const struct method *m = api_find(request.method, request.method_len);
	if (m)
		read_and_write(codec_read_params, m->params, request.params);
}

/* An error map keeps its code, its texts and its level. */
static void use_error(const msgpack_object *o)
{
	struct err first = {0}, second = {0};
	AUTO_BUF out = {0};
	msgpack_packer pk;
	int level, same;
	size_t at = 0;

	wire_read_error(o, &first, &level);
	check(first.code <= 0);
	msgpack_packer_init(&pk, &out, buf_write);
	wire_pack_error(&pk, &first, level);
	AUTO_UNPACKED u;
	msgpack_unpacked_init(&u);
	check(msgpack_unpack_next(&u, out.data, out.len, &at) == MSGPACK_UNPACK_SUCCESS);
	wire_read_error(&u.data, &second, &same);
	check(second.code == -err_kind(first.code)->code && same == level);
	check(!*first.message || strcmp(first.message, second.message) == 0);
	check(strcmp(first.field, second.field) == 0);
	check(strcmp(first.hint, second.hint) == 0);
}

static void use_response(const msgpack_object *o)
{
	struct wire_response response;
	struct err e = {0};

	if (wire_read_response(o, &response, &e) < 0) {
		check(e.code == -PDH_BAD_FRAME && *e.message);
		return;
	}
	if (response.error)
		use_error(response.error);
	if (response.result)
		read_and_write(codec_read_record,
			       api_records[response.id % api_record_count],
			       response.result);
}

/* ---- frames ------------------------------------------------------------------------------------- */

/* Scans the first frame of `data`, of which `first` bytes arrive before the rest. */
static enum wire_scan scan(const struct wire_limits *limits, const uint8_t *data,
			   size_t size, size_t first, size_t *ret_size)
{
	struct wire_scanner s = {0};
	enum wire_scan r = wire_scan(&s, limits, (const char *)data, first, ret_size);

	return r == WIRE_MORE ? wire_scan(&s, limits, (const char *)data, size, ret_size)
			      : r;
}

/* Two refusals are alike: which limit is met first may hang on what has arrived. */
static enum wire_scan refusal(enum wire_scan r)
{
	return r > WIRE_DONE ? WIRE_INVALID : r;
}

static void scan_with_small_limits(const uint8_t *data, size_t size, size_t first)
{
	static const struct wire_limits small = {64, 3, 12};
	size_t whole = 0, pieces = 0, free_of_limits = 0;
	enum wire_scan r = scan(&small, data, size, size, &whole);

	check(refusal(r) == refusal(scan(&small, data, size, first, &pieces)) &&
	      whole == pieces);
	check(r != WIRE_DONE || whole <= small.bytes);
	if (r == WIRE_DONE)
		check(scan(&wire_request_limits, data, size, size, &free_of_limits) ==
			      WIRE_DONE &&
		      free_of_limits == whole);
}

/* Uses the first frame and returns its length; 0 when there is none. */
static size_t take(const uint8_t *data, size_t size, size_t first)
{
	size_t frame = 0, pieces = 0, at = 0;
	enum wire_scan r = scan(&wire_request_limits, data, size, size, &frame);

	check(scan(&wire_request_limits, data, size, first, &pieces) == r &&
	      frame == pieces);
	scan_with_small_limits(data, size, first);
	check(!*wire_scan_text(r) == (r == WIRE_MORE || r == WIRE_DONE));
	if (r != WIRE_DONE)
		return 0;
	check(frame > 0 && frame <= size);
	AUTO_UNPACKED u;
	msgpack_unpacked_init(&u);
	check(msgpack_unpack_next(&u, (const char *)data, frame, &at) ==
		      MSGPACK_UNPACK_SUCCESS &&
	      at == frame);
	use_request(&u.data);
	use_response(&u.data);
	return frame;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t sum = 0, frame;

	for (size_t i = 0; i < size; i++)
		sum += data[i];
	for (size_t at = 0; at < size; at += frame) {
		frame = take(data + at, size - at, sum % (size - at + 1));
		if (frame == 0)
			break;
	}
	return 0;
}
