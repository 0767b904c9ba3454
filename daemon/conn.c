#include "daemon/conn.h"

#include "common/log.h"
#include "daemon/server.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	READ_SIZE = 64 << 10,  /* bytes asked for at a time */
	BATCH_SIZE = 64 << 10, /* answers of pipelined requests gathered before they are
				  written */
};

static void work(struct conn *c);

static void account(struct conn *c)
{
	size_t holds = c->in.cap + c->out.cap;

	c->server->held += holds - c->held;
	c->held = holds;
}

static void on_closed(uv_handle_t *handle)
{
	struct conn *c = handle->data;
	struct server *s = c->server;

	buf_done(&c->in);
	buf_done(&c->out);
	account(c);
	*c->link = c->next;
	if (c->next)
		c->next->link = c->link;
	if (!c->refused)
		s->rpc->daemon.clients--;
	free(c->cursor);
	free(c);
	server_closed_one(s);
}

void conn_close(struct conn *c)
{
	c->state = CONN_CLOSING;
	if (!uv_is_closing((uv_handle_t *)&c->handle))
		uv_close((uv_handle_t *)&c->handle, on_closed);
}

/* Its socket is full. Given more room, it takes what is left of the page and one word more, so that whoever reads on
 * later is told why that was all. */
static void say_farewell(struct conn *c)
{
	size_t left = uv_stream_get_write_queue_size((uv_stream_t *)&c->handle);
	socklen_t n = sizeof(int);
	AUTO_BUF last = {0};
	uv_os_fd_t fd;
	int room;

	if (left > c->out.len || uv_fileno((const uv_handle_t *)&c->handle, &fd) < 0 ||
	    getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, &n) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, n) < 0)
		return;
	buf_write(&last, c->out.data + c->out.len - left, left);
	rpc_events_drop(&last);
	(void)!send(fd, last.data, last.len, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void conn_give_up(struct conn *c)
{
	if (c->cursor && c->state == CONN_REPLYING) {
		log_info("a subscriber that does not read is given up");
		say_farewell(c);
	}
	conn_close(c);
}

bool conn_is_pending(const struct conn *c)
{
	return c->state == CONN_REPLYING || (c->state == CONN_READING && c->in.len > 0);
}

void conn_finish(struct conn *c)
{
	c->ended = true;
	uv_read_stop((uv_stream_t *)&c->handle);
	if (c->state == CONN_READING)
		conn_close(c);
}

/* What has nothing in it gives its memory back: most clients of a daemon are idle. */
static void settle(struct conn *c)
{
	if (c->in.len == 0)
		buf_done(&c->in);
	if (c->out.len == 0)
		buf_done(&c->out);
	account(c);
	if (conn_is_pending(c))
		server_watch_pending(c->server);
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
	struct conn *c = handle->data;
	char *room = buf_reserve(&c->in, READ_SIZE);

	(void)suggested;
	account(c);
	*buf = uv_buf_init(room, room ? READ_SIZE : 0);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	struct conn *c = stream->data;

	(void)buf;
	if (n == 0)
		return;
	c->since = uv_now(stream->loop);
	if (n > 0) {
		c->in.len += (size_t)n;
	} else {
		if (n != UV_EOF)
			log_debug("a client went away: %s", uv_strerror((int)n));
		c->ended = true;
		uv_read_stop(stream);
	}
	work(c);
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
	c->since = uv_now(c->handle.loop);
	c->out.len = 0;
	c->state = CONN_READING;
	if (!c->ended && !c->server->stopping)
		uv_read_start((uv_stream_t *)&c->handle, on_alloc, on_read);
	work(c);
}

/* Writes what the socket takes at once; the rest follows, and until then nothing is read. */
static void flush(struct conn *c)
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
	c->since = uv_now(c->handle.loop);
	uv_read_stop((uv_stream_t *)&c->handle);
	buf = uv_buf_init(c->out.data, (unsigned)c->out.len);
	int r = uv_write(&c->write, (uv_stream_t *)&c->handle, &buf, 1, on_written);
	if (r < 0)
		conn_close(c);
}

/* Tells the peer why, and takes nothing more from it. */
static void refuse(struct conn *c, int code, const char *why)
{
	rpc_refuse(&c->out, code, why);
	c->ended = true;
	c->in.len = 0;
	uv_read_stop((uv_stream_t *)&c->handle);
}

/* A client that subscribes again goes on from where it says now. */
static void take_cursor(struct conn *c)
{
	struct rpc_daemon *daemon = &c->server->rpc->daemon;

	if (!daemon->subscribes)
		return;
	daemon->subscribes = false;
	if (!c->cursor)
		c->cursor = malloc(sizeof(*c->cursor));
	if (!c->cursor)
		oom();
	*c->cursor = daemon->cursor;
}

/* Answers whole frames until enough is gathered; returns the bytes that are done with. */
static size_t answer_frames(struct conn *c)
{
	size_t done = 0, size;

	c->server->rpc->daemon.memory_kib = 0;
	while (done < c->in.len && c->out.len < BATCH_SIZE && !c->server->stopping) {
		enum wire_scan r = wire_scan(&c->scanner, &wire_request_limits,
					     c->in.data + done, c->in.len - done, &size);
		if (r == WIRE_MORE)
			break;
		if (r != WIRE_DONE) {
			refuse(c, r == WIRE_INVALID ? -PDH_BAD_FRAME : -PDH_TOO_LARGE,
			       wire_scan_text(r));
			return 0;
		}
		rpc_dispatch(c->server->rpc, c->in.data + done, size, &c->out);
		take_cursor(c);
		done += size;
		if (c->server->rpc->daemon.stop)
			break;
	}
	return done;
}

/* True while the batch was full, so that frames may be left although nothing new was
 * read. */
static bool work_once(struct conn *c)
{
	size_t done = answer_frames(c);

	buf_consume(&c->in, done);
	/* Before the answer is out, so that whoever has it finds the line as it should be. */
	line_look(&c->server->line);
	ticker_poke(&c->server->ticker);
	bool full = c->out.len >= BATCH_SIZE;
	if (c->out.len)
		flush(c);
	return full && c->state == CONN_READING;
}

static void tell(struct conn *c)
{
	int more = c->cursor ? 1 : 0;

	while (more > 0 && c->state == CONN_READING && !c->ended) {
		more = rpc_events_page(c->server->rpc, c->cursor, &c->out);
		c->ended |= more < 0;
		if (c->out.len)
			flush(c);
	}
}

static void finish(struct conn *c)
{
	if (c->state == CONN_READING && c->ended)
		conn_close(c);
	if (c->state != CONN_CLOSING)
		settle(c);
}

void conn_tell(struct conn *c)
{
	if (!c->cursor || c->state != CONN_READING)
		return;
	tell(c);
	finish(c);
}

static void work(struct conn *c)
{
	struct server *s = c->server;

	while (work_once(c))
		continue;
	if (c->state == CONN_READING && s->held > SERVER_BYTES_MAX && c->in.len) {
		refuse(c, -PDH_BUSY,
		       "the daemon holds too much for its clients; try again");
		flush(c);
	}
	tell(c);
	finish(c);
	if (s->rpc->daemon.stop)
		server_stop(s);
}

static bool is_same_user(const uv_pipe_t *handle)
{
	struct ucred peer;
	socklen_t n = sizeof(peer);
	uv_os_fd_t fd;

	return uv_fileno((const uv_handle_t *)handle, &fd) == 0 &&
	       getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0 &&
	       peer.uid == getuid();
}

static struct conn *conn_new(struct server *s)
{
	struct conn *c = calloc(1, sizeof(*c));

	if (!c)
		oom();
	c->server = s;
	uv_pipe_init(&s->loop, &c->handle, 0);
	c->handle.data = c->write.data = c;
	c->since = uv_now(&s->loop);
	c->next = s->conns;
	c->link = &s->conns;
	if (c->next)
		c->next->link = &c->next;
	s->conns = c;
	return c;
}

void conn_accept(struct server *s)
{
	struct conn *c = conn_new(s);

	c->refused = s->rpc->daemon.clients >= s->options->max_connections;
	if (!c->refused)
		s->rpc->daemon.clients++;
	int r = uv_accept((uv_stream_t *)&s->door.pipe, (uv_stream_t *)&c->handle);
	if (r < 0) {
		log_debug("cannot accept a client: %s", uv_strerror(r));
		conn_close(c);
		return;
	}
	if (!is_same_user(&c->handle)) {
		log_warn("a client of another user was turned away");
		conn_close(c);
		return;
	}
	if (!c->refused) {
		uv_read_start((uv_stream_t *)&c->handle, on_alloc, on_read);
		return;
	}
	refuse(c, -PDH_BUSY, "too many clients are connected; try again");
	work(c);
}
