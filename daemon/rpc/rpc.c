#include "daemon/rpc/rpc.h"

#include "common/clock.h"
#include "common/codec.h"
#include "daemon/event/event.h"
#include "daemon/method.h"
#include "daemon/pack/pack.h"
#include "daemon/rpc/once.h"
#include "daemon/store/change.h"

#include <stdio.h>
#include <string.h>

/* One request on its way. */
struct call {
	struct rpc *rpc;
	struct work work;
	struct wire_request request;
	const struct method *method;
	struct codec_caller caller;
	struct rpc_once once;
	int64_t op; /* the number of the change that is stored; INT_NONE: there is none */
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

static void write_error(struct buf *out, uint32_t id, const struct err *e, int level)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, out, buf_write);
	wire_pack_response(&pk, id);
	wire_pack_error(&pk, e, level);
	msgpack_pack_nil(&pk);
}

/* Another database is not silently taken for the one that the caller means. */
static int check_database(struct call *c)
{
	const struct codec_database *meant = &c->caller.database;

	if (!meant->path || db_is(c->rpc->db, meant->path, meant->device, meant->inode))
		return 0;
	err_set(&c->err, -PDH_REFUSED, "database",
		"the daemon that answers keeps %.180s, and %.180s is meant",
		db_path(c->rpc->db), meant->path);
	return err_hint(&c->err,
			"leave out --socket and PDH_SOCKET, or name its database in "
			"PDH_DATABASE");
}

/* The caller's day is right where it is; a day on which it is nowhere would store and judge wrongly. */
static int check_today(struct call *c)
{
	char theirs[DATE_HUMAN_SIZE], ours[DATE_HUMAN_SIZE];
	civil_day today = clock_today();

	if (c->caller.today == DATE_NONE ||
	    (c->caller.today >= today - 1 && c->caller.today <= today + 1))
		return 0;
	date_format_human(c->caller.today, theirs);
	date_format_human(today, ours);
	err_set(&c->err, -PDH_REFUSED, NULL,
		"today is %s here and %s for pdhd: one of the clocks is wrong", theirs,
		ours);
	return err_hint(&c->err, "set it right, then: pdh daemon stop");
}

/* The reserved keys: whether to keep the result, how old the caller is, which day it has and which database it means. */
static int read_reserved(struct call *c)
{
	const struct codec_caller *caller = &c->caller;
	int r = codec_read_caller(c->request.params, &c->rpc->arena, &c->caller, &c->err);

	if (r < 0)
		return r;
	if (caller->level != INT_NONE && caller->level < PDH_API_COMPATIBLE_SINCE) {
		c->level = PDH_API_LEVEL;
		return err_set(&c->err, -PDH_INCOMPATIBLE, NULL,
			       "this pdh is too old for the running pdhd %s: upgrade pdh",
			       PDH_VERSION);
	}
	if (caller->level > PDH_API_LEVEL)
		c->level = PDH_API_LEVEL;
	return check_database(c);
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
	if (c->caller.dry_run && c->method->access != ACCESS_WRITE)
		return err_set(&c->err, -PDH_USAGE, "dry_run",
			       "is for methods that write");
	if (c->rpc->read_only && c->method->access == ACCESS_WRITE)
		return err_set(&c->err, -PDH_STORAGE, NULL,
			       "the database is open for reading alone");
	if (c->method->access == ACCESS_WRITE)
		c->once = rpc_once_of(&c->caller, c->method->name, c->request.params);
	int late = c->method->access == ACCESS_CONTROL ? 0 : check_today(c);
	return late < 0 ? late : read_params(c);
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
		.cursor = &rpc->cursor,
		.late_until = rpc->reminders.late_until,
		.undoes = INT_NONE,
	};
}

struct work rpc_work(struct rpc *rpc)
{
	struct work w = work_of(rpc);

	w.now = clock_now();
	w.today = clock_day_of(w.now);
	return w;
}

void rpc_work_done(struct rpc *rpc, const struct work *w)
{
	rpc->next |= w->next;
	arena_reset(&rpc->arena);
	pins_trim(&rpc->pins);
}

/* Reminders speak by the daemon's own clock, wherever they are asked about from. */
static civil_day day_of(const struct call *c)
{
	static const char *const own[] = {"reminder.", "calendar."};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strncmp(c->method->name, own[i], strlen(own[i])) == 0)
			return clock_day_of(c->work.now);
	return c->caller.today == DATE_NONE ? clock_day_of(c->work.now) : c->caller.today;
}

static int run(struct call *c)
{
	struct change_recorder *recorder = c->work.recorder;

	c->work = work_of(c->rpc);
	c->work.recorder = recorder;
	c->work.dry_run = c->caller.dry_run;
	if (c->method->access != ACCESS_CONTROL) {
		c->work.now = clock_now();
		c->work.today = day_of(c);
		c->work.zone = c->caller.today == DATE_NONE ? INT_NONE : c->caller.zone;
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

/* Appends the reply, or nothing when it passes what one reply may hold. *ret_at is where its result begins. */
static int write_result(struct call *c, struct buf *out, size_t *ret_at)
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

/* A reminder that comes due from now on is sent; one that was due already when this change set it is not. */
static void note_write(struct call *c)
{
	struct rpc_reminders *r = &c->rpc->reminders;

	c->work.next |= NEXT_LINE | NEXT_REMIND;
	if (!(c->work.next & NEXT_SEND) && !r->missed && c->arrived > r->late_until)
		r->late_until = c->arrived;
}

/* Stores the change beside the data and makes both durable, or neither. */
static int commit(struct call *c, const char *answer, size_t n)
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
	change_end(c->work.recorder);
	c->work.recorder = NULL;
	if (r == 0)
		r = rpc_once_keep(c->rpc->db, &c->once, c->work.now, c->op, answer, n,
				  &c->err);
	if (right)
		ledgers_stay(&c->work);
	if (r == 0)
		r = db_commit(c->rpc->db, &c->err);
	if (r == 0) {
		note_write(c);
		ledgers_settle(&c->rpc->ledgers, true);
	}
	return r;
}

/* Puts the number of the change into the answer, where there will be one. A method cannot know that: what it wrote may be
 * what was there before. */
static int name_change(struct call *c)
{
	const struct shape *record = c->method->result;
	const struct field *op = shape_find(record, "op", strlen("op"));
	bool stored;

	int r = change_will_be_stored(c->work.recorder, c->work.undoes, &stored, &c->err);
	if (r == 0 && stored)
		c->op = change_op(c->work.recorder);
	if (r == 0 && stored && op)
		*(int64_t *)field_at(op, c->result) = c->op;
	return r;
}

static int run_write(struct call *c, struct buf *out)
{
	size_t before = out->len, at = 0;
	int r = db_begin(c->rpc->db, &c->err);

	if (r < 0)
		return r;
	r = change_begin(c->rpc->db, &c->work.recorder, &c->err);
	if (r == 0)
		r = run(c);
	if (r == 0 && !c->caller.dry_run)
		r = name_change(c);
	if (r == 0)
		r = write_result(c, out, &at);
	if (r == 0 && !c->caller.dry_run)
		r = commit(c, out->data + at, out->len - at);
	change_end(c->work.recorder);
	if (db_in_transaction(c->rpc->db))
		db_rollback(c->rpc->db);
	ledgers_settle(&c->rpc->ledgers, false);
	if (r < 0)
		out->len = before;
	return r;
}

/* What was done already is answered and not done again. 1: it was. */
static int answer_again(struct call *c, struct buf *out)
{
	const char *answer;
	msgpack_packer pk;
	int64_t op;
	size_t n;

	int r = rpc_once_find(c->rpc->db, &c->once, &c->rpc->arena, &answer, &n, &op,
			      &c->err);
	if (r <= 0)
		return r;
	if (n == 0) {
		err_set(&c->err, -PDH_DUPLICATE, NULL,
			"this was stored already, as change %lld; nothing was stored twice",
			(long long)op);
		return err_hint(&c->err, "pdh history shows it");
	}
	msgpack_packer_init(&pk, out, buf_write);
	wire_pack_response(&pk, c->request.id);
	msgpack_pack_nil(&pk);
	return buf_write(out, answer, n) < 0 ? -PDH_TOO_LARGE : 1;
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
	size_t at;
	int r = prepare(c, o);

	if (r == 0)
		r = ready(c);
	if (r < 0)
		return r;
	if (c->method->access == ACCESS_WRITE) {
		r = answer_again(c, out);
		return r == 0 ? run_write(c, out) : r;
	}
	r = run(c);
	return r < 0 ? r : write_result(c, out, &at);
}

unsigned rpc_dispatch(struct rpc *rpc, const char *frame, size_t n, struct buf *out)
{
	struct call c = {.rpc = rpc,
			 .request.type = WIRE_REQUEST,
			 .op = INT_NONE,
			 .arrived = rpc->reminders.sends ? clock_now() : INT64_MIN};
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
	rpc_work_done(rpc, &c.work);
	return rpc_next(rpc);
}

void rpc_refuse(struct buf *out, int code, const char *message)
{
	struct err e;

	err_set(&e, code, NULL, "%s", message);
	write_error(out, 0, &e, 0);
}

unsigned rpc_next(struct rpc *rpc)
{
	unsigned next = rpc->next;

	rpc->next = 0;
	return next;
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
