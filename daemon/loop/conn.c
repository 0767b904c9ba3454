#include "daemon/loop/conn.h"

#include "common/log.h"
#include "daemon/loop/conn_io.h"
#include "daemon/rpc/long.h"
#include "daemon/rpc/remind.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	BATCH_SIZE = 64 << 10, /* answers of pipelined requests gathered before they are
				  written */
};

static void on_closed(uv_handle_t *handle)
{
	struct conn *c = handle->data;
	struct conns *all = c->all;

	buf_done(&c->in);
	buf_done(&c->out);
	conn_io_account(c);
	*c->link = c->next;
	if (c->next)
		c->next->link = c->link;
	if (!c->refused)
		all->rpc->daemon.clients--;
	free(c->cursor);
	free(c);
	all->calls->closed(all->owner);
}

void conn_close(struct conn *c)
{
	c->state = CONN_CLOSING;
	if (c->all->taken == c)
		c->all->taken = NULL;
	turns_leave(&c->all->turns, &c->seat);
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

uint64_t conn_owes_since(const struct conn *c)
{
	if (c->state == CONN_REPLYING)
		return c->full_since;
	return c->state == CONN_READING && c->half && !c->asks ? c->half_since
							       : CONN_OWES_NOTHING;
}

void conn_finish(struct conn *c)
{
	c->ended = true;
	conn_io_stop(c);
	if (c->state == CONN_READING && c->all->taken != c)
		conn_close(c);
}

/* What has nothing in it gives its memory back: most clients of a daemon are idle. */
static void settle(struct conn *c)
{
	if (c->in.len == 0)
		buf_done(&c->in);
	if (c->out.len == 0)
		buf_done(&c->out);
	conn_io_account(c);
	if (conn_owes_since(c) != CONN_OWES_NOTHING)
		c->all->calls->owes(c->all->owner);
}

/* Tells the peer why, and takes nothing more from it. */
static void refuse(struct conn *c, int code, const char *why)
{
	rpc_refuse(&c->out, code, why);
	c->ended = true;
	c->asks = c->half = false;
	c->in.len = 0;
	conn_io_stop(c);
}

/* A client that subscribes again goes on from where it says now. */
static void take_cursor(struct conn *c)
{
	if (!c->cursor)
		c->cursor = malloc(sizeof(*c->cursor));
	if (!c->cursor)
		oom();
	*c->cursor = c->all->rpc->cursor;
	c->behind = true;
}

static bool is_taken(struct conn *c, const char *frame, size_t n)
{
	struct conns *all = c->all;

	if (!all->calls->takes || !all->calls->takes(all->owner, frame, n))
		return false;
	all->taken = c;
	return true;
}

/* Answers whole frames until enough is gathered, or the time is over; returns the bytes that are done with. *ret_next is
 * what the answers leave to be done. */
static size_t answer_frames(struct conn *c, uint64_t until, unsigned *ret_next)
{
	struct rpc *rpc = c->all->rpc;
	size_t done = 0, size;

	rpc->daemon.memory_kib = 0;
	do {
		enum wire_scan r = wire_scan(&c->scanner, &wire_request_limits,
					     c->in.data + done, c->in.len - done, &size);
		if (r == WIRE_MORE) {
			c->asks = false;
			break;
		}
		if (r != WIRE_DONE) {
			refuse(c, r == WIRE_INVALID ? -PDH_BAD_FRAME : -PDH_TOO_LARGE,
			       wire_scan_text(r));
			return 0;
		}
		rpc_remind_first(rpc);
		if (is_taken(c, c->in.data + done, size))
			return done + size;
		unsigned next = rpc_dispatch(rpc, c->in.data + done, size, &c->out);
		if (next & NEXT_SUBSCRIBE)
			take_cursor(c);
		*ret_next |= next;
		done += size;
	} while (c->out.len < BATCH_SIZE && !(*ret_next & NEXT_STOP) &&
		 uv_hrtime() < until);
	return done;
}

/* The patience is counted from a frame's first byte: a drip of bytes is no progress. */
static void note_half(struct conn *c, bool begun)
{
	bool half = c->in.len > 0;

	if (half && (begun || !c->half))
		c->half_since = uv_now(c->handle.loop);
	c->half = half;
}

static void answer(struct conn *c, uint64_t until)
{
	unsigned next = 0;
	size_t done = answer_frames(c, until, &next);

	buf_consume(&c->in, done);
	if (!c->asks)
		note_half(c, done > 0);
	if (c->half && !c->ended && c->all->held > CONN_BYTES_MAX)
		refuse(c, -PDH_BUSY,
		       "the daemon holds too much for its clients; try again");
	/* Before the answer is out, so that whoever has it finds the line as it should be. */
	c->all->calls->answered(c->all->owner, next);
}

static void tell(struct conn *c)
{
	int more = rpc_events_page(c->all->rpc, c->cursor, &c->out);

	c->behind = more > 0;
	c->ended |= more < 0;
}

/* On with what is left, or with the next bytes; or that was all. */
static void go_on(struct conn *c)
{
	bool held = c->all->taken == c;

	if (c->state == CONN_READING && c->ended && !held &&
	    (!c->asks || c->all->stopping))
		conn_close(c);
	if (c->state == CONN_CLOSING)
		return;
	if (c->state == CONN_READING && !held && (c->asks || c->behind))
		conn_io_wait(c);
	if (c->state == CONN_READING && !held && !c->asks)
		conn_io_start(c);
	settle(c);
}

void conn_serve(struct conn *c, uint64_t until)
{
	bool held = c->all->taken == c;

	if (c->asks && !held && !c->all->stopping)
		answer(c, until);
	if (c->out.len == 0 && !held && c->behind && !c->asks && !c->ended)
		tell(c);
	if (c->out.len)
		conn_io_flush(c);
	go_on(c);
}

void conn_answer_taken(struct conns *all, const struct buf *answer, unsigned next)
{
	struct conn *c = all->taken;

	all->taken = NULL;
	all->calls->answered(all->owner, next);
	if (!c)
		return;
	(void)buf_write(&c->out, answer->data, answer->len);
	if (c->out.len && c->state == CONN_READING)
		conn_io_flush(c);
	go_on(c);
}

/* One that does not take what it was told before hears the end alone. */
void conn_tell_far(struct conns *all, const struct rpc_long *l)
{
	struct conn *c = all->taken;

	if (!c || c->state != CONN_READING)
		return;
	rpc_long_tell(l, &c->out);
	conn_io_flush(c);
}

struct conn *conn_of_seat(struct turns_seat *seat)
{
	return (struct conn *)(void *)((char *)seat - offsetof(struct conn, seat));
}

void conn_tell(struct conn *c)
{
	if (!c->cursor || c->ended)
		return;
	c->behind = true;
	if (c->state == CONN_READING)
		conn_io_wait(c);
}

/* Whoever owes the rest of a request may still be listening. */
void conn_give_up(struct conn *c)
{
	if (c->state == CONN_READING) {
		refuse(c, -PDH_BAD_FRAME, "the rest of the request did not come in time");
		conn_io_flush(c);
		if (c->state == CONN_READING)
			conn_close(c);
		return;
	}
	if (c->cursor && c->state == CONN_REPLYING) {
		log_info("a subscriber that does not read is given up");
		say_farewell(c);
	}
	conn_close(c);
}

static bool is_of(uid_t user, const uv_pipe_t *handle)
{
	struct ucred peer;
	socklen_t n = sizeof(peer);
	uv_os_fd_t fd;

	return uv_fileno((const uv_handle_t *)handle, &fd) == 0 &&
	       getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0 &&
	       peer.uid == user;
}

static struct conn *conn_new(struct conns *all)
{
	struct conn *c = calloc(1, sizeof(*c));

	if (!c)
		oom();
	c->all = all;
	uv_pipe_init(all->loop, &c->handle, 0);
	c->handle.data = c->write.data = c;
	c->next = all->first;
	c->link = &all->first;
	if (c->next)
		c->next->link = &c->next;
	all->first = c;
	return c;
}

void conn_open(struct conns *all, int fd)
{
	struct conn *c = conn_new(all);

	c->refused = all->rpc->daemon.clients >= all->places;
	if (!c->refused)
		all->rpc->daemon.clients++;
	int r = uv_pipe_open(&c->handle, fd);
	if (r < 0) {
		log_debug("cannot serve a client: %s", uv_strerror(r));
		close(fd);
		conn_close(c);
		return;
	}
	if (!is_of(all->user, &c->handle)) {
		log_warn("a client of another user was turned away");
		conn_close(c);
		return;
	}
	if (c->refused) {
		refuse(c, -PDH_BUSY, "too many clients are connected; try again");
		conn_io_flush(c);
	} else {
		conn_io_take_first(c, fd);
	}
	go_on(c);
}
