#include "daemon/loop/ticker.h"

#include "common/clock.h"
#include "common/log.h"

#include <time.h>

enum { BELT_MS = 15 * 60 * 1000 };

/* Seconds east of Greenwich, now. */
static long zone_offset(void)
{
	time_t now = (time_t)clock_now();
	struct tm tm;

	return localtime_r(&now, &tm) ? tm.tm_gmtoff : 0;
}

/* The zone may be another since, where none is named in the environment. */
static void look(struct ticker *t)
{
	struct err e;

	tzset();
	bool wanted = t->wanted || zone_offset() != t->offset;
	t->offset = zone_offset();
	line_look(t->line);
	if (t->rpc->lent) {
		t->wanted |= wanted ? NEXT_REMIND : 0;
		return;
	}
	t->wanted = 0;
	if ((wanted || rpc_remind_is_due(t->rpc, clock_now())) &&
	    rpc_remind_look(t->rpc, &e) < 0)
		log_warn("reminders: %s", e.message);
	courier_send(t->courier, rpc_remind_messages(t->rpc));
}

static void on_timer(uv_timer_t *timer);

static void arm(struct ticker *t)
{
	int64_t now = clock_now(), at = t->rpc->reminders.next_look;
	int64_t day = now + clock_seconds_left();

	at = at < day ? at : day;
	uv_timer_start(&t->belt, on_timer, BELT_MS, 0);
	if (t->wall->fd >= 0)
		t->wall->arm(t->wall, at > now ? at : now + 1);
}

static void tick(struct ticker *t)
{
	look(t);
	arm(t);
}

static void on_timer(uv_timer_t *timer)
{
	tick(timer->data);
}

/* Its time has come, or the clock was set. */
static void on_clock(uv_poll_t *poll, int status, int events)
{
	struct ticker *t = poll->data;

	(void)status;
	(void)events;
	if (t->wall->rang(t->wall))
		tick(t);
}

/* Commands come in rows, and one look does for all of them. */
void ticker_want(struct ticker *t, unsigned next)
{
	enum { ROW_MS = 200 };

	t->wanted |= next & (NEXT_REMIND | NEXT_SEND);
	bool now = (t->wanted & NEXT_SEND) || rpc_remind_waits(t->rpc);
	if ((!now && !t->wanted) || uv_is_closing((uv_handle_t *)&t->soon))
		return;
	if (now)
		uv_timer_start(&t->soon, on_timer, 0, 0);
	else if (!uv_is_active((uv_handle_t *)&t->soon))
		uv_timer_start(&t->soon, on_timer, ROW_MS, 0);
}

static void on_news(void *data)
{
	struct ticker *t = data;

	ticker_want(t, NEXT_SEND);
}

void ticker_init(struct ticker *t, uv_loop_t *loop, struct rpc *rpc, struct line *line,
		 struct courier *courier, struct wall *wall)
{
	*t = (struct ticker){.rpc = rpc, .line = line, .courier = courier, .wall = wall};
	uv_timer_init(loop, &t->belt);
	uv_timer_init(loop, &t->soon);
	if (wall->fd >= 0 && uv_poll_init(loop, &t->poll, wall->fd) < 0)
		wall_close(wall);
	t->belt.data = t->soon.data = t->poll.data = t;
	courier->news = on_news;
	courier->data = t;
}

void ticker_start(struct ticker *t)
{
	struct err e;

	line_write(t->line);
	if (rpc_remind_start(t->rpc, &e) < 0)
		log_warn("reminders: %s", e.message);
	if (t->wall->fd >= 0)
		(void)uv_poll_start(&t->poll, UV_READABLE, on_clock);
	/* Whoever started the daemon need not wait for it. */
	ticker_want(t, NEXT_SEND);
}

static void on_poll_closed(uv_handle_t *handle)
{
	const struct ticker *t = handle->data;

	wall_close(t->wall);
}

void ticker_stop(struct ticker *t)
{
	if (uv_is_closing((uv_handle_t *)&t->belt))
		return;
	uv_close((uv_handle_t *)&t->belt, NULL);
	uv_close((uv_handle_t *)&t->soon, NULL);
	if (t->wall->fd >= 0)
		uv_close((uv_handle_t *)&t->poll, on_poll_closed);
}
