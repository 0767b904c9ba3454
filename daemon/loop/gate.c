#include "daemon/loop/gate.h"

#include "common/arena.h"
#include "common/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
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

/* A socket that is listened to; freed once the loop has let go of it. */
struct gate_ear {
	uv_poll_t poll;
	struct gate *gate;
	int fd;
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
	return accept4(g->ear->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
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

/* Gives the spare descriptor for the client's, which is closed. 1: somebody was turned away; 0: nobody waits; -1: there is
 * none to give. */
static int turn_away(struct gate *g)
{
	if (g->spare < 0)
		return -1;
	close(g->spare);
	int fd = let_in(g), why = errno;
	if (fd >= 0)
		close(fd);
	g->spare = open_spare();
	if (fd >= 0 || why == ECONNABORTED)
		return 1;
	return why == EAGAIN ? 0 : -1;
}

static void on_client(uv_poll_t *poll, int status, int events);

static void on_rested(uv_timer_t *timer)
{
	struct gate *g = timer->data;

	if (g->spare < 0)
		g->spare = open_spare();
	if (g->ear)
		(void)uv_poll_start(&g->ear->poll, UV_READABLE, on_client);
}

static void rest(struct gate *g)
{
	uv_poll_stop(&g->ear->poll);
	uv_timer_start(&g->rest, on_rested, REST_MS, 0);
}

/* False once the loop is to go on. */
static bool take_one(struct gate *g)
{
	int fd = let_in(g), why = errno;

	if (fd >= 0) {
		g->in(g->data, fd);
		return g->ear != NULL;
	}
	if (why == EINTR || why == ECONNABORTED)
		return true;
	if (why == EAGAIN)
		return false;
	int r = turn_away(g);
	if (r != 0)
		tell(g, why);
	if (r < 0)
		rest(g);
	return r > 0;
}

static void on_client(uv_poll_t *poll, int status, int events)
{
	(void)status;
	(void)events;
	const struct gate_ear *ear = poll->data;

	for (int i = 0; i < AT_ONCE && take_one(ear->gate); i++)
		continue;
}

void gate_init(struct gate *g, uv_loop_t *loop, gate_fn in, void *data)
{
	*g = (struct gate){.spare = -1, .in = in, .data = data};
	uv_timer_init(loop, &g->rest);
	g->rest.data = g;
}

static void on_closed(uv_handle_t *handle)
{
	struct gate_ear *ear = handle->data;

	close(ear->fd);
	free(ear);
}

static void close_ear(struct gate *g)
{
	if (g->ear)
		uv_close((uv_handle_t *)&g->ear->poll, on_closed);
	g->ear = NULL;
}

int gate_open(struct gate *g, int fd)
{
	struct gate_ear *ear = malloc(sizeof(*ear));

	if (!ear)
		oom();
	int r = uv_poll_init(g->rest.loop, &ear->poll, fd);
	if (r < 0) {
		free(ear);
		return r;
	}
	ear->gate = g;
	ear->fd = fd;
	ear->poll.data = ear;
	uv_timer_stop(&g->rest);
	close_ear(g);
	g->ear = ear;
	if (g->spare < 0)
		g->spare = open_spare();
	/* What could go wrong went wrong in uv_poll_init(). */
	(void)uv_poll_start(&ear->poll, UV_READABLE, on_client);
	return 0;
}

void gate_close(struct gate *g)
{
	if (uv_is_closing((uv_handle_t *)&g->rest))
		return;
	uv_close((uv_handle_t *)&g->rest, NULL);
	close_ear(g);
	if (g->spare >= 0)
		close(g->spare);
}
