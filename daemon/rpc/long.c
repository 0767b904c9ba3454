#include "daemon/rpc/long.h"

#include "common/clock.h"
#include "common/codec.h"
#include "daemon/pack/pack.h"
#include "daemon/rpc/later.h"
#include "daemon/store/change.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* ---- how much a request is ---------------------------------------------------------------------- */

enum long_by { LONG_BY_LIST, LONG_BY_UPLOAD, LONG_BY_UNDO, LONG_BY_REDO };

static const struct {
	enum method_id method;
	enum long_by by;
	int64_t most;
} longs[] = {
#define LONG(method, by, most) {METHOD_##method, LONG_BY_##by, most},
#include "common/methods.def"
};

/* The members of all lists. */
static int64_t members(const msgpack_object *params)
{
	int64_t n = 0;

	for (uint32_t i = 0; i < params->via.map.size; i++)
		if (params->via.map.ptr[i].val.type == MSGPACK_OBJECT_ARRAY)
			n += params->via.map.ptr[i].val.via.array.size;
	return n;
}

static int64_t bytes_sent(const struct rpc *rpc, const msgpack_object *params)
{
	const msgpack_object *token = wire_get(params, "upload");

	if (!token || token->type != MSGPACK_OBJECT_STR || token->via.str.size == 0)
		return 0;
	for (size_t i = 0; i < UPLOAD_MOST; i++) {
		const struct upload_slot *s = &rpc->uploads.slots[i];
		if (strlen(s->token) == token->via.str.size &&
		    memcmp(s->token, token->via.str.ptr, token->via.str.size) == 0)
			return s->size;
	}
	return 0;
}

static int64_t bytes_of_change(struct rpc *rpc, enum long_by by,
			       const msgpack_object *params)
{
	const msgpack_object *given = wire_get(params, "op");
	AUTO_STMT s = NULL;
	int64_t op = 0;
	struct err ignored;
	int r = rpc_ready(rpc, &ignored);

	if (r == 0 && by == LONG_BY_REDO)
		r = change_last_undone(rpc->db, &op, &ignored);
	else if (r == 0 && given && given->type == MSGPACK_OBJECT_POSITIVE_INTEGER)
		op = (int64_t)given->via.u64;
	else if (r == 0)
		r = change_last(rpc->db, &op, &ignored);
	if (r == 0)
		r = DB_GET(rpc->db, Q_change_size, &s, &ignored, DB_INT(":id", op));
	return r > 0 ? db_int(s, 0) : 0;
}

static int64_t measure(struct rpc *rpc, enum long_by by, const msgpack_object *params)
{
	switch (by) {
	case LONG_BY_LIST:
		return members(params);
	case LONG_BY_UPLOAD:
		return bytes_sent(rpc, params);
	case LONG_BY_UNDO:
	case LONG_BY_REDO:
	default:
		return bytes_of_change(rpc, by, params);
	}
}

static bool is_long(struct rpc *rpc, const struct method *m, const msgpack_object *params)
{
	for (size_t i = 0; i < sizeof(longs) / sizeof(longs[0]); i++)
		if (m == &api_methods[longs[i].method] &&
		    measure(rpc, longs[i].by, params) > longs[i].most)
			return true;
	return false;
}

static bool wants_progress(const msgpack_object *params)
{
	const msgpack_object *v = wire_get(params, "progress");

	return v && v->type == MSGPACK_OBJECT_BOOLEAN && v->via.boolean;
}

static bool asked(struct rpc *rpc, const msgpack_object *o, struct rpc_long *ret)
{
	struct wire_request rq;
	struct err ignored;

	if (wire_read_request(o, &rq, &ignored) < 0)
		return false;
	/* Whoever waits for no answer is held up by nothing. */
	static const msgpack_object none = {.type = MSGPACK_OBJECT_MAP};
	const msgpack_object *params = rq.params ? rq.params : &none;
	const struct method *m = api_find(rq.method, rq.method_len);
	if (!m || m->access != ACCESS_WRITE || params->type != MSGPACK_OBJECT_MAP ||
	    !is_long(rpc, m, params))
		return false;
	ret->method = m;
	ret->id = rq.id;
	ret->progress = rq.type == WIRE_REQUEST && wants_progress(params);
	return true;
}

bool rpc_long_asked(struct rpc *rpc, const char *frame, size_t n, struct rpc_long *ret)
{
	msgpack_unpacked u;
	size_t off = 0;
	bool is = false;

	if (rpc->read_only)
		return false;
	msgpack_unpacked_init(&u);
	if (msgpack_unpack_next(&u, frame, n, &off) == MSGPACK_UNPACK_SUCCESS)
		is = asked(rpc, &u.data, ret);
	msgpack_unpacked_destroy(&u);
	return is;
}

/* ---- lent and taken back ------------------------------------------------------------------------- */

int rpc_long_lend(struct rpc *rpc, struct rpc_long *l, struct err *e)
{
	struct rpc *beside = calloc(1, sizeof(*beside));

	if (!beside)
		oom();
	int r = db_open_beside(rpc->db, &beside->db, e);
	if (r < 0) {
		free(beside);
		return r;
	}
	beside->packs = pack_library_like(rpc->packs);
	beside->daemon = rpc->daemon;
	beside->who = rpc->who;
	beside->read_only = true;
	beside->reminders.late_until = rpc->reminders.late_until;
	beside->runs = l;
	l->db = rpc->db;
	l->beside = beside;
	rpc->lent = true;
	return 0;
}

/* The line for prompts, reminders and the next command ask for the ledgers, which are read anew after a change of many rows. */
unsigned rpc_long_run(struct rpc *rpc, const char *frame, size_t n, struct buf *out)
{
	char unused[RPC_PROMPT_SIZE];
	struct err ignored;

	db_make_room(rpc->db, true);
	unsigned next = rpc_dispatch(rpc, frame, n, out);
	(void)rpc_prompt(rpc, clock_today(), unused, &ignored);
	db_make_room(rpc->db, false);
	malloc_trim(0);
	return next | rpc_next(rpc);
}

void rpc_long_take_back(struct rpc *rpc, struct rpc_long *l)
{
	struct rpc *beside = l->beside;
	/* That of the long write is counted there. */
	int64_t requests = beside->daemon.requests + 1;

	rpc->daemon = beside->daemon;
	rpc->daemon.requests = requests;
	rpc->next |= rpc_next(beside);
	rpc_free(beside);
	pack_library_free(beside->packs);
	db_close(beside->db);
	free(beside);
	l->beside = NULL;
	rpc->lent = false;
	db_stop(rpc->db, false);
	rpc_later_do(rpc);
}

/* ---- what is told of it --------------------------------------------------------------------------- */

void rpc_long_tell(const struct rpc_long *l, struct buf *out)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, out, buf_write);
	msgpack_pack_array(&pk, 3);
	msgpack_pack_int(&pk, WIRE_NOTIFICATION);
	wire_pack_text(&pk, "progress");
	msgpack_pack_array(&pk, 1);
	msgpack_pack_map(&pk, 2);
	wire_pack_text(&pk, "request");
	msgpack_pack_uint32(&pk, l->id);
	wire_pack_text(&pk, "done");
	msgpack_pack_int(&pk, db_far(l->db));
}
