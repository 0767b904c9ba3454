/* What is sent, by whom nothing is missed and nothing is told twice: day by day, asleep, and where clocks or zones are
 * others. */
#include "tests/support/rpc_home.h"

#include "common/date.h"
#include "daemon/rpc/remind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { TEXT = 400 };

static void travel(struct home *h, civil_day day, const char *hour)
{
	char iso[DATE_ISO_SIZE], when[TEXT];

	date_format_iso(day, iso);
	snprintf(when, sizeof(when), "%sT%s", iso, hour);
	home_clock(h, when);
}

static void zone(const char *name)
{
	setenv("TZ", name, 1);
	tzset();
}

static void report(struct home *h, const struct message *m, bool ok)
{
	const struct delivery_outcome o = {m->entry, ok, 1, ok ? "took it" : "no"};
	struct err e;

	assert_int_equal(rpc_remind_report(&h->rpc, &o, &e), 0);
}

/* Looks; the names of what is sent (a mail has none), each of which works or does not. */
static const char *sent(struct home *h, bool ok)
{
	static char all[TEXT];
	struct message *next;
	struct err e;
	size_t n = 0;

	all[0] = '\0';
	assert_int_equal(rpc_remind_look(&h->rpc, &e), 0);
	for (struct message *m = rpc_remind_messages(&h->rpc); m; m = next) {
		next = m->next;
		if (!m->withdraw) {
			n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%s",
					      n ? " " : "",
					      m->reminder ? m->reminder : "mail");
			report(h, m, ok);
		}
		message_free(m);
	}
	return all;
}

static void hold(struct home *h, const char *expires)
{
	char params[TEXT];
	struct err e;

	snprintf(
		params, sizeof(params),
		"{\"pack\":\"clearance\",\"alias\":\"fp\",\"title\":\"Prints\",\"expires\":\"%s\"}",
		expires);
	assert_int_equal(rpc_remind_start(&h->rpc, &e), 0);
	home_call(h, "credential.add", params);
	assert_string_equal(sent(h, true), "");
}

static void a_five_year_cycle_sends_exactly_these(void **state)
{
	static const struct {
		const char *day, *id;
	} expected[] = {
		{"2029-12-31", "fp/365d"}, {"2030-07-04", "fp/180d"},
		{"2030-10-02", "fp/90d"},  {"2030-11-01", "fp/60d"},
		{"2030-12-01", "fp/30d"},  {"2030-12-17", "fp/14d"},
		{"2030-12-24", "fp/7d"},   {"2030-12-30", "fp/1d"},
		{"2030-12-31", "fp/0d"},   {"2031-01-01", "fp/+1d"},
		{"2031-01-07", "fp/+7d"},  {"2031-01-30", "fp/+30d"},
	};
	struct home *h = *state;
	size_t n = 0;

	home_clock(h, "2026-01-01T07:00:00");
	hold(h, "2030-12-31");
	for (civil_day d = date_make(2026, 1, 1); d < date_make(2031, 12, 31); d++) {
		char iso[DATE_ISO_SIZE], id[TEXT];
		travel(h, d, "07:59:59");
		assert_string_equal(sent(h, true), "");
		travel(h, d, "08:00:00");
		snprintf(id, sizeof(id), "%s", sent(h, true));
		assert_string_equal(sent(h, true), "");
		if (!*id)
			continue;
		date_format_iso(d, iso);
		assert_true(n < sizeof(expected) / sizeof(expected[0]));
		assert_string_equal(iso, expected[n].day);
		assert_string_equal(id, expected[n].id);
		n++;
	}
	assert_int_equal(n, sizeof(expected) / sizeof(expected[0]));
}

/* The loop asks when to look again, and nothing comes due before. */
static void the_next_look_is_the_next_rung_or_the_end_of_the_day(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-31T07:00:00");
	hold(h, "2026-05-30");
	time_t at = h->rpc.reminders.next_look;
	struct tm tm;
	localtime_r(&at, &tm);
	assert_int_equal(tm.tm_mday, 31);
	assert_int_equal(tm.tm_hour, 8);
	home_clock(h, "2026-03-31T08:00:00");
	assert_string_equal(sent(h, true), "fp/60d");
	at = h->rpc.reminders.next_look;
	localtime_r(&at, &tm);
	assert_int_equal(tm.tm_mday, 1);
	assert_int_equal(tm.tm_hour, 0);
}

static void asleep_for_forty_days_the_nearest_is_sent(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-05-10T09:00:00");
	hold(h, "2026-06-30");
	home_clock(h, "2026-06-19T22:17:00");
	assert_string_equal(sent(h, true), "fp/14d");
	json_t *log = home_call(h, "reminder.log", "{}");
	assert_string_equal(text_at(log, "entries.0.outcome"), "sent");
	assert_string_equal(text_at(log, "entries.1.reminder"), "fp/30d");
	assert_string_equal(text_at(log, "entries.1.outcome"), "superseded");
}

static void a_clock_set_back_a_day_neither_loses_nor_repeats(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-30T09:00:00");
	hold(h, "2026-05-30");
	home_clock(h, "2026-03-31T08:00:00");
	assert_string_equal(sent(h, true), "fp/60d");
	home_clock(h, "2026-03-30T08:00:00");
	assert_string_equal(sent(h, true), "");
	home_clock(h, "2026-03-31T08:00:00");
	assert_string_equal(sent(h, true), "");
	home_clock(h, "2026-04-30T08:00:00");
	assert_string_equal(sent(h, true), "fp/30d");
}

/* Set back while a try is still to come: it comes when its time does. */
static void a_clock_set_back_keeps_what_is_to_be_tried_again(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-30T09:00:00");
	hold(h, "2026-05-30");
	home_clock(h, "2026-03-31T08:00:00");
	assert_string_equal(sent(h, false), "fp/60d");
	home_clock(h, "2026-03-30T08:00:00");
	assert_string_equal(sent(h, true), "");
	home_clock(h, "2026-03-31T08:00:30");
	assert_string_equal(sent(h, true), "");
	home_clock(h, "2026-03-31T08:01:00");
	assert_string_equal(sent(h, true), "fp/60d");
}

/* New York: 8 March 2026 has 23 hours, 1 November 25. */
static void days_of_23_and_25_hours_send_at_eight(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-07T12:00:00");
	hold(h, "2026-03-08");
	home_clock(h, "2026-03-08T07:59:59");
	assert_string_equal(sent(h, true), "");
	home_clock(h, "2026-03-08T08:00:00");
	assert_string_equal(sent(h, true), "fp/0d");
	home_call(h, "credential.edit",
		  "{\"credential\":\"fp\",\"expires\":\"2026-11-01\"}");
	home_clock(h, "2026-10-31T08:00:00");
	assert_string_equal(sent(h, true), "fp/1d");
	home_clock(h, "2026-11-01T07:59:59");
	assert_string_equal(sent(h, true), "");
	home_clock(h, "2026-11-01T08:00:00");
	assert_string_equal(sent(h, true), "fp/0d");
}

/* Pace is told on a day of the month that is such a night, and on the days around it; and whoever falls behind on that
 * day is told then. */
static void pace_is_told_at_eight_whatever_the_night(void **state)
{
	static const struct {
		const char *zone;
		int night[3];
	} nights[] = {
		{"America/New_York", {2026, 3, 8}},
		{"America/New_York", {2026, 11, 1}},
		{"Europe/Berlin", {2027, 3, 28}},
		{"Europe/Berlin", {2027, 10, 31}},
	};
	struct home *h = *state;
	char params[TEXT], begins[DATE_ISO_SIZE], id[TEXT];
	struct err e;

	assert_int_equal(rpc_remind_start(&h->rpc, &e), 0);
	home_clock(h, "2026-01-02T09:00:00");
	home_call(h, "credential.add",
		  "{\"title\":\"Board\",\"alias\":\"b\",\"required\":\"400h\","
		  "\"every\":\"5y\",\"expires\":\"2030-06-30\"}");
	home_call(h, "reminder.policy", "{\"lead\":\"1d\",\"after\":\"\"}");
	for (size_t i = 0; i < sizeof(nights) / sizeof(nights[0]); i++)
		for (int around = -1; around <= 1; around++) {
			const int *n = nights[i].night;
			const civil_day day = date_make(n[0], n[1], n[2]) + around;
			int year, month, dom;
			date_split(day, &year, &month, &dom);
			zone(nights[i].zone);
			/* Its months begin on that day. */
			date_format_iso(date_add_months(day, -12), begins);
			snprintf(params, sizeof(params),
				 "{\"credential\":\"b\",\"begins\":\"%s\"}", begins);
			travel(h, day - 1, "12:00:00");
			home_call(h, "credential.edit", params);
			(void)sent(h, true);
			travel(h, day, "00:00:00");
			assert_string_equal(sent(h, true), "");
			travel(h, day, "07:59:59");
			assert_string_equal(sent(h, true), "");
			travel(h, day, "08:00:00");
			snprintf(id, sizeof(id), "b/pace-%04d-%02d", year, month);
			assert_string_equal(sent(h, true), id);
		}
}

/* Eight o'clock in New York is five in Los Angeles, where it comes again three hours later. */
static void another_zone_neither_loses_nor_repeats(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-30T09:00:00");
	hold(h, "2026-05-30");
	home_clock(h, "2026-03-31T08:00:00");
	assert_string_equal(sent(h, true), "fp/60d");
	zone("America/Los_Angeles");
	home_clock(h, "2026-03-31T05:01:00");
	assert_string_equal(sent(h, true), "");
	home_clock(h, "2026-03-31T08:00:00");
	assert_string_equal(sent(h, true), "");
	zone("America/New_York");
	home_clock(h, "2026-04-30T08:00:00");
	assert_string_equal(sent(h, true), "fp/30d");
}

static void renewing_moves_the_ladder_and_retiring_ends_it(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-30T09:00:00");
	hold(h, "2026-05-30");
	home_clock(h, "2026-03-31T08:00:00");
	assert_string_equal(sent(h, false), "fp/60d");
	home_call(h, "credential.edit",
		  "{\"credential\":\"fp\",\"expires\":\"2027-05-30\"}");
	home_clock(h, "2026-03-31T08:01:00");
	assert_string_equal(sent(h, true), "");
	home_clock(h, "2026-05-30T08:00:00");
	assert_string_equal(sent(h, true), "fp/365d");
	home_call(h, "credential.retire", "{\"credential\":\"fp\"}");
	home_clock(h, "2027-05-30T08:00:00");
	assert_string_equal(sent(h, true), "");
	home_call(h, "change.undo", "{}");
	home_clock(h, "2027-05-31T08:00:00");
	assert_string_equal(sent(h, true), "fp/+1d");
}

/* A daemon that ended between the try and its record tries again. */
static void a_try_without_an_outcome_is_made_again(void **state)
{
	struct home *h = *state;
	struct err e;

	home_clock(h, "2026-03-30T09:00:00");
	hold(h, "2026-05-30");
	home_clock(h, "2026-03-31T08:00:00");
	assert_int_equal(rpc_remind_look(&h->rpc, &e), 0);
	struct message *m = rpc_remind_messages(&h->rpc);
	assert_string_equal(m->reminder, "fp/60d");
	message_free(m);
	assert_string_equal(sent(h, true), "");
	assert_int_equal(rpc_remind_start(&h->rpc, &e), 0);
	assert_string_equal(sent(h, true), "fp/60d");
	assert_int_equal(rpc_remind_start(&h->rpc, &e), 0);
	assert_string_equal(sent(h, true), "");
}

static void expect_at(struct home *h, const char *when, const char *wanted)
{
	home_clock(h, when);
	assert_string_equal(sent(h, true), wanted);
}

/* Saturday, 2 May 2026 comes behind two days to skip. */
static void quiet_time_and_days_to_skip_are_over_on_their_last(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-30T09:00:00");
	hold(h, "2026-05-30");
	home_call(
		h, "reminder.policy",
		"{\"quiet\":\"18:00-08:30\",\"skip\":\"weekends,2026-04-30..2026-05-01\"}");
	expect_at(h, "2026-03-31T08:00:00", "");
	expect_at(h, "2026-03-31T08:29:59", "");
	expect_at(h, "2026-03-31T08:30:00", "fp/60d");
	expect_at(h, "2026-04-30T09:00:00", "");
	expect_at(h, "2026-05-01T09:00:00", "");
	expect_at(h, "2026-05-02T09:00:00", "");
	expect_at(h, "2026-05-03T09:00:00", "");
	expect_at(h, "2026-05-04T08:30:00", "fp/30d");
}

/* Mail from the thirtieth day before on, with it. */
static void a_channel_speaks_from_its_day_on(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-30T09:00:00");
	hold(h, "2026-05-30");
	home_call(h, "reminder.channel",
		  "{\"channel\":\"mail\",\"to\":\"dana@example.org\"}");
	expect_at(h, "2026-03-31T08:00:00", "fp/60d");
	expect_at(h, "2026-04-30T08:00:00", "fp/30d mail");
}

/* Put off behind the next rung, it speaks on its day all the same. */
static void what_was_put_off_comes_back(void **state)
{
	struct home *h = *state;

	home_clock(h, "2026-03-30T09:00:00");
	hold(h, "2026-05-30");
	expect_at(h, "2026-03-31T08:00:00", "fp/60d");
	/* A year ahead at most. */
	home_fail(h, "reminder.snooze",
		  "{\"reminder\":\"fp/60d\",\"until\":\"2027-04-02\"}", "refused");
	home_call(h, "reminder.snooze",
		  "{\"reminder\":\"fp/60d\",\"until\":\"2027-04-01\"}");
	home_call(h, "reminder.snooze",
		  "{\"reminder\":\"fp/60d\",\"until\":\"2026-05-05\"}");
	expect_at(h, "2026-04-30T08:00:00", "fp/30d");
	expect_at(h, "2026-05-05T08:00:00", "fp/60d");
}

static void what_fails_is_tried_eight_times(void **state)
{
	static const char *const times[] = {"2026-03-31T08:00:00", "2026-03-31T08:01:00",
					    "2026-03-31T08:06:00", "2026-03-31T08:36:00",
					    "2026-03-31T14:36:00", "2026-03-31T20:36:00",
					    "2026-04-01T02:36:00", "2026-04-01T08:36:00"};
	struct home *h = *state;

	home_clock(h, "2026-03-30T09:00:00");
	hold(h, "2026-05-30");
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		home_clock(h, times[i]);
		assert_string_equal(sent(h, false), "fp/60d");
		assert_string_equal(sent(h, false), "");
	}
	expect_at(h, "2026-04-02T08:36:00", "");
}

/* What was told stays told, whatever is said of it later. */
static void the_first_outcome_of_a_try_holds(void **state)
{
	struct home *h = *state;
	struct err e;

	home_clock(h, "2026-03-30T09:00:00");
	hold(h, "2026-05-30");
	home_clock(h, "2026-03-31T08:00:00");
	assert_int_equal(rpc_remind_look(&h->rpc, &e), 0);
	struct message *m = rpc_remind_messages(&h->rpc);
	report(h, m, true);
	report(h, m, false);
	message_free(m);
	expect_at(h, "2026-03-31T08:01:00", "");
}

/* Of its board, until the person says otherwise, for this credential or for all. */
static void a_pack_may_have_a_ladder_of_its_own(void **state)
{
	struct home *h = *state;

	home_pack(h, "lab",
		  "pack: lab\nversion: 1\ntitle: Lab\n"
		  "reminders: {before: [45d, 5], after: [2]}\n");
	home_clock(h, "2026-03-01T09:00:00");
	hold(h, "2026-03-31");
	home_call(h, "credential.add",
		  "{\"pack\":\"lab\",\"alias\":\"lab\",\"expires\":\"2026-06-30\"}");
	json_t *policy = home_call(h, "reminder.policy", "{\"credential\":\"lab\"}");
	assert_string_equal(text_at(policy, "lead"), "45d, 5d");
	assert_string_equal(text_at(policy, "after"), "2d");
	policy = home_call(h, "reminder.policy", "{\"credential\":\"fp\"}");
	assert_string_equal(text_at(policy, "after"), "1d, 7d, 30d");
	home_call(h, "reminder.policy", "{\"lead\":\"20d\",\"at\":\"07:00\"}");
	policy = home_call(h, "reminder.policy", "{\"credential\":\"lab\"}");
	assert_string_equal(text_at(policy, "lead"), "20d");
	assert_string_equal(text_at(policy, "after"), "2d");
	home_call(h, "reminder.policy", "{\"credential\":\"lab\",\"lead\":\"3d\"}");
	policy = home_call(h, "reminder.policy", "{\"credential\":\"lab\"}");
	assert_string_equal(text_at(policy, "lead"), "3d");
	assert_string_equal(text_at(policy, "at"), "07:00");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)
		TEST(a_five_year_cycle_sends_exactly_these),
		TEST(the_next_look_is_the_next_rung_or_the_end_of_the_day),
		TEST(asleep_for_forty_days_the_nearest_is_sent),
		TEST(a_clock_set_back_a_day_neither_loses_nor_repeats),
		TEST(a_clock_set_back_keeps_what_is_to_be_tried_again),
		TEST(days_of_23_and_25_hours_send_at_eight),
		TEST(pace_is_told_at_eight_whatever_the_night),
		TEST(another_zone_neither_loses_nor_repeats),
		TEST(renewing_moves_the_ladder_and_retiring_ends_it),
		TEST(a_try_without_an_outcome_is_made_again),
		TEST(quiet_time_and_days_to_skip_are_over_on_their_last),
		TEST(a_channel_speaks_from_its_day_on),
		TEST(what_was_put_off_comes_back),
		TEST(what_fails_is_tried_eight_times),
		TEST(the_first_outcome_of_a_try_holds),
		TEST(a_pack_may_have_a_ladder_of_its_own),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
