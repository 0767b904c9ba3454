#include "daemon/rpc.h"

#include "common/clock.h"
#include "common/codec.h"
#include "common/log.h"
#include "daemon/change.h"
#include "daemon/event.h"
#include "daemon/method.h"
#include "daemon/pack.h"
#include "daemon/prompt.h"
#include "daemon/rpc_remind.h"

#include <stdio.h>
#include <string.h>

/* One request on its way. */
struct call {
	struct rpc *rpc;
	struct work work;
	struct wire_request request;
	const struct method *method;
	bool dry_run;
	int64_t arrived; /* epoch seconds; what was due then has been taken */
	int level; /* sent along with the error where the caller may be of another level
		    */
	struct err err;
	void *params, *result;
};

typedef int (*run_fn)(struct work *w, const void *params, void *result, struct err *e);

/* Typed functions behind one untyped signature; the compiler checks each one here. */
#define METHOD_THUNK(id, record)                                              \
	static int run_##id(struct work *w, const void *params, void *result, \
			    struct err *e)                                    \
	{                                                                     \
		const struct id##_params *p = params;                         \
		struct record *ret = result;                                  \
		return method_##id(w, p, ret, e);                             \
	}
#define METHOD_READ(id, record)	   METHOD_THUNK(id, record)
#define METHOD_WRITE(id, record)   METHOD_THUNK(id, record)
#define METHOD_CONTROL(id, record) METHOD_THUNK(id, record)
#define METHOD_LOCAL(id, record)
#define METHOD(id, wire, verb, level, access, record, doc) METHOD_##access(id, record)
#include "common/methods.def"
#undef METHOD_READ
#undef METHOD_WRITE
#undef METHOD_CONTROL

static const run_fn runs[METHOD_COUNT] = {
#define METHOD_READ(id)	   [METHOD_##id] = run_##id,
#define METHOD_WRITE(id)   [METHOD_##id] = run_##id,
#define METHOD_CONTROL(id) [METHOD_##id] = run_##id,
#undef METHOD_LOCAL
#define METHOD_LOCAL(id)
#define METHOD(id, wire, verb, level, access, record, doc) METHOD_##access(id)
#include "common/methods.def"
};

int64_t work_op(const struct work *w)
{
	if (!w->recorder || w->dry_run || change_is_empty(w->recorder))
		return INT_NONE;
	return change_op(w->recorder);
}

static void write_error(struct buf *out, uint32_t id, const struct err *e, int level)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, out, buf_write);
	wire_pack_response(&pk, id);
	wire_pack_error(&pk, e, level);
	msgpack_pack_nil(&pk);
}

/* The reserved keys: whether to keep the result, and how old the caller is. */
static int read_reserved(struct call *c)
{
	const msgpack_object *params = c->request.params;
	const msgpack_object *dry = params ? wire_get(params, "dry_run") : NULL;
	const msgpack_object *level = params ? wire_get(params, "api_level") : NULL;

	if (dry && dry->type != MSGPACK_OBJECT_BOOLEAN)
		return err_set(&c->err, -PDH_USAGE, "dry_run", "is true or false");
	if (level && level->type != MSGPACK_OBJECT_POSITIVE_INTEGER)
		return err_set(&c->err, -PDH_USAGE, "api_level",
			       "is the caller's API level, a number");
	if (level && level->via.u64 < PDH_API_COMPATIBLE_SINCE) {
		c->level = PDH_API_LEVEL;
		return err_set(&c->err, -PDH_INCOMPATIBLE, NULL,
			       "this pdh is too old for the running pdhd %s: upgrade pdh",
			       PDH_VERSION);
	}
	if (level && level->via.u64 > PDH_API_LEVEL)
		c->level = PDH_API_LEVEL;
	c->dry_run = dry && dry->via.boolean;
	return 0;
}

static int no_such_method(struct call *c)
{
	const char *names[METHOD_COUNT];
	size_t n = c->request.method_len > 60 ? 60 : c->request.method_len;
	const char *word = arena_dup_n(&c->rpc->arena, c->request.method, n);

	for (size_t i = 0; i < METHOD_COUNT; i++)
		names[i] = api_methods[i].name;
	const char *near = nearest(word, names, METHOD_COUNT);
	int code = c->level ? -PDH_INCOMPATIBLE : -PDH_USAGE;
	c->level = PDH_API_LEVEL;
	err_set(&c->err, code, NULL, "pdhd %s knows no method \"%s\"", PDH_VERSION, word);
	if (near)
		err_hint(&c->err, "did you mean \"%s\"?", near);
	return code;
}

/* A caller of a higher level may use a parameter that this daemon has never heard of. */
static int read_params(struct call *c)
{
	c->params = arena_alloc(&c->rpc->arena, c->method->params->size);
	int r = codec_read_params(c->method->params, c->request.params, &c->rpc->arena,
				  c->params, &c->err);
	if (r == -PDH_USAGE && c->level)
		c->err.code = r = -PDH_INCOMPATIBLE;
	return r;
}

static int prepare(struct call *c, const msgpack_object *o)
{
	int r = wire_read_request(o, &c->request, &c->err);

	if (r < 0)
		return r;
	r = read_reserved(c);
	if (r < 0)
		return r;
	c->method = api_find(c->request.method, c->request.method_len);
	if (!c->method)
		return no_such_method(c);
	if (c->dry_run && c->method->access != ACCESS_WRITE)
		return err_set(&c->err, -PDH_USAGE, "dry_run",
			       "is for methods that write");
	return read_params(c);
}

/* What every call of the domain works with; time is the caller's to add. */
static struct work work_of(struct rpc *rpc)
{
	return (struct work){
		.db = rpc->db,
		.arena = &rpc->arena,
		.packs = rpc->packs,
		.pins = &rpc->pins,
		.ledgers = &rpc->ledgers,
		.daemon = &rpc->daemon,
		.who = rpc->who,
		.undoes = INT_NONE,
	};
}

int rpc_ready(struct rpc *rpc, struct err *e)
{
	int r = db_look(rpc->db, e);

	if (r <= 0)
		return r;
	ledgers_done(&rpc->ledgers);
	pins_done(&rpc->pins);
	rpc->replan = true;
	rpc->daemon.wrote = rpc->daemon.news = true;
	return 0;
}

struct work rpc_work(struct rpc *rpc)
{
	struct work w = work_of(rpc);

	w.now = clock_now();
	w.today = clock_day_of(w.now);
	return w;
}

void rpc_work_done(struct rpc *rpc)
{
	arena_reset(&rpc->arena);
	pins_trim(&rpc->pins);
}

static int run(struct call *c)
{
	struct change_recorder *recorder = c->work.recorder;

	c->work = work_of(c->rpc);
	c->work.recorder = recorder;
	c->work.dry_run = c->dry_run;
	if (c->method->access != ACCESS_CONTROL) {
		c->work.now = clock_now();
		c->work.today = clock_day_of(c->work.now);
	}
	c->result = arena_alloc(&c->rpc->arena, c->method->result->size);
	shape_none(c->method->result, c->result);
	return runs[c->method - api_methods](&c->work, c->params, c->result, &c->err);
}

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

/* Appends the reply, or nothing when it passes what one reply may hold. */
static int write_result(struct call *c, struct buf *out)
{
	struct reply to = {out, WIRE_REPLY_MAX, false};
	size_t before = out->len;
	msgpack_packer pk;

	msgpack_packer_init(&pk, &to, reply_write);
	wire_pack_response(&pk, c->request.id);
	msgpack_pack_nil(&pk);
	codec_write_record(&pk, c->method->result, c->result);
	if (!to.full)
		return 0;
	out->len = before;
	return err_set(&c->err, -PDH_TOO_LARGE, "limit",
		       "the answer is too large; ask for fewer at a time");
}

/* What comes due from now on is told, what was set so that it was due already is not. */
static void note_write(struct call *c)
{
	c->rpc->replan = true;
	c->rpc->urgent |= c->rpc->daemon.deliver;
	if (!c->rpc->daemon.deliver && !c->rpc->missed &&
	    c->arrived > c->rpc->daemon.limit)
		c->rpc->daemon.limit = c->arrived;
	c->rpc->daemon.deliver = false;
}

/* Stores the change beside the data and makes both durable, or neither. */
static int commit(struct call *c)
{
	struct change_note note = {
		.at = c->work.now,
		.who = c->work.who,
		.method = c->method->name,
		.what = c->work.what ? c->work.what : c->method->name,
		.undoes = c->work.undoes,
	};
	bool right = ledgers_are_right(&c->work);
	int r = change_store(c->work.recorder, &note, &c->err);

	if (r == 0)
		r = events_note(&c->work, &c->err);
	if (right)
		ledgers_stay(&c->work);

	change_end(c->work.recorder);
	c->work.recorder = NULL;
	if (r == 0)
		r = db_commit(c->rpc->db, &c->err);
	if (r == 0) {
		c->rpc->daemon.wrote = true;
		note_write(c);
		ledgers_settle(&c->rpc->ledgers, true);
	}
	return r;
}

static int run_write(struct call *c, struct buf *out)
{
	size_t before = out->len;
	int r = db_begin(c->rpc->db, &c->err);

	if (r < 0)
		return r;
	r = change_begin(c->rpc->db, &c->work.recorder, &c->err);
	if (r == 0)
		r = run(c);
	if (r == 0)
		r = write_result(c, out);
	if (r == 0 && !c->dry_run)
		r = commit(c);
	change_end(c->work.recorder);
	if (db_in_transaction(c->rpc->db))
		db_rollback(c->rpc->db);
	ledgers_settle(&c->rpc->ledgers, false);
	if (r < 0)
		out->len = before;
	return r;
}

/* The daemon tells about itself whatever has become of its database. */
static int ready(struct call *c)
{
	bool tells = c->method->access == ACCESS_CONTROL ||
		     c->method == &api_methods[METHOD_daemon_check];
	int r = rpc_ready(c->rpc, &c->err);

	return tells ? 0 : r;
}

static int answer(struct call *c, const msgpack_object *o, struct buf *out)
{
	int r = prepare(c, o);

	if (r == 0)
		r = ready(c);
	if (r < 0)
		return r;
	if (c->method->access == ACCESS_WRITE)
		return run_write(c, out);
	r = run(c);
	return r < 0 ? r : write_result(c, out);
}

/* What has come due is taken first, so that what a request changes is told from it. */
static int64_t look_first(struct rpc *rpc)
{
	int64_t now = clock_now();
	struct err e;

	if (rpc_remind_is_due(rpc, now) && rpc_remind_look(rpc, &e) < 0)
		log_warn("reminders: %s", e.message);
	return now;
}

void rpc_dispatch(struct rpc *rpc, const char *frame, size_t n, struct buf *out)
{
	struct call c = {.rpc = rpc,
			 .request.type = WIRE_REQUEST,
			 .arrived = rpc->delivers ? look_first(rpc) : INT64_MIN};
	size_t before = out->len, off = 0;
	msgpack_unpacked u;
	int r;

	msgpack_unpacked_init(&u);
	if (msgpack_unpack_next(&u, frame, n, &off) != MSGPACK_UNPACK_SUCCESS)
		r = err_set(&c.err, -PDH_BAD_FRAME, NULL, "not a msgpack-RPC message");
	else
		r = answer(&c, &u.data, out);
	rpc->daemon.requests++;
	if (r < 0)
		write_error(out, c.request.id, &c.err, c.level);
	if (c.request.type == WIRE_NOTIFICATION)
		out->len = before;
	msgpack_unpacked_destroy(&u);
	rpc_work_done(rpc);
}

void rpc_refuse(struct buf *out, int code, const char *message)
{
	struct err e;

	err_set(&e, code, NULL, "%s", message);
	write_error(out, 0, &e, 0);
}

int rpc_run(struct rpc *rpc, rpc_fn fn, void *arg, struct err *e)
{
	struct work w = rpc_work(rpc);
	int r = rpc_ready(rpc, e);

	if (r == 0)
		r = db_begin(rpc->db, e);
	if (r < 0)
		return r;
	bool right = ledgers_are_right(&w);
	r = fn(&w, arg, e);
	if (r == 0 && right)
		ledgers_stay(&w);
	if (r == 0)
		r = db_commit(rpc->db, e);
	if (db_in_transaction(rpc->db))
		db_rollback(rpc->db);
	ledgers_settle(&rpc->ledgers, r == 0);
	rpc->daemon.news |= r == 0;
	rpc_work_done(rpc);
	return r;
}

int rpc_prompt(struct rpc *rpc, civil_day today, char out[RPC_PROMPT_SIZE], struct err *e)
{
	struct work w = rpc_work(rpc);
	struct status status;
	bool told = true;

	w.today = today;
	int r = rpc_ready(rpc, e);
	if (r == 0)
		r = prompt_status(&w, &status, e);
	if (r == 0)
		r = event_states_told(&w, &status, &told, e);
	if (r == 0)
		(void)snprintf(out, RPC_PROMPT_SIZE, "%s",
			       status.prompt ? status.prompt : "");
	rpc->daemon.states |= !told;
	rpc_work_done(rpc);
	return r;
}

int rpc_fold(struct rpc *rpc, struct err *e)
{
	int r = rpc_ready(rpc, e);

	return r < 0 ? r : db_fold(rpc->db, e);
}

bool rpc_is_folded(const struct rpc *rpc)
{
	return db_is_folded(rpc->db);
}

void rpc_reload(struct rpc *rpc)
{
	pack_library_reload(rpc->packs);
}

void rpc_free(struct rpc *rpc)
{
	pins_done(&rpc->pins);
	ledgers_done(&rpc->ledgers);
	arena_done(&rpc->arena);
}
