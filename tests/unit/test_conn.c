/* One client: whole frames and halves, limits, a peer of another user, one that sends what is none, one that does not read,
 * and one that is still there when the daemon ends. */
#include "daemon/loop/conn.h"

#include "tests/support/loop.h"
#include "tests/support/rpc_home.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define LONG "a.long.write"

enum { NOBODY = 65534, SLICE_NS = 5 * 1000 * 1000, MOST = 4096 };

struct counter {
	struct home *home;
	uv_loop_t loop;
	struct conns all;
	unsigned next;
	int owed, closed;
};

static void on_answered(void *owner, unsigned next)
{
	((struct counter *)owner)->next |= next;
}

static void on_waits(void *owner)
{
	(void)owner;
}

static void on_owes(void *owner)
{
	((struct counter *)owner)->owed++;
}

static void on_closed(void *owner)
{
	((struct counter *)owner)->closed++;
}

/* Takes over what asks for no method at all. */
static bool on_frame(void *owner, const char *frame, size_t n)
{
	(void)owner;
	return memmem(frame, n, LONG, strlen(LONG)) != NULL;
}

static int set_up(void **state)
{
	static const struct conn_calls calls = {on_answered, on_waits, on_owes, on_closed,
						on_frame};
	struct counter *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	assert_int_equal(home_open((void **)&c->home), 0);
	assert_int_equal(uv_loop_init(&c->loop), 0);
	c->all = (struct conns){
		.loop = &c->loop,
		.rpc = &c->home->rpc,
		.calls = &calls,
		.owner = c,
		.places = 2,
		.user = getuid(),
	};
	*state = c;
	return 0;
}

static int tear_down(void **state)
{
	struct counter *c = *state;
	struct conn *next;

	for (struct conn *one = c->all.first; one; one = next) {
		next = one->next;
		conn_close(one);
		conn_close(one);
	}
	loop_end(&c->loop);
	assert_null(c->all.first);
	assert_null(c->all.turns.first);
	assert_int_equal(c->all.held, 0);
	assert_int_equal(c->home->rpc.daemon.clients, 0);
	int r = home_close((void **)&c->home);
	free(c);
	return r;
}

/* Everything that can be done now. */
static void serve(struct counter *c)
{
	struct turns_seat *seat;

	do {
		uv_run(&c->loop, UV_RUN_NOWAIT);
		seat = turns_pick(&c->all.turns);
		if (seat)
			conn_serve(conn_of_seat(seat), uv_hrtime() + SLICE_NS);
	} while (seat);
	uv_run(&c->loop, UV_RUN_NOWAIT);
}

/* A client comes in; its end of the socket. */
static int come_in(struct counter *c)
{
	int fd[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd), 0);
	assert_int_equal(fcntl(fd[0], F_SETFL, O_NONBLOCK), 0);
	conn_open(&c->all, fd[0]);
	serve(c);
	return fd[1];
}

static void say(struct counter *c, int fd, const char *bytes, size_t n)
{
	assert_int_equal(send(fd, bytes, n, MSG_NOSIGNAL), n);
	serve(c);
}

static void add_request(struct buf *to, uint32_t id, const char *method)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, to, buf_write);
	wire_pack_request(&pk, id, method);
	msgpack_pack_map(&pk, 0);
}

static void ask(struct counter *c, int fd, uint32_t id, const char *method)
{
	AUTO_BUF b = {0};

	add_request(&b, id, method);
	say(c, fd, b.data, b.len);
}

/* Whether the other end was closed, with nothing more to be read. */
static bool is_closed(int fd)
{
	char byte;
	ssize_t n = recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK);

	return n == 0 || (n < 0 && errno == ECONNRESET);
}

static bool is_silent(int fd)
{
	char byte;

	return recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK) < 0 && errno == EAGAIN;
}

/* What came, for each frame: the id of an answer that worked, -1 for an event, or the word of the error, as in
 * "7 8 bad_frame". */
static const char *heard(int fd)
{
	static char all[MOST];
	static char bytes[4 << 20];
	ssize_t n = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT);
	struct wire_response response;
	struct err e;
	size_t off = 0, at = 0;
	msgpack_unpacked u;

	all[0] = '\0';
	msgpack_unpacked_init(&u);
	while (n > 0 && msgpack_unpack_next(&u, bytes, (size_t)n, &off) ==
				MSGPACK_UNPACK_SUCCESS) {
		int level = 0;
		if (at)
			all[at++] = ' ';
		if (u.data.via.array.ptr[0].via.u64 == WIRE_NOTIFICATION) {
			at += (size_t)snprintf(all + at, MOST - at, "event");
			continue;
		}
		assert_int_equal(wire_read_response(&u.data, &response, &e), 0);
		if (response.error)
			wire_read_error(response.error, &e, &level);
		if (response.error)
			at += (size_t)snprintf(all + at, MOST - at, "%s",
					       err_kind(e.code)->word);
		else
			at += (size_t)snprintf(all + at, MOST - at, "%u", response.id);
	}
	msgpack_unpacked_destroy(&u);
	return all;
}

/* ---- frames ------------------------------------------------------------------------------------- */

static void each_request_is_answered_in_order(void **state)
{
	struct counter *c = *state;
	AUTO_BUF b = {0};
	int fd = come_in(c);

	ask(c, fd, 7, "activity.list");
	assert_string_equal(heard(fd), "7");
	for (uint32_t id = 1; id <= 3; id++)
		add_request(&b, id, id == 2 ? "no.such" : "activity.list");
	say(c, fd, b.data, b.len);
	assert_string_equal(heard(fd), "1 usage 3");
	assert_true(is_silent(fd));
	/* An idle client holds no memory. */
	assert_int_equal(c->all.held, 0);
	close(fd);
	serve(c);
	assert_int_equal(c->closed, 1);
}

/* The patience is counted from the first byte, however the rest drips. */
static void half_a_frame_is_waited_for(void **state)
{
	struct counter *c = *state;
	AUTO_BUF b = {0};
	int fd = come_in(c);

	add_request(&b, 7, "activity.list");
	add_request(&b, 8, "activity.list");
	assert_int_equal(conn_owes_since(c->all.first), CONN_OWES_NOTHING);
	say(c, fd, b.data, 5);
	uint64_t since = conn_owes_since(c->all.first);
	assert_int_not_equal(since, CONN_OWES_NOTHING);
	assert_true(c->owed > 0);
	c->all.first->half_since = since - 1;
	for (size_t i = 5; i < b.len / 2; i++) {
		assert_int_equal(conn_owes_since(c->all.first), since - 1);
		assert_true(is_silent(fd));
		say(c, fd, b.data + i, 1);
	}
	assert_string_equal(heard(fd), "7");
	assert_int_equal(conn_owes_since(c->all.first), CONN_OWES_NOTHING);
	/* Of the next frame it is counted anew. */
	say(c, fd, b.data + b.len / 2, 5);
	assert_true(conn_owes_since(c->all.first) >= since);
	say(c, fd, b.data + b.len / 2 + 5, b.len / 2 - 5);
	assert_string_equal(heard(fd), "8");
	close(fd);
}

static void who_does_not_send_the_rest_is_told_and_closed(void **state)
{
	struct counter *c = *state;
	int fd = come_in(c);

	say(c, fd, "\x94\x00", 2);
	conn_give_up(c->all.first);
	uv_run(&c->loop, UV_RUN_NOWAIT);
	assert_string_equal(heard(fd), "bad_frame");
	assert_true(is_closed(fd));
	assert_int_equal(c->closed, 1);
	close(fd);
}

static void what_is_no_frame_ends_it(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *word;
	} cases[] = {
		{"\xc1", 1, "bad_frame"},
		{"\xdb\x7f\xff\xff\xff", 5, "too_large"},
		{"\xdd\xff\xff\xff\xff", 5, "too_large"},
		{"\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91"
		 "\x91",
		 18, "too_large"},
	};
	struct counter *c = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_BUF b = {0};
		int fd = come_in(c);
		add_request(&b, 7, "activity.list");
		buf_write(&b, cases[i].bytes, cases[i].n);
		add_request(&b, 8, "activity.list");
		say(c, fd, b.data, b.len);
		char expected[64];
		snprintf(expected, sizeof(expected), "7 %s", cases[i].word);
		assert_string_equal(heard(fd), expected);
		assert_true(is_closed(fd));
		assert_int_equal(c->closed, (int)i + 1);
		close(fd);
	}
}

static void who_asks_and_leaves_is_answered(void **state)
{
	struct counter *c = *state;
	AUTO_BUF b = {0};
	int fd = come_in(c);

	add_request(&b, 7, "activity.list");
	assert_int_equal(send(fd, b.data, b.len, 0), b.len);
	assert_int_equal(shutdown(fd, SHUT_WR), 0);
	serve(c);
	assert_string_equal(heard(fd), "7");
	assert_true(is_closed(fd));
	close(fd);
}

/* ---- who is served ------------------------------------------------------------------------------ */

static void a_process_of_another_user_is_closed_without_a_word(void **state)
{
	struct counter *c = *state;
	int fd[2];

	c->all.user = getuid() + 1;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd), 0);
	assert_int_equal(send(fd[1], "\xc1", 1, 0), 1);
	conn_open(&c->all, fd[0]);
	serve(c);
	assert_true(is_closed(fd[1]));
	assert_int_equal(c->closed, 1);
	assert_int_equal(c->home->rpc.daemon.clients, 0);
	close(fd[1]);
}

/* The kernel notes who made the pair. */
static void so_it_is_with_a_real_one(void **state)
{
	struct counter *c = *state;
	int fd[2];

	if (getuid() != 0)
		skip();
	assert_int_equal(seteuid(NOBODY), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd), 0);
	assert_int_equal(seteuid(0), 0);
	conn_open(&c->all, fd[0]);
	serve(c);
	assert_true(is_closed(fd[1]));
	close(fd[1]);
	/* Were it the daemon's user, it would be served. */
	c->all.user = NOBODY;
	assert_int_equal(seteuid(NOBODY), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd), 0);
	assert_int_equal(seteuid(0), 0);
	conn_open(&c->all, fd[0]);
	ask(c, fd[1], 7, "activity.list");
	assert_string_equal(heard(fd[1]), "7");
	close(fd[1]);
}

static void one_too_many_is_told_and_closed(void **state)
{
	struct counter *c = *state;
	int first = come_in(c), second = come_in(c), third = come_in(c);

	assert_int_equal(c->home->rpc.daemon.clients, 2);
	assert_string_equal(heard(third), "busy");
	assert_true(is_closed(third));
	assert_int_equal(c->closed, 1);
	assert_int_equal(c->home->rpc.daemon.clients, 2);
	ask(c, second, 7, "activity.list");
	assert_string_equal(heard(second), "7");
	/* One leaves, and there is a place again. */
	close(first);
	serve(c);
	assert_int_equal(c->home->rpc.daemon.clients, 1);
	close(third);
	third = come_in(c);
	ask(c, third, 8, "activity.list");
	assert_string_equal(heard(third), "8");
	close(second);
	close(third);
}

/* Halves are what a peer can make us hold; whole requests are answered whatever is held. */
static void beyond_what_may_be_held_halves_are_refused(void **state)
{
	struct counter *c = *state;
	int fd = come_in(c), other = come_in(c);

	say(c, fd, "\x94", 1);
	say(c, fd, "\x00", 1);
	assert_in_range(c->all.held, 1, CONN_BYTES_MAX);
	/* Others hold so much that with this half it is just as much as may be. */
	size_t others = CONN_BYTES_MAX - c->all.held;
	c->all.held += others;
	say(c, fd, "\x07", 1);
	assert_true(is_silent(fd));
	c->all.held++;
	ask(c, other, 7, "activity.list");
	assert_string_equal(heard(other), "7");
	say(c, fd, "\xad", 1);
	assert_string_equal(heard(fd), "busy");
	assert_true(is_closed(fd));
	c->all.held -= others + 1;
	close(fd);
	close(other);
}

/* ---- a peer that does not read ---------------------------------------------------------------------- */

/* Reads all that came, which may end within a frame. */
static size_t drain(int fd)
{
	static char bytes[1 << 20];
	size_t all = 0;
	ssize_t n;

	while ((n = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0)
		all += (size_t)n;
	return all;
}

static void nothing_more_is_read_from_who_does_not_read(void **state)
{
	enum { REQUESTS = 60 };
	struct counter *c = *state;
	AUTO_BUF b = {0};
	int fd = come_in(c);

	for (uint32_t id = 1; id <= REQUESTS; id++)
		add_request(&b, id, "api.info");
	say(c, fd, b.data, b.len);
	struct conn *one = c->all.first;
	assert_int_equal(one->state, CONN_REPLYING);
	assert_false(one->reads);
	assert_true(one->asks);
	assert_int_not_equal(conn_owes_since(one), CONN_OWES_NOTHING);
	assert_true(c->all.held > 0);
	while (drain(fd))
		serve(c);
	assert_int_equal(one->state, CONN_READING);
	assert_int_equal(conn_owes_since(one), CONN_OWES_NOTHING);
	ask(c, fd, 7, "activity.list");
	assert_string_equal(heard(fd), "7");
	close(fd);
}

/* ---- the end -------------------------------------------------------------------------------------- */

static void nothing_is_answered_after_the_order_to_stop(void **state)
{
	struct counter *c = *state;
	AUTO_BUF b = {0};
	int fd = come_in(c);

	add_request(&b, 7, "daemon.stop");
	add_request(&b, 8, "activity.list");
	assert_int_equal(send(fd, b.data, b.len, 0), b.len);
	uv_run(&c->loop, UV_RUN_NOWAIT);
	struct turns_seat *seat = turns_pick(&c->all.turns);
	conn_serve(conn_of_seat(seat), UINT64_MAX);
	assert_true(c->next & NEXT_STOP);
	c->all.stopping = true;
	conn_finish(c->all.first);
	serve(c);
	assert_string_equal(heard(fd), "7");
	assert_true(is_closed(fd));
	assert_int_equal(c->closed, 1);
	close(fd);
}

static void an_answer_under_way_goes_out_before_it_ends(void **state)
{
	enum { REQUESTS = 60 };
	struct counter *c = *state;
	AUTO_BUF b = {0};
	int idle = come_in(c), fd = come_in(c);

	for (uint32_t id = 1; id <= REQUESTS; id++)
		add_request(&b, id, "api.info");
	say(c, fd, b.data, b.len);
	struct conn *busy = c->all.first;
	assert_int_equal(busy->state, CONN_REPLYING);
	c->all.stopping = true;
	conn_finish(busy->next);
	conn_finish(busy);
	serve(c);
	assert_true(is_closed(idle));
	assert_int_equal(c->closed, 1);
	while (c->closed < 2) {
		assert_true(drain(fd) > 0);
		serve(c);
	}
	close(idle);
	close(fd);
}

/* ---- subscribers ------------------------------------------------------------------------------------ */

static void a_subscriber_hears_what_is_new(void **state)
{
	struct counter *c = *state;
	int fd = come_in(c), other = come_in(c);

	ask(c, fd, 7, "events.subscribe");
	assert_string_equal(heard(fd), "7");
	assert_true(is_silent(fd));
	home_call(c->home, "activity.add",
		  "{\"title\":\"Course\",\"credit\":\"1h\",\"done_on\":\"2026-03-02\"}");
	for (struct conn *one = c->all.first; one; one = one->next)
		conn_tell(one);
	serve(c);
	assert_string_equal(heard(fd), "event");
	assert_true(is_silent(other));
	/* Nothing is told twice. */
	for (struct conn *one = c->all.first; one; one = one->next)
		conn_tell(one);
	serve(c);
	assert_true(is_silent(fd));
	close(fd);
	close(other);
}

/* ---- a frame that the owner takes over ------------------------------------------------------------- */

static void give_back(struct counter *c, uint32_t id)
{
	AUTO_BUF answer = {0};
	msgpack_packer pk;

	msgpack_packer_init(&pk, &answer, buf_write);
	wire_pack_response(&pk, id);
	msgpack_pack_nil(&pk);
	msgpack_pack_map(&pk, 0);
	conn_answer_taken(&c->all, &answer, NEXT_LINE);
	serve(c);
}

static void others_are_served_while_one_is_held(void **state)
{
	struct counter *c = *state;
	AUTO_BUF b = {0};
	int fd = come_in(c), other = come_in(c);

	add_request(&b, 1, "activity.list");
	add_request(&b, 2, LONG);
	add_request(&b, 3, "activity.list");
	say(c, fd, b.data, b.len);
	assert_string_equal(heard(fd), "1");
	ask(c, other, 7, "activity.list");
	assert_string_equal(heard(other), "7");
	ask(c, fd, 4, "activity.list");
	assert_true(is_silent(fd));
	c->next = 0;
	give_back(c, 2);
	assert_true(c->next & NEXT_LINE);
	assert_string_equal(heard(fd), "2 3 4");
	close(fd);
	close(other);
}

/* What it asked for is done all the same, and nobody is answered. */
static void one_that_is_held_may_leave(void **state)
{
	struct counter *c = *state;
	int fd = come_in(c);

	ask(c, fd, 2, LONG);
	assert_ptr_equal(c->all.taken, c->all.first);
	conn_close(c->all.first);
	close(fd);
	serve(c);
	assert_null(c->all.taken);
	give_back(c, 2);
	assert_true(c->next & NEXT_LINE);
	assert_int_equal(c->closed, 1);
}

static void one_that_is_held_is_answered_before_the_end(void **state)
{
	struct counter *c = *state;
	int fd = come_in(c);

	ask(c, fd, 2, LONG);
	c->all.stopping = true;
	conn_finish(c->all.first);
	serve(c);
	assert_int_equal(c->closed, 0);
	give_back(c, 2);
	assert_string_equal(heard(fd), "2");
	assert_true(is_closed(fd));
	assert_int_equal(c->closed, 1);
	close(fd);
}

#define COUNTER_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		COUNTER_TEST(each_request_is_answered_in_order),
		COUNTER_TEST(half_a_frame_is_waited_for),
		COUNTER_TEST(who_does_not_send_the_rest_is_told_and_closed),
		COUNTER_TEST(what_is_no_frame_ends_it),
		COUNTER_TEST(who_asks_and_leaves_is_answered),
		COUNTER_TEST(a_process_of_another_user_is_closed_without_a_word),
		COUNTER_TEST(so_it_is_with_a_real_one),
		COUNTER_TEST(one_too_many_is_told_and_closed),
		COUNTER_TEST(beyond_what_may_be_held_halves_are_refused),
		COUNTER_TEST(nothing_more_is_read_from_who_does_not_read),
		COUNTER_TEST(nothing_is_answered_after_the_order_to_stop),
		COUNTER_TEST(an_answer_under_way_goes_out_before_it_ends),
		COUNTER_TEST(a_subscriber_hears_what_is_new),
		COUNTER_TEST(others_are_served_while_one_is_held),
		COUNTER_TEST(one_that_is_held_may_leave),
		COUNTER_TEST(one_that_is_held_is_answered_before_the_end),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
