#include "daemon/loop/writer.h"

#include "common/log.h"

enum { BEAT_MS = 200 };

/* In the thread. */
static void run(void *writer)
{
	struct writer *w = writer;

	w->next = rpc_long_run(w->rpc, w->frame.data, w->frame.len, &w->answer);
	uv_async_send(&w->ended);
}

static void on_beat(uv_timer_t *t)
{
	struct writer *w = t->data;

	if (w->task.progress)
		conn_tell_far(w->clients, &w->task);
}

static void on_ended(uv_async_t *handle)
{
	struct writer *w = handle->data;

	if (!w->runs)
		return;
	uv_thread_join(&w->thread);
	uv_timer_stop(&w->beat);
	w->runs = false;
	w->clients->rpc = w->rpc;
	rpc_long_take_back(w->rpc, &w->task);
	buf_done(&w->frame);
	w->over(w->owner);
	conn_answer_taken(w->clients, &w->answer, w->next | rpc_next(w->rpc));
	buf_done(&w->answer);
}

void writer_init(struct writer *w, uv_loop_t *loop, struct rpc *rpc,
		 struct conns *clients)
{
	w->rpc = rpc;
	w->clients = clients;
	uv_async_init(loop, &w->ended, on_ended);
	uv_timer_init(loop, &w->beat);
	w->ended.data = w->beat.data = w;
}

static bool start(struct writer *w)
{
	struct err e;

	if (rpc_long_lend(w->rpc, &w->task, &e) < 0) {
		log_debug("no long write beside others: %s", e.message);
		return false;
	}
	w->clients->rpc = w->task.beside;
	if (uv_thread_create(&w->thread, run, w) == 0)
		return true;
	w->clients->rpc = w->rpc;
	rpc_long_take_back(w->rpc, &w->task);
	return false;
}

bool writer_takes(struct writer *w, const char *frame, size_t n)
{
	if (w->runs || !rpc_long_asked(w->rpc, frame, n, &w->task))
		return false;
	(void)buf_write(&w->frame, frame, n);
	w->runs = start(w);
	if (w->runs)
		uv_timer_start(&w->beat, on_beat, BEAT_MS, BEAT_MS);
	else
		buf_done(&w->frame);
	return w->runs;
}

void writer_stop(struct writer *w)
{
	if (w->runs)
		db_stop(w->rpc->db, true);
}

void writer_close(struct writer *w)
{
	if (uv_is_closing((uv_handle_t *)&w->beat))
		return;
	uv_close((uv_handle_t *)&w->ended, NULL);
	uv_close((uv_handle_t *)&w->beat, NULL);
}
