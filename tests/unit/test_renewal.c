/* A renewal: what the next cycle begins with, and what stays with the one that
 * is closed. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A board of this name with these rules, held from 2025-01-01 to 2025-12-31 on
 * the second day of 2026. */
static void hold(struct home *h, const char *rules)
{
	AUTO_ARENA a = {NULL};

	home_pack(h, "board",
		  arena_printf(&a,
			       "pack: board\nversion: 1\ntitle: The board\nunit: hour\n"
			       "calendar: {length: 1 year}\ntopics: [ethics, law]\n%s",
			       rules));
	home_clock(h, "2026-01-02T09:00:00");
	home_call(h, "credential.add",
		  "{\"pack\":\"board\",\"alias\":\"b\",\"begins\":\"2025-01-01\","
		  "\"expires\":\"2025-12-31\"}");
}

/* The first column of the first row, as text. */
static const char *stored(struct home *h, const char *sql)
{
	static char text[200];
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(db_handle(h->rpc.db), sql, -1, &s, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	snprintf(text, sizeof(text), "%s", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return text;
}

static json_t *cycles(struct home *h)
{
	return json_at(home_call(h, "credential.get", "{\"credential\":\"b\"}"),
		       "credentials.0.cycles");
}

/* ---- carried over
 * -----------------------------------------------------------------------------
 */

/* Hours that were split off to a topic go on under it, the rest of their
 * activity without. */
static void parts_are_carried_by_their_names(void **state)
{
	struct home *h = *state;

	hold(h, "rules:\n  - {id: total, need: 1}\n"
		"  - {id: law, need: 2, where: {topic: law}}\n"
		"  - {id: over, carry: {most: 40}}\n");
	home_call(h, "activity.add",
		  "{\"title\":\"A\",\"credit\":\"12h\",\"done_on\":\"2025-05-01\","
		  "\"split\":[\"ethics=4h\",\"law=5h\"]}");
	home_call(h, "credential.renew", "{\"credential\":\"b\"}");
	assert_string_equal(
		stored(h, "SELECT group_concat(part || '=' || (credit / 3600000), ' ') "
			  "FROM (SELECT * FROM carried ORDER BY part)"),
		"=3 ethics=4 law=3");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(text_at(r, "credentials.0.needs.1.id"), "law");
	assert_string_equal(credit_at(r, "credentials.0.needs.1.have"), "3.0");
}

static void what_goes_on_as_general_hours_has_no_topic(void **state)
{
	struct home *h = *state;

	hold(h, "rules:\n  - {id: total, need: 1}\n"
		"  - {id: law, need: 2, where: {topic: law}}\n"
		"  - {id: over, carry: {most: 40, as: general}}\n");
	home_call(h, "activity.add",
		  "{\"title\":\"A\",\"credit\":\"12h\",\"done_on\":\"2025-05-01\","
		  "\"topics\":[\"law\"]}");
	home_call(h, "credential.renew", "{\"credential\":\"b\"}");
	json_t *r = home_call(h, "status.get", "{}");
	assert_string_equal(credit_at(r, "credentials.0.cycle.carried"), "10.0");
	assert_string_equal(credit_at(r, "credentials.0.needs.1.have"), "0.0");
}

/* Renewed a month before its end, a cycle goes on having hours to its last day,
 * with it. */
static void the_last_day_of_a_closed_cycle_is_of_it(void **state)
{
	struct home *h = *state;

	hold(h, "rules:\n  - {id: total, need: 5}\n  - {id: over, carry: {most: 40}}\n");
	home_clock(h, "2025-12-01T09:00:00");
	home_call(h, "activity.add",
		  "{\"title\":\"A\",\"credit\":\"6h\",\"done_on\":\"2025-05-01\"}");
	home_call(h, "credential.renew", "{\"credential\":\"b\"}");
	/* What is carried over is there before the cycle that it is of. */
	assert_string_equal(credit_at(cycles(h), "0.counted"), "1.0");
	home_clock(h, "2026-01-02T09:00:00");
	home_call(h, "activity.add",
		  "{\"title\":\"B\",\"credit\":\"2h\",\"done_on\":\"2025-12-31\"}");
	json_t *c = cycles(h);
	assert_string_equal(credit_at(c, "0.carried"), "3.0");
	assert_string_equal(credit_at(c, "1.counted"), "8.0");
	home_call(
		h, "import.run",
		"{\"file\":\"x.csv\",\"activities\":[{\"title\":\"C\",\"credit\":\"4h\","
		"\"done_on\":\"2025-12-30\"}]}");
	assert_string_equal(credit_at(cycles(h), "0.carried"), "7.0");
	home_call(h, "change.undo", "{}");
	/* What leaves the closed cycle is carried no more. */
	home_call(h, "activity.edit", "{\"id\":2,\"done_on\":\"2026-01-01\"}");
	c = cycles(h);
	assert_string_equal(credit_at(c, "0.carried"), "1.0");
	assert_string_equal(credit_at(c, "0.counted"), "3.0");
	assert_string_equal(credit_at(c, "1.counted"), "6.0");
}

/* Hours of the days of grace fill the last year of their cycle, not its first.
 */
static void what_fills_a_cycle_late_is_of_its_last_year(void **state)
{
	struct home *h = *state;

	home_pack(h, "years",
		  "pack: years\nversion: 1\ntitle: The board\nunit: hour\n"
		  "calendar: {length: 2 years}\nrules:\n  - {id: total, need: 10}\n"
		  "  - {id: year, need: 5, window: each year}\n"
		  "  - {id: finish, duty: finish, due: period end,\n"
		  "     late: {until: period end + 4 months, fill: previous}}\n");
	home_clock(h, "2026-01-02T09:00:00");
	home_call(h, "credential.add",
		  "{\"pack\":\"years\",\"alias\":\"y\",\"begins\":\"2024-01-01\","
		  "\"expires\":\"2025-12-31\"}");
	home_call(h, "activity.import",
		  "{\"activities\":["
		  "{\"title\":\"A\",\"credit\":\"5h\",\"done_on\":\"2024-05-01\"},"
		  "{\"title\":\"B\",\"credit\":\"3h\",\"done_on\":\"2025-05-01\"},"
		  "{\"title\":\"C\",\"credit\":\"2h\",\"done_on\":\"2026-01-02\"}]}");
	home_call(h, "credential.renew", "{\"credential\":\"y\"}");
	json_t *r = json_at(home_call(h, "status.get", "{\"as_of\":\"2025-12-31\"}"),
			    "credentials.0.needs");
	assert_int_equal(json_array_size(r), 2);
	assert_string_equal(text_at(r, "0.state"), "met");
	assert_string_equal(text_at(r, "1.id"), "year");
	assert_string_equal(text_at(r, "1.state"), "met");
}

/* What is only advised takes no hours back from the new cycle. */
static void advice_is_not_filled_late(void **state)
{
	struct home *h = *state;

	hold(h, "rules:\n  - {id: total, need: 5}\n"
		"  - {id: law, need: 3, where: {topic: law}, level: should}\n"
		"  - {id: finish, duty: finish, due: period end,\n"
		"     late: {until: period end + 4 months, fill: previous}}\n");
	home_call(h, "activity.add",
		  "{\"title\":\"A\",\"credit\":\"4h\",\"done_on\":\"2025-05-01\"}");
	home_call(h, "activity.add",
		  "{\"title\":\"B\",\"credit\":\"3h\",\"done_on\":\"2026-01-01\","
		  "\"topics\":[\"law\"]}");
	home_call(h, "credential.renew", "{\"credential\":\"b\"}");
	json_t *c = cycles(h);
	assert_string_equal(credit_at(c, "1.counted"), "5.0");
	assert_string_equal(credit_at(c, "0.counted"), "2.0");
}

/* ---- the next cycle
 * ---------------------------------------------------------------------------
 */

static void the_hours_that_were_typed_are_those_of_the_next_cycle(void **state)
{
	struct home *h = *state;

	home_call(h, "credential.add",
		  "{\"title\":\"City\",\"alias\":\"b\",\"required\":\"40h\",\"begins\":"
		  "\"2025-01-01\",\"expires\":\"2026-12-31\"}");
	json_t *e =
		home_fail(h, "credential.renew",
			  "{\"credential\":\"b\",\"expires\":\"2026-12-31\"}", "refused");
	assert_string_equal(text_at(e, "field"), "expires");
	json_t *r = home_call(h, "credential.renew",
			      "{\"credential\":\"b\",\"expires\":\"2027-12-31\"}");
	assert_string_equal(text_at(r, "credential.cycle.from"), "2027-01-01");
	assert_string_equal(text_at(r, "credential.cycle.to"), "2027-12-31");
	assert_string_equal(credit_at(r, "credential.cycle.required"), "40.0");
}

/* Whether the hours are met depends on an answer that nobody gave: nobody goes
 * up a level by that. */
static void a_level_does_not_end_by_silence(void **state)
{
	static const char rules[] =
		"facts:\n  level: {type: choice, of: [one, two], ask: Which level?}\n"
		"  works: {type: yes-no, ask: Do you work?}\n"
		"rules:\n  - {id: total, need: 5}\n"
		"  - {id: law, need: 3, where: {topic: law}, when: {works: \"yes\"}}\n"
		"levels:\n  - {fact: level, is: one, then: two, ends with: total}\n";
	struct home *h = *state;

	hold(h, rules);
	home_call(h, "credential.edit",
		  "{\"credential\":\"b\",\"facts\":[\"level=one\"]}");
	home_call(h, "activity.add",
		  "{\"title\":\"A\",\"credit\":\"6h\",\"done_on\":\"2025-05-01\"}");
	json_t *r = home_call(h, "credential.renew", "{\"credential\":\"b\"}");
	assert_int_equal(count_at(r, "credential.facts"), 1);
	home_call(h, "change.undo", "{}");
	home_call(h, "credential.edit",
		  "{\"credential\":\"b\",\"facts\":[\"works=no\"]}");
	r = home_call(h, "credential.renew", "{\"credential\":\"b\"}");
	assert_int_equal(count_at(r, "credential.facts"), 3);
	assert_string_equal(text_at(r, "credential.facts.1.value"), "two");
	assert_string_equal(text_at(r, "credential.facts.1.from"), "2026-01-01");
}

/* What is told of one cycle is told to its last day. */
static void an_answer_holds_to_the_last_day(void **state)
{
	struct home *h = *state;

	hold(h, "facts:\n  works: {type: yes-no, ask: Do you work?, holds: cycle}\n"
		"rules:\n  - {id: total, need: 5, when: {works: \"yes\"}}\n");
	home_clock(h, "2025-12-31T09:00:00");
	home_call(h, "credential.edit",
		  "{\"credential\":\"b\",\"facts\":[\"works=yes\"]}");
	json_t *r = home_call(h, "credential.get", "{\"credential\":\"b\"}");
	assert_int_equal(count_at(r, "credentials.0.unanswered"), 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)
	const struct CMUnitTest tests[] = {
		TEST(parts_are_carried_by_their_names),
		TEST(what_goes_on_as_general_hours_has_no_topic),
		TEST(the_last_day_of_a_closed_cycle_is_of_it),
		TEST(what_fills_a_cycle_late_is_of_its_last_year),
		TEST(advice_is_not_filled_late),
		TEST(the_hours_that_were_typed_are_those_of_the_next_cycle),
		TEST(a_level_does_not_end_by_silence),
		TEST(an_answer_holds_to_the_last_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
