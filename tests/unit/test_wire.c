#include "common/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(s)     s, sizeof(s) - 1

static void every_kind_of_value_has_its_length(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
	} cases[] = {
		{BYTES("\x00")},
		{BYTES("\x7f")},
		{BYTES("\xff")},
		{BYTES("\xc0")},
		{BYTES("\xc2")},
		{BYTES("\xc3")},
		{BYTES("\xcc\xff")},
		{BYTES("\xcd\x01\x02")},
		{BYTES("\xce\x01\x02\x03\x04")},
		{BYTES("\xcf\x01\x02\x03\x04\x05\x06\x07\x08")},
		{BYTES("\xd0\x80")},
		{BYTES("\xd1\x80\x01")},
		{BYTES("\xd2\x80\x01\x01\x01")},
		{BYTES("\xd3\x80\x01\x01\x01\x01\x01\x01\x01")},
		{BYTES("\xca\x3f\x80\x00\x00")},
		{BYTES("\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00")},
		{BYTES("\xa3"
		       "abc")},
		{BYTES("\xd9\x03"
		       "abc")},
		{BYTES("\xda\x00\x03"
		       "abc")},
		{BYTES("\xdb\x00\x00\x00\x03"
		       "abc")},
		{BYTES("\xc4\x03"
		       "abc")},
		{BYTES("\xc5\x00\x03"
		       "abc")},
		{BYTES("\xc6\x00\x00\x00\x03"
		       "abc")},
		{BYTES("\xd4\x01"
		       "a")},
		{BYTES("\xd5\x01"
		       "ab")},
		{BYTES("\xd6\x01"
		       "abcd")},
		{BYTES("\xd7\x01"
		       "abcdefgh")},
		{BYTES("\xd8\x01"
		       "abcdefghabcdefgh")},
		{BYTES("\xc7\x03\x01"
		       "abc")},
		{BYTES("\xc8\x00\x03\x01"
		       "abc")},
		{BYTES("\xc9\x00\x00\x00\x03\x01"
		       "abc")},
		{BYTES("\x90")},
		{BYTES("\x80")},
		{BYTES("\x92\x01\x02")},
		{BYTES("\x81\xa1"
		       "a\x02")},
		{BYTES("\xdc\x00\x02\x01\x02")},
		{BYTES("\xdd\x00\x00\x00\x02\x01\x02")},
		{BYTES("\xde\x00\x01\xa1"
		       "a\x02")},
		{BYTES("\xdf\x00\x00\x00\x01\xa1"
		       "a\x02")},
		{BYTES("\x92\x92\x01\x02\x81\x01\x90")},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct wire_scanner s = {0};
		size_t size = 0;
		/* One byte at a time: each but the last asks for more. */
		for (size_t n = 0; n < cases[i].n; n++)
			assert_int_equal(wire_scan(&s, &wire_request_limits,
						   cases[i].bytes, n, &size),
					 WIRE_MORE);
		assert_int_equal(wire_scan(&s, &wire_request_limits, cases[i].bytes,
					   cases[i].n, &size),
				 WIRE_DONE);
		assert_int_equal(size, cases[i].n);
		/* Ready for the next, with bytes behind it that are not its own. */
		char *two = malloc(2 * cases[i].n);
		assert_non_null(two);
		memcpy(two, cases[i].bytes, cases[i].n);
		memcpy(two + cases[i].n, cases[i].bytes, cases[i].n);
		assert_int_equal(
			wire_scan(&s, &wire_request_limits, two, 2 * cases[i].n, &size),
			WIRE_DONE);
		assert_int_equal(size, cases[i].n);
		free(two);
	}
}

static void limits_hold_before_anything_is_kept(void **state)
{
	static const struct wire_limits few = {.bytes = 16, .depth = 2, .items = 5};
	static const struct {
		const char *bytes;
		size_t n;
		enum wire_scan result;
	} cases[] = {
		{BYTES("\xc1"), WIRE_INVALID},
		{BYTES("\x91\xc1"), WIRE_INVALID},
		{BYTES("\xdb\xff\xff\xff\xff"), WIRE_TOO_LARGE},
		{BYTES("\xdb\x00\x00\x00\x0c"), WIRE_TOO_LARGE},
		{BYTES("\xdb\x00\x00\x00\x0b"
		       "12345678901"),
		 WIRE_DONE},
		{BYTES("\xdd\xff\xff\xff\xff"), WIRE_TOO_MANY},
		{BYTES("\xdf\xff\xff\xff\xff"), WIRE_TOO_MANY},
		{BYTES("\x95"), WIRE_TOO_MANY},
		{BYTES("\x94\x01\x01\x01\x01"), WIRE_DONE},
		{BYTES("\x91\x91\x91"), WIRE_TOO_DEEP},
		{BYTES("\x91\x91\x01"), WIRE_DONE},
		{BYTES("\x91\xd9\x0d"
		       "1234567890123"),
		 WIRE_DONE},
		{BYTES("\x91\xd9\x0e"
		       "12345678901234"),
		 WIRE_TOO_LARGE},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct wire_scanner s = {0};
		size_t size;
		enum wire_scan r = wire_scan(&s, &few, cases[i].bytes, cases[i].n, &size);
		if (r != cases[i].result)
			fail_msg("case %zu: %d", i, (int)r);
		assert_int_equal(*wire_scan_text(r) == '\0', r == WIRE_DONE);
	}
}

static void read(const char *bytes, size_t n, msgpack_unpacked *u)
{
	msgpack_unpacked_init(u);
	assert_int_equal(msgpack_unpack_next(u, bytes, n, NULL), MSGPACK_UNPACK_SUCCESS);
}

static void headers_are_read_or_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *says; /* NULL: read */
		uint32_t id;
	} cases[] = {
		{BYTES("\x94\x00\x07\xa1m\x90"), NULL, 7},
		{BYTES("\x94\x00\xce\xff\xff\xff\xff\xa1m\x91\xc0"), NULL, UINT32_MAX},
		{BYTES("\x93\x02\xa1m\x91\x80"), NULL, 0},
		{BYTES("\x01"), "it is not an array of three or four", 0},
		{BYTES("\x92\x00\x01"), "it is not an array of three or four", 0},
		{BYTES("\x94\x01\x07\xc0\xc0"),
		 "it is neither a request nor a notification", 0},
		{BYTES("\x93\x00\xa1m\x90"), "it is neither a request nor a notification",
		 0},
		{BYTES("\x94\x00\xff\xa1m\x90"), "its id is not a number of 32 bits", 0},
		{BYTES("\x94\x00\xcf\x00\x00\x00\x01\x00\x00\x00\x00\xa1m\x90"),
		 "its id is not a number of 32 bits", 0},
		{BYTES("\x94\x00\x07\x01\x90"), "its method is not text", 7},
		{BYTES("\x94\x00\x07\xa1m\x80"),
		 "parameters come as an array that holds one map", 7},
		{BYTES("\x94\x00\x07\xa1m\x92\x80\x80"),
		 "parameters come as an array that holds one map", 7},
		{BYTES("\x94\x00\x07\xa1m\x91\x01"),
		 "parameters come as an array that holds one map", 7},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct wire_request request;
		msgpack_unpacked u;
		struct err e = {0};
		read(cases[i].bytes, cases[i].n, &u);
		int r = wire_read_request(&u.data, &request, &e);
		assert_int_equal(r, cases[i].says ? -PDH_BAD_FRAME : 0);
		assert_int_equal(request.id, cases[i].id);
		if (cases[i].says)
			assert_non_null(strstr(e.message, cases[i].says));
		else
			assert_true(request.method_len == 1 && *request.method == 'm');
		msgpack_unpacked_destroy(&u);
	}
}

static void an_error_says_the_same_on_the_other_side(void **state)
{
	AUTO_BUF out = {0};
	struct err sent, got;
	struct wire_response response;
	msgpack_unpacked u;
	msgpack_packer pk;
	int level;

	(void)state;
	err_set(&sent, -PDH_REFUSED, "credit", "credit must be more than zero");
	err_hint(&sent, "try 1h");
	msgpack_packer_init(&pk, &out, buf_write);
	wire_pack_response(&pk, 9);
	wire_pack_error(&pk, &sent, 3);
	msgpack_pack_nil(&pk);
	read(out.data, out.len, &u);
	assert_int_equal(wire_read_response(&u.data, &response, &got), 0);
	assert_int_equal(response.id, 9);
	assert_null(response.result);
	wire_read_error(response.error, &got, &level);
	assert_int_equal(got.code, -PDH_REFUSED);
	assert_string_equal(got.message, sent.message);
	assert_string_equal(got.field, "credit");
	assert_string_equal(got.hint, "try 1h");
	assert_int_equal(level, 3);
	msgpack_unpacked_destroy(&u);
}

static void an_error_that_cannot_be_read_is_still_one(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
	} cases[] = {{BYTES("\xa1x")},
		     {BYTES("\x80")},
		     {BYTES("\x81\xa4"
			    "code\xff")},
		     {BYTES("\x81\xa4"
			    "code\xce\xff\xff\xff\xff")},
		     {BYTES("\x81\xa7message\x01")},
		     {BYTES("\x81\x01\x01")}};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		msgpack_unpacked u;
		struct err got;
		int level = 7;
		read(cases[i].bytes, cases[i].n, &u);
		wire_read_error(&u.data, &got, &level);
		assert_int_equal(got.code, -PDH_FAILED);
		assert_string_equal(got.message, "the daemon refused");
		assert_int_equal(level, 0);
		msgpack_unpacked_destroy(&u);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_value_has_its_length),
		cmocka_unit_test(limits_hold_before_anything_is_kept),
		cmocka_unit_test(headers_are_read_or_refused),
		cmocka_unit_test(an_error_says_the_same_on_the_other_side),
		cmocka_unit_test(an_error_that_cannot_be_read_is_still_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
