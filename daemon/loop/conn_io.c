#include "daemon/loop/conn_io.h"

#include "common/log.h"

#include <sys/socket.h>

/* Bytes asked for at a time; where so many wait for a turn no more are read. */
enum { READ_SIZE = 64 << 10 };

void conn_io_account(struct conn *c)
{
	size_t holds = c->in.cap + c->out.cap;

	c->all->held += holds - c->held;
	c->held = holds;
}

void conn_io_wait(struct conn *c)
{
	turns_join(&c->all->turns, &c->seat);
	c->all->calls->waits(c->all->owner);
}

void conn_io_stop(struct conn *c)
{
	c->reads = false;
	uv_read_stop((uv_stream_t *)&c->handle);
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
	struct conn *c = handle->data;
	char *room = buf_reserve(&c->in, READ_SIZE);

	(void)suggested;
	conn_io_account(c);
	*buf = uv_buf_init(room, room ? READ_SIZE : 0);
}

/* Bytes that came, or (n < 0) that no more will. */
static void take(struct conn *c, ssize_t n)
{
	if (n > 0) {
		c->in.len += (size_t)n;
		c->asks = true;
	} else {
		c->ended = true;
	}
	if (c->ended || c->in.len >= READ_SIZE)
		conn_io_stop(c);
	conn_io_wait(c);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	(void)buf;
	if (n < 0 && n != UV_EOF)
		log_debug("a client went away: %s", uv_strerror((int)n));
	if (n != 0)
		take(stream->data, n);
}

void conn_io_start(struct conn *c)
{
	if (c->reads || c->ended || c->all->stopping)
		return;
	c->reads = true;
	if (uv_read_start((uv_stream_t *)&c->handle, on_alloc, on_read) < 0)
		conn_close(c);
}

static void on_written(uv_write_t *w, int status)
{
	struct conn *c = w->data;

	if (c->state == CONN_CLOSING)
		return;
	if (status < 0) {
		conn_close(c);
		return;
	}
	c->out.len = 0;
	c->state = CONN_READING;
	conn_io_wait(c);
}

void conn_io_flush(struct conn *c)
{
	uv_buf_t buf = uv_buf_init(c->out.data, (unsigned)c->out.len);
	int n = uv_try_write((uv_stream_t *)&c->handle, &buf, 1);

	if (n < 0 && n != UV_EAGAIN) {
		conn_close(c);
		return;
	}
	if (n > 0)
		buf_consume(&c->out, (size_t)n);
	if (c->out.len == 0)
		return;
	c->state = CONN_REPLYING;
	c->full_since = uv_now(c->handle.loop);
	conn_io_stop(c);
	buf = uv_buf_init(c->out.data, (unsigned)c->out.len);
	int r = uv_write(&c->write, (uv_stream_t *)&c->handle, &buf, 1, on_written);
	if (r < 0)
		conn_close(c);
}

/* Who connects has mostly asked already: to read at once saves it another round of the loop. */
void conn_io_take_first(struct conn *c, int fd)
{
	char *room = buf_reserve(&c->in, READ_SIZE);
	ssize_t n = recv(fd, room, READ_SIZE, MSG_DONTWAIT);

	if (n > 0)
		take(c, n);
}
