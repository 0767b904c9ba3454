#include "client/net/answer.h"

#include <string.h>

enum { DONE = 1000 };

/* The daemon says its level where it did not understand. */
static int explain_level(struct err *e, int level)
{
	struct err was = *e;

	if (level == 0 || level >= PDH_API_LEVEL)
		return e->code;
	err_set(e, -PDH_INCOMPATIBLE, was.field,
		"the running pdhd is older than this pdh (level %d, not %d): %.300s",
		level, PDH_API_LEVEL, was.message);
	return err_hint(e, "upgrade pdhd, then restart it: pdh daemon stop");
}

int answer_read(struct buf *in, size_t size, uint32_t id, struct arena *a,
		struct answer *ret, struct err *e)
{
	const char *frame = arena_dup_n(a, in->data, size);
	struct wire_response response;
	size_t off = 0;
	int level;

	buf_consume(in, size);
	if (msgpack_unpack_next(&ret->zone, frame, size, &off) != MSGPACK_UNPACK_SUCCESS)
		return err_set(e, -PDH_BAD_FRAME, NULL,
			       "the daemon's answer is not msgpack");
	int r = wire_read_response(&ret->zone.data, &response, e);
	if (r < 0)
		return r;
	if (response.error) {
		wire_read_error(response.error, e, &level);
		return explain_level(e, level);
	}
	if (response.id != id || !response.result)
		return err_set(e, -PDH_BAD_FRAME, NULL,
			       "the daemon answered another question");
	ret->raw = response.result;
	return codec_read_record(ret->method->result, response.result, a, ret->record, e);
}

bool answer_is_progress(struct buf *in, size_t size, int *ret_done)
{
	/* An array of three that begins with this. */
	const unsigned char head[] = {0x93, WIRE_NOTIFICATION};
	const msgpack_object *done = NULL;
	struct wire_request rq;
	msgpack_unpacked u;
	struct err ignored;
	size_t off = 0;

	if (size <= sizeof(head) || memcmp(in->data, head, sizeof(head)) != 0)
		return false;
	msgpack_unpacked_init(&u);
	if (msgpack_unpack_next(&u, in->data, size, &off) == MSGPACK_UNPACK_SUCCESS &&
	    wire_read_request(&u.data, &rq, &ignored) == 0 && rq.params)
		done = wire_get(rq.params, "done");
	*ret_done = done && done->type == MSGPACK_OBJECT_POSITIVE_INTEGER &&
				    done->via.u64 < DONE
			    ? (int)done->via.u64
			    : 0;
	msgpack_unpacked_destroy(&u);
	buf_consume(in, size);
	return true;
}

void answer_local(const struct method *m, void *record, struct arena *a,
		  struct answer *ret)
{
	struct answer ans = {.method = m, .record = record};
	msgpack_object *root = arena_alloc(a, sizeof(*root));
	AUTO_BUF b = {0};
	msgpack_packer pk;
	size_t off = 0;

	msgpack_packer_init(&pk, &b, buf_write);
	codec_write_record(&pk, m->result, record);
	msgpack_unpacked_init(&ans.zone);
	/* What was packed here is whole and well formed. */
	(void)msgpack_unpack_next(&ans.zone, arena_dup_n(a, b.data, b.len), b.len, &off);
	*root = ans.zone.data;
	ans.raw = root;
	*ret = ans;
}

void answer_done(struct answer *ans)
{
	for (size_t i = 0; i < ans->pages_n; i++)
		answer_done(&ans->pages[i]);
	ans->pages_n = 0;
	msgpack_unpacked_destroy(&ans->zone);
	ans->raw = NULL;
}
