#include "client/net/call.h"

#include "common/clock.h"
#include "common/digest.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	/* a daemon that was just started and has broken off has ended by then */
	ENDING_MS = 500,
	READING_MS = 10000,  /* for a process of one's own; --timeout is for a daemon */
	PATIENCE_MS = 30000, /* behind a long write of another client */
	AGAIN_MS = 50
};

static struct arena *answers_of(const struct call *c)
{
	return c->page ? c->page : c->arena;
}

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

static void identify(struct call *c, const struct method *m, const void *params)
{
	uint64_t digest = codec_digest_given(m->params, params);

	digest = digest_add(digest, m->name, strlen(m->name));
	once_begin(&c->once,
		   digest_add(digest, c->find.database, strlen(c->find.database)),
		   c->arena);
}

static int pack(struct call *c, const struct method *m, const void *params, bool dry_run,
		struct request *rq, struct err *e)
{
	int64_t now = clock_now();
	const struct codec_caller caller = {
		.dry_run = dry_run,
		.level = PDH_API_LEVEL,
		.database = c->find.meant,
		.today = clock_day_of(now),
		.zone = clock_zone(now),
		.once = c->once.key[0] ? c->once.key : NULL,
		.progress = m->access == ACCESS_WRITE && !c->plain,
	};
	struct wire_scanner scanner = {0};
	msgpack_packer pk;
	size_t size;

	rq->bytes.max = WIRE_FRAME_MAX;
	msgpack_packer_init(&pk, rq, request_write);
	wire_pack_request(&pk, ++c->id, m->name);
	codec_write_params(&pk, m->params, params, &caller);
	if (!rq->full && wire_scan(&scanner, &wire_request_limits, rq->bytes.data,
				   rq->bytes.len, &size) == WIRE_DONE)
		return 0;
	return err_set(e, -PDH_TOO_LARGE, NULL,
		       rq->full
			       ? "that is more than one request may hold: 1 MiB"
			       : "that is more than one request may hold: 65,536 values");
}

/* ---- attempts ----------------------------------------------------------------------------------- */

static int say_nobody(struct call *c, struct err *e)
{
	c->nobody = true;
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

/* 0; 1 when nobody listens at any of the addresses, or daemons of other records; or negative. */
static int connect_any(struct call *c, struct err *e)
{
	const char *path;

	while ((path = find_place(&c->find))) {
		c->peer.path = path;
		int r = peer_connect(&c->peer, e);
		if (r <= 0)
			return r;
		/* Where a daemon was once, anybody may be today. */
		if (r == 2 && !find_is_hint(&c->find, path)) {
			c->foreign = true;
			return e->code;
		}
		find_pass(&c->find, path, FIND_NOBODY);
	}
	return 1;
}

/* A daemon whose socket was swept away binds anew within 100 ms, and its subscribers stay. */
static int connect_patiently(struct call *c, struct err *e)
{
	enum { TURNS = 30, TURN_MS = 10 };
	int r = connect_any(c, e);
	struct pollfd holder = {.fd = r == 1 ? find_open_holder(&c->find, c->arena) : -1,
				.events = POLLIN};

	if (holder.fd < 0)
		return r;
	for (int i = 0; r == 1 && i < TURNS && poll(&holder, 1, TURN_MS) == 0; i++) {
		find_again(&c->find, c->arena);
		r = connect_any(c, e);
	}
	close(holder.fd);
	return r;
}

static int spawn(struct call *c, struct err *e)
{
	spawn_done(&c->spawned);
	int r = spawn_daemon(c->peer.path, c->arena, &c->spawned, e);
	if (r < 0)
		return r;
	wait_for_start(c);
	r = peer_connect(&c->peer, e);
	if (r == 1 && spawn_failed(&c->spawned, ENDING_MS, c->arena, e) < 0)
		return e->code;
	return r == 1 ? say_nobody(c, e) : r > 1 ? e->code : r;
}

static int connect_or_spawn(struct call *c, struct err *e)
{
	int r = c->peer.fd >= 0 ? 0 : connect_patiently(c, e);

	if (r <= 0)
		return r;
	const char *free = find_free(&c->find);
	if (!free) {
		*e = c->other;
		return e->code;
	}
	c->peer.path = free;
	return c->may_spawn ? spawn(c, e) : say_nobody(c, e);
}

/* A long write of another client is in the way. */
static bool is_barred(const struct err *e)
{
	return e->code == -PDH_BUSY && strcmp(e->field, "running") == 0;
}

/* The time limit holds for each time that the daemon says how far it is. */
static enum attempt receive(struct call *c, const struct method *m, size_t *size,
			    struct err *e)
{
	const char *about = c->about ? c->about : m->verb;
	enum attempt a;
	int done;

	while ((a = peer_receive(&c->peer, size, e)) == ATTEMPT_ANSWERED &&
	       answer_is_progress(&c->peer.in, *size, &done)) {
		if (c->peer.slow)
			c->peer.slow(c);
		progress_tell(&c->progress, "%.40s: %d %% ", about, done / 10);
	}
	return a;
}

static enum attempt try_once(struct call *c, const struct request *rq, struct answer *ret,
			     struct err *e)
{
	size_t size = 0;

	c->unsure = c->heard = false;
	if (connect_or_spawn(c, e) < 0 || peer_send(&c->peer, &rq->bytes, e) < 0)
		return ATTEMPT_FAILED;
	c->unsure = true;
	enum attempt a = receive(c, ret->method, &size, e);
	bool answered = a == ATTEMPT_ANSWERED;
	c->answered |= answered;
	if (a == ATTEMPT_ANSWERED &&
	    answer_read(&c->peer.in, size, c->id, answers_of(c), ret, e) < 0)
		a = ATTEMPT_FAILED;
	/* An answer that cannot be read is one to something that was done. */
	if (a == ATTEMPT_ANSWERED || a == ATTEMPT_UNREAD ||
	    (a == ATTEMPT_FAILED && e->code != -PDH_UNREACHABLE &&
	     e->code != -PDH_BAD_FRAME))
		c->unsure = false;
	c->heard = answered && !c->unsure && (a != ATTEMPT_FAILED || !is_barred(e));
	return a;
}

/* The daemon keeps other records than the ones that are meant. */
static bool is_other(const struct err *e)
{
	return e->code == -PDH_REFUSED && strcmp(e->field, "database") == 0;
}

static enum attempt try_places(struct call *c, const struct request *rq,
			       struct answer *ret, struct err *e)
{
	enum attempt a = try_once(c, rq, ret, e);

	/* Each turn crosses out one address, or ends in the error that there is none left. */
	for (int i = 0; i < FIND_MOST && a == ATTEMPT_FAILED && is_other(e); i++) {
		c->other = *e;
		find_pass(&c->find, c->peer.path, FIND_OTHER);
		peer_disconnect(&c->peer);
		a = try_once(c, rq, ret, e);
	}
	return a;
}

/* The daemon that was started may have a reason; else it was ended in between. */
static void say_broken(struct call *c, struct err *e)
{
	if (spawn_failed(&c->spawned, ENDING_MS, c->arena, e) < 0)
		return;
	err_set(e, -PDH_UNREACHABLE, NULL,
		"the daemon at %.300s ended before it answered", c->peer.path);
	err_hint(e, "try again; pdh doctor looks for the reason");
}

/* Looks for a daemon anew after a connection broke: 0; or negative, when the one that was started could not be and no
 * other has these records. */
static int look_again(struct call *c, struct err *e)
{
	peer_disconnect(&c->peer);
	if (spawn_failed(&c->spawned, ENDING_MS, c->arena, e) == 0)
		find_again(&c->find, c->arena);
	else if (c->spawned.refused)
		find_follow(&c->find, c->arena);
	else if (c->spawned.killed)
		find_again(&c->find, c->arena);
	else
		return e->code;
	return 0;
}

/* Again while a daemon was ending when the request came, or was ended: a killed one may let another in before its socket
 * is gone. What was sent whole may have been done, unless a later try hears what became of it. */
static enum attempt try_again(struct call *c, const struct request *rq,
			      struct answer *ret, struct err *e)
{
	enum { TRIES = 4 };
	enum attempt a = ATTEMPT_UNREAD;
	bool unsure = false;

	for (int i = 0; i < TRIES && (a == ATTEMPT_UNREAD || a == ATTEMPT_CUT); i++) {
		a = i > 0 && look_again(c, e) < 0 ? ATTEMPT_FAILED
						  : try_places(c, rq, ret, e);
		unsure |= c->unsure;
	}
	if (a == ATTEMPT_UNREAD || a == ATTEMPT_CUT) {
		say_broken(c, e);
		a = ATTEMPT_FAILED;
	}
	c->unsure = unsure && !c->heard;
	return a;
}

/* ---- without a daemon --------------------------------------------------------------------------- */

/* Whether the request may be answered from the database: no daemon can be reached, and the person wants no certain one
 * and has not said that none shall be started. */
static bool may_read(const struct call *c, const struct method *m, const struct err *e)
{
	return c->may_read && c->may_spawn && m->access == ACCESS_READ && !c->answered &&
	       !c->foreign && !c->find.sockets.named &&
	       (e->code == -PDH_UNREACHABLE || e->code == -PDH_STORAGE);
}

static int read_database(struct call *c, const struct request *rq, struct answer *ret,
			 struct err *e)
{
	struct err why = *e;

	peer_disconnect(&c->peer);
	c->peer.path = c->find.database;
	if (c->peer.timeout_ms < READING_MS)
		c->peer.timeout_ms = READING_MS;
	c->peer.fd = spawn_reader(c->arena);
	if (c->peer.fd >= 0 && try_once(c, rq, ret, e) == ATTEMPT_ANSWERED)
		e->code = 0;
	if (!c->answered) {
		peer_disconnect(&c->peer);
		*e = why;
		return e->code;
	}
	c->read_only = true;
	c->why = why;
	return e->code;
}

/* A daemon that cannot even be started is one that cannot be reached. */
static int say_not_started(const struct call *c, struct err *e)
{
	if (e->code == -PDH_STORAGE && !c->answered && !c->find.sockets.named)
		e->code = -PDH_UNREACHABLE;
	return e->code;
}

static int call_packed(struct call *c, const struct request *rq, struct answer *ret,
		       struct err *e)
{
	int r = try_again(c, rq, ret, e) == ATTEMPT_FAILED ? e->code : 0;

	if (r < 0 && may_read(c, ret->method, e))
		r = read_database(c, rq, ret, e);
	return r < 0 ? say_not_started(c, e) : r;
}

/* Waits for a long write of another client to end. */
static int call_patiently(struct call *c, const struct request *rq, struct answer *ret,
			  struct err *e)
{
	int most = c->peer.timeout_ms == TIMEOUT_MS ? PATIENCE_MS : c->peer.timeout_ms;
	bool unsure = false;
	int r;

	for (;;) {
		r = call_packed(c, rq, ret, e);
		unsure = (unsure || c->unsure) && !c->heard;
		if (r == 0 || !is_barred(e) || progress_age(&c->progress) >= most)
			break;
		progress_tell(&c->progress, "%.70s ", e->message);
		(void)poll(NULL, 0, AGAIN_MS);
	}
	c->unsure = unsure;
	return r;
}

/* The parameter that the daemon has not heard of: it checks names, and this client sends those of its own table, so that
 * the daemon is an older build. NULL: something else is wrong. */
static const char *unknown_parameter(const struct err *e)
{
	return e->code == -PDH_USAGE && e->field[0] &&
			       strstr(e->message, " has no parameter \"")
		       ? e->field
		       : NULL;
}

static int explain_older(const struct method *m, struct err *e)
{
	const char *name = unknown_parameter(e);

	if (!name)
		return e->code;
	char word[sizeof(e->field)];
	snprintf(word, sizeof(word), "%s", name);
	err_set(e, -PDH_INCOMPATIBLE, word,
		"the running pdhd is older than this pdh: %.60s does not know \"%.60s\" "
		"there yet; nothing was changed",
		m->name, word);
	return err_hint(e,
			"pdh daemon stop; the next command starts the one of this pdh");
}

static int send_packed(struct call *c, const struct method *m, const void *params,
		       bool dry_run, struct answer *ret, struct err *e)
{
	struct request rq = {0};
	int r = pack(c, m, params, dry_run, &rq, e);

	if (r == 0)
		r = call_patiently(c, &rq, ret, e);
	buf_done(&rq.bytes);
	return r;
}

/* Without what only newer daemons know, where this one does not: how far a write is is told by nobody then. */
static int send_either(struct call *c, const struct method *m, const void *params,
		       bool dry_run, struct answer *ret, struct err *e)
{
	int r = send_packed(c, m, params, dry_run, ret, e);
	const char *unknown = r < 0 ? unknown_parameter(e) : NULL;

	if (unknown && !c->plain && strcmp(unknown, "progress") == 0) {
		c->plain = true;
		r = send_packed(c, m, params, dry_run, ret, e);
	}
	return r < 0 ? explain_older(m, e) : r;
}

/* What may have happened is not told as failed. */
static void say_unsure(const struct call *c, struct err *e)
{
	bool remembered = c->once.file && c->once.key[0];

	err_reword(e, "%.400s; it may be stored", e->message);
	err_hint(e, "pdh history shows it%s; to end a daemon that hangs: pdh daemon stop",
		 remembered ? "; the same command again, within ten minutes, is not done "
			      "twice"
			    : "");
}

static void remember(void *call)
{
	struct call *c = call;

	if (c->remembered)
		return;
	c->remembered = true;
	once_remember(&c->once);
}

/* A write that did not arrive, or failed with a reason, is over. One that a failing disk may have taken is not. */
static void settle(struct call *c, bool writes, int r, struct err *e)
{
	if (!writes)
		return;
	if (r < 0 && c->unsure)
		say_unsure(c, e);
	if (r < 0 && (c->unsure || e->code == -PDH_STORAGE))
		once_remember(&c->once);
	else if (r >= 0 || (e->code != -PDH_UNREACHABLE && e->code != -PDH_BUSY))
		once_forget(&c->once);
}

int call_method(struct call *c, const struct method *m, const void *params, bool dry_run,
		struct answer *ret, struct err *e)
{
	struct answer ans = {.method = m,
			     .record = arena_alloc(answers_of(c), m->result->size)};
	bool writes = m->access == ACCESS_WRITE && !dry_run;

	if (c->read_only && m->access != ACCESS_READ) {
		*e = c->why;
		return say_not_started(c, e);
	}
	c->nobody = c->answered = c->foreign = false;
	msgpack_unpacked_init(&ans.zone);
	c->once = (struct once){0};
	c->remembered = false;
	progress_begin(&c->progress);
	if (writes)
		identify(c, m, params);
	c->peer.slow = writes ? remember : NULL;
	c->peer.slow_data = c;
	int r = send_either(c, m, params, dry_run, &ans, e);
	progress_end(&c->progress);
	settle(c, writes, r, e);
	/* What is left of an answer must not be taken for the next one. */
	if (r == -PDH_UNREACHABLE || r == -PDH_BAD_FRAME)
		peer_disconnect(&c->peer);
	if (r < 0)
		answer_done(&ans);
	else
		*ret = ans;
	return r;
}

/* ---- its life ------------------------------------------------------------------------------------ */

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
	int r = find_init(&call.find, a, e);

	if (r < 0)
		return r;
	call.peer.path = find_place(&call.find);
	*c = call;
	return 0;
}

void call_done(struct call *c)
{
	peer_done(&c->peer);
	spawn_done(&c->spawned);
}
