#include "common/arena.h"
#include "common/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void bytes_are_kept_up_to_the_ceiling(void **state)
{
	AUTO_BUF b = {.max = 5};

	(void)state;
	assert_int_equal(buf_write(&b, "abc", 3), 0);
	assert_int_equal(buf_write(&b, "def", 3), -1);
	assert_int_equal(b.len, 3);
	assert_int_equal(buf_write(&b, "de", 2), 0);
	assert_null(buf_reserve(&b, 1));
	assert_memory_equal(b.data, "abcde", 5);
	buf_consume(&b, 2);
	assert_int_equal(b.len, 3);
	assert_memory_equal(b.data, "cde", 3);
	assert_int_equal(buf_write(&b, "fg", 2), 0);
	assert_memory_equal(b.data, "cdefg", 5);
	buf_consume(&b, 5);
	assert_int_equal(b.len, 0);
}

static void without_a_ceiling_it_grows(void **state)
{
	AUTO_BUF b = {0};

	(void)state;
	for (int i = 0; i < 100000; i++)
		assert_int_equal(buf_write(&b, "0123456789", 10), 0);
	assert_int_equal(b.len, 1000000);
	assert_memory_equal(b.data + 999990, "0123456789", 10);
}

/* Nothing takes no room, also at the ceiling and where there is no memory yet; room for nothing is a place all the same. */
static void nothing_can_be_written_anywhere(void **state)
{
	AUTO_BUF empty = {0};
	AUTO_BUF full = {.max = 1};

	(void)state;
	assert_int_equal(buf_write(&empty, NULL, 0), 0);
	assert_int_equal(buf_write(&empty, "", 0), 0);
	assert_int_equal(empty.len, 0);
	assert_non_null(buf_reserve(&empty, 0));
	assert_int_equal(buf_write(&full, "a", 1), 0);
	assert_int_equal(buf_write(&full, "", 0), 0);
	assert_int_equal(full.len, 1);
}

static void an_arena_gives_zeroed_memory_that_stays(void **state)
{
	AUTO_ARENA a = {0};
	char *first = arena_dup(&a, "first");
	char *large = arena_alloc(&a, 1 << 20);

	(void)state;
	for (size_t i = 0; i < 1 << 20; i++)
		assert_int_equal(large[i], 0);
	for (int i = 0; i < 1000; i++) {
		long long *aligned = arena_alloc(&a, (size_t)i);
		assert_int_equal((size_t)aligned % _Alignof(max_align_t), 0);
	}
	assert_string_equal(first, "first");
	assert_string_equal(arena_dup_n(&a, "abcdef", 3), "abc");
	assert_string_equal(arena_printf(&a, "%d-%s", 7, "x"), "7-x");
	arena_reset(&a);
	assert_non_null(a.head);
	char *again = arena_alloc(&a, 100);
	for (int i = 0; i < 100; i++)
		assert_int_equal(again[i], 0);
	arena_done(&a);
	assert_null(a.head);
}

static void an_array_grows_by_doubling(void **state)
{
	AUTO_ARENA a = {0};
	int *v = NULL;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		v = arena_grow(&a, v, (size_t)i, sizeof(*v));
		v[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(v[i], i);
	assert_non_null(arena_array(&a, 0, 8));
}

/* The exit status of a child that asks for more than there is. */
static void what_cannot_be_had_ends_the_program(void **state)
{
	int status = 0;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		AUTO_ARENA a = {0};
		(void)close(STDERR_FILENO);
		_exit(arena_array(&a, (size_t)1 << 40, (size_t)1 << 40) ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_kept_up_to_the_ceiling),
		cmocka_unit_test(without_a_ceiling_it_grows),
		cmocka_unit_test(nothing_can_be_written_anywhere),
		cmocka_unit_test(an_arena_gives_zeroed_memory_that_stays),
		cmocka_unit_test(an_array_grows_by_doubling),
		cmocka_unit_test(what_cannot_be_had_ends_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
