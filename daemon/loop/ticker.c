#include "daemon/loop/ticker.h"

#include "common/clock.h"
#include "common/log.h"

#include <errno.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

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
	struct itimerspec spec = {.it_value.tv_sec = at < day ? at : day};

	uv_timer_start(&t->belt, on_timer, BELT_MS, 0);
	/* A test clock is not the one that this timer goes by. */
	if (t->fd < 0 || clock_is_test())
		return;
	if (spec.it_value.tv_sec <= now)
		spec.it_value.tv_sec = now + 1;
	(void)timerfd_settime(t->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec,
			      NULL);
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

/* Its time has come, or (ECANCELED) the clock was set. */
static void on_clock(uv_poll_t *poll, int status, int events)
{
	struct ticker *t = poll->data;
	uint64_t expirations;

	(void)status;
	(void)events;
	if (read(t->fd, &expirations, sizeof(expirations)) < 0 && errno == EAGAIN)
		return;
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
		 struct courier *courier)
{
	*t = (struct ticker){.rpc = rpc, .line = line, .courier = courier};
	uv_timer_init(loop, &t->belt);
	uv_timer_init(loop, &t->soon);
	t->fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
	if (t->fd >= 0 && uv_poll_init(loop, &t->poll, t->fd) < 0) {
		close(t->fd);
		t->fd = -1;
	}
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
	if (t->fd >= 0)
		(void)uv_poll_start(&t->poll, UV_READABLE, on_clock);
	/* Whoever started the daemon need not wait for it. */
	ticker_want(t, NEXT_SEND);
}

static void on_poll_closed(uv_handle_t *handle)
{
	struct ticker *t = handle->data;

	close(t->fd);
}

void ticker_stop(struct ticker *t)
{
	if (uv_is_closing((uv_handle_t *)&t->belt))
		return;
	uv_close((uv_handle_t *)&t->belt, NULL);
	uv_close((uv_handle_t *)&t->soon, NULL);
	if (t->fd >= 0)
		uv_close((uv_handle_t *)&t->poll, on_poll_closed);
}
