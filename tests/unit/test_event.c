/* Events: what a change leaves, what is kept, and what a subscriber is sent. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* "activity.added #1, ..." of all after a number; freed by the next call. */
static const char *since(struct home *h, long long seq)
{
	static char names[2048];
	char params[64];
	size_t n = 0;

	snprintf(params, sizeof(params), "{\"since_seq\": %lld}", seq);
	json_t *r = home_call(h, "events.list", params);
	names[0] = '\0';
	for (size_t i = 0; i < count_at(r, "events"); i++) {
		json_t *event = json_array_get(json_at(r, "events"), i);
		json_t *subject = json_at(event, "subject");
		if (json_is_null(subject))
			subject = json_at(event, "credential");
		n += (size_t)snprintf(names + n, sizeof(names) - n, "%s%s %s",
				      i ? ", " : "", text_at(event, "event"),
				      json_string_value(subject));
	}
	return names;
}

static long long last(struct home *h)
{
	return int_at(home_call(h, "events.list", "{}"), "last");
}

static void look(struct home *h)
{
	struct err e;

	assert_int_equal(rpc_events_look(&h->rpc, &e), 0);
}

static void run_sql(struct home *h, const char *sql)
{
	assert_int_equal(sqlite3_exec(db_handle(h->rpc.db), sql, NULL, NULL, NULL),
			 SQLITE_OK);
}

static void add_clearance(struct home *h, const char *expires)
{
	char params[160];

	snprintf(params, sizeof(params),
		 "{\"pack\": \"clearance\", \"alias\": \"fp\", \"expires\": \"%s\"}",
		 expires);
	home_call(h, "credential.add", params);
}

static void each_thing_is_one_event(void **state)
{
	struct home *h = *state;

	assert_string_equal(since(h, 0), "");
	home_call(
		h, "activity.import",
		"{\"activities\": [{\"credit\": \"2h\", \"title\": \"A\", \"topics\": "
		"[\"x\", \"y\"], \"split\": [\"x=1h\"]}, {\"credit\": \"1h\", \"title\": "
		"\"B\"}]}");
	assert_string_equal(since(h, 0), "activity.added #1, activity.added #2");
	home_call(h, "activity.edit", "{\"id\": 1, \"topics\": [\"z\"]}");
	home_call(h, "activity.edit", "{\"id\": 1, \"topics\": [\"z\"]}");
	assert_string_equal(since(h, 2), "activity.edited #1");
	home_call(h, "activity.remove", "{\"ids\": [1]}");
	json_t *r = home_call(h, "events.list", "{\"since_seq\": 3}");
	assert_string_equal(text_at(r, "events.0.text"), "2.0 h A");
	home_call(h, "change.undo", "{}");
	assert_string_equal(since(h, 3), "activity.removed #1, activity.added #1");
}

static void what_is_not_stored_is_no_event(void **state)
{
	struct home *h = *state;

	home_call(h, "activity.add",
		  "{\"credit\": \"1h\", \"title\": \"A\", \"dry_run\": true}");
	home_fail(h, "activity.add", "{\"credit\": \"1h\"}", "usage");
	home_call(h, "activity.add", "{\"credit\": \"1h\", \"title\": \"A\"}");
	assert_string_equal(since(h, 0), "activity.added #1");
	json_t *r = home_call(h, "change.list", "{}");
	assert_int_equal(count_at(r, "changes"), 1);
}

static void parts_of_a_credential_go_with_it(void **state)
{
	struct home *h = *state;

	add_clearance(h, "2026-05-30");
	long long from = last(h);
	home_call(h, "item.add", "{\"credential\": \"fp\", \"title\": \"Prints\"}");
	home_call(h, "reminder.ack", "{\"reminder\": \"fp/90d\"}");
	home_call(h, "credential.edit", "{\"credential\": \"fp\", \"note\": \"x\"}");
	home_call(h, "credential.remove", "{\"credential\": \"fp\"}");
	home_call(h, "change.undo", "{}");
	assert_string_equal(since(h, from),
			    "item.added item 1, reminder.acknowledged fp/90d, "
			    "credential.edited fp, credential.removed fp, "
			    "credential.added fp, reminder.acknowledged fp/90d");
}

static void a_state_is_told_when_it_is_another(void **state)
{
	struct home *h = *state;

	look(h);
	assert_int_equal(last(h), 0);
	add_clearance(h, "2027-05-30");
	look(h);
	assert_string_equal(since(h, 0), "credential.added fp, credential.state fp");
	look(h);
	assert_int_equal(last(h), 2);
	home_clock(h, "2027-06-01T09:30:00");
	look(h);
	assert_string_equal(since(h, 2), "credential.state fp");
	json_t *r = home_call(h, "events.list", "{\"since_seq\": 2}");
	assert_true(strstr(text_at(r, "events.0.text"), ", was ") != NULL);
	home_call(h, "credential.remove", "{\"credential\": \"fp\"}");
	look(h);
	assert_string_equal(since(h, 3), "credential.removed fp");
}

/* What the loop does after a write, and when the day turns. */
static bool finds_states(struct home *h, civil_day today)
{
	char text[RPC_PROMPT_SIZE];
	struct err e;

	rpc_next(&h->rpc);
	assert_int_equal(rpc_prompt(&h->rpc, today, text, &e), 0);
	return rpc_next(&h->rpc) & NEXT_STATES;
}

static void the_line_finds_states_that_were_not_told(void **state)
{
	struct home *h = *state;
	civil_day today = date_make(2026, 3, 14);

	assert_false(finds_states(h, today));
	add_clearance(h, "2027-05-30");
	assert_true(finds_states(h, today));
	look(h);
	assert_false(finds_states(h, today));
	home_call(h, "activity.add", "{\"credit\": \"1h\", \"title\": \"A\"}");
	assert_false(finds_states(h, today));
	home_clock(h, "2027-06-01T09:30:00");
	assert_true(finds_states(h, date_make(2027, 6, 1)));
	look(h);
	assert_false(finds_states(h, date_make(2027, 6, 1)));
	long long from = last(h);
	home_call(h, "credential.retire", "{\"credential\": \"fp\"}");
	assert_true(finds_states(h, date_make(2027, 6, 1)));
	look(h);
	assert_string_equal(since(h, from), "credential.edited fp, credential.state fp");
	assert_false(finds_states(h, date_make(2027, 6, 1)));
	home_call(h, "change.undo", "{}");
	assert_true(finds_states(h, date_make(2027, 6, 1)));
}

static void the_oldest_go(void **state)
{
	struct home *h = *state;

	run_sql(h,
		"INSERT INTO event (at, event) WITH RECURSIVE n (i) AS (SELECT 1 UNION "
		"ALL SELECT i + 1 FROM n WHERE i < 100005) SELECT 0, 'item.added' FROM n");
	home_call(h, "activity.add", "{\"credit\": \"1h\", \"title\": \"A\"}");
	json_t *r = home_call(h, "events.list", "{\"limit\": 2}");
	assert_int_equal(int_at(r, "last"), 100006);
	assert_int_equal(int_at(r, "oldest"), 7);
	assert_int_equal(count_at(r, "events"), 2);
	assert_int_equal(int_at(r, "events.0.seq"), 7);
	r = home_call(h, "events.list", "{\"since_seq\": 6, \"event\": [\"activity\"]}");
	assert_int_equal(count_at(r, "events"), 1);
	r = home_fail(h, "events.list", "{\"since_seq\": 5}", "refused");
	assert_string_equal(text_at(r, "field"), "since_seq");
	home_fail(h, "events.subscribe", "{\"since_seq\": 100007}", "refused");
	home_fail(h, "events.subscribe", "{\"since_seq\": -1}", "usage");
	r = home_fail(h, "events.list", "{\"event\": [\"activity.aded\"]}", "usage");
	assert_string_equal(text_at(r, "hint"), "did you mean \"activity.added\"?");
	run_sql(h, "DELETE FROM event");
	r = home_call(h, "events.list", "{}");
	assert_int_equal(int_at(r, "last"), 100006);
	assert_int_equal(int_at(r, "oldest"), 100007);
}

/* Frames of a page, of which each is whole. */
static int frames_in(const struct buf *b)
{
	struct wire_scanner scanner = {0};
	size_t at = 0, size;
	int n = 0;

	for (; at < b->len; at += size, n++)
		assert_int_equal(wire_scan(&scanner, &wire_reply_limits, b->data + at,
					   b->len - at, &size),
				 WIRE_DONE);
	return n;
}

static void a_subscriber_is_sent_page_by_page(void **state)
{
	struct home *h = *state;
	struct event_cursor c;
	AUTO_BUF out = {0};

	run_sql(h,
		"INSERT INTO event (at, event) WITH RECURSIVE n (i) AS (SELECT 1 UNION "
		"ALL SELECT i + 1 FROM n WHERE i < 250) SELECT 0, "
		"iif(i % 2, 'item.added', 'activity.added') FROM n");
	home_call(h, "events.subscribe", "{\"since_seq\": 10}");
	assert_true(h->next & NEXT_SUBSCRIBE);
	c = h->rpc.cursor;
	assert_int_equal(rpc_events_page(&h->rpc, &c, &out), 1);
	assert_int_equal(frames_in(&out), 100);
	assert_int_equal(c.seq, 110);
	assert_int_equal(rpc_events_page(&h->rpc, &c, &out), 1);
	assert_int_equal(rpc_events_page(&h->rpc, &c, &out), 0);
	assert_int_equal(frames_in(&out), 240);
	assert_int_equal(rpc_events_page(&h->rpc, &c, &out), 0);
	assert_int_equal(frames_in(&out), 240);

	home_call(h, "events.subscribe",
		  "{\"since_seq\": 0, \"event\": [\"item\", \"reminder\"]}");
	c = h->rpc.cursor;
	out.len = 0;
	assert_int_equal(rpc_events_page(&h->rpc, &c, &out), 1);
	assert_int_equal(c.seq, 199);
	assert_int_equal(rpc_events_page(&h->rpc, &c, &out), 0);
	assert_int_equal(frames_in(&out), 125);
	assert_int_equal(c.seq, 250);

	home_call(h, "events.subscribe", "{}");
	assert_int_equal(h->rpc.cursor.seq, 250);
}

static void one_that_was_overtaken_is_told(void **state)
{
	struct home *h = *state;
	struct event_cursor c = {.seq = 3};
	AUTO_BUF out = {0};

	run_sql(h, "INSERT INTO event (at, event) VALUES (0, 'a'), (0, 'b'), (0, 'c'), "
		   "(0, 'd'), (0, 'e'), (0, 'f'); DELETE FROM event WHERE seq < 5");
	assert_int_equal(rpc_events_page(&h->rpc, &c, &out), -PDH_REFUSED);
	assert_int_equal(frames_in(&out), 1);
	assert_non_null(memmem(out.data, out.len, "error", 5));
	c.seq = 4;
	out.len = 0;
	assert_int_equal(rpc_events_page(&h->rpc, &c, &out), 0);
	assert_int_equal(frames_in(&out), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)
		T(each_thing_is_one_event),
		T(what_is_not_stored_is_no_event),
		T(parts_of_a_credential_go_with_it),
		T(a_state_is_told_when_it_is_another),
		T(the_line_finds_states_that_were_not_told),
		T(the_oldest_go),
		T(a_subscriber_is_sent_page_by_page),
		T(one_that_was_overtaken_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
