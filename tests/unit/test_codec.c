/* Structs to msgpack and back: strict for requests, lenient for answers. */
#include "common/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

/* What is unpacked lives in `u`. */
static void unpack(const struct buf *b, msgpack_unpacked *u)
{
	size_t off = 0;

	msgpack_unpacked_init(u);
	assert_int_equal(msgpack_unpack_next(u, b->data, b->len, &off),
			 MSGPACK_UNPACK_SUCCESS);
}

#define AUTO_UNPACKED __attribute__((cleanup(msgpack_unpacked_destroy))) msgpack_unpacked

static void a_record_comes_back_as_it_was(void **state)
{
	struct activity a, back;
	const char *topics[] = {"x", "y"};
	AUTO_BUF b = {0};
	msgpack_packer pk;
	AUTO_UNPACKED u;
	struct err e;

	(void)state;
	shape_none(&shape_activity, &a);
	a.id = 212;
	a.title = "Title";
	a.done_on = date_make(2026, 3, 13);
	a.credit = (struct credit){9000000, "hour"};
	a.topics = (struct texts){2, topics};
	a.planned = 0;
	msgpack_packer_init(&pk, &b, buf_write);
	codec_write_record(&pk, &shape_activity, &a);
	unpack(&b, &u);
	assert_int_equal(codec_read_record(&shape_activity, &u.data, &arena, &back, &e),
			 0);
	assert_int_equal(back.id, 212);
	assert_string_equal(back.title, "Title");
	assert_int_equal(back.done_on, a.done_on);
	assert_int_equal(back.credit.exact, 9000000);
	assert_string_equal(back.credit.unit, "hour");
	assert_int_equal(back.topics.n, 2);
	assert_string_equal(back.topics.v[1], "y");
	assert_int_equal(back.planned, 0);
	assert_true(kind_is_none(KIND_BOOL, &back.duty));
	assert_null(back.note);
	assert_int_equal(back.from, DATE_NONE);
}

static void parameters_come_back_as_they_were(void **state)
{
	struct activity_import_params p, back;
	struct activity_add_params one;
	AUTO_BUF b = {0};
	msgpack_packer pk;
	AUTO_UNPACKED u;
	struct err e;

	(void)state;
	shape_none(&shape_activity_add_params, &one);
	one.title = "A";
	one.credit = (struct credit){3600000, "semester hour"};
	one.from = DATE_CLEAR;
	one.planned = 1;
	shape_none(&shape_activity_import_params, &p);
	p.activities.v = &one;
	p.activities.n = 1;
	msgpack_packer_init(&pk, &b, buf_write);
	const struct codec_caller caller = {.dry_run = true,
					    .level = PDH_API_LEVEL,
					    .today = date_make(2026, 3, 14),
					    .zone = -330,
					    .once = "0123456789abcdef"};
	codec_write_params(&pk, &shape_activity_import_params, &p, &caller);
	unpack(&b, &u);
	assert_true(wire_get(&u.data, "dry_run")->via.boolean);
	assert_int_equal(wire_get(&u.data, "api_level")->via.u64, PDH_API_LEVEL);
	assert_int_equal(codec_read_params(&shape_activity_import_params, &u.data, &arena,
					   &back, &e),
			 0);
	assert_int_equal(back.activities.n, 1);
	assert_string_equal(back.activities.v[0].credit.unit, "semester hour");
	assert_int_equal(back.activities.v[0].from, DATE_CLEAR);
	assert_int_equal(back.activities.v[0].done_on, DATE_NONE);
	assert_int_equal(back.activities.v[0].planned, 1);
	assert_int_equal(back.similar, BOOL_NONE);
}

static void bytes_come_back_as_they_were(void **state)
{
	static const char data[] = "a\0b\xff";
	struct upload_write_params p, back;
	AUTO_BUF b = {0};
	msgpack_packer pk;
	AUTO_UNPACKED u;
	struct err e;

	(void)state;
	shape_none(&shape_upload_write_params, &p);
	p.token = "t";
	p.offset = 0;
	p.data = (struct bytes){sizeof(data), data};
	msgpack_packer_init(&pk, &b, buf_write);
	codec_write_params(&pk, &shape_upload_write_params, &p, NULL);
	unpack(&b, &u);
	assert_int_equal(wire_get(&u.data, "data")->type, MSGPACK_OBJECT_BIN);
	assert_int_equal(
		codec_read_params(&shape_upload_write_params, &u.data, &arena, &back, &e),
		0);
	assert_int_equal(back.data.n, sizeof(data));
	assert_memory_equal(back.data.v, data, sizeof(data));
}

/* None, too many, and text in their place. */
static void bytes_are_bounded(void **state)
{
	size_t most = kind_row(KIND_BYTES)->most;
	char *data = arena_alloc(&arena, most + 1);
	static const struct {
		size_t more;
		bool text;
		int code;
	} cases[] = {{0, false, -PDH_USAGE},
		     {0, true, -PDH_USAGE},
		     {1, false, -PDH_TOO_LARGE}};
	struct upload_write_params back;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t n = cases[i].more ? most + cases[i].more : 0;
		AUTO_BUF b = {0};
		msgpack_packer pk;
		AUTO_UNPACKED u;
		msgpack_packer_init(&pk, &b, buf_write);
		msgpack_pack_map(&pk, 1);
		wire_pack_text(&pk, "data");
		if (cases[i].text) {
			wire_pack_text(&pk, "aGVsbG8=");
		} else {
			msgpack_pack_bin(&pk, n);
			msgpack_pack_bin_body(&pk, data, n);
		}
		unpack(&b, &u);
		assert_int_equal(codec_read_params(&shape_upload_write_params, &u.data,
						   &arena, &back, &e),
				 cases[i].code);
		assert_string_equal(e.field, "data");
	}
}

static void answers_of_another_level_are_read_as_far_as_they_go(void **state)
{
	AUTO_BUF b = {0};
	struct version v;
	msgpack_packer pk;
	struct err e;

	(void)state;
	msgpack_packer_init(&pk, &b, buf_write);
	msgpack_pack_map(&pk, 2);
	wire_pack_text(&pk, "version");
	wire_pack_text(&pk, "9.9");
	wire_pack_text(&pk, "something new");
	msgpack_pack_array(&pk, 0);
	AUTO_UNPACKED u;
	unpack(&b, &u);
	assert_int_equal(codec_read_record(&shape_version, &u.data, &arena, &v, &e), 0);
	assert_string_equal(v.version, "9.9");
	assert_int_equal(v.level, INT_NONE);
	assert_int_equal(codec_read_params(&shape_version, &u.data, &arena, &v, &e),
			 -PDH_USAGE);
	assert_string_equal(e.field, "something new");
}

static void a_key_given_twice_is_refused(void **state)
{
	struct activity_get_params p;
	AUTO_BUF b = {0};
	msgpack_packer pk;
	struct err e;

	(void)state;
	msgpack_packer_init(&pk, &b, buf_write);
	msgpack_pack_map(&pk, 2);
	for (int i = 0; i < 2; i++) {
		wire_pack_text(&pk, "ids");
		msgpack_pack_int(&pk, 1);
	}
	AUTO_UNPACKED u;
	unpack(&b, &u);
	assert_int_equal(
		codec_read_params(&shape_activity_get_params, &u.data, &arena, &p, &e),
		-PDH_USAGE);
	assert_string_equal(e.field, "ids");
	assert_non_null(strstr(e.message, "twice"));
}

/* Any value in the place of any parameter is taken or refused with the parameter's name. */
static void wrong_types_name_their_parameter(void **state)
{
	struct err e;

	(void)state;
	for (size_t m = 0; m < METHOD_COUNT; m++) {
		const struct shape *s = api_methods[m].params;
		for (size_t i = 0; i < s->n; i++) {
			AUTO_BUF b = {0};
			msgpack_packer pk;
			msgpack_packer_init(&pk, &b, buf_write);
			msgpack_pack_map(&pk, 1);
			wire_pack_text(&pk, s->fields[i].name);
			msgpack_pack_double(&pk, 1.5);
			AUTO_UNPACKED u;
			unpack(&b, &u);
			void *p = arena_alloc(&arena, s->size);
			assert_true(codec_read_params(s, &u.data, &arena, p, &e) < 0);
			assert_string_equal(e.field, s->fields[i].name);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_comes_back_as_it_was),
		cmocka_unit_test(parameters_come_back_as_they_were),
		cmocka_unit_test(bytes_come_back_as_they_were),
		cmocka_unit_test(bytes_are_bounded),
		cmocka_unit_test(answers_of_another_level_are_read_as_far_as_they_go),
		cmocka_unit_test(a_key_given_twice_is_refused),
		cmocka_unit_test(wrong_types_name_their_parameter),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
