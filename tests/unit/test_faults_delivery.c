/* A reminder comes due and is carried by a program, and one call of the system fails, or the process is killed at it, each in
 * its turn: it is sent once, or again, and never lost; and the log says that it was sent only where it was. So it is where
 * the daemon goes on as where it begins anew. */
#include "daemon/rpc/remind.h"

#include "tests/support/sweep.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

static const char before[] = "2026-03-30T09:00:00", due[] = "2026-03-31T08:00:00",
		  later[] = "2026-03-31T08:20:00", latest[] = "2026-03-31T08:40:00";

/* Shared with the processes that try. */
struct post {
	struct home *h;
	bool works;    /* the program does, from the first time on */
	bool lives_on; /* the daemon does, and looks again twice */
	/* Told by the process. */
	int carried, taken; /* by the program; and so that it said that it took it */
};

static void begin(struct home *h)
{
	struct err e;

	home_begin(h);
	assert_int_equal(rpc_remind_start(&h->rpc, &e), 0);
}

/* Looks, and carries each message. */
static void deliver(struct post *p, bool works)
{
	struct message *next;
	struct err e = {.message = ""};

	if (rpc_remind_look(&p->h->rpc, &e) < 0)
		assert_true(strlen(e.message) > 0);
	for (struct message *m = rpc_remind_messages(&p->h->rpc); m; m = next) {
		const struct delivery_outcome o = {m->entry, works, 1,
						   works ? "took it" : "did not"};
		next = m->next;
		if (!m->withdraw) {
			p->carried++;
			p->taken += works;
			(void)rpc_remind_report(&p->h->rpc, &o, &e);
		}
		message_free(m);
	}
}

/* Entries of the log with this outcome; NULL: that have none yet. */
static int logged(struct home *h, const char *outcome)
{
	json_t *log = home_call(h, "reminder.log", "{}");
	int n = 0;

	for (size_t i = 0; i < count_at(log, "entries"); i++) {
		json_t *is =
			json_at(json_array_get(json_at(log, "entries"), i), "outcome");
		n += outcome ? json_is_string(is) &&
				       strcmp(json_string_value(is), outcome) == 0
			     : json_is_null(is);
	}
	return n;
}

/* Nothing is open, and what the log says was taken was. */
static void expect_sent(const struct post *p)
{
	int sent = logged(p->h, "sent");

	assert_in_range(sent, 1, p->taken);
	assert_in_range(p->carried, 1, p->works ? 2 : 3);
	assert_int_equal(logged(p->h, NULL), 0);
}

static void try(void *arg)
{
	struct post *p = arg;

	begin(p->h);
	sweep_arm();
	deliver(p, p->works);
	sweep_disarm();
	if (p->lives_on) {
		home_clock(p->h, later);
		deliver(p, true);
		home_clock(p->h, latest);
		deliver(p, true);
		expect_sent(p);
	}
	home_end(p->h);
}

static void check(void *arg, const struct sweep_try *t)
{
	struct post *p = arg;
	AUTO_ARENA a = {0};
	const char *complaint;
	struct err e;

	begin(p->h);
	assert_int_equal(db_check(p->h->rpc.db, &a, &complaint, &e), 0);
	assert_null(complaint);
	int said = logged(p->h, "sent");
	if (said > p->taken)
		fail_msg("%s %d: it was not sent, and the log says so",
			 fault_name(t->fault), t->at);
	home_clock(p->h, latest);
	deliver(p, true);
	expect_sent(p);
	int carried = p->carried;
	deliver(p, true);
	assert_int_equal(p->carried, carried);
	home_end(p->h);
	home_clock(p->h, due);
	p->carried = p->taken = 0;
}

static void set_up(struct home *h)
{
	struct err e;

	home_call(h, "reminder.channel", "{\"channel\":\"desktop\",\"off\":true}");
	home_call(h, "reminder.channel",
		  "{\"channel\":\"command\",\"program\":\"/bin/true\"}");
	home_call(h, "reminder.policy", "{\"by\":\"command\"}");
	home_clock(h, before);
	assert_int_equal(rpc_remind_start(&h->rpc, &e), 0);
	home_call(h, "credential.add",
		  "{\"pack\":\"clearance\",\"alias\":\"fp\",\"title\":\"Prints\","
		  "\"expires\":\"2026-05-30\"}");
	assert_int_equal(rpc_remind_look(&h->rpc, &e), 0);
	assert_null(rpc_remind_messages(&h->rpc));
	home_end(h);
	home_clock(h, due);
}

static void a_delivery_that_fails_is_made_again(void **state)
{
	struct home *h = *state;
	struct post *p = sweep_share(sizeof(*p));
	char what[80];
	struct kept base;

	set_up(h);
	keep(&base, h->folder, "pdh.db");
	for (int how = 0; how < 4; how++) {
		*p = (struct post){.h = h, .works = how & 1, .lives_on = how & 2};
		snprintf(what, sizeof(what), "a program that %s, a daemon that %s",
			 p->works ? "works" : "fails",
			 p->lives_on ? "goes on" : "begins anew");
		const struct sweep s = {h, what, &base, NULL, try, check, p};
		sweep_run(&s);
	}
	kept_free(&base);
	munmap(p, sizeof(*p));
	home_begin(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_delivery_that_fails_is_made_again,
						home_open, home_close),
	};

	faults_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
