/* One client on two descriptors: how a database is read where no daemon can run. */
#include "daemon/loop/single.h"

#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

struct room {
	struct home *home;
	int near, far; /* the client's end, and the other */
};

static int set_up(void **state)
{
	struct room *r = calloc(1, sizeof(*r));
	int fd[2];

	assert_non_null(r);
	assert_int_equal(home_open((void **)&r->home), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd), 0);
	r->near = fd[0];
	r->far = fd[1];
	*state = r;
	return 0;
}

static int tear_down(void **state)
{
	struct room *r = *state;

	close(r->near);
	close(r->far);
	int result = home_close((void **)&r->home);
	free(r);
	return result;
}

static void add_request(struct buf *to, uint32_t id, const char *method)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, to, buf_write);
	wire_pack_request(&pk, id, method);
	msgpack_pack_map(&pk, 0);
}

/* All that it says, and no more. */
static int serve(struct room *r, const char *bytes, size_t n, struct err *e)
{
	assert_int_equal(send(r->near, bytes, n, 0), n);
	assert_int_equal(shutdown(r->near, SHUT_WR), 0);
	return single_serve(&r->home->rpc, r->far, r->far, e);
}

/* "7 8 bad_frame": ids of answers that worked, and words of errors. */
static const char *heard(struct room *r)
{
	static char all[200], bytes[1 << 20];
	ssize_t n = recv(r->near, bytes, sizeof(bytes), MSG_DONTWAIT);
	struct wire_response response;
	struct err e;
	size_t off = 0, at = 0;
	msgpack_unpacked u;

	all[0] = '\0';
	msgpack_unpacked_init(&u);
	while (n > 0 && msgpack_unpack_next(&u, bytes, (size_t)n, &off) ==
				MSGPACK_UNPACK_SUCCESS) {
		int level = 0;
		assert_int_equal(wire_read_response(&u.data, &response, &e), 0);
		if (response.error)
			wire_read_error(response.error, &e, &level);
		at += response.error
			      ? (size_t)snprintf(all + at, sizeof(all) - at, "%s%s",
						 at ? " " : "", err_kind(e.code)->word)
			      : (size_t)snprintf(all + at, sizeof(all) - at, "%s%u",
						 at ? " " : "", response.id);
	}
	msgpack_unpacked_destroy(&u);
	return all;
}

static void each_request_is_answered_in_order_to_the_end(void **state)
{
	struct room *r = *state;
	AUTO_BUF b = {0};
	struct err e;

	add_request(&b, 7, "activity.list");
	add_request(&b, 8, "no.such");
	add_request(&b, 9, "status.get");
	assert_int_equal(serve(r, b.data, b.len, &e), 0);
	assert_string_equal(heard(r), "7 usage 9");
}

static void half_a_request_is_not_answered(void **state)
{
	struct room *r = *state;
	AUTO_BUF b = {0};
	struct err e;

	add_request(&b, 7, "activity.list");
	size_t whole = b.len;
	add_request(&b, 8, "activity.list");
	assert_int_equal(serve(r, b.data, whole + 5, &e), 0);
	assert_string_equal(heard(r), "7");
}

static void what_is_no_request_is_told_and_ends_it(void **state)
{
	struct room *r = *state;
	AUTO_BUF b = {0};
	struct err e;

	add_request(&b, 7, "activity.list");
	assert_int_equal(buf_write(&b, "\xc1", 1), 0);
	add_request(&b, 8, "activity.list");
	assert_int_equal(serve(r, b.data, b.len, &e), -PDH_BAD_FRAME);
	assert_true(strlen(e.message) > 0);
	assert_string_equal(heard(r), "7 bad_frame");
}

static void it_ends_when_it_is_told_to(void **state)
{
	struct room *r = *state;
	AUTO_BUF b = {0};
	struct err e;

	add_request(&b, 7, "daemon.stop");
	add_request(&b, 8, "activity.list");
	assert_int_equal(serve(r, b.data, b.len, &e), 0);
	assert_string_equal(heard(r), "7");
}

static void who_left_before_the_answer_is_an_error(void **state)
{
	struct room *r = *state;
	AUTO_BUF b = {0};
	struct err e;

	add_request(&b, 7, "activity.list");
	assert_int_equal(send(r->near, b.data, b.len, 0), b.len);
	assert_int_equal(shutdown(r->near, SHUT_RD), 0);
	assert_int_equal(single_serve(&r->home->rpc, r->far, r->far, &e), -PDH_FAILED);
	assert_string_equal(e.message, "cannot answer the client: Broken pipe");
	assert_int_equal(single_serve(&r->home->rpc, -1, r->far, &e), -PDH_FAILED);
	assert_string_equal(e.message, "cannot read the client: Bad file descriptor");
}

/* It is opened for reading alone. */
static void nothing_is_written(void **state)
{
	struct room *r = *state;
	AUTO_BUF b = {0};
	struct err e;

	r->home->rpc.read_only = true;
	add_request(&b, 7, "change.undo");
	assert_int_equal(serve(r, b.data, b.len, &e), 0);
	assert_string_equal(heard(r), "storage");
}

#define ROOM_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_TEST(each_request_is_answered_in_order_to_the_end),
		ROOM_TEST(half_a_request_is_not_answered),
		ROOM_TEST(what_is_no_request_is_told_and_ends_it),
		ROOM_TEST(it_ends_when_it_is_told_to),
		ROOM_TEST(who_left_before_the_answer_is_an_error),
		ROOM_TEST(nothing_is_written),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
