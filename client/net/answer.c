#include "client/net/answer.h"

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
