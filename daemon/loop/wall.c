#include "daemon/loop/wall.h"

#include "common/clock.h"

#include <errno.h>
#include <sys/timerfd.h>
#include <unistd.h>

static void arm(struct wall *w, int64_t at)
{
	const struct itimerspec spec = {.it_value.tv_sec = (time_t)at};

	(void)timerfd_settime(w->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec,
			      NULL);
}

/* ECANCELED says that the clock was set. */
static bool rang(struct wall *w)
{
	uint64_t expirations;

	return read(w->fd, &expirations, sizeof(expirations)) >= 0 || errno != EAGAIN;
}

void wall_open(struct wall *ret)
{
	*ret = (struct wall){
		.fd = clock_is_test() ? -1
				      : timerfd_create(CLOCK_REALTIME,
						       TFD_NONBLOCK | TFD_CLOEXEC),
		.arm = arm,
		.rang = rang,
	};
}

void wall_close(struct wall *w)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
}
