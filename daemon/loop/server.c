#include "daemon/loop/server.h"

#include "common/log.h"
#include "common/paths.h"
#include "daemon/loop/notify.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A person notices 100 ms; a turn and one request more leave room below that. */
enum { TURN_NS = 20 * 1000 * 1000, SLICE_NS = 5 * 1000 * 1000 };

static int fail(struct err *e, const char *what, int r)
{
	return err_set(e, -PDH_FAILED, NULL, "cannot %s: %s", what, uv_strerror(r));
}

static void close_handle(void *handle)
{
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

/* The last client is gone while stopping: nothing but our own handles keeps the loop. */
static void close_rest(struct server *s)
{
	if (s->clients.first || s->writer.runs)
		return;
	close_handle(&s->on_term);
	close_handle(&s->on_int);
	close_handle(&s->on_hup);
	close_handle(&s->sweep);
	close_handle(&s->drain);
	close_handle(&s->idle);
	close_handle(&s->watchdog);
	close_handle(&s->fold);
	ticker_stop(&s->ticker);
	courier_stop(&s->courier);
	writer_close(&s->writer);
	close_handle(&s->news);
	close_handle(&s->turn);
}

static void on_drained(uv_timer_t *t)
{
	struct server *s = t->data;

	log_warn("clients did not take their answers in time");
	for (struct conn *c = s->clients.first; c; c = c->next)
		conn_close(c);
}

/* May be called twice. */
static void stop(struct server *s)
{
	struct conn *next;

	if (s->clients.stopping)
		return;
	s->clients.stopping = true;
	notify_stopping();
	door_close(&s->door);
	writer_stop(&s->writer);
	for (struct conn *c = s->clients.first; c; c = next) {
		next = c->next;
		conn_finish(c);
	}
	if (s->clients.first)
		uv_timer_start(&s->drain, on_drained, SERVER_DRAIN_MS, 0);
	else
		close_rest(s);
}

static void watch_idle(struct server *s);

static void reload(struct server *s);

/* The long write is over, and s->rpc may be used again. */
static void on_written(void *owner)
{
	struct server *s = owner;

	if (s->reload)
		reload(s);
	if (s->clients.stopping)
		close_rest(s);
}

static bool on_frame(void *owner, const char *frame, size_t n)
{
	struct server *s = owner;

	return writer_takes(&s->writer, frame, n);
}

static void on_idle(uv_timer_t *t)
{
	struct server *s = t->data;

	if (courier_is_busy(&s->courier) || s->writer.runs) {
		watch_idle(s);
		return;
	}
	log_info("nobody called for %lld s", (long long)s->options->idle_exit);
	stop(s);
}

static void watch_idle(struct server *s)
{
	if (s->options->idle_exit > 0 && !s->clients.first && !s->clients.stopping)
		uv_timer_start(&s->idle, on_idle, (uint64_t)s->options->idle_exit * 1000,
			       0);
}

static void on_closed(void *owner)
{
	struct server *s = owner;

	if (s->clients.stopping)
		close_rest(s);
	watch_idle(s);
}

static void on_sweep(uv_timer_t *t)
{
	struct server *s = t->data;
	uint64_t now = uv_now(&s->loop), patience = (uint64_t)s->options->patience_ms;
	bool pending = false;

	for (struct conn *c = s->clients.first; c; c = c->next) {
		uint64_t since = conn_owes_since(c);
		if (since == CONN_OWES_NOTHING)
			continue;
		if (now - since >= patience)
			conn_give_up(c);
		else
			pending = true;
	}
	if (!pending)
		uv_timer_stop(t);
}

static void on_owes(void *owner)
{
	struct server *s = owner;
	uint64_t patience = (uint64_t)s->options->patience_ms;

	if (!uv_is_active((uv_handle_t *)&s->sweep) && !s->clients.stopping)
		uv_timer_start(&s->sweep, on_sweep, patience, patience / 4);
}

static void on_client(void *data, int fd)
{
	struct server *s = data;

	uv_timer_stop(&s->idle);
	conn_open(&s->clients, fd);
}

/* Clients are served for a while, each for a part of it and the one first that had least; then the loop comes by
 * signals, timers, and what others have sent meanwhile. */
static void on_turn(uv_idle_t *handle)
{
	struct server *s = handle->data;
	uint64_t now = uv_hrtime(), end = now + TURN_NS;
	struct turns_seat *seat = turns_pick(&s->clients.turns);

	while (seat) {
		conn_serve(conn_of_seat(seat), now + SLICE_NS);
		uint64_t after = uv_hrtime();
		turns_charge(seat, after - now);
		now = after;
		seat = now < end ? turns_pick(&s->clients.turns) : NULL;
	}
	if (!s->clients.turns.first && !uv_is_closing((uv_handle_t *)handle))
		uv_idle_stop(handle);
	uv_update_time(&s->loop);
}

static void on_waits(void *owner)
{
	struct server *s = owner;

	if (!uv_is_active((uv_handle_t *)&s->turn))
		uv_idle_start(&s->turn, on_turn);
}

static void on_end_signal(uv_signal_t *handle, int number)
{
	log_info("%s: stopping", strsignal(number));
	stop(handle->data);
}

static void reload(struct server *s)
{
	s->reload = false;
	rpc_reload(s->rpc);
	line_write(&s->line);
	ticker_want(&s->ticker, NEXT_REMIND);
	log_info("rules packs are read anew");
}

static void on_hup(uv_signal_t *handle, int number)
{
	struct server *s = handle->data;

	(void)number;
	notify_reloading();
	if (s->writer.runs)
		s->reload = true;
	else
		reload(s);
	notify_ready();
}

/* Another program that reads is in the way for a while only. */
static void on_fold(uv_timer_t *t)
{
	struct server *s = t->data;
	struct err e;

	if (s->writer.runs)
		uv_timer_start(t, on_fold, (uint64_t)s->options->fold_ms, 0);
	else if (rpc_fold(s->rpc, &e) < 0)
		log_debug("the log is not folded: %s", e.message);
}

/* Not put off by further changes: a row of them would keep the file old. */
static void watch_log(struct server *s)
{
	if (!rpc_is_folded(s->rpc) && !uv_is_active((uv_handle_t *)&s->fold))
		uv_timer_start(&s->fold, on_fold, (uint64_t)s->options->fold_ms, 0);
}

/* What the loop does at once, and what it does before it waits. */
static void note(struct server *s, unsigned next)
{
	s->next |= next;
	s->line.old |= (next & NEXT_LINE) != 0;
	ticker_want(&s->ticker, next);
}

/* Whoever has the answer finds the line for prompts as it should be. */
static void on_answered(void *owner, unsigned next)
{
	struct server *s = owner;

	note(s, next);
	line_look(&s->line);
}

static void on_moved(void *owner, const char *path)
{
	struct server *s = owner;

	s->clients.rpc->daemon.socket = path;
	db_tell(s->rpc->db, started_by_word(s->rpc->daemon.started_by), path);
	line_move(&s->line, path_line(&s->door.arena, path));
}

static void on_lost(void *owner)
{
	stop(owner);
}

static const struct conn_calls client_calls = {on_answered, on_waits, on_owes, on_closed,
					       on_frame};
static const struct door_calls door_calls = {on_client, on_moved, on_lost};

/* Once the answer to whoever changed something is on its way. It wakes nothing: the loop comes by before it waits. */
static void on_news(uv_prepare_t *handle)
{
	struct server *s = handle->data;
	struct err e;

	if (s->clients.stopping)
		return;
	note(s, rpc_next(s->clients.rpc));
	if (!s->writer.runs) {
		if ((s->next & NEXT_STATES) && rpc_events_look(s->rpc, &e) < 0)
			log_warn("the states of credentials: %s", e.message);
		note(s, rpc_next(s->rpc));
		watch_log(s);
	}
	if (s->next & NEXT_EVENTS)
		for (struct conn *c = s->clients.first; c; c = c->next)
			conn_tell(c);
	if (s->next & NEXT_STOP)
		stop(s);
	s->next &= s->writer.runs ? NEXT_STATES : 0;
}

static void on_watchdog(uv_timer_t *t)
{
	(void)t;
	notify_watchdog();
}

static void init_handles(struct server *s)
{
	uv_timer_t *const timers[] = {&s->sweep, &s->drain, &s->idle, &s->watchdog,
				      &s->fold};
	uv_signal_t *const signals[] = {&s->on_term, &s->on_int, &s->on_hup};

	for (size_t i = 0; i < sizeof(timers) / sizeof(timers[0]); i++) {
		uv_timer_init(&s->loop, timers[i]);
		timers[i]->data = s;
	}
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		uv_signal_init(&s->loop, signals[i]);
		signals[i]->data = s;
	}
	line_init(&s->line, s->rpc, s->options->line);
	courier_init(&s->courier, &s->loop, s->rpc);
	wall_open(&s->wall);
	ticker_init(&s->ticker, &s->loop, s->rpc, &s->line, &s->courier, &s->wall);
	writer_init(&s->writer, &s->loop, s->rpc, &s->clients);
	uv_prepare_init(&s->loop, &s->news);
	uv_idle_init(&s->loop, &s->turn);
	s->news.data = s->turn.data = s;
}

static int start(struct server *s, struct err *e)
{
	uint64_t watchdog = notify_watchdog_usec();

	int r = uv_signal_start(&s->on_term, on_end_signal, SIGTERM);
	if (r == 0)
		r = uv_signal_start(&s->on_int, on_end_signal, SIGINT);
	if (r == 0)
		r = uv_signal_start(&s->on_hup, on_hup, SIGHUP);
	if (r == 0)
		r = door_open(&s->door);
	if (r < 0)
		return fail(e, "serve", r);
	/* Twice as often as asked, as sd_watchdog_enabled(3) recommends. */
	if (watchdog)
		uv_timer_start(&s->watchdog, on_watchdog, watchdog / 2000,
			       watchdog / 2000);
	ticker_start(&s->ticker);
	uv_prepare_start(&s->news, on_news);
	watch_idle(s);
	return 0;
}

static void log_handle(uv_handle_t *handle, void *unused)
{
	(void)unused;
	log_err("a handle was left: %s", uv_handle_type_name(handle->type));
}

int server_run(struct rpc *rpc, const struct listener *l, const struct server_options *o,
	       struct err *e)
{
	struct server s = {
		.rpc = rpc,
		.options = o,
		.writer = {.over = on_written, .owner = &s},
		.clients = {.loop = &s.loop,
			    .rpc = rpc,
			    .calls = &client_calls,
			    .owner = &s,
			    .user = getuid()},
		.door = {.calls = &door_calls,
			 .owner = &s,
			 .database = db_path(rpc->db),
			 .socket = *l,
			 .path = o->socket},
	};

	int r = uv_loop_init(&s.loop);
	if (r < 0)
		return fail(e, "make a loop", r);
	s.clients.places = gate_places(o->max_connections);
	init_handles(&s);
	door_init(&s.door, &s.loop);
	r = start(&s, e);
	if (r == 0) {
		notify_ready();
		log_debug("serving on %s", o->socket);
	} else {
		stop(&s);
	}
	uv_run(&s.loop, UV_RUN_DEFAULT);
	door_free(&s.door);
	if (uv_loop_close(&s.loop) != 0) {
		uv_walk(&s.loop, log_handle, NULL);
		return err_set(e, -PDH_FAILED, NULL, "the loop did not end clean");
	}
	return r;
}
