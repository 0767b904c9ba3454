/* plan.get and plan.save: what is still to do, and what if. */
#include "tests/support/rpc_home.h"

#include "daemon/pack/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void write_pack(struct home *h, const char *name, const char *rules)
{
	AUTO_ARENA a = {NULL};

	home_pack(h, name,
		  arena_printf(&a,
			       "pack: %s\nversion: 1\ntitle: Pack %s\nunit: clock hour\n"
			       "calendar: {length: 5 years}\n%s",
			       name, name, rules));
}

/* A home whose own packs these are, each with its credential: a to 2027-08-31, b to
 * 2029-06-30. */
static struct home *with_packs(void **state, const char *a, const char *b)
{
	struct home *h = *state;

	write_pack(h, "a", a);
	if (b)
		write_pack(h, "b", b);
	home_call(h, "credential.add", "{\"pack\": \"a\", \"expires\": \"2027-08-31\"}");
	if (b)
		home_call(h, "credential.add",
			  "{\"pack\": \"b\", \"expires\": \"2029-06-30\"}");
	return h;
}

/* "10.0 hour on x+y for a:total+n1, b:n2 by 2027-08-31", for each line. */
static void expect_hours(json_t *r, const char *wanted)
{
	char text[2000] = "";
	size_t i, k;
	json_t *h, *s, *t;

	json_array_foreach(json_at(r, "hours"), i, h)
	{
		size_t n = strlen(text);
		snprintf(text + n, sizeof(text) - n, "%s%s %s", n ? "; " : "",
			 credit_at(h, "credit"), text_at(h, "credit.unit"));
		json_array_foreach(json_at(h, "topics"), k, t)
		{
			n = strlen(text);
			snprintf(text + n, sizeof(text) - n, "%s%s", k ? "+" : " on ",
				 json_string_value(t));
		}
		if (!json_is_null(json_at(h, "kind"))) {
			n = strlen(text);
			snprintf(text + n, sizeof(text) - n, " of %s",
				 text_at(h, "kind"));
		}
		json_array_foreach(json_at(h, "serves"), k, s)
		{
			n = strlen(text);
			snprintf(text + n, sizeof(text) - n, "%s%s", k ? "," : " for ",
				 text_at(s, "alias"));
			for (size_t m = 0; m < count_at(s, "needs"); m++) {
				char path[32];
				snprintf(path, sizeof(path), "needs.%zu", m);
				n = strlen(text);
				snprintf(text + n, sizeof(text) - n, "%s%s",
					 m ? "+" : ":", text_at(s, path));
			}
		}
		n = strlen(text);
		snprintf(text + n, sizeof(text) - n, " by %s", text_at(h, "by"));
	}
	assert_string_equal(text, wanted);
}

static void an_hour_that_serves_two_is_told_once(void **state)
{
	struct home *h =
		with_packs(state,
			   "rules:\n  - {id: total, need: 20}\n"
			   "  - {id: law, need: 8, where: {topic: law}}\n",
			   "rules:\n  - {id: total, need: 30}\n"
			   "  - {id: ethics, need: 5, where: {topic: [ethics, law]}}\n");

	json_t *r = home_call(h, "plan.get", "{}");
	assert_string_equal(credit_at(r, "fewest"), "30.0");
	assert_string_equal(credit_at(r, "apart"), "50.0");
	expect_hours(r, "8.0 hour on law for a:total+law,b:total+ethics by 2027-08-31; "
			"12.0 hour for a:total,b:total by 2027-08-31; "
			"10.0 hour for b:total by 2029-06-30");
	assert_string_equal(credit_at(r, "credentials.0.free"), "12.0");
	assert_string_equal(credit_at(r, "credentials.0.least"), "20.0");
	r = home_call(h, "plan.get", "{\"credentials\": [\"b\", \"b\"]}");
	assert_int_equal(count_at(r, "credentials"), 1);
	assert_string_equal(credit_at(r, "fewest"), "30.0");
}

static void gates_and_credits_decide_what_an_hour_is_worth(void **state)
{
	struct home *h = with_packs(
		state,
		"rules:\n  - {id: total, need: 20}\n"
		"  - {id: half, credit: {times: 0.5}, where: {not: {kind: workshop}}}\n"
		"  - {id: live, credit: {only if: {format: live}}}\n"
		"  - {id: cap, limit: 10, where: {kind: workshop}}\n",
		NULL);

	json_t *r = home_call(h, "plan.get", "{}");
	expect_hours(r, "10.0 hour of workshop for a:total by 2027-08-31; "
			"20.0 hour for a:total by 2027-08-31");
	assert_string_equal(text_at(r, "hours.0.format"), "live");
	assert_string_equal(text_at(r, "hours.1.format"), "live");
}

static void a_limit_in_the_way_is_told_and_not_denied(void **state)
{
	struct home *h = with_packs(
		state,
		"rules:\n  - {id: total, need: 20}\n"
		"  - {id: law, need: 8, where: {topic: law}, title: law and order}\n"
		"  - {id: cap, limit: 5, where: {topic: law}}\n",
		NULL);

	json_t *r = home_call(h, "plan.get", "{}");
	assert_non_null(strstr(text_at(r, "open.0"), "law and order"));
	expect_hours(r, "5.0 hour on law for a:total+law by 2027-08-31; "
			"15.0 hour for a:total by 2027-08-31");
	assert_string_equal(credit_at(r, "credentials.0.limits.0.left"), "5.0");
}

static void where_an_hour_serves_one_alone_it_is_planned_for_each(void **state)
{
	static const char rules[] = "authority: The board\nshare: {credentials: none}\n"
				    "rules:\n  - {id: total, need: 20}\n";
	struct home *h = with_packs(state, rules, rules);

	json_t *r = home_call(h, "plan.get", "{}");
	assert_string_equal(credit_at(r, "fewest"), "40.0");
	expect_hours(r, "20.0 hour for a:total by 2027-08-31; "
			"20.0 hour for b:total by 2029-06-30");
	assert_string_equal(text_at(r, "hours.0.only"), "a");
	assert_string_equal(text_at(r, "hours.1.only"), "b");
	r = home_call(h, "plan.get", "{\"add\": [\"5h workshop\"]}");
	assert_string_equal(credit_at(r, "outlooks.0.added"), "5.0");
	assert_string_equal(credit_at(r, "outlooks.1.added"), "0.0");
	assert_non_null(strstr(text_at(r, "outlooks.1.why_not.0"), "--only b"));
}

static void things_that_are_counted_are_planned_too(void **state)
{
	struct home *h = with_packs(
		state,
		"units: {hour: 60 min, semester hour: 15}\n"
		"rules:\n  - {id: total, need: 10}\n"
		"  - {id: talks, need: {activities: 3}, where: {kind: presenting}}\n"
		"  - {id: offered, need: {distinct provider: 2}}\n"
		"  - {id: one, need: {any of: [{need: 40, where: {topic: law}}, "
		"{need: 4, where: {topic: ethics}}]}}\n",
		NULL);

	json_t *r = home_call(h, "plan.get", "{}");
	assert_string_equal(credit_at(r, "fewest"), "10.0");
	expect_hours(r, "4.0 hour on ethics for a:total+one by 2027-08-31; "
			"1.0 hour of presenting for a:total+talks by 2027-08-31; "
			"1.0 hour of presenting for a:total+talks by 2027-08-31; "
			"1.0 hour of presenting for a:total+talks by 2027-08-31; "
			"3.0 hour for a:total by 2027-08-31");
	assert_non_null(strstr(text_at(r, "open.0"), "2 more to choose"));
}

/* Half of what counts may be self-study: what is logged of it waits for as much of other
 * hours. */
static void a_share_of_what_counts_grows_with_the_plan(void **state)
{
	struct home *h = with_packs(
		state,
		"kinds: [self-study]\n"
		"rules:\n  - {id: total, need: 20}\n"
		"  - {id: alone, limit: 50% of counted, where: {kind: self-study}}\n",
		NULL);

	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"credit\": \"12h\", \"kind\": \"self-study\"}");
	json_t *r = home_call(h, "plan.get", "{}");
	expect_hours(r, "10.0 hour for a:total by 2027-08-31");
	assert_string_equal(credit_at(r, "fewest"), "10.0");
	home_call(h, "activity.add", "{\"title\": \"B\", \"credit\": \"14h\"}");
	r = home_call(h, "plan.get", "{}");
	assert_string_equal(credit_at(r, "fewest"), "0.0");
}

static void all_of_several_are_planned(void **state)
{
	struct home *h = with_packs(
		state,
		"rules:\n  - {id: both, need: {2 of: [{need: 3, where: {topic: law}}, "
		"{need: 2, where: {topic: ethics}}]}}\n",
		NULL);

	expect_hours(home_call(h, "plan.get", "{}"),
		     "2.0 hour on law+ethics for a:both by 2027-08-31; "
		     "1.0 hour on law for a:both by 2027-08-31");
}

/* Of more alternatives than are tried the first are taken, and that is said. */
static void many_alternatives_are_not_all_tried(void **state)
{
	AUTO_ARENA a = {NULL};
	const char *ten = "", *six = "";

	for (int i = 0; i < 10; i++)
		ten = arena_printf(&a, "%s%s{need: %d, where: {topic: t%d}}", ten,
				   i ? ", " : "", 20 - i, i);
	for (int i = 0; i < 6; i++)
		six = arena_printf(&a,
				   "%s  - {id: n%d, need: {any of: [{need: 2, where: "
				   "{topic: a%d}}, {need: 1, where: {topic: b%d}}]}}\n",
				   six, i, i, i);
	struct home *h = with_packs(
		state,
		arena_printf(&a, "rules:\n  - {id: one, need: {any of: [%s]}}\n", ten),
		arena_printf(&a, "rules:\n%s", six));

	json_t *r = home_call(h, "plan.get", "{\"credentials\": [\"a\"]}");
	expect_hours(r, "13.0 hour on t7 for a:one by 2027-08-31");
	assert_non_null(strstr(text_at(r, "caveats.0"), "a few hours less may do"));
	r = home_call(h, "plan.get", "{\"credentials\": [\"b\"]}");
	/* An hour on all of the second would be enough. */
	assert_string_equal(credit_at(r, "fewest"), "2.0");
	assert_non_null(strstr(text_at(r, "caveats.0"), "a few hours less may do"));
}

static void what_is_met_needs_nothing(void **state)
{
	struct home *h = with_packs(state, "rules:\n  - {id: total, need: 20}\n", NULL);

	home_call(h, "activity.add", "{\"title\": \"A\", \"credit\": \"20h\"}");
	json_t *r = home_call(h, "plan.get", "{}");
	assert_true(json_is_true(json_at(r, "credentials.0.met")));
	assert_int_equal(count_at(r, "hours"), 0);
	assert_string_equal(credit_at(r, "fewest"), "0.0");
	home_clock(h, "2027-09-01T08:00:00");
	home_call(h, "activity.remove", "{\"ids\": [1]}");
	r = home_call(h, "plan.get", "{}");
	assert_non_null(strstr(text_at(r, "open.0"), "cycle is over"));
}

static void hours_are_planned_in_the_years_that_ask_for_them(void **state)
{
	struct home *h = with_packs(state,
				    "rules:\n  - {id: total, need: 20}\n"
				    "  - {id: yearly, need: 4, window: each year}\n",
				    NULL);

	/* Cycle years begin on 1 September; the one of 2025 and that of 2026 are left. */
	json_t *r = home_call(h, "plan.get", "{}");
	assert_string_equal(credit_at(r, "fewest"), "20.0");
	expect_hours(r, "4.0 hour for a:total+yearly by 2026-08-31; "
			"12.0 hour for a:total by 2027-08-31; "
			"4.0 hour for a:total+yearly by 2027-08-31");
	assert_string_equal(text_at(r, "hours.2.from"), "2026-09-01");
}

/* What --add is read as: "2026-04-14 6.0 h kind/format/topics title", for each. */
/* Both would hold, or neither: then all is done. One of them alone, and it is not. */
static void rules_that_pull_both_ways_leave_it_undecided(void **state)
{
	struct home *h = with_packs(
		state,
		"rules:\n  - {id: total, need: 10}\n"
		"  - {id: double, credit: {times: 2}, where: {topic: law}, level: unsure}\n"
		"  - {id: half, credit: {times: 0.5}, where: {topic: law}, level: unsure}\n",
		NULL);

	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"credit\": \"10h\", \"topics\": [\"law\"]}");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.state"), "undecided");
	assert_string_equal(credit_at(r, "credentials.0.counted"), "10.0");
	assert_string_equal(credit_at(r, "credentials.0.otherwise"), "5.0");
	r = home_call(h, "explain.get", "{\"subject\": \"a\"}");
	assert_true(json_is_true(json_at(r, "credentials.0.undecided")));
	home_clock(h, "2027-08-20T09:30:00");
	r = home_call(h, "prompt.get", "{}");
	assert_string_equal(text_at(r, "text"), "PD:1!");
	home_clock(h, "2026-03-14T09:30:00");
	r = home_call(h, "plan.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.state"), "undecided");
	expect_hours(r, "5.0 hour for a:total by 2027-08-31");
	assert_non_null(strstr(text_at(r, "caveats.0"), "double"));
	home_call(h, "activity.add", "{\"title\": \"B\", \"credit\": \"5h\"}");
	r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.state"), "done");
}

/* It would be 4 hours if they counted twice; what is not sure saves none. */
static void a_credit_that_is_unsure_saves_no_hours(void **state)
{
	struct home *h = with_packs(
		state,
		"rules:\n  - {id: total, need: 12}\n"
		"  - {id: impact, credit: {times: 3}, where: {kind: workshop}, level: unsure}\n",
		NULL);

	json_t *r = home_call(h, "plan.get", "{}");
	expect_hours(r, "12.0 hour for a:total by 2027-08-31");
	assert_string_equal(
		text_at(r, "caveats.0"),
		"a: impact is not sure and not planned on; with it 4.0 h would do "
		"instead of 12.0 h.");
}

static void expect_added(struct home *h, const char *add, const char *wanted)
{
	char params[400], text[4000] = "";
	size_t i;
	json_t *a;

	snprintf(params, sizeof(params), "{\"add\": [\"%s\"]}", add);
	json_array_foreach(json_at(home_call(h, "plan.get", params), "added"), i, a)
	{
		size_t n = strlen(text);
		const char *topic = count_at(a, "topics") ? text_at(a, "topics.0") : "-";
		snprintf(text + n, sizeof(text) - n, "%s%s %s %s %s %s \"%s\"",
			 n ? ", " : "", text_at(a, "done_on"), credit_at(a, "credit"),
			 text_at(a, "credit.unit"), text_at(a, "kind"), topic,
			 text_at(a, "title"));
	}
	if (strcmp(text, wanted) != 0)
		fail_msg("%s\nis read as %s\nand not  %s", add, text, wanted);
}

static void what_is_added_is_read_as_a_person_means_it(void **state)
{
	static const struct {
		const char *add, *wanted;
	} cases[] = {
		{"6h workshop", "2026-03-14 6.0 hour workshop - \"workshop\""},
		{"2h30 law workshop 2026-07",
		 "2026-07-31 2.5 hour workshop law \"law workshop\""},
		{"1 h 30 min law tomorrow", "2026-03-15 1.5 hour (null) law \"law\""},
		{"1.5ceu law 14 jul", "2026-07-14 1.5 CEU (null) law \"law\""},
		{"1h law mar", "2026-03-31 1.0 hour (null) law \"law\""},
		{"1h law jan 2027", "2027-01-31 1.0 hour (null) law \"law\""},
		{"1h law in 10 days", "2026-03-24 1.0 hour (null) law \"law\""},
		{"1h law 2026-Q4", "2026-12-31 1.0 hour (null) law \"law\""},
		{"3sh 'Law, in brief' course 2026-05-01",
		 "2026-05-01 3.0 semester hour course - \"Law, in brief\""},
		{"1h MENTAL health_first aid",
		 "2026-03-14 1.0 hour (null) mental-health-first-aid \"MENTAL health_first aid\""},
		{"1h legal monthly until 2026-05",
		 "2026-04-14 1.0 hour (null) law \"legal\", 2026-05-14 1.0 hour (null) law \"legal\""},
		{"1h law every week from 2026-04-01 until 2026-04-15",
		 "2026-04-01 1.0 hour (null) law \"law\", 2026-04-08 1.0 hour (null) law \"law\", "
		 "2026-04-15 1.0 hour (null) law \"law\""},
		{"1h law yearly", "2027-03-14 1.0 hour (null) law \"law\""},
		{"2h law 2026-05, 1h workshop 2026-04",
		 "2026-04-30 1.0 hour workshop - \"workshop\", 2026-05-31 2.0 hour (null) law \"law\""},
		{"1h children's law",
		 "2026-03-14 1.0 hour (null) law \"children's law\""},
		/* The last day of a short month is that month's. */
		{"1h law monthly from 2026-03-31 until 2026-04",
		 "2026-03-31 1.0 hour (null) law \"law\", 2026-04-30 1.0 hour (null) law \"law\""},
	};
	struct home *h = with_packs(state,
				    "kinds: [workshop, course]\n"
				    "topics: {law: [], mental-health-first-aid: []}\n"
				    "rules:\n  - {id: total, need: 20}\n"
				    "  - {id: legal, need: 8, where: {topic: law}}\n",
				    NULL);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_added(h, cases[i].add, cases[i].wanted);
	json_t *r = home_call(h, "plan.get", "{\"add\": [\"1h worksop law xylophone\"]}");
	assert_int_equal(count_at(r, "notes"), 2);
	assert_non_null(strstr(text_at(r, "notes.0"), "\"workshop\"?"));
	assert_non_null(strstr(text_at(r, "notes.1"), "\"xylophone\""));
	r = home_call(h, "plan.get", "{\"add\": [\"1h workshop course\"]}");
	assert_non_null(strstr(text_at(r, "notes.0"), "one kind"));
}

static void what_is_wrong_with_an_addition_is_said(void **state)
{
	static const struct {
		const char *add, *word, *part;
	} cases[] = {
		{"6", "usage", "how much and not what"},
		{"6h monthly", "usage", "how much and not what"},
		{"6h 2026-07", "usage", "how much and not what"},
		{"x related", "usage", "not an amount of credit"},
		{"0h law", "refused", "more than zero"},
		{"", "usage", "is empty"},
		{" , ", "usage", "is empty"},
		{"1h law 2026-02-30", "usage", "is not a date"},
		{"1h law 2026-03-13", "refused", "is in the past"},
		{"1h law monthly from 2026-01", "refused", "is in the past"},
		{"1h law 4/3", "usage", "4 March or 3 April? write 2027-03-04 or"},
		{"1h law 13/13", "usage", "not a day of the calendar"},
		{"1h law 3/14x", "usage", "neither a word nor a date"},
		{"1h law monthly tuesdays", "usage", "stands behind monthly"},
		{"1h law monthly until", "usage", "a date behind until"},
		{"1h law monthly until 2026-03-20", "refused", "begin after its end"},
		{"1h law weekly until 2099", "refused", "more than 500 times"},
	};
	struct home *h = with_packs(state, "rules:\n  - {id: total, need: 20}\n", NULL);
	char params[200];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(params, sizeof(params), "{\"add\": [\"%s\"]}", cases[i].add);
		json_t *e = home_fail(h, "plan.get", params, cases[i].word);
		if (!strstr(text_at(e, "message"), cases[i].part))
			fail_msg("%s: %s", cases[i].add, text_at(e, "message"));
		assert_string_equal(text_at(e, "field"), "add");
		home_fail(h, "plan.save", params, cases[i].word);
	}
	home_fail(h, "plan.save", "{}", "usage");
	home_fail(h, "plan.get", "{\"credentials\": [\"nope\"]}", "not_found");
	assert_int_equal(count_at(home_call(h, "change.list", "{}"), "changes"), 1);
}

/* 20 h from 2022-09-01 on; on 2026-03-14 1,290 days are over, and 10 h are done. */
static void the_day_of_completion_is_told_for_the_rate_so_far(void **state)
{
	struct home *h =
		with_packs(state,
			   "rules:\n  - {id: total, need: 20}\n"
			   "  - {id: law, need: 1, where: {topic: law}}\n"
			   "  - {id: cap, limit: 3, where: {kind: presenting}}\n",
			   NULL);

	home_call(h, "activity.add",
		  "{\"title\": \"A\", \"credit\": \"10h\", \"done_on\": \"2025-01-01\"}");
	json_t *r = home_call(h, "plan.get", "{\"add\": [\"4h law 2026-12-01\"]}");
	/* 10 h more take 1,290 days: until 2029-09-24. 6 h take 774: until 2028-04-26. */
	assert_string_equal(text_at(r, "outlooks.0.now.done_on"), "2029-09-24");
	assert_true(json_is_false(json_at(r, "outlooks.0.now.on_time")));
	assert_string_equal(text_at(r, "outlooks.0.with.done_on"), "2028-04-26");
	assert_string_equal(credit_at(r, "outlooks.0.with.remaining"), "6.0");
	assert_int_equal(count_at(r, "outlooks.0.now.needs"), 1);
	assert_int_equal(count_at(r, "outlooks.0.with.needs"), 0);
	assert_true(json_is_null(json_at(r, "outlooks.0.enough_on")));
	/* Eight of them, and 2 h at the rate so far; by themselves ten. */
	r = home_call(h, "plan.get", "{\"add\": [\"1h law monthly\"]}");
	assert_string_equal(text_at(r, "outlooks.0.enough_on"), "2027-01-14");
	assert_string_equal(text_at(r, "outlooks.0.with.done_on"), "2026-11-27");
	assert_true(json_is_true(json_at(r, "outlooks.0.with.on_time")));
	r = home_call(h, "plan.get", "{\"add\": [\"5h presenting, 1h law 2030\"]}");
	assert_string_equal(credit_at(r, "outlooks.0.logged"), "5.0");
	assert_string_equal(credit_at(r, "outlooks.0.added"), "3.0");
	assert_int_equal(count_at(r, "outlooks.0.why_not"), 2);
}

static void a_saved_plan_is_one_change(void **state)
{
	struct home *h = with_packs(state, "rules:\n  - {id: total, need: 20}\n", NULL);
	const char *add = "{\"add\": [\"1h law monthly until 2026-06, 2h workshop\"]}";

	home_call(h, "plan.save",
		  "{\"add\": [\"1h law monthly until 2026-06\"], \"dry_run\": true}");
	assert_int_equal(count_at(home_call(h, "activity.list", "{}"), "activities"), 0);
	json_t *r = home_call(h, "plan.save", add);
	assert_int_equal(count_at(r, "added"), 4);
	long long op = int_at(r, "op");
	r = home_call(h, "activity.list", "{\"planned\": true}");
	assert_int_equal(count_at(r, "activities"), 4);
	assert_string_equal(text_at(r, "activities.0.done_on"), "2026-06-14");
	/* They count for nothing yet, and the same again is asked about. */
	r = home_call(h, "plan.get", "{}");
	assert_string_equal(credit_at(r, "credentials.0.remaining"), "20.0");
	assert_string_equal(credit_at(r, "credentials.0.planned"), "5.0");
	json_t *e = home_fail(h, "plan.save", add, "duplicate");
	assert_string_equal(text_at(e, "field"), "add");
	r = home_call(h, "change.list", "{\"limit\": 1}");
	assert_string_equal(text_at(r, "changes.0.what"), "plan 4 entries, #1 to #4");
	assert_int_equal(int_at(r, "changes.0.op"), op);
	home_call(h, "change.undo", "{}");
	assert_int_equal(count_at(home_call(h, "activity.list", "{}"), "activities"), 0);
}

#define T(test) cmocka_unit_test_setup_teardown(test, home_open, home_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_hour_that_serves_two_is_told_once),
		T(gates_and_credits_decide_what_an_hour_is_worth),
		T(a_limit_in_the_way_is_told_and_not_denied),
		T(where_an_hour_serves_one_alone_it_is_planned_for_each),
		T(things_that_are_counted_are_planned_too),
		T(a_share_of_what_counts_grows_with_the_plan),
		T(all_of_several_are_planned),
		T(many_alternatives_are_not_all_tried),
		T(what_is_met_needs_nothing),
		T(hours_are_planned_in_the_years_that_ask_for_them),
		T(rules_that_pull_both_ways_leave_it_undecided),
		T(a_credit_that_is_unsure_saves_no_hours),
		T(what_is_added_is_read_as_a_person_means_it),
		T(what_is_wrong_with_an_addition_is_said),
		T(the_day_of_completion_is_told_for_the_rate_so_far),
		T(a_saved_plan_is_one_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
