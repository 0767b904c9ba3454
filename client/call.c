#include "client/call.h"

#include "common/paths.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

enum {
	ENDING_MS = 500
}; /* a daemon that was just started and has broken off has ended by then */

/* ---- requests ----------------------------------------------------------------------------------- */

/* A packer goes on after a refusal, so a refusal must stay. */
struct request {
	struct buf bytes;
	bool full;
};

static int request_write(void *data, const char *bytes, size_t n)
{
	struct request *rq = data;

	rq->full = rq->full || buf_write(&rq->bytes, bytes, n) < 0;
	return rq->full ? -1 : 0;
}

static int pack(struct call *c, const struct method *m, const void *params, bool dry_run,
		struct request *rq, struct err *e)
{
	struct wire_scanner scanner = {0};
	msgpack_packer pk;
	size_t size;

	rq->bytes.max = WIRE_FRAME_MAX;
	msgpack_packer_init(&pk, rq, request_write);
	wire_pack_request(&pk, ++c->id, m->name);
	codec_write_params(&pk, m->params, params, dry_run);
	if (!rq->full && wire_scan(&scanner, &wire_request_limits, rq->bytes.data,
				   rq->bytes.len, &size) == WIRE_DONE)
		return 0;
	err_set(e, -PDH_TOO_LARGE, NULL,
		"that is more than one request may hold: 1 MiB, about 4,000 activities");
	return err_hint(e, "split it");
}

/* ---- answers ------------------------------------------------------------------------------------ */

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

static int read_answer(struct call *c, size_t size, struct answer *ret, struct err *e)
{
	const char *frame = arena_dup_n(c->arena, c->peer.in.data, size);
	struct wire_response response;
	size_t off = 0;
	int level;

	buf_consume(&c->peer.in, size);
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
	if (response.id != c->id || !response.result)
		return err_set(e, -PDH_BAD_FRAME, NULL,
			       "the daemon answered another question");
	ret->raw = response.result;
	return codec_read_record(ret->method->result, response.result, c->arena,
				 ret->record, e);
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
	msgpack_unpacked_destroy(&ans->zone);
	ans->raw = NULL;
}

/* ---- attempts ----------------------------------------------------------------------------------- */

static int say_nobody(const struct call *c, struct err *e)
{
	err_set(e, -PDH_UNREACHABLE, NULL, "no daemon answers at %.300s", c->peer.path);
	return err_hint(e,
			"start it with: systemctl --user start pdhd.socket, or pdhd &");
}

/* A start may have to bring a large record into a newer form first. One that fails is noticed at once, however long the
 * wait. */
static void wait_for_start(struct call *c)
{
	enum { START_MS = 60000 };

	if (c->peer.timeout_ms == TIMEOUT_MS)
		c->peer.timeout_ms = START_MS;
}

static int connect_or_spawn(struct call *c, struct err *e)
{
	int r = c->peer.fd >= 0 ? 0 : peer_connect(&c->peer, e);

	if (r <= 0)
		return r;
	if (!c->may_spawn)
		return say_nobody(c, e);
	spawn_done(&c->spawned);
	r = spawn_daemon(c->peer.path, c->arena, &c->spawned, e);
	if (r < 0)
		return r;
	wait_for_start(c);
	r = peer_connect(&c->peer, e);
	if (r > 0 && spawn_failed(&c->spawned, ENDING_MS, c->arena, e) < 0)
		return e->code;
	return r > 0 ? say_nobody(c, e) : r;
}

static enum attempt try_once(struct call *c, const struct request *rq, struct answer *ret,
			     struct err *e)
{
	size_t size = 0;

	if (connect_or_spawn(c, e) < 0 || peer_send(&c->peer, &rq->bytes, e) < 0)
		return ATTEMPT_FAILED;
	enum attempt a = peer_receive(&c->peer, &size, e);
	if (a == ATTEMPT_ANSWERED && read_answer(c, size, ret, e) < 0)
		return ATTEMPT_FAILED;
	return a;
}

/* The daemon that was started may have a reason; else it was ended in between. */
static void say_broken(struct call *c, const struct method *m, enum attempt a,
		       struct err *e)
{
	if (spawn_failed(&c->spawned, ENDING_MS, c->arena, e) < 0)
		return;
	err_set(e, -PDH_UNREACHABLE, NULL,
		"the daemon at %.300s ended before it answered", c->peer.path);
	if (a == ATTEMPT_CUT && m->access == ACCESS_WRITE)
		err_hint(e, "whether it was stored is not known: pdh history shows it");
	else
		err_hint(e, "try again; pdh doctor looks for the reason");
}

/* Once more where nothing can have happened: the daemon was ending when the request came. */
static enum attempt try_twice(struct call *c, const struct request *rq,
			      struct answer *ret, struct err *e)
{
	const struct method *m = ret->method;
	enum attempt a = try_once(c, rq, ret, e);

	if (a == ATTEMPT_UNREAD || (a == ATTEMPT_CUT && m->access != ACCESS_WRITE)) {
		peer_disconnect(&c->peer);
		if (spawn_failed(&c->spawned, ENDING_MS, c->arena, e) < 0)
			return ATTEMPT_FAILED;
		a = try_once(c, rq, ret, e);
	}
	if (a == ATTEMPT_UNREAD || a == ATTEMPT_CUT) {
		say_broken(c, m, a, e);
		a = ATTEMPT_FAILED;
	}
	return a;
}

int call_method(struct call *c, const struct method *m, const void *params, bool dry_run,
		struct answer *ret, struct err *e)
{
	struct answer ans = {.method = m,
			     .record = arena_alloc(c->arena, m->result->size)};
	struct request rq = {0};

	msgpack_unpacked_init(&ans.zone);
	int r = pack(c, m, params, dry_run, &rq, e);
	if (r == 0 && try_twice(c, &rq, &ans, e) == ATTEMPT_FAILED)
		r = e->code;
	/* What is left of an answer must not be taken for the next one. */
	if (r == -PDH_UNREACHABLE || r == -PDH_BAD_FRAME)
		peer_disconnect(&c->peer);
	buf_done(&rq.bytes);
	if (r < 0)
		answer_done(&ans);
	else
		*ret = ans;
	return r;
}

/* ---- the daemon's life -------------------------------------------------------------------------- */

int call_wait_end(const struct call *c, int64_t pid, struct err *e)
{
	int fd = pidfd_open((pid_t)pid, 0);
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int r;

	if (fd < 0)
		return 0;
	do {
		r = poll(&p, 1, c->peer.timeout_ms);
	} while (r < 0 && errno == EINTR);
	close(fd);
	return r > 0 ? 0
		     : err_set(e, -PDH_UNREACHABLE, NULL,
			       "the daemon (process %lld) has not ended yet",
			       (long long)pid);
}

int call_is_alive(struct call *c, struct err *e)
{
	int r = c->peer.fd >= 0 ? 0 : peer_connect(&c->peer, e);

	return r < 0 ? r : r == 0;
}

int call_init(struct call *c, const struct options *o, struct arena *a, struct err *e)
{
	const char *no_spawn = getenv("PDH_NO_SPAWN");
	struct call call = {
		.arena = a,
		.may_spawn = !o->no_spawn &&
			     !(no_spawn && *no_spawn && strcmp(no_spawn, "0") != 0),
		.peer = {.timeout_ms = o->timeout_ms, .fd = -1},
		.spawned = SPAWNED_NONE,
	};
	int r = path_socket(a, &call.peer.path, e);

	if (r == 0)
		*c = call;
	return r;
}

void call_done(struct call *c)
{
	peer_done(&c->peer);
	spawn_done(&c->spawned);
}
