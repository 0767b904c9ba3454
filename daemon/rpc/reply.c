/* Replies: a record, or an error. */
#include "daemon/rpc/call.h"

/* Where a reply goes. Once a write has been refused the rest is refused too, so that a
 * hole is seen. */
struct reply {
	struct buf *out;
	size_t room;
	bool full;
};

static int reply_write(void *data, const char *bytes, size_t n)
{
	struct reply *to = data;

	if (to->full || n > to->room || buf_write(to->out, bytes, n) < 0) {
		to->full = true;
		return -1;
	}
	to->room -= n;
	return 0;
}

int call_reply(struct call *c, struct buf *out, size_t *ret_at)
{
	struct reply to = {out, WIRE_REPLY_MAX, false};
	size_t before = out->len;
	msgpack_packer pk;

	msgpack_packer_init(&pk, &to, reply_write);
	wire_pack_response(&pk, c->request.id);
	msgpack_pack_nil(&pk);
	*ret_at = out->len;
	codec_write_record(&pk, c->method->result, c->result);
	if (!to.full)
		return 0;
	out->len = before;
	return err_set(&c->err, -PDH_TOO_LARGE, "limit",
		       "the answer is too large; ask for fewer at a time");
}

void call_reply_error(struct buf *out, uint32_t id, const struct err *e, int level)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, out, buf_write);
	wire_pack_response(&pk, id);
	wire_pack_error(&pk, e, level);
	msgpack_pack_nil(&pk);
}
