/* When the daemon looks by itself: the timer of the wall clock, a clock that is set, a machine that slept, another zone, and
 * nights of daylight saving. */
#include "daemon/loop/ticker.h"

#include "common/clock.h"
#include "tests/support/loop.h"
#include "tests/support/rpc_home.h"

#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { TEXT = 400, HOUR = 3600, BELT_MS = 15 * 60 * 1000, ROW_MS = 200 };

/* A wall whose time comes when the test says so. */
struct test_wall {
	struct wall wall;
	int64_t at;
	int armed;   /* times */
	int asked;   /* times */
	bool silent; /* readable, and nothing happened */
};

struct tower {
	struct home *home;
	uv_loop_t loop;
	struct line line;
	char line_path[96];
	struct courier courier;
	struct test_wall wall;
	struct ticker ticker;
};

static void on_arm(struct wall *w, int64_t at)
{
	struct test_wall *wall = (struct test_wall *)(void *)w;

	wall->at = at;
	wall->armed++;
}

static bool on_rang(struct wall *w)
{
	struct test_wall *wall = (struct test_wall *)(void *)w;
	eventfd_t n;

	wall->asked++;
	return eventfd_read(w->fd, &n) == 0 && !wall->silent;
}

static void set_zone(const char *name)
{
	setenv("TZ", name, 1);
	tzset();
}

static struct tower *build(int fd)
{
	struct tower *t = calloc(1, sizeof(*t));

	assert_non_null(t);
	assert_int_equal(home_open((void **)&t->home), 0);
	set_zone("America/New_York");
	assert_int_equal(uv_loop_init(&t->loop), 0);
	snprintf(t->line_path, sizeof(t->line_path), "%s/line", t->home->folder);
	line_init(&t->line, &t->home->rpc, t->line_path);
	courier_init(&t->courier, &t->loop, &t->home->rpc);
	t->wall.wall = (struct wall){fd, on_arm, on_rang};
	ticker_init(&t->ticker, &t->loop, &t->home->rpc, &t->line, &t->courier,
		    &t->wall.wall);
	return t;
}

static int set_up(void **state)
{
	*state = build(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
	return 0;
}

static int set_up_without_a_wall(void **state)
{
	*state = build(-1);
	return 0;
}

static int tear_down(void **state)
{
	struct tower *t = *state;

	ticker_stop(&t->ticker);
	ticker_stop(&t->ticker);
	courier_stop(&t->courier);
	ticker_want(&t->ticker, ~0U);
	loop_end(&t->loop);
	assert_int_equal(t->wall.wall.fd, -1);
	int r = home_close((void **)&t->home);
	free(t);
	set_zone("UTC");
	return r;
}

/* What is due at once is done, and programs that carry something have ended. */
static void settle(struct tower *t)
{
	do {
		uv_run(&t->loop, UV_RUN_NOWAIT);
		if (courier_is_busy(&t->courier))
			uv_run(&t->loop, UV_RUN_ONCE);
	} while (courier_is_busy(&t->courier) ||
		 (uv_is_active((uv_handle_t *)&t->ticker.soon) &&
		  uv_timer_get_due_in(&t->ticker.soon) == 0));
	uv_run(&t->loop, UV_RUN_NOWAIT);
}

/* At this time the wall rings, whatever for. */
static void ring(struct tower *t, const char *when)
{
	home_clock(t->home, when);
	assert_int_equal(eventfd_write(t->wall.wall.fd, 1), 0);
	int before = t->wall.asked;
	settle(t);
	assert_int_equal(t->wall.asked, before + 1);
}

static int64_t instant(int year, int month, int day, int hour)
{
	return clock_at(date_make(year, month, day), hour * 60);
}

/* A credential that ends on this day, and a program that carries reminders. */
static void hold(struct tower *t, const char *expires)
{
	char params[TEXT];

	home_call(t->home, "reminder.channel", "{\"channel\":\"desktop\",\"off\":true}");
	home_call(t->home, "reminder.channel",
		  "{\"channel\":\"command\",\"program\":\"/bin/true\"}");
	home_call(t->home, "reminder.policy", "{\"by\":\"command\"}");
	snprintf(params, sizeof(params),
		 "{\"pack\":\"clearance\",\"alias\":\"fp\",\"title\":\"Prints\","
		 "\"expires\":\"%s\"}",
		 expires);
	ticker_start(&t->ticker);
	settle(t);
	/* What was due before it was stored is not spoken. */
	home_call(t->home, "credential.add", params);
	ticker_want(&t->ticker, NEXT_SEND);
	settle(t);
}

/* Names of the reminders that were sent so far, the latest first. */
static const char *sent(struct tower *t)
{
	static char all[TEXT];
	json_t *log = home_call(t->home, "reminder.log", "{}");
	size_t n = 0;

	all[0] = '\0';
	for (size_t i = 0; i < count_at(log, "entries"); i++) {
		json_t *entry = json_array_get(json_at(log, "entries"), i);
		if (strcmp(text_at(entry, "outcome"), "sent") == 0)
			n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%s",
					      n ? " " : "", text_at(entry, "reminder"));
	}
	return all;
}

static void it_waits_for_the_next_reminder_then_for_midnight(void **state)
{
	struct tower *t = *state;

	home_clock(t->home, "2026-03-31T07:00:00");
	hold(t, "2026-05-30");
	assert_int_equal(t->wall.at, instant(2026, 3, 31, 8));
	assert_string_equal(sent(t), "");
	ring(t, "2026-03-31T08:00:00");
	assert_string_equal(sent(t), "fp/60d");
	assert_int_equal(t->wall.at, instant(2026, 4, 1, 0));
	ring(t, "2026-04-01T00:00:00");
	assert_int_equal(t->wall.at, instant(2026, 4, 2, 0));
	assert_string_equal(sent(t), "fp/60d");
}

/* So that a wall that rings early is no endless loop. */
static void what_is_past_is_waited_for_a_second(void **state)
{
	struct tower *t = *state;

	home_clock(t->home, "2026-03-31T07:00:00");
	hold(t, "2026-05-30");
	/* As between two looks at the clock: it was not due at the first. */
	t->home->rpc.reminders.sends = false;
	t->home->rpc.reminders.next_look = clock_now();
	ring(t, "2026-03-31T07:00:00");
	assert_int_equal(t->wall.at, clock_now() + 1);
}

static void a_wall_that_says_nothing_brings_no_look(void **state)
{
	struct tower *t = *state;

	home_clock(t->home, "2026-03-31T07:00:00");
	hold(t, "2026-05-30");
	int before = t->wall.armed;
	t->wall.silent = true;
	ring(t, "2026-03-31T08:00:00");
	assert_int_equal(t->wall.armed, before);
	assert_int_equal(t->home->rpc.reminders.looked_at, instant(2026, 3, 31, 7));
}

/* The wall rings because the clock was set, not because its time has come. */
static void a_clock_that_is_set_is_looked_at(void **state)
{
	struct tower *t = *state;

	home_clock(t->home, "2026-03-31T07:00:00");
	hold(t, "2026-05-30");
	/* On by an hour and a half: what came due meanwhile is sent. */
	ring(t, "2026-03-31T08:30:00");
	assert_string_equal(sent(t), "fp/60d");
	assert_int_equal(t->wall.at, instant(2026, 4, 1, 0));
	/* Back by a day: nothing is sent again, and its own midnight is waited for. */
	ring(t, "2026-03-30T08:30:00");
	assert_string_equal(sent(t), "fp/60d");
	assert_int_equal(t->wall.at, instant(2026, 3, 31, 0));
	assert_int_equal(t->home->rpc.reminders.looked_at, clock_now());
	/* And the line for prompts is that of its day. */
	assert_int_equal(t->line.day, date_make(2026, 3, 30));
}

/* Forty days asleep: one reminder, that of the nearest rung, and on from there. */
static void a_machine_that_slept_sends_the_nearest(void **state)
{
	struct tower *t = *state;

	home_clock(t->home, "2026-05-10T09:00:00");
	hold(t, "2026-06-30");
	assert_int_equal(t->wall.at, instant(2026, 5, 11, 0));
	ring(t, "2026-06-19T22:17:00");
	assert_string_equal(sent(t), "fp/14d");
	assert_int_equal(t->wall.at, instant(2026, 6, 20, 0));
	assert_int_equal(t->line.day, date_make(2026, 6, 19));
	ring(t, "2026-06-23T07:59:59");
	assert_int_equal(t->wall.at, instant(2026, 6, 23, 8));
	assert_string_equal(sent(t), "fp/14d");
}

/* From New York to Los Angeles: five in the morning there, and eight o'clock is to come. */
static void another_zone_is_looked_at_anew(void **state)
{
	struct tower *t = *state;

	home_clock(t->home, "2026-03-31T07:00:00");
	hold(t, "2026-05-30");
	int64_t looked = t->home->rpc.reminders.looked_at;
	ring(t, "2026-03-31T07:10:00");
	/* Nothing is due, and it is the same zone. */
	assert_int_equal(t->home->rpc.reminders.looked_at, looked);
	set_zone("America/Los_Angeles");
	ring(t, "2026-03-31T04:15:00");
	assert_int_equal(t->home->rpc.reminders.looked_at, clock_now());
	assert_int_equal(t->wall.at, instant(2026, 3, 31, 8));
	ring(t, "2026-03-31T08:00:00");
	assert_string_equal(sent(t), "fp/60d");
}

/* ---- nights of 23 and 25 hours ---------------------------------------------------------------- */

static void a_night_of_daylight_saving_ends_at_its_midnight(void **state)
{
	static const struct {
		const char *zone, *evening, *midnight;
		int day[3];
		int hours; /* of that day */
	} nights[] = {
		{"America/New_York",
		 "2026-03-07T20:00:00",
		 "2026-03-08T00:00:00",
		 {2026, 3, 8},
		 23},
		{"America/New_York",
		 "2026-10-31T20:00:00",
		 "2026-11-01T00:00:00",
		 {2026, 11, 1},
		 25},
		{"Europe/Berlin",
		 "2027-03-27T20:00:00",
		 "2027-03-28T00:00:00",
		 {2027, 3, 28},
		 23},
		/* Its midnight is left out. */
		{"Africa/Cairo",
		 "2026-04-23T20:00:00",
		 "2026-04-24T01:00:00",
		 {2026, 4, 24},
		 23},
	};
	struct tower *t = *state;

	set_zone(nights[0].zone);
	home_clock(t->home, nights[0].evening);
	hold(t, "2030-12-31");
	for (size_t i = 0; i < sizeof(nights) / sizeof(nights[0]); i++) {
		const int *d = nights[i].day;
		const civil_day day = date_make(d[0], d[1], d[2]);
		set_zone(nights[i].zone);
		ring(t, nights[i].evening);
		assert_int_equal(t->wall.at, clock_at(day, 0));
		assert_int_equal(t->line.day, day - 1);
		ring(t, nights[i].midnight);
		assert_int_equal(t->line.day, day);
		assert_int_equal(t->wall.at, clock_at(day + 1, 0));
		assert_int_equal(t->wall.at - clock_now(), nights[i].hours * HOUR);
	}
}

/* At eight, which is seven or nine hours after midnight. */
static void a_reminder_of_such_a_day_is_sent_once_at_eight(void **state)
{
	static const struct {
		const char *expires, *before, *midnight, *eight, *later;
		int day[3];
		int hours; /* from midnight */
	} nights[] = {
		{"2026-03-08",
		 "2026-03-07T09:00:00",
		 "2026-03-08T00:00:00",
		 "2026-03-08T08:00:00",
		 "2026-03-08T12:00:00",
		 {2026, 3, 8},
		 7},
		{"2026-11-01",
		 "2026-10-31T09:00:00",
		 "2026-11-01T00:00:00",
		 "2026-11-01T08:00:00",
		 "2026-11-01T12:00:00",
		 {2026, 11, 1},
		 9},
	};
	struct tower *t = *state;
	char params[TEXT];

	home_clock(t->home, "2026-01-07T09:00:00");
	hold(t, "2026-03-08");
	for (size_t i = 0; i < sizeof(nights) / sizeof(nights[0]); i++) {
		const int *d = nights[i].day;
		snprintf(params, sizeof(params),
			 "{\"credential\":\"fp\",\"expires\":\"%s\"}", nights[i].expires);
		home_call(t->home, "credential.edit", params);
		ring(t, nights[i].before);
		ring(t, nights[i].midnight);
		assert_int_equal(t->wall.at, instant(d[0], d[1], d[2], 8));
		assert_int_equal(t->wall.at - clock_now(), nights[i].hours * HOUR);
		size_t before = strlen(sent(t));
		ring(t, nights[i].eight);
		assert_memory_equal(sent(t), "fp/0d", strlen("fp/0d"));
		size_t after = strlen(sent(t));
		assert_int_equal(after - before, strlen(" fp/0d"));
		ring(t, nights[i].later);
		assert_int_equal(strlen(sent(t)), after);
	}
}

/* ---- the belt, and what a request brings ------------------------------------------------------ */

static void the_belt_is_moved_on_by_each_look(void **state)
{
	struct tower *t = *state;

	home_clock(t->home, "2026-03-31T07:00:00");
	hold(t, "2026-05-30");
	assert_in_range(uv_timer_get_due_in(&t->ticker.belt), 1, BELT_MS);
	assert_in_range(uv_timer_get_due_in(&t->ticker.belt), BELT_MS - 60 * 1000,
			BELT_MS);
}

static void without_a_wall_the_belt_is_alone(void **state)
{
	struct tower *t = *state;

	home_clock(t->home, "2026-03-31T07:00:00");
	hold(t, "2026-05-30");
	assert_int_equal(t->wall.armed, 0);
	assert_in_range(uv_timer_get_due_in(&t->ticker.belt), 1, BELT_MS);
	/* Its time comes. */
	home_clock(t->home, "2026-03-31T08:00:00");
	uv_timer_start(&t->ticker.belt, t->ticker.belt.timer_cb, 0, 0);
	settle(t);
	assert_string_equal(sent(t), "fp/60d");
	assert_in_range(uv_timer_get_due_in(&t->ticker.belt), 1, BELT_MS);
}

static void one_look_does_for_commands_in_a_row(void **state)
{
	struct tower *t = *state;
	uv_timer_t *soon = &t->ticker.soon;

	home_clock(t->home, "2026-03-31T07:00:00");
	hold(t, "2026-05-30");
	assert_false(uv_is_active((uv_handle_t *)soon));
	ticker_want(&t->ticker, NEXT_LINE);
	assert_false(uv_is_active((uv_handle_t *)soon));
	ticker_want(&t->ticker, NEXT_REMIND);
	assert_in_range(uv_timer_get_due_in(soon), 1, ROW_MS);
	/* The second does not put it off, and one who waits has it at once. */
	uv_timer_start(soon, soon->timer_cb, 1000 * 1000, 0);
	ticker_want(&t->ticker, NEXT_REMIND);
	assert_true(uv_timer_get_due_in(soon) > ROW_MS);
	ticker_want(&t->ticker, NEXT_SEND);
	assert_int_equal(uv_timer_get_due_in(soon), 0);
	home_clock(t->home, "2026-03-31T07:20:00");
	settle(t);
	assert_int_equal(t->home->rpc.reminders.looked_at, clock_now());
	assert_false(uv_is_active((uv_handle_t *)soon));
}

/* ---- the system's own -------------------------------------------------------------------------- */

/* What the kernel knows of the timer: settings are octal, 1 an instant, 2 cancel on set. */
static void read_settings(int fd, int *ret_clock, unsigned *ret_flags)
{
	char path[64], line[128];

	*ret_clock = -1;
	*ret_flags = 0;
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	FILE *f = fopen(path, "re");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		(void)sscanf(line, "clockid: %d", ret_clock);
		(void)sscanf(line, "settime flags: %o", ret_flags);
	}
	assert_int_equal(fclose(f), 0);
}

static bool is_readable(int fd, int wait_ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, wait_ms) == 1;
}

static void the_system_s_wall_rings_once_and_hears_of_a_set_clock(void **state)
{
	struct wall w;
	unsigned flags;
	int clock;

	(void)state;
	unsetenv("PDH_TEST_CLOCK");
	wall_open(&w);
	assert_true(w.fd >= 0);
	w.arm(&w, time(NULL) + 1000);
	read_settings(w.fd, &clock, &flags);
	assert_int_equal(clock, CLOCK_REALTIME);
	assert_int_equal(flags, 3);
	assert_false(is_readable(w.fd, 0));
	assert_false(w.rang(&w));
	w.arm(&w, time(NULL) - 1);
	assert_true(is_readable(w.fd, 10 * 1000));
	assert_true(w.rang(&w));
	assert_false(w.rang(&w));
	assert_false(is_readable(w.fd, 0));
	wall_close(&w);
	wall_close(&w);
	assert_int_equal(w.fd, -1);
}

static void under_a_test_clock_there_is_no_wall(void **state)
{
	struct wall w;

	(void)state;
	setenv("PDH_TEST_CLOCK", "/nonexistent", 1);
	wall_open(&w);
	assert_int_equal(w.fd, -1);
	unsetenv("PDH_TEST_CLOCK");
}

#define TOWER_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWER_TEST(it_waits_for_the_next_reminder_then_for_midnight),
		TOWER_TEST(what_is_past_is_waited_for_a_second),
		TOWER_TEST(a_wall_that_says_nothing_brings_no_look),
		TOWER_TEST(a_clock_that_is_set_is_looked_at),
		TOWER_TEST(a_machine_that_slept_sends_the_nearest),
		TOWER_TEST(another_zone_is_looked_at_anew),
		TOWER_TEST(a_night_of_daylight_saving_ends_at_its_midnight),
		TOWER_TEST(a_reminder_of_such_a_day_is_sent_once_at_eight),
		TOWER_TEST(the_belt_is_moved_on_by_each_look),
		cmocka_unit_test_setup_teardown(without_a_wall_the_belt_is_alone,
						set_up_without_a_wall, tear_down),
		TOWER_TEST(one_look_does_for_commands_in_a_row),
		cmocka_unit_test(the_system_s_wall_rings_once_and_hears_of_a_set_clock),
		cmocka_unit_test(under_a_test_clock_there_is_no_wall),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
