/* The listening socket: where it is bound, and that clients find it again when its file is gone. */
#include "daemon/loop/door.h"

#include "common/paths.h"
#include "tests/support/loop.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_SIZE = 108, SETTLE_MS = 100 };

struct house {
	char folder[40];
	char database[PATH_SIZE];
	uv_loop_t loop;
	struct door door;
	bool opened;
	/* What the door told. */
	bool came, moved, lost;
	char path[PATH_SIZE];
};

static void on_in(void *owner, int fd)
{
	struct house *h = owner;

	close(fd);
	h->came = true;
}

static void on_moved(void *owner, const char *path)
{
	struct house *h = owner;

	snprintf(h->path, sizeof(h->path), "%s", path);
	h->moved = true;
}

static void on_lost(void *owner)
{
	struct house *h = owner;

	h->lost = true;
}

static const struct door_calls calls = {on_in, on_moved, on_lost};

static int set_up(void **state)
{
	struct house *h = calloc(1, sizeof(*h));

	assert_non_null(h);
	strcpy(h->folder, "/tmp/pdh-door-XXXXXX");
	assert_non_null(mkdtemp(h->folder));
	setenv("HOME", h->folder, 1);
	setenv("XDG_RUNTIME_DIR", h->folder, 1);
	unsetenv("PDH_SOCKET");
	snprintf(h->database, sizeof(h->database), "%s/.local/share/pdh/pdh.db",
		 h->folder);
	assert_int_equal(uv_loop_init(&h->loop), 0);
	*state = h;
	return 0;
}

static int tear_down(void **state)
{
	struct house *h = *state;
	char command[64];

	if (h->opened) {
		door_close(&h->door);
		door_close(&h->door);
	}
	loop_end(&h->loop);
	if (h->opened)
		door_free(&h->door);
	unsetenv("PDH_SOCKET");
	snprintf(command, sizeof(command), "rm -rf %s", h->folder);
	int r = system(command);
	free(h);
	return r;
}

static void build(struct house *h)
{
	struct err e;

	h->door = (struct door){.calls = &calls, .owner = h, .database = h->database};
	if (door_bind(&h->door.arena, h->database, &h->door.socket, &h->door.path, &e) <
	    0)
		fail_msg("%s", e.message);
	door_init(&h->door, &h->loop);
	h->opened = true;
	assert_int_equal(door_open(&h->door), 0);
	/* The first look. */
	uv_run(&h->loop, UV_RUN_NOWAIT);
	assert_false(h->moved || h->lost);
}

static const char *in(const struct house *h, const char *leaf)
{
	static char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/pdh/%s", h->folder, leaf);
	return path;
}

static bool is_there(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

/* Whether somebody who goes there is let in. */
static void expect_served(struct house *h, const char *path)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(un.sun_path, sizeof(un.sun_path), "%s", path);
	assert_int_equal(connect(fd, (struct sockaddr *)&un, sizeof(un)), 0);
	h->came = false;
	loop_until(&h->loop, &h->came);
	close(fd);
}

/* Somebody else listens there. */
static struct listener occupy(const char *path)
{
	struct listener l;
	struct err e;

	assert_int_equal(listen_open(path, &l, &e), 0);
	return l;
}

static void vacate(struct listener *l, const char *path)
{
	listen_unlink(l, path);
	close(l->fd);
}

/* ---- where it is bound
 * ------------------------------------------------------------------------------
 */

static void the_home_s_database_has_the_usual_address(void **state)
{
	struct house *h = *state;

	build(h);
	assert_string_equal(h->door.path, in(h, "sock"));
	expect_served(h, in(h, "sock"));
}

static void another_database_has_its_own(void **state)
{
	struct house *h = *state;

	snprintf(h->database, sizeof(h->database), "%s/copy.db", h->folder);
	build(h);
	assert_memory_equal(h->door.path, in(h, "sock-"), strlen(in(h, "sock-")));
	expect_served(h, h->door.path);
	assert_false(is_there(in(h, "sock")));
}

static void a_second_home_has_its_own_and_a_third_daemon_none(void **state)
{
	struct house *h = *state;
	AUTO_ARENA a = {0};
	struct listener third;
	const char *path;
	struct err e;

	assert_int_equal(mkdir(in(h, ""), 0700), 0);
	struct listener other = occupy(in(h, "sock"));
	build(h);
	assert_memory_equal(h->door.path, in(h, "sock-"), strlen(in(h, "sock-")));
	assert_int_equal(door_bind(&a, h->database, &third, &path, &e), -PDH_REFUSED);
	assert_non_null(strstr(e.message, "another pdhd answers on"));
	vacate(&other, in(h, "sock"));
}

/* ---- its file is gone
 * -------------------------------------------------------------------------------
 */

static void it_binds_anew_when_its_file_is_gone(void **state)
{
	struct house *h = *state;

	build(h);
	assert_int_equal(unlink(in(h, "sock")), 0);
	loop_until(&h->loop, &h->moved);
	assert_string_equal(h->path, in(h, "sock"));
	expect_served(h, in(h, "sock"));
	/* And again: the folder is watched as before. */
	h->moved = false;
	assert_int_equal(unlink(in(h, "sock")), 0);
	loop_until(&h->loop, &h->moved);
	expect_served(h, in(h, "sock"));
	assert_false(h->lost);
}

static void it_binds_anew_when_its_folder_is_gone(void **state)
{
	struct house *h = *state;

	build(h);
	assert_int_equal(unlink(in(h, "sock")), 0);
	(void)unlink(in(h, "sock.lock"));
	assert_int_equal(rmdir(in(h, "")), 0);
	loop_until(&h->loop, &h->moved);
	assert_string_equal(h->path, in(h, "sock"));
	expect_served(h, in(h, "sock"));
	h->moved = false;
	assert_int_equal(unlink(in(h, "sock")), 0);
	loop_until(&h->loop, &h->moved);
	assert_false(h->lost);
}

static void what_else_happens_in_the_folder_is_no_reason(void **state)
{
	struct house *h = *state;

	build(h);
	int fd = open(in(h, "line"), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
	expect_served(h, in(h, "sock"));
	assert_true(uv_timer_get_due_in(&h->door.belt) > SETTLE_MS);
	assert_false(h->moved || h->lost);
}

/* There are only so many watches for each user. */
static void without_a_watch_the_belt_finds_it(void **state)
{
	struct house *h = *state;

	build(h);
	uv_fs_event_stop(&h->door.watch);
	assert_int_equal(unlink(in(h, "sock")), 0);
	uv_timer_start(&h->door.belt, h->door.belt.timer_cb, 0, 0);
	loop_until(&h->loop, &h->moved);
	expect_served(h, in(h, "sock"));
	assert_true(uv_timer_get_due_in(&h->door.belt) > SETTLE_MS);
}

/* Another daemon of the same home took its place. */
static void who_finds_another_in_its_place_is_told_and_leaves_it(void **state)
{
	struct house *h = *state;

	build(h);
	assert_int_equal(unlink(in(h, "sock")), 0);
	struct listener other = occupy(in(h, "sock"));
	loop_until(&h->loop, &h->lost);
	assert_false(h->moved);
	door_close(&h->door);
	assert_true(listen_is_there(&other, in(h, "sock")));
	vacate(&other, in(h, "sock"));
}

/* The session ended and another has begun: where a daemon that begins now would be. */
static void it_moves_to_where_clients_look_now(void **state)
{
	struct house *h = *state;
	char other[PATH_SIZE], wanted[PATH_SIZE + 16];

	build(h);
	snprintf(other, sizeof(other), "%s/other", h->folder);
	snprintf(wanted, sizeof(wanted), "%s/pdh/sock", other);
	assert_int_equal(mkdir(other, 0700), 0);
	setenv("XDG_RUNTIME_DIR", other, 1);
	assert_int_equal(unlink(in(h, "sock")), 0);
	loop_until(&h->loop, &h->moved);
	assert_string_equal(h->path, wanted);
	expect_served(h, wanted);
}

static void an_address_that_was_named_is_kept(void **state)
{
	struct house *h = *state;

	setenv("PDH_SOCKET", in(h, "mine"), 1);
	build(h);
	assert_string_equal(h->door.path, in(h, "mine"));
	assert_int_equal(unlink(in(h, "mine")), 0);
	loop_until(&h->loop, &h->moved);
	assert_string_equal(h->path, in(h, "mine"));
	expect_served(h, in(h, "mine"));
}

static void it_takes_its_own_file_away(void **state)
{
	struct house *h = *state;

	build(h);
	door_close(&h->door);
	assert_false(is_there(in(h, "sock")));
	uv_run(&h->loop, UV_RUN_DEFAULT);
	assert_false(h->moved || h->lost);
}

#define HOUSE_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(the_home_s_database_has_the_usual_address),
		HOUSE_TEST(another_database_has_its_own),
		HOUSE_TEST(a_second_home_has_its_own_and_a_third_daemon_none),
		HOUSE_TEST(it_binds_anew_when_its_file_is_gone),
		HOUSE_TEST(it_binds_anew_when_its_folder_is_gone),
		HOUSE_TEST(what_else_happens_in_the_folder_is_no_reason),
		HOUSE_TEST(without_a_watch_the_belt_finds_it),
		HOUSE_TEST(who_finds_another_in_its_place_is_told_and_leaves_it),
		HOUSE_TEST(it_moves_to_where_clients_look_now),
		HOUSE_TEST(an_address_that_was_named_is_kept),
		HOUSE_TEST(it_takes_its_own_file_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
