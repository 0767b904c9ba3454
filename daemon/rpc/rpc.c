#include "daemon/rpc/rpc.h"

#include "common/clock.h"
#include "daemon/method.h"
#include "daemon/pack/pack.h"
#include "daemon/rpc/call.h"

#include <stdio.h>
#include <string.h>

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
	const char *near = api_nearest(word, names, METHOD_COUNT);
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
	if (c->rpc->runs && call_is_barred(c))
		return c->err.code;
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
		.uploads = rpc->read_only ? NULL : &rpc->uploads,
		.imports = rpc->read_only ? NULL : &rpc->imports,
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
	w.steady = clock_steady();
	w.today = clock_day_of(w.now);
	uploads_expire(&rpc->uploads, w.now);
	return w;
}

void rpc_work_done(struct rpc *rpc, const struct work *w)
{
	rpc->next |= w->next;
	arena_reset(&rpc->arena);
	import_plan_expire(&rpc->imports, &rpc->uploads);
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

int call_run(struct call *c)
{
	c->work.dry_run = c->caller.dry_run;
	c->work.now = clock_now();
	c->work.steady = clock_steady();
	if (c->method->access != ACCESS_CONTROL) {
		c->work.today = day_of(c);
		c->work.zone = c->caller.today == DATE_NONE ? INT_NONE : c->caller.zone;
	}
	c->result = arena_alloc(&c->rpc->arena, c->method->result->size);
	shape_none(c->method->result, c->result);
	return runs[c->method - api_methods](&c->work, c->params, c->result, &c->err);
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
	if (c->method->access == ACCESS_WRITE)
		return call_write(c, out);
	/* What another thread commits comes before all of the answer, or after it. */
	if (c->rpc->runs && (r = db_hold(c->rpc->db, &c->err)) < 0)
		return r;
	r = call_run(c);
	if (c->rpc->runs)
		db_let_go(c->rpc->db);
	return r < 0 ? r : call_reply(c, out, &at);
}

unsigned rpc_dispatch(struct rpc *rpc, const char *frame, size_t n, struct buf *out)
{
	struct call c = {.rpc = rpc,
			 .work = work_of(rpc),
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
		call_reply_error(out, c.request.id, &c.err, c.level);
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
	call_reply_error(out, 0, &e, 0);
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
	uploads_done(&rpc->uploads);
	import_plan_done(&rpc->imports);
	arena_done(&rpc->arena);
	rpc_forget_untold(rpc);
	rpc_later_forget(rpc);
}
