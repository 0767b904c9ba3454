#include "daemon/loop/single.h"

#include "daemon/rpc/remind.h"
#include "daemon/rpc/rpc.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { READ_SIZE = 64 << 10 };

static int fail(struct err *e, const char *what)
{
	return err_set(e, -PDH_FAILED, NULL, "cannot %s the client: %s", what,
		       strerror(errno));
}

/* Bytes that were read, 0 at the end. */
static ssize_t read_more(int fd, struct buf *b)
{
	char *room = buf_reserve(b, READ_SIZE);
	ssize_t n;

	do {
		n = read(fd, room, READ_SIZE);
	} while (n < 0 && errno == EINTR);
	b->len += n > 0 ? (size_t)n : 0;
	return n;
}

static int write_all(int fd, struct buf *b, struct err *e)
{
	for (size_t at = 0; at < b->len;) {
		ssize_t n = write(fd, b->data + at, b->len - at);
		if (n < 0 && errno != EINTR)
			return fail(e, "answer");
		at += n > 0 ? (size_t)n : 0;
	}
	b->len = 0;
	return 0;
}

static int refuse(enum wire_scan scan, struct buf *answer, struct err *e)
{
	int code = scan == WIRE_INVALID ? -PDH_BAD_FRAME : -PDH_TOO_LARGE;

	rpc_refuse(answer, code, wire_scan_text(scan));
	return err_set(e, code, NULL, "%s", wire_scan_text(scan));
}

int single_serve(struct rpc *rpc, int in, int out, struct err *e)
{
	struct wire_scanner scanner = {0};
	AUTO_BUF asked = {0};
	AUTO_BUF answer = {0};
	size_t size;
	unsigned next = 0;
	int r = 0;

	while (r == 0 && !(next & NEXT_STOP)) {
		enum wire_scan scan = wire_scan(&scanner, &wire_request_limits,
						asked.data, asked.len, &size);
		if (scan == WIRE_MORE) {
			ssize_t n = read_more(in, &asked);
			if (n <= 0)
				return n < 0 ? fail(e, "read") : 0;
			continue;
		}
		if (scan == WIRE_DONE) {
			rpc_remind_first(rpc);
			next = rpc_dispatch(rpc, asked.data, size, &answer);
			buf_consume(&asked, size);
		} else {
			r = refuse(scan, &answer, e);
		}
		if (write_all(out, &answer, e) < 0)
			return e->code;
	}
	return r;
}
