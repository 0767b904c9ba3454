#include "daemon/desk/bus.h"

#include "common/arena.h"
#include "common/log.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 64 }; /* messages in one go; a flood of them must not starve clients */

static void on_poll(uv_poll_t *poll, int status, int events);
static void on_timer(uv_timer_t *timer);

/* The bus tells an instant of CLOCK_MONOTONIC, which is the clock of uv_hrtime(3) too. Rounded up, or the loop
 * would turn until it is there. */
static void settle_timer(struct desk_bus *b)
{
	uint64_t at = UINT64_MAX, now = uv_hrtime() / 1000;

	if (b->sd->bus_get_timeout(b->bus, &at) < 0 || at == UINT64_MAX) {
		uv_timer_stop(&b->timer);
		return;
	}
	uv_timer_start(&b->timer, on_timer, at > now ? (at - now + 999) / 1000 : 0, 0);
}

void desk_bus_settle(struct desk_bus *b)
{
	int events = b->sd->bus_get_events(b->bus);

	uv_poll_start(&b->poll,
		      events < 0 ? UV_READABLE
				 : (events & POLLIN ? UV_READABLE : 0) |
					   (events & POLLOUT ? UV_WRITABLE : 0),
		      on_poll);
	settle_timer(b);
}

/* Lets the bus do what there is to do. A callback may close the connection; its memory stays until the loop has
 * turned. What is left after a batch has a timeout of 0. */
static void work(struct desk_bus *b)
{
	sd_bus *bus = b->sd->bus_ref(b->bus);
	int r = 1;

	for (int n = 0; n < BATCH && r > 0 && b->bus; n++) {
		r = b->sd->bus_process(bus, NULL);
		if (b->sd->bus_is_open(bus) <= 0)
			r = -1;
	}
	b->sd->bus_unref(bus);
	if (!b->bus)
		return;
	if (r < 0)
		b->lost(b->data);
	else
		desk_bus_settle(b);
}

static void on_poll(uv_poll_t *poll, int status, int events)
{
	(void)status;
	(void)events;
	work(poll->data);
}

static void on_timer(uv_timer_t *timer)
{
	work(timer->data);
}

static void on_closed(uv_handle_t *handle)
{
	struct desk_bus *b = handle->data;

	if (--b->open > 0)
		return;
	close(b->fd);
	free(b);
}

void desk_bus_close(struct desk_bus *b)
{
	b->bus = b->sd->bus_close_unref(b->bus);
	uv_close((uv_handle_t *)&b->poll, on_closed);
	uv_close((uv_handle_t *)&b->timer, on_closed);
}

/* The bus closes its descriptor when it sees fit, and the loop must not be left with the number of another. */
static int copy_fd(const struct desk_sd *sd, sd_bus *bus)
{
	int fd = sd->bus_get_fd(bus);

	return fd < 0 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 0);
}

int desk_bus_open(uv_loop_t *loop, void (*lost)(void *data), void *data,
		  struct desk_bus **ret, struct err *e)
{
	const struct desk_sd *sd = desk_sd(e);
	sd_bus *bus = NULL;
	int fd;

	if (!sd)
		return e->code;
	int r = sd->bus_open_user(&bus);
	if (r < 0 || (fd = copy_fd(sd, bus)) < 0) {
		log_debug("no session bus: %s", strerror(r < 0 ? -r : errno));
		sd->bus_close_unref(bus);
		return err_set(
			e, -PDH_FAILED, NULL,
			"there is no session bus; log in to a desktop, or use mail");
	}
	struct desk_bus *b = calloc(1, sizeof(*b));
	if (!b)
		oom();
	*b = (struct desk_bus){
		.sd = sd, .bus = bus, .lost = lost, .data = data, .fd = fd, .open = 2};
	uv_poll_init(loop, &b->poll, fd);
	uv_timer_init(loop, &b->timer);
	b->poll.data = b->timer.data = b;
	*ret = b;
	return 0;
}
