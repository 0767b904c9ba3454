#include "client/verbs/watch.h"

#include "client/cli/blame.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

struct watching {
	struct call *call;
	int64_t seq; /* the last event that was handed on; whoever goes on begins here */
	watch_fn fn;
	void *data;
	struct err *e;
};

static int subscribe(struct watching *w, const struct watch_params *p)
{
	const struct method *m = &api_methods[METHOD_events_subscribe];
	const struct events_subscribe_params params = {.since_seq = p->since_seq,
						       .event = p->event};
	struct answer ans;
	int r = call_method(w->call, m, &params, false, &ans, w->e);

	if (r < 0) {
		blame_daemon(w->e, &api_methods[METHOD_watch]);
		return r;
	}
	w->seq = ((const struct subscribed *)ans.record)->since_seq;
	answer_done(&ans);
	return 0;
}

static int say_ended(struct watching *w)
{
	return err_set(
		w->e, -PDH_UNREACHABLE, NULL,
		"the daemon at %.300s has ended; continue with pdh watch --since-seq "
		"%lld",
		w->call->peer.path, (long long)w->seq);
}

/* Waits for the daemon. False once nobody reads what is printed: there may be no event for days to find that out by. */
static bool wait_for_more(const struct watching *w)
{
	struct pollfd p[] = {{.fd = w->call->peer.fd, .events = POLLIN},
			     {.fd = STDOUT_FILENO}};
	int r;

	if (w->call->peer.in.len)
		return true;
	do {
		r = poll(p, 2, -1);
	} while (r < 0 && errno == EINTR);
	return p[0].revents || !(p[1].revents & POLLERR);
}

static bool is_named(const struct wire_request *rq, const char *name)
{
	return rq->method_len == strlen(name) &&
	       memcmp(rq->method, name, rq->method_len) == 0;
}

static int hand_on(struct watching *w, const msgpack_object *map, struct answer *ans,
		   struct arena *a)
{
	struct event *event = arena_alloc(a, sizeof(*event));

	ans->method = &api_methods[METHOD_watch];
	ans->record = event;
	ans->raw = map;
	int r = codec_read_record(&shape_event, map, a, event, w->e);
	if (r == 0)
		r = w->fn(w->data, ans, a, w->e);
	if (r >= 0)
		w->seq = event->seq;
	return r;
}

/* A notification of another name comes from a newer daemon. */
static int take(struct watching *w, const struct wire_request *rq, struct answer *ans,
		struct arena *a)
{
	int level;

	if (rq->type != WIRE_NOTIFICATION || !rq->params)
		return err_set(w->e, -PDH_BAD_FRAME, NULL,
			       "the daemon sent something that is not a notification");
	if (is_named(rq, "event"))
		return hand_on(w, rq->params, ans, a);
	if (!is_named(rq, "error"))
		return 0;
	wire_read_error(rq->params, w->e, &level);
	if (w->e->code == -PDH_BUSY)
		err_hint(w->e, "continue with pdh watch --since-seq %lld",
			 (long long)w->seq);
	else
		blame_daemon(w->e, &api_methods[METHOD_watch]);
	return w->e->code;
}

static int take_frame(struct watching *w, size_t size, struct arena *a)
{
	struct buf *in = &w->call->peer.in;
	const char *frame = arena_dup_n(a, in->data, size);
	struct answer ans = {0};
	struct wire_request rq;
	size_t off = 0;

	buf_consume(in, size);
	msgpack_unpacked_init(&ans.zone);
	if (msgpack_unpack_next(&ans.zone, frame, size, &off) != MSGPACK_UNPACK_SUCCESS)
		return err_set(w->e, -PDH_BAD_FRAME, NULL,
			       "what the daemon sent is not msgpack");
	int r = wire_read_request(&ans.zone.data, &rq, w->e);
	if (r == 0)
		r = take(w, &rq, &ans, a);
	answer_done(&ans);
	return r;
}

int watch(struct call *c, const struct watch_params *p, watch_fn fn, void *data,
	  struct err *e)
{
	struct watching w = {.call = c, .fn = fn, .data = data, .e = e};
	AUTO_ARENA a = {0};
	size_t size;

	int r = subscribe(&w, p);
	c->peer.timeout_ms = INT_MAX;
	while (r == 0) {
		if (!wait_for_more(&w))
			return 0;
		enum attempt got = peer_receive(&c->peer, &size, e);
		if (got == ATTEMPT_FAILED)
			return e->code;
		if (got != ATTEMPT_ANSWERED)
			return say_ended(&w);
		r = take_frame(&w, size, &a);
		arena_reset(&a);
	}
	return r < 0 ? r : 0;
}
