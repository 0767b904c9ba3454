/* On which side of an edge a day lies: the day before it, it and the day after, of each limit by which the state of a credential,
 * of an item or of a reminder is another. */
#include "tests/support/rpc_home.h"

#include "common/clock.h"
#include "common/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* So many days before the one that matters there is a warning. The number is the person's to rely on. */
enum { WARN = 90, TEXT = 200 };

static json_t *status_at(struct home *h, civil_day day)
{
	char iso[DATE_ISO_SIZE], params[TEXT];

	date_format_iso(day, iso);
	snprintf(params, sizeof(params), "{\"as_of\":\"%s\"}", iso);
	return home_call(h, "status.get", params);
}

struct side {
	int days; /* from the day that matters */
	const char *state;
	int check;	    /* what pdh status --check exits with */
	const char *prompt; /* NULL: nothing */
};

/* `path` is that of the record with the state. */
static void expect_sides(struct home *h, civil_day matters, const char *path,
			 const struct side *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		json_t *status = status_at(h, matters + v[i].days);
		const char *prompt = json_string_value(json_at(status, "prompt"));
		const char *state = text_at(json_at(status, path), "state");
		long long check = int_at(status, "credentials.0.check");
		if (strcmp(state, v[i].state) != 0 || check != v[i].check)
			fail_msg("%+d days: %s is %s and not %s, check %lld and not %d",
				 v[i].days, path, state, v[i].state, check, v[i].check);
		if ((!prompt != !v[i].prompt) ||
		    (prompt && strcmp(prompt, v[i].prompt) != 0))
			fail_msg("%+d days: the prompt shows %s", v[i].days,
				 prompt ? prompt : "nothing");
	}
}

#define SIDES(v) v, sizeof(v) / sizeof((v)[0])

static const char credential[] = "credentials.0", item[] = "credentials.0.items.0";

static void hours_are_warned_of_from_its_day_to_the_last(void **state)
{
	static const struct side sides[] = {
		{-WARN - 1, "on-pace", 0, NULL},     {-WARN, "due-soon", 8, "PD:1!"},
		{-WARN + 1, "due-soon", 8, "PD:1!"}, {-1, "due-soon", 8, "PD:1!"},
		{0, "due-soon", 8, "PD:1!"},	     {1, "lapsed", 9, "PD:1!"},
	};
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"title\":\"City\",\"alias\":\"city\",\"required\":\"40h\","
		  "\"every\":\"2y\",\"expires\":\"2027-12-31\"}");
	home_call(h, "activity.add",
		  "{\"title\":\"Much\",\"credit\":\"39h\",\"done_on\":\"2026-03-02\"}");
	expect_sides(h, date_make(2027, 12, 31), credential, SIDES(sides));
}

static void what_is_not_decided_is_asked_about_from_its_day(void **state)
{
	static const struct side sides[] = {
		{-WARN - 1, "undecided", 0, NULL},
		{-WARN, "undecided", 8, "PD:1!"},
		{0, "undecided", 8, "PD:1!"},
		{1, "lapsed", 9, "PD:1!"},
	};
	struct home *h = *state;

	home_pack(h, "lab",
		  "pack: lab\nversion: 1\ntitle: Laboratory\nauthority: The board\n"
		  "read: 2023-01-02\nunit: hour\ncalendar: {length: 1 year}\n"
		  "sources: {s: {title: The rule, mark: confirmed}}\n"
		  "facts:\n  work: {type: choice, of: [school, none], ask: Where?}\n"
		  "rules:\n  - {id: total, need: 10, cite: s, when: {work: school}}\n");
	home_call(h, "credential.add",
		  "{\"pack\":\"lab\",\"alias\":\"lab\",\"expires\":\"2026-12-31\"}");
	expect_sides(h, date_make(2026, 12, 31), credential, SIDES(sides));
}

static void hold(struct home *h, const char *rest)
{
	char params[TEXT];

	home_call(h, "credential.add", "{\"title\":\"Prints\",\"alias\":\"fp\"}");
	snprintf(params, sizeof(params), "{\"credential\":\"fp\",\"title\":\"Card\",%s}",
		 rest);
	home_call(h, "item.add", params);
}

static void an_item_is_due_soon_from_its_day_and_overdue_after_its_last(void **state)
{
	static const struct side sides[] = {
		{-WARN - 1, "open", 0, NULL}, {-WARN, "due-soon", 8, "PD:1!"},
		{-1, "due-soon", 8, "PD:1!"}, {0, "due-soon", 8, "PD:1!"},
		{1, "overdue", 9, "PD:2!"},
	};

	hold(*state, "\"due\":\"2026-10-31\"");
	expect_sides(*state, date_make(2026, 10, 31), item, SIDES(sides));
}

/* What is held until a day needs nothing before its warning. */
static void an_item_that_is_held_is_so_until_its_warning(void **state)
{
	static const struct side sides[] = {
		{-WARN - 1, "done", 0, NULL},
		{-WARN, "due-soon", 8, "PD:1!"},
		{0, "due-soon", 8, "PD:1!"},
		{1, "overdue", 9, "PD:2!"},
	};

	hold(*state, "\"expires\":\"2026-10-31\"");
	expect_sides(*state, date_make(2026, 10, 31), item, SIDES(sides));
}

static void an_item_is_done_on_its_day_and_not_before(void **state)
{
	static const struct side sides[] = {
		{-1, "overdue", 9, "PD:2!"}, {0, "done", 0, NULL}, {1, "done", 0, NULL}};

	hold(*state, "\"due\":\"2026-03-01\",\"done_on\":\"2026-03-10\"");
	expect_sides(*state, date_make(2026, 3, 10), item, SIDES(sides));
}

/* Days of grace: late on the last of them, lapsed on the next. */
static void who_is_late_is_so_to_the_last_day_of_grace(void **state)
{
	static const struct side sides[] = {{-1, "late", 9, "PD:2!"},
					    {0, "late", 9, "PD:2!"},
					    {1, "lapsed", 9, "PD:2!"}};
	struct home *h = *state;

	home_pack(h, "lab",
		  "pack: lab\nversion: 1\ntitle: Laboratory\nauthority: The board\n"
		  "read: 2023-01-02\nunit: hour\ncalendar: {length: 1 year}\n"
		  "sources: {s: {title: The rule, mark: confirmed}}\n"
		  "rules:\n  - {id: total, need: 10, cite: s}\n"
		  "  - {id: finish, duty: finish, due: period end, cite: s,\n"
		  "     late: {until: period end + 4 months, fill: previous}}\n");
	home_call(h, "credential.add",
		  "{\"pack\":\"lab\",\"alias\":\"lab\",\"expires\":\"2026-12-31\"}");
	expect_sides(h, date_make(2027, 4, 30), credential, SIDES(sides));
}

/* ---- reminders
 * --------------------------------------------------------------------------------------
 */

/* "fp/90d=due by command" of each that is listed with this state, in their order. */
static const char *listed(struct home *h, const char *when, const char *wanted)
{
	static char all[TEXT];
	json_t *one, *by;
	size_t i, k, n = 0;

	home_clock(h, when);
	all[0] = '\0';
	json_array_foreach(
		json_at(home_call(h, "reminder.list", "{\"all\":true}"), "reminders"), i,
		one)
	{
		if (strcmp(text_at(one, "state"), wanted) != 0)
			continue;
		n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%s", n ? " " : "",
				      text_at(one, "id"));
		json_array_foreach(json_at(one, "by"), k, by) n += (size_t)snprintf(
			all + n, sizeof(all) - n, ":%s", json_string_value(by));
	}
	return all;
}

static void hold_clearance(struct home *h)
{
	home_call(h, "reminder.channel",
		  "{\"channel\":\"command\",\"program\":\"/bin/true\"}");
	home_call(h, "reminder.policy", "{\"by\":\"\"}");
	home_call(h, "credential.add",
		  "{\"pack\":\"clearance\",\"alias\":\"fp\",\"title\":\"Prints\","
		  "\"expires\":\"2026-12-31\"}");
}

static void a_rung_speaks_from_its_minute_to_that_of_the_next(void **state)
{
	static const struct {
		const char *when, *due;
	} sides[] = {
		{"2026-10-02T07:59:59", "fp/180d"}, {"2026-10-02T08:00:00", "fp/90d"},
		{"2026-11-01T07:59:59", "fp/90d"},  {"2026-11-01T08:00:00", "fp/60d"},
		{"2026-12-31T07:59:59", "fp/1d"},   {"2026-12-31T08:00:00", "fp/0d"},
		{"2027-01-01T07:59:59", "fp/0d"},   {"2027-01-01T08:00:00", "fp/+1d"},
	};

	hold_clearance(*state);
	for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++)
		assert_string_equal(listed(*state, sides[i].when, "due"), sides[i].due);
}

/* A channel from 60 days before has the rung of that very day, and none before. */
static void a_channel_speaks_from_its_day_on(void **state)
{
	struct home *h = *state;

	hold_clearance(h);
	home_call(h, "reminder.policy",
		  "{\"lead\":\"61d,60d,59d\",\"from\":[\"60d command\"]}");
	assert_string_equal(listed(h, "2026-10-31T08:00:00", "due"), "fp/61d");
	assert_string_equal(listed(h, "2026-11-01T08:00:00", "due"), "fp/60d:command");
	assert_string_equal(listed(h, "2026-11-02T08:00:00", "due"), "fp/59d:command");
}

/* Of months of the cycle: the first speaks once it is over, and none before. */
static void pace_is_told_once_a_month_is_over(void **state)
{
	struct home *h = *state;

	home_call(h, "reminder.policy", "{\"lead\":\"0d\",\"after\":\"\",\"by\":\"\"}");
	home_call(h, "credential.add",
		  "{\"title\":\"City\",\"alias\":\"city\",\"required\":\"400h\","
		  "\"every\":\"1y\",\"expires\":\"2026-12-31\"}");
	assert_string_equal(listed(h, "2026-01-31T23:59:59", "due"), "");
	/* Nobody is behind in the first tenth of a cycle. */
	assert_string_equal(listed(h, "2026-02-06T23:59:59", "due"), "");
	assert_string_equal(listed(h, "2026-02-07T08:00:00", "due"), "city/pace-2026-02");
	assert_string_equal(listed(h, "2026-02-28T23:59:59", "due"), "city/pace-2026-02");
	assert_string_equal(listed(h, "2026-03-01T08:00:00", "due"), "city/pace-2026-03");
}

#define HOME_TEST(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOME_TEST(hours_are_warned_of_from_its_day_to_the_last),
		HOME_TEST(what_is_not_decided_is_asked_about_from_its_day),
		HOME_TEST(an_item_is_due_soon_from_its_day_and_overdue_after_its_last),
		HOME_TEST(an_item_that_is_held_is_so_until_its_warning),
		HOME_TEST(an_item_is_done_on_its_day_and_not_before),
		HOME_TEST(who_is_late_is_so_to_the_last_day_of_grace),
		HOME_TEST(a_rung_speaks_from_its_minute_to_that_of_the_next),
		HOME_TEST(a_channel_speaks_from_its_day_on),
		HOME_TEST(pace_is_told_once_a_month_is_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
