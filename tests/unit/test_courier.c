/* Messages under way: a few programs at once, in their order, none of which outlives the daemon. */
#include "daemon/loop/courier.h"

#include "tests/support/loop.h"
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { LONG_MS = 60 * 1000 };

struct post {
	uv_loop_t loop;
	struct courier courier;
	int news;
	bool heard;
	struct home *home;
};

static void on_news(void *data)
{
	struct post *post = data;

	post->news++;
	post->heard = true;
}

static int set_up(void **state)
{
	struct post *post = calloc(1, sizeof(*post));

	assert_non_null(post);
	assert_int_equal(home_open((void **)&post->home), 0);
	assert_int_equal(uv_loop_init(&post->loop), 0);
	courier_init(&post->courier, &post->loop, &post->home->rpc);
	post->courier.news = on_news;
	post->courier.data = post;
	*state = post;
	return 0;
}

static int tear_down(void **state)
{
	struct post *post = *state;

	if (post->courier.desk)
		courier_stop(&post->courier);
	loop_end(&post->loop);
	int r = home_close((void **)&post->home);
	free(post);
	return r;
}

/* A message whose program is this script; no entry of the log waits for it. */
static struct message *of(enum channel channel, const char *script)
{
	struct message *m = message_new(channel);

	m->argv = arena_array(&m->arena, 4, sizeof(char *));
	m->argv[0] = arena_dup(&m->arena, "/bin/sh");
	m->argv[1] = arena_dup(&m->arena, "-c");
	m->argv[2] = arena_dup(&m->arena, script);
	m->argv[3] = NULL;
	m->timeout_ms = LONG_MS;
	return m;
}

static void dispatch(struct post *post, struct message **v, int n)
{
	for (int i = 0; i + 1 < n; i++)
		v[i]->next = v[i + 1];
	courier_send(&post->courier, v[0]);
}

static int waiting(const struct post *post)
{
	int n = 0;

	for (const struct message *m = post->courier.waiting; m; m = m->next)
		n++;
	return n;
}

static void await_news(struct post *post, int n)
{
	while (post->news < n) {
		post->heard = false;
		loop_until(&post->loop, &post->heard);
	}
}

/* Of one channel three run, and of all four; another channel is not kept waiting. */
static void a_few_run_at_once_and_the_rest_waits_in_order(void **state)
{
	struct post *post = *state;
	struct message *v[8];
	char script[160], order[96], text[64] = "";

	snprintf(order, sizeof(order), "%s/order", post->home->folder);
	for (int i = 0; i < 8; i++) {
		enum channel c = i < 6 ? CHANNEL_COMMAND : CHANNEL_MAIL;
		snprintf(script, sizeof(script), "echo %d >>%s", i, order);
		v[i] = of(c, script);
	}
	dispatch(post, v, 8);
	assert_true(courier_is_busy(&post->courier));
	/* Commands 3, 4 and 5, and the second mail. */
	assert_int_equal(waiting(post), 4);
	assert_ptr_equal(post->courier.waiting, v[3]);
	assert_ptr_equal(post->courier.waiting->next->next->next, v[7]);
	await_news(post, 8);
	assert_false(courier_is_busy(&post->courier));
	FILE *f = fopen(order, "re");
	assert_non_null(f);
	size_t n = fread(text, 1, sizeof(text) - 1, f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(n, 16);
	assert_true(strchr(text, '3') < strchr(text, '5'));
}

/* Each is over before the next is begun, and none is begun within another. */
static void those_that_cannot_be_run_hold_nothing_up(void **state)
{
	struct post *post = *state;
	struct message *v[9];

	for (int i = 0; i < 9; i++) {
		v[i] = of(CHANNEL_COMMAND, "exit 0");
		v[i]->argv[0] = arena_dup(&v[i]->arena, "/nonexistent/program");
	}
	dispatch(post, v, 9);
	assert_int_equal(post->news, 9);
	assert_false(courier_is_busy(&post->courier));
}

static void a_program_has_the_time_that_it_was_given(void **state)
{
	struct post *post = *state;
	struct message *m = of(CHANNEL_COMMAND, "exec sleep 1000");

	m->timeout_ms = 1;
	dispatch(post, &m, 1);
	await_news(post, 1);
	assert_false(courier_is_busy(&post->courier));
}

static void what_runs_dies_when_the_courier_stops(void **state)
{
	struct post *post = *state;
	struct message *v[5];
	char script[160], pidfile[5][96];
	int watches[3];

	for (int i = 0; i < 5; i++) {
		snprintf(pidfile[i], sizeof(pidfile[i]), "%s/pid-%d", post->home->folder,
			 i);
		snprintf(script, sizeof(script),
			 "sleep 1000 </dev/null 2>/dev/null & echo $! >%s; wait",
			 pidfile[i]);
		v[i] = of(CHANNEL_COMMAND, script);
	}
	dispatch(post, v, 5);
	for (int i = 0; i < 3; i++)
		watches[i] = process_watch(process_of(&post->loop, pidfile[i]));
	courier_stop(&post->courier);
	assert_false(courier_is_busy(&post->courier));
	uv_run(&post->loop, UV_RUN_DEFAULT);
	for (int i = 0; i < 3; i++)
		process_await_end(watches[i]);
	/* Those that waited were not begun, and nobody is told anything. */
	for (int i = 3; i < 5; i++)
		assert_int_equal(access(pidfile[i], F_OK), -1);
	assert_int_equal(post->news, 0);
}

/* ---- the calendar's file --------------------------------------------------------------------- */

static void send_calendar(struct post *post, const char *file, const char *text)
{
	struct message *m = message_new(CHANNEL_CALENDAR);

	m->file = arena_dup(&m->arena, file);
	m->input = text ? arena_dup(&m->arena, text) : NULL;
	m->body = "it could not be made";
	courier_send(&post->courier, m);
}

static long long inode(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0 ? (long long)st.st_ino : -1;
}

static void the_calendar_is_written_when_it_is_another(void **state)
{
	struct post *post = *state;
	char file[96], kept[112];

	snprintf(file, sizeof(file), "%s/pdh.ics", post->home->folder);
	snprintf(kept, sizeof(kept), "%s.kept", file);
	send_calendar(post, file, "BEGIN");
	/* The number stays taken while another name has it. */
	assert_int_equal(link(file, kept), 0);
	long long first = inode(file);
	send_calendar(post, file, "BEGIN");
	assert_int_equal(inode(file), first);
	send_calendar(post, file, "BEGIN again");
	assert_int_not_equal(inode(file), first);
	assert_int_equal(unlink(file), 0);
	send_calendar(post, file, "BEGIN again");
	assert_int_not_equal(inode(file), -1);
}

static void a_calendar_that_cannot_be_written_is_told_once(void **state)
{
	struct post *post = *state;
	char file[96];

	send_calendar(post, "/nonexistent/pdh.ics", "BEGIN");
	send_calendar(post, "/nonexistent/pdh.ics", "BEGIN");
	send_calendar(post, "/nonexistent/pdh.ics", NULL);
	json_t *log = home_call(post->home, "reminder.log", "{}");
	assert_int_equal(count_at(log, "entries"), 1);
	assert_string_equal(text_at(log, "entries.0.channel"), "calendar");
	assert_string_equal(text_at(log, "entries.0.outcome"), "failed");
	/* Until it can be again. */
	snprintf(file, sizeof(file), "%s/pdh.ics", post->home->folder);
	send_calendar(post, file, "BEGIN");
	send_calendar(post, "/nonexistent/pdh.ics", "BEGIN again");
	log = home_call(post->home, "reminder.log", "{}");
	assert_int_equal(count_at(log, "entries"), 2);
}

#define POST_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		POST_TEST(a_few_run_at_once_and_the_rest_waits_in_order),
		POST_TEST(those_that_cannot_be_run_hold_nothing_up),
		POST_TEST(a_program_has_the_time_that_it_was_given),
		POST_TEST(what_runs_dies_when_the_courier_stops),
		POST_TEST(the_calendar_is_written_when_it_is_another),
		POST_TEST(a_calendar_that_cannot_be_written_is_told_once),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
