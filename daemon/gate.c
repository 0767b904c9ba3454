#include "daemon/gate.h"

#include "common/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	OWN = 64, /* descriptors of the daemon: a dozen, and four for each program that it runs */
	AT_ONCE = 64,  /* clients let in before the loop goes on */
	REST_MS = 100, /* before another look where not even turning away is possible */
	QUIET_MS = 60000, /* between two lines about clients that were turned away */
};

int64_t gate_places(int64_t wanted)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return wanted;
	rlim_t most = limit.rlim_cur, need = (rlim_t)wanted + OWN;
	if (most < need) {
		limit.rlim_cur = limit.rlim_max < need ? limit.rlim_max : need;
		if (setrlimit(RLIMIT_NOFILE, &limit) == 0)
			most = limit.rlim_cur;
	}
	if (most >= need)
		return wanted;
	int64_t places = most > 2 * OWN ? (int64_t)most - OWN : (int64_t)most / 2;
	log_warn("%lld clients are served at once, not %lld: only %lld files may be open",
		 (long long)places, (long long)wanted, (long long)most);
	return places;
}

static int open_spare(void)
{
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static int let_in(const struct gate *d)
{
	return accept4(d->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

/* The first time, and then once a minute while it goes on. */
static void tell(struct gate *d, int why)
{
	uint64_t now = uv_now(d->rest.loop);

	d->times++;
	if (d->told && now - d->told < QUIET_MS)
		return;
	log_warn("%llu times a client could not be let in: %s",
		 (unsigned long long)d->times, strerror(why));
	d->told = now;
	d->times = 0;
}

/* Gives the spare descriptor for the client's, which is closed. False where there is none to give. */
static bool turn_away(struct gate *d)
{
	if (d->spare < 0)
		return false;
	close(d->spare);
	int fd = let_in(d);
	bool done = fd >= 0 || errno == EAGAIN || errno == ECONNABORTED;
	if (fd >= 0)
		close(fd);
	d->spare = open_spare();
	return done;
}

static void on_client(uv_poll_t *poll, int status, int events);

static void on_rested(uv_timer_t *timer)
{
	struct gate *d = timer->data;

	if (d->spare < 0)
		d->spare = open_spare();
	(void)uv_poll_start(&d->poll, UV_READABLE, on_client);
}

static void rest(struct gate *d)
{
	uv_poll_stop(&d->poll);
	uv_timer_start(&d->rest, on_rested, REST_MS, 0);
}

/* False once the loop is to go on. */
static bool take_one(struct gate *d)
{
	int fd = let_in(d), why = errno;

	if (fd >= 0) {
		d->in(d->data, fd);
		return !uv_is_closing((uv_handle_t *)&d->poll);
	}
	if (why == EINTR || why == ECONNABORTED)
		return true;
	if (why == EAGAIN)
		return false;
	tell(d, why);
	if (turn_away(d))
		return true;
	rest(d);
	return false;
}

static void on_client(uv_poll_t *poll, int status, int events)
{
	(void)status;
	(void)events;
	for (int i = 0; i < AT_ONCE && take_one(poll->data); i++)
		continue;
}

void gate_init(struct gate *d, uv_loop_t *loop, gate_fn in, void *data)
{
	*d = (struct gate){.fd = -1, .spare = -1, .in = in, .data = data};
	uv_timer_init(loop, &d->rest);
	d->rest.data = d;
}

int gate_open(struct gate *d, int fd)
{
	int r = uv_poll_init(d->rest.loop, &d->poll, fd);

	if (r < 0)
		return r;
	d->poll.data = d;
	d->fd = fd;
	d->spare = open_spare();
	return uv_poll_start(&d->poll, UV_READABLE, on_client);
}

static void on_closed(uv_handle_t *handle)
{
	struct gate *d = handle->data;

	close(d->fd);
}

void gate_close(struct gate *d)
{
	if (uv_is_closing((uv_handle_t *)&d->rest))
		return;
	uv_close((uv_handle_t *)&d->rest, NULL);
	if (d->fd >= 0)
		uv_close((uv_handle_t *)&d->poll, on_closed);
	if (d->spare >= 0)
		close(d->spare);
}
