/* Long writes: which requests are some, and what is answered beside one. The two dispatchers take turns in one thread here,
 * so that what is read when is certain. */
#include "daemon/rpc/long.h"

#include "daemon/store/change.h"
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 201 };

static void pack_one(msgpack_packer *pk, int i)
{
	char title[32];

	(void)snprintf(title, sizeof(title), "Course %d", i);
	msgpack_pack_map(pk, 3);
	wire_pack_text(pk, "title");
	wire_pack_text(pk, title);
	wire_pack_text(pk, "credit");
	wire_pack_text(pk, "1h");
	wire_pack_text(pk, "done_on");
	wire_pack_text(pk, "2026-01-05");
}

/* activity.import of n entries. */
static void add_import(struct buf *to, int n)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, to, buf_write);
	wire_pack_request(&pk, 7, "activity.import");
	msgpack_pack_map(&pk, 3);
	wire_pack_text(&pk, "progress");
	msgpack_pack_true(&pk);
	wire_pack_text(&pk, "similar");
	msgpack_pack_true(&pk);
	wire_pack_text(&pk, "activities");
	msgpack_pack_array(&pk, (size_t)n);
	for (int i = 0; i < n; i++)
		pack_one(&pk, i);
}

static void add_plain(struct buf *to, const char *method)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, to, buf_write);
	wire_pack_request(&pk, 7, method);
	msgpack_pack_map(&pk, 0);
}

static bool is_long(struct home *h, const struct buf *frame)
{
	struct rpc_long l;

	return rpc_long_asked(&h->rpc, frame->data, frame->len, &l);
}

/* The answer to that frame: its result, or its error; the caller drops it. */
static void ask(struct rpc *rpc, const struct buf *frame, struct buf *out,
		msgpack_unpacked *ret, const msgpack_object **result, struct err *e)
{
	struct wire_response response;
	size_t off = 0;
	int level;

	(void)rpc_dispatch(rpc, frame->data, frame->len, out);
	msgpack_unpacked_init(ret);
	assert_int_equal(msgpack_unpack_next(ret, out->data, out->len, &off),
			 MSGPACK_UNPACK_SUCCESS);
	assert_int_equal(wire_read_response(&ret->data, &response, e), 0);
	e->code = 0;
	if (response.error)
		wire_read_error(response.error, e, &level);
	*result = response.result;
}

/* How many activities this dispatcher lists. */
static uint32_t listed(struct rpc *rpc)
{
	const msgpack_object *result;
	AUTO_BUF frame = {0};
	AUTO_BUF out = {0};
	msgpack_unpacked u;
	struct err e;

	add_plain(&frame, "activity.list");
	ask(rpc, &frame, &out, &u, &result, &e);
	assert_int_equal(e.code, 0);
	uint32_t n = wire_get(result, "activities")->via.array.size;
	msgpack_unpacked_destroy(&u);
	return n;
}

static void refused(struct rpc *rpc, const char *method, struct err *e)
{
	const msgpack_object *result;
	AUTO_BUF frame = {0};
	AUTO_BUF out = {0};
	msgpack_unpacked u;

	add_plain(&frame, method);
	ask(rpc, &frame, &out, &u, &result, e);
	msgpack_unpacked_destroy(&u);
	assert_int_equal(e->code, -PDH_BUSY);
	assert_string_equal(e->field, "running");
}

static void what_is_much_is_long(void **state)
{
	struct home *h = *state;
	AUTO_BUF few = {0};
	AUTO_BUF many = {0};
	AUTO_BUF undo = {0};
	AUTO_BUF list = {0};

	add_import(&few, MANY - 1);
	add_import(&many, MANY);
	add_plain(&undo, "change.undo");
	add_plain(&list, "activity.list");
	assert_false(is_long(h, &few));
	assert_true(is_long(h, &many));
	assert_false(is_long(h, &undo));
	assert_false(is_long(h, &list));
	home_call(h, "activity.add",
		  "{\"title\":\"One\",\"credit\":\"1h\",\"done_on\":\"2026-01-05\"}");
	assert_false(is_long(h, &undo));
}

/* Undo is as long as what it takes back, and redo as what it brings back. */
static void undo_of_much_is_long(void **state)
{
	struct home *h = *state;
	AUTO_BUF frame = {0};
	AUTO_BUF out = {0};
	AUTO_BUF undo = {0};
	AUTO_BUF redo = {0};

	add_plain(&undo, "change.undo");
	add_plain(&redo, "change.redo");
	add_import(&frame, 3 * MANY);
	(void)rpc_dispatch(&h->rpc, frame.data, frame.len, &out);
	assert_true(is_long(h, &undo));
	assert_false(is_long(h, &redo));
	home_call(h, "change.undo", "{}");
	assert_true(is_long(h, &redo));
	assert_false(is_long(h, &undo));
}

static void beside_it_what_was_is_read_and_nothing_written(void **state)
{
	struct home *h = *state;
	AUTO_BUF frame = {0};
	AUTO_BUF out = {0};
	struct rpc_long l;
	struct err e;
	int64_t op;

	home_call(h, "activity.add",
		  "{\"title\":\"One\",\"credit\":\"1h\",\"done_on\":\"2026-01-05\"}");
	add_import(&frame, MANY);
	assert_true(rpc_long_asked(&h->rpc, frame.data, frame.len, &l));
	assert_true(l.progress);
	assert_int_equal(l.id, 7);
	assert_int_equal(rpc_long_lend(&h->rpc, &l, &e), 0);
	assert_int_equal(listed(l.beside), 1);
	db_tell_far(h->rpc.db, (struct db_part){100, 500}, 1, 2);
	refused(l.beside, "activity.add", &e);
	assert_string_equal(e.message,
			    "another client's activity.import is under way, 30 % done");
	refused(l.beside, "upload.begin", &e);
	refused(l.beside, "pack.reload", &e);
	assert_int_equal(rpc_run(&h->rpc, NULL, NULL, &e), -PDH_BUSY);

	/* Whoever began to read before the commit reads on in what was. */
	assert_int_equal(db_hold(l.beside->db, &e), 0);
	assert_int_equal(change_last(l.beside->db, &op, &e), 0);
	assert_int_equal(op, 1);
	assert_true(rpc_long_run(&h->rpc, frame.data, frame.len, &out) & NEXT_LINE);
	assert_int_equal(change_last(l.beside->db, &op, &e), 0);
	assert_int_equal(op, 1);
	db_let_go(l.beside->db);
	assert_int_equal(listed(l.beside), MANY + 1);
	int64_t asked = l.beside->daemon.requests;
	rpc_long_take_back(&h->rpc, &l);
	assert_int_equal(h->rpc.daemon.requests, asked + 1);
	assert_int_equal(listed(&h->rpc), MANY + 1);
}

/* Stopped at any moment before the commit, nothing is stored. */
static void one_that_is_stopped_stores_nothing(void **state)
{
	struct home *h = *state;
	struct wire_response response;
	AUTO_BUF frame = {0};
	AUTO_BUF out = {0};
	msgpack_unpacked u;
	struct rpc_long l;
	size_t off = 0;
	struct err e;
	int level;

	add_import(&frame, MANY);
	assert_true(rpc_long_asked(&h->rpc, frame.data, frame.len, &l));
	assert_int_equal(rpc_long_lend(&h->rpc, &l, &e), 0);
	db_stop(h->rpc.db, true);
	(void)rpc_long_run(&h->rpc, frame.data, frame.len, &out);
	rpc_long_take_back(&h->rpc, &l);
	msgpack_unpacked_init(&u);
	assert_int_equal(msgpack_unpack_next(&u, out.data, out.len, &off),
			 MSGPACK_UNPACK_SUCCESS);
	assert_int_equal(wire_read_response(&u.data, &response, &e), 0);
	wire_read_error(response.error, &e, &level);
	assert_int_equal(e.code, -PDH_BUSY);
	assert_string_equal(e.field, "");
	msgpack_unpacked_destroy(&u);
	assert_int_equal(listed(&h->rpc), 0);
	home_call(h, "activity.add",
		  "{\"title\":\"One\",\"credit\":\"1h\",\"done_on\":\"2026-01-05\"}");
	assert_int_equal(listed(&h->rpc), 1);
}

#define LONG_TEST(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		LONG_TEST(what_is_much_is_long),
		LONG_TEST(undo_of_much_is_long),
		LONG_TEST(beside_it_what_was_is_read_and_nothing_written),
		LONG_TEST(one_that_is_stopped_stores_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
