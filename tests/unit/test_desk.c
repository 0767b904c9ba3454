/* Notifications: texts that a service may have, buttons of reminders alone, and a bus that is not there, says nothing or
 * goes away. With a service that answers: tests/func/desktop.sh. */
#include "daemon/desk/desk.h"
#include "daemon/desk/shown.h"
#include "daemon/desk/text.h"

#include "tests/support/loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- texts ------------------------------------------------------------------------------------ */

static void what_a_service_may_not_have_is_replaced(void **state)
{
	static const struct {
		struct desk_text as;
		const char *text, *shown;
	} cases[] = {
		{{.most = 99}, "Prints: 30 days", "Prints: 30 days"},
		{{.most = 99}, "a\nb\tc\033[1md", "a b c [1md"},
		{{.most = 99, .lines = true}, "a\nb\tc", "a\nb c"},
		{{.most = 99}, "<b>R&D</b>", "<b>R&D</b>"},
		{{.most = 99, .markup = true},
		 "<b>R&D</b>",
		 "&lt;b&gt;R&amp;D&lt;/b&gt;"},
		{{.most = 99}, "a\xff\xc3", "a??"},
		{{.most = 99}, "abc\u202e123", "abc 123"},
		{{.most = 99}, "\u00e4\U0001f393", "\u00e4\U0001f393"},
		{{.most = 3}, "abc", "abc"},
		{{.most = 3}, "abcd", "abc…"},
		/* Never in the midst of a character. */
		{{.most = 2}, "a\u00e4b", "a…"},
		{{.most = 3}, "a\u00e4b", "a\u00e4…"},
		{{.most = 0}, "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_BUF b = {0};
		desk_text(&b, cases[i].text, &cases[i].as);
		assert_string_equal(b.data, cases[i].shown);
		assert_int_equal(b.len, strlen(cases[i].shown) + 1);
	}
}

static void a_button_carries_the_name_of_its_reminder(void **state)
{
	static const char *const names[] = {"fp/30d", "tx-lib/3/+7d",
					    "tx_lib/pace-2026-03"};
	char key[DESK_KEY_SIZE];
	enum desk_button button;
	const char *name;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (enum desk_button b = DESK_ACKNOWLEDGE; b <= DESK_SNOOZE; b++) {
			assert_true(desk_key(b, names[i], key));
			assert_true(desk_key_read(key, &button, &name));
			assert_int_equal(button, b);
			assert_string_equal(name, names[i]);
		}
	assert_true(desk_key(DESK_SNOOZE, "fp/30d", key));
	assert_string_equal(key, "pdh-snooze fp/30d");
}

static void what_is_no_name_of_a_reminder_has_no_button(void **state)
{
	static const char *const keys[] = {"",
					   "default",
					   "pdh-ack ",
					   "pdh-ack",
					   "fp/30d",
					   "pdh-ack  fp",
					   "pdh-ack fp/30d\n",
					   "pdh-ack FP",
					   "pdh-snooze \xc3\xa4",
					   "PDH-ACK fp",
					   "pdh-acknowledge fp/30d"};
	char longest[DESK_NAME_MAX + 2], key[DESK_KEY_SIZE], other[2 * DESK_KEY_SIZE];
	enum desk_button button;
	const char *name;

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		assert_false(desk_key_read(keys[i], &button, &name));
	assert_false(desk_key(DESK_ACKNOWLEDGE, "", key));
	assert_false(desk_key(DESK_ACKNOWLEDGE, "fp 30d", key));
	memset(longest, 'a', sizeof(longest));
	longest[DESK_NAME_MAX] = '\0';
	assert_true(desk_key(DESK_SNOOZE, longest, key));
	assert_true(desk_key_read(key, &button, &name));
	assert_string_equal(name, longest);
	longest[DESK_NAME_MAX] = 'a';
	longest[DESK_NAME_MAX + 1] = '\0';
	assert_false(desk_key(DESK_SNOOZE, longest, key));
	snprintf(other, sizeof(other), "pdh-ack %s", longest);
	assert_false(desk_key_read(other, &button, &name));
}

static void what_is_shown_is_known_by_ladder_and_by_number(void **state)
{
	struct desk_shown *list = NULL, was = {.id = 0};

	(void)state;
	assert_int_equal(desk_shown_id(list, "fp"), 0);
	desk_shown_remember(&list, "fp", 7, 70, 700);
	desk_shown_remember(&list, "tx-lib", 8, 80, 800);
	/* The next of a ladder takes the place of the one before. */
	desk_shown_remember(&list, "fp", 9, 90, 900);
	assert_int_equal(desk_shown_id(list, "fp"), 9);
	assert_int_equal(desk_shown_id(list, "tx-lib"), 8);
	assert_false(desk_shown_forget(&list, 7, &was));
	assert_true(desk_shown_forget(&list, 9, &was));
	assert_int_equal(was.attempt, 90);
	assert_int_equal(was.since, 900);
	assert_false(desk_shown_forget(&list, 9, NULL));
	assert_int_equal(desk_shown_id(list, "fp"), 0);
	desk_shown_forget_all(&list);
	assert_null(list);
}

/* ---- a bus that is no help ---------------------------------------------------------------------- */

enum { ATTEMPTS = 4 };

struct room {
	uv_loop_t loop;
	struct desk *desk;
	int listening;
	struct sockaddr_un at;
	int times;
	bool told[ATTEMPTS], ok[ATTEMPTS];
	char text[ATTEMPTS][200];
};

static void on_done(void *data, int64_t attempt, bool ok, const char *text)
{
	struct room *room = data;

	assert_in_range(attempt, 0, ATTEMPTS - 1);
	assert_false(room->told[attempt]);
	room->told[attempt] = true;
	room->ok[attempt] = ok;
	snprintf(room->text[attempt], sizeof(room->text[attempt]), "%s", text);
	room->times++;
}

static void on_pressed(void *data, const char *reminder, enum desk_button button)
{
	(void)data;
	fail_msg("%s was pressed (%d)", reminder, (int)button);
}

static void on_closed(void *data, int64_t attempt, int64_t seconds)
{
	(void)data;
	fail_msg("%d was closed after %d s", (int)attempt, (int)seconds);
}

/* A bus that lets everybody in and never says anything. */
static void silent_bus(struct room *room)
{
	char address[200];
	socklen_t n = sizeof(room->at);

	room->at.sun_family = AF_UNIX;
	room->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(
		bind(room->listening, (struct sockaddr *)&room->at, sizeof(sa_family_t)),
		0);
	assert_int_equal(getsockname(room->listening, (struct sockaddr *)&room->at, &n),
			 0);
	assert_int_equal(listen(room->listening, ATTEMPTS), 0);
	snprintf(address, sizeof(address), "unix:abstract=%.*s",
		 (int)(n - sizeof(sa_family_t) - 1), room->at.sun_path + 1);
	setenv("DBUS_SESSION_BUS_ADDRESS", address, 1);
}

static int set_up(void **state)
{
	struct room *room = calloc(1, sizeof(*room));
	const struct desk_events events = {on_done, on_pressed, on_closed, room};

	assert_non_null(room);
	assert_int_equal(uv_loop_init(&room->loop), 0);
	room->desk = desk_new(&room->loop, &events);
	room->listening = -1;
	setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
	*state = room;
	return 0;
}

static int tear_down(void **state)
{
	struct room *room = *state;

	desk_free(room->desk);
	loop_end(&room->loop);
	if (room->listening >= 0)
		close(room->listening);
	free(room);
	return 0;
}

static void show(struct room *room, int64_t attempt, const char *ladder,
		 int64_t timeout_ms)
{
	const struct desk_note note = {"fp/30d", ladder, "Prints", "30 days left", 1};

	desk_show(room->desk, attempt, &note, timeout_ms);
}

static void without_a_bus_each_is_told_so_at_once(void **state)
{
	struct room *room = *state;

	for (int i = 0; i < 2; i++) {
		show(room, i, "fp", 1000);
		assert_true(room->told[i]);
		assert_false(room->ok[i]);
		assert_string_equal(
			room->text[i],
			"there is no session bus; log in to a desktop, or use mail");
	}
	desk_withdraw(room->desk, "fp");
	assert_int_equal(room->times, 2);
}

/* One after the other: the time of the second begins when the first is over. */
static void a_bus_that_says_nothing_is_given_up(void **state)
{
	struct room *room = *state;

	silent_bus(room);
	show(room, 0, "fp", 30);
	show(room, 1, "tx-lib", 1001);
	show(room, 2, "il-pel", 1000);
	assert_int_equal(room->times, 0);
	loop_until(&room->loop, &room->told[0]);
	assert_string_equal(room->text[0],
			    "the notification service did not answer within 1 s");
	assert_false(room->told[1]);
	desk_withdraw(room->desk, "il-pel");
	assert_string_equal(room->text[2], "it was answered before it was shown");
	assert_false(room->ok[2]);
	/* It is the service's turn: what comes of it is still to be told. */
	desk_withdraw(room->desk, "tx-lib");
	assert_false(room->told[1]);
}

static void a_bus_that_goes_away_is_told(void **state)
{
	struct room *room = *state;

	silent_bus(room);
	show(room, 0, "fp", 60 * 1000);
	int bus = accept(room->listening, NULL, NULL);
	assert_true(bus >= 0);
	close(bus);
	loop_until(&room->loop, &room->told[0]);
	assert_string_equal(room->text[0], "the session bus went away");
	/* The next one connects anew. */
	show(room, 1, "fp", 60 * 1000);
	bus = accept(room->listening, NULL, NULL);
	assert_true(bus >= 0);
	close(bus);
	loop_until(&room->loop, &room->told[1]);
}

static void what_is_pending_when_it_ends_is_told_no_more(void **state)
{
	struct room *room = *state;

	silent_bus(room);
	show(room, 0, "fp", 60 * 1000);
	show(room, 1, "fp", 60 * 1000);
	desk_free(room->desk);
	room->desk = NULL;
	uv_run(&room->loop, UV_RUN_DEFAULT);
	assert_int_equal(room->times, 0);
}

#define ROOM_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_service_may_not_have_is_replaced),
		cmocka_unit_test(a_button_carries_the_name_of_its_reminder),
		cmocka_unit_test(what_is_no_name_of_a_reminder_has_no_button),
		cmocka_unit_test(what_is_shown_is_known_by_ladder_and_by_number),
		ROOM_TEST(without_a_bus_each_is_told_so_at_once),
		ROOM_TEST(a_bus_that_says_nothing_is_given_up),
		ROOM_TEST(a_bus_that_goes_away_is_told),
		ROOM_TEST(what_is_pending_when_it_ends_is_told_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
