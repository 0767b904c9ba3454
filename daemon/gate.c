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

static int let_in(const struct gate *g)
{
	return accept4(g->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

/* The first time, and then once a minute while it goes on. */
static void tell(struct gate *g, int why)
{
	uint64_t now = uv_now(g->rest.loop);

	g->times++;
	if (g->told && now - g->told < QUIET_MS)
		return;
	log_warn("%llu times a client could not be let in: %s",
		 (unsigned long long)g->times, strerror(why));
	g->told = now;
	g->times = 0;
}

/* Gives the spare descriptor for the client's, which is closed. False where there is none to give. */
static bool turn_away(struct gate *g)
{
	if (g->spare < 0)
		return false;
	close(g->spare);
	int fd = let_in(g);
	bool done = fd >= 0 || errno == EAGAIN || errno == ECONNABORTED;
	if (fd >= 0)
		close(fd);
	g->spare = open_spare();
	return done;
}

static void on_client(uv_poll_t *poll, int status, int events);

static void on_rested(uv_timer_t *timer)
{
	struct gate *g = timer->data;

	if (g->spare < 0)
		g->spare = open_spare();
	(void)uv_poll_start(&g->poll, UV_READABLE, on_client);
}

static void rest(struct gate *g)
{
	uv_poll_stop(&g->poll);
	uv_timer_start(&g->rest, on_rested, REST_MS, 0);
}

/* False once the loop is to go on. */
static bool take_one(struct gate *g)
{
	int fd = let_in(g), why = errno;

	if (fd >= 0) {
		g->in(g->data, fd);
		return !uv_is_closing((uv_handle_t *)&g->poll);
	}
	if (why == EINTR || why == ECONNABORTED)
		return true;
	if (why == EAGAIN)
		return false;
	tell(g, why);
	if (turn_away(g))
		return true;
	rest(g);
	return false;
}

static void on_client(uv_poll_t *poll, int status, int events)
{
	(void)status;
	(void)events;
	for (int i = 0; i < AT_ONCE && take_one(poll->data); i++)
		continue;
}

void gate_init(struct gate *g, uv_loop_t *loop, gate_fn in, void *data)
{
	*g = (struct gate){.fd = -1, .spare = -1, .in = in, .data = data};
	uv_timer_init(loop, &g->rest);
	g->rest.data = g;
}

int gate_open(struct gate *g, int fd)
{
	int r = uv_poll_init(g->rest.loop, &g->poll, fd);

	if (r < 0)
		return r;
	g->poll.data = g;
	g->fd = fd;
	g->spare = open_spare();
	return uv_poll_start(&g->poll, UV_READABLE, on_client);
}

static void on_closed(uv_handle_t *handle)
{
	struct gate *g = handle->data;

	close(g->fd);
}

void gate_close(struct gate *g)
{
	if (uv_is_closing((uv_handle_t *)&g->rest))
		return;
	uv_close((uv_handle_t *)&g->rest, NULL);
	if (g->fd >= 0)
		uv_close((uv_handle_t *)&g->poll, on_closed);
	if (g->spare >= 0)
		close(g->spare);
}
