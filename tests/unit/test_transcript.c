/* report.transcript, report.chart and report.year: the sums are those of the one judgement. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PACK                                                                                 \
	"pack: lab\nversion: 1\ntitle: Laboratory\nauthority: The board\nread: 2026-01-02\n" \
	"sources: {s: {title: The rule, url: \"https://example.org/s\", mark: confirmed}}\n" \
	"unit: hour\nunits: {hour: 60 min}\nrules:\n"                                        \
	"  - {id: total, need: 20, cite: s}\n"                                               \
	"  - {id: ethics, need: 2, where: {topic: ethics}, cite: s}\n"                       \
	"  - {id: self, limit: 5, where: {kind: self-study}, cite: s}\n"                     \
	"  - {id: approved, credit: {only if: {not: {approval: refused}}}, cite: s, why: "   \
	"only what is approved counts}\n"

static void hold(struct home *h)
{
	home_pack(h, "lab", PACK);
	home_call(h, "credential.add",
		  "{\"pack\": \"lab\", \"alias\": \"lab\", \"begins\": \"2024-01-01\", "
		  "\"expires\": \"2026-12-31\", \"number\": \"LIC-004821\"}");
}

static void entry(struct home *h, const char *day, const char *credit, const char *more)
{
	AUTO_ARENA a = {NULL};

	home_call(h, "activity.add",
		  arena_printf(&a,
			       "{\"title\": \"Of %s\", \"done_on\": \"%s\", \"credit\": "
			       "\"%s\", \"similar\": true%s%s}",
			       day, day, credit, *more ? ", " : "", more));
}

static void some(struct home *h)
{
	hold(h);
	entry(h, "2025-01-10", "4h", "\"kind\": \"self-study\"");
	entry(h, "2025-02-10", "3h", "\"kind\": \"self-study\", \"topics\": [\"law\"]");
	entry(h, "2026-02-11", "2h",
	      "\"kind\": \"workshop\", \"topics\": [\"ethics\", \"law\"]");
	entry(h, "2026-03-01", "1h", "\"approval\": \"refused\"");
	entry(h, "2026-03-02", "3pt", "");
	entry(h, "2023-12-01", "9h", "");
	entry(h, "2026-03-03", "7h", "\"except\": [\"lab\"]");
	entry(h, "2026-06-01", "8h", "\"planned\": true");
}

static long long sum_of(json_t *t, const char *path)
{
	json_t *one;
	long long sum = 0;
	size_t i;

	json_array_foreach(json_at(t, "entries"), i, one)
	{
		if (json_is_object(json_at(one, path)))
			sum += int_at(json_at(one, path), "exact");
	}
	return sum;
}

static void every_entry_has_its_rule(void **state)
{
	struct home *h = *state;

	some(h);
	json_t *t = home_call(h, "report.transcript", "{\"credential\": \"lab\"}");
	assert_int_equal(count_at(t, "entries"), 5);
	assert_string_equal(text_at(t, "entries.0.activity.done_on"), "2025-01-10");
	assert_string_equal(text_at(t, "entries.0.parts.0.rules.0"), "total");
	assert_string_equal(credit_at(t, "entries.1.counted"), "1.0");
	assert_string_equal(credit_at(t, "entries.1.cut"), "2.0");
	assert_non_null(strstr(text_at(t, "entries.1.why"), "at most 5 h"));
	assert_string_equal(text_at(t, "entries.3.why"), "only what is approved counts");
	assert_true(json_is_null(json_at(t, "entries.4.logged")));
	assert_int_equal(sum_of(t, "counted"), int_at(t, "account.counted.exact"));
	assert_string_equal(credit_at(t, "account.counted"), "7.0");
	assert_string_equal(credit_at(t, "account.logged"), "10.0");
	assert_string_equal(credit_at(t, "head.remaining"), "13.0");
	assert_int_equal(count_at(t, "missing"), 1);
	assert_string_equal(text_at(t, "missing.0.id"), "total");
	assert_string_equal(text_at(t, "sources.0.mark"), "confirmed");
	assert_int_equal(count_at(t, "account.rules"), 4);
	assert_true(json_is_null(json_at(t, "next")));
}

/* What it counts is what status and explain say. */
static void it_agrees_with_explain(void **state)
{
	struct home *h = *state;

	some(h);
	json_t *x = home_call(h, "explain.get", "{\"subject\": \"lab\"}");
	char *sums = json_dumps(json_at(x, "credentials.0.sums"), JSON_SORT_KEYS),
	     *outside = json_dumps(json_at(x, "credentials.0.outside"), JSON_SORT_KEYS);
	json_t *t = home_call(h, "report.transcript", "{\"credential\": \"lab\"}");
	char *mine = json_dumps(json_at(t, "account.sums"), JSON_SORT_KEYS),
	     *beside = json_dumps(json_at(t, "account.outside"), JSON_SORT_KEYS);
	assert_string_equal(mine, sums);
	assert_string_equal(beside, outside);
	free(sums);
	free(outside);
	free(mine);
	free(beside);
}

static void the_number_is_masked(void **state)
{
	struct home *h = *state;

	hold(h);
	json_t *t = home_call(h, "report.transcript", "{\"credential\": \"lab\"}");
	assert_string_equal(text_at(t, "head.number"), "****4821");
	t = home_call(h, "report.transcript",
		      "{\"credential\": \"lab\", \"reveal\": true}");
	assert_string_equal(text_at(t, "head.number"), "LIC-004821");
}

/* Pages together are what one page is, and each says of which record it is. */
static void it_comes_in_pages(void **state)
{
	struct home *h = *state;

	some(h);
	json_t *t = home_call(h, "report.transcript",
			      "{\"credential\": \"lab\", \"limit\": 2}");
	assert_int_equal(count_at(t, "entries"), 2);
	assert_int_equal(int_at(t, "next"), 2);
	assert_int_equal(count_at(t, "account.rules"), 4);
	long long change = int_at(t, "change");
	t = home_call(h, "report.transcript",
		      "{\"credential\": \"lab\", \"limit\": 2, \"after\": 4}");
	assert_int_equal(count_at(t, "entries"), 1);
	assert_true(json_is_null(json_at(t, "next")));
	assert_int_equal(int_at(t, "change"), change);
	entry(h, "2026-03-04", "1h", "");
	t = home_call(h, "report.transcript", "{\"credential\": \"lab\"}");
	assert_int_equal(int_at(t, "change"), change + 1);
	home_fail(h, "report.transcript", "{\"credential\": \"lab\", \"limit\": 0}",
		  "usage");
	home_fail(h, "report.transcript", "{\"credential\": \"lab\", \"after\": -1}",
		  "usage");
}

static void a_closed_cycle_is_judged_on_its_last_day(void **state)
{
	struct home *h = *state;

	some(h);
	home_clock(h, "2026-12-30T09:30:00");
	entry(h, "2026-10-01", "20h", "\"kind\": \"workshop\"");
	home_call(h, "credential.renew",
		  "{\"credential\": \"lab\", \"expires\": \"2029-12-31\"}");
	home_clock(h, "2027-02-01T09:30:00");
	entry(h, "2027-01-20", "4h", "\"kind\": \"workshop\"");
	json_t *t = home_call(h, "report.transcript", "{\"credential\": \"lab\"}");
	assert_string_equal(text_at(t, "account.cycle.from"), "2027-01-01");
	assert_int_equal(count_at(t, "entries"), 1);
	t = home_call(h, "report.transcript",
		      "{\"credential\": \"lab\", \"cycle\": \"2024\"}");
	assert_string_equal(text_at(t, "as_of"), "2026-12-31");
	assert_string_equal(credit_at(t, "account.counted"), "27.0");
	assert_int_equal(count_at(t, "missing"), 0);
	t = home_call(h, "report.transcript",
		      "{\"credential\": \"lab\", \"cycle\": \"1\"}");
	assert_string_equal(text_at(t, "account.cycle.from"), "2024-01-01");
	t = home_call(h, "report.transcript",
		      "{\"credential\": \"lab\", \"as_of\": \"2025-12-31\"}");
	assert_string_equal(credit_at(t, "account.counted"), "5.0");
	json_t *e =
		home_fail(h, "report.transcript",
			  "{\"credential\": \"lab\", \"cycle\": \"2023\"}", "not_found");
	assert_string_equal(text_at(e, "hint"), "its cycles began in 2024, 2027");
	home_fail(h, "report.transcript", "{\"credential\": \"lba\"}", "not_found");
}

/* ---- charts ----------------------------------------------------------------------------- */

static void a_chart_adds_up(void **state)
{
	struct home *h = *state;

	some(h);
	json_t *c = home_call(h, "report.chart", "{}");
	assert_string_equal(text_at(c, "from"), "2025-04-01");
	assert_int_equal(count_at(c, "bars"), 2);
	assert_string_equal(text_at(c, "bars.0.name"), "2026-02");
	assert_string_equal(credit_at(c, "bars.1.credit"), "8.0");
	assert_int_equal(int_at(c, "bars.1.entries"), 3);
	assert_string_equal(credit_at(c, "bars.1.beside.0.credit"), "3.0");
	assert_string_equal(credit_at(c, "credit"), "10.0");
	assert_string_equal(credit_at(c, "beside.0.credit"), "3.0");
	c = home_call(h, "report.chart", "{\"period\": \"2025-01-01..2026-03-31\"}");
	assert_int_equal(count_at(c, "bars"), 15);
	assert_string_equal(text_at(c, "bars.2.name"), "2025-03");
	assert_string_equal(credit_at(c, "bars.2.credit"), "0.0");
	c = home_call(h, "report.chart",
		      "{\"by\": \"topic\", \"period\": \"2025-01-01..2026-03-31\"}");
	assert_true(json_is_null(json_at(c, "bars.0.name")));
	assert_string_equal(text_at(c, "bars.1.name"), "law");
	assert_string_equal(credit_at(c, "bars.1.credit"), "5.0");
	assert_string_equal(credit_at(c, "credit"), "17.0");
	home_fail(h, "report.chart", "{\"by\": \"mood\"}", "usage");
}

static void a_chart_of_a_credential_has_what_counts(void **state)
{
	struct home *h = *state;

	some(h);
	entry(h, "2026-03-05", "10h", "\"kind\": \"opening\", \"only\": [\"lab\"]");
	json_t *c = home_call(h, "report.chart",
			      "{\"by\": \"kind\", \"credential\": \"lab\"}");
	assert_string_equal(text_at(c, "bars.0.name"), "self-study");
	assert_string_equal(credit_at(c, "bars.0.credit"), "5.0");
	assert_string_equal(credit_at(c, "credit"), "7.0");
	assert_string_equal(credit_at(c, "opening"), "10.0");
}

static void a_year_is_summed_up(void **state)
{
	struct home *h = *state;

	some(h);
	json_t *y = home_call(h, "report.year", "{\"year\": 2025}");
	assert_string_equal(credit_at(y, "months.credit"), "7.0");
	assert_string_equal(credit_at(y, "credentials.0.logged"), "7.0");
	assert_string_equal(credit_at(y, "credentials.0.counted"), "5.0");
	y = home_call(h, "report.year", "{}");
	assert_int_equal(int_at(y, "year"), 2026);
	assert_string_equal(credit_at(y, "credentials.0.counted"), "2.0");
	assert_string_equal(credit_at(y, "kinds.credit"), "10.0");
	home_fail(h, "report.year", "{\"year\": 26}", "usage");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)
	const struct CMUnitTest tests[] = {
		TEST(every_entry_has_its_rule),
		TEST(it_agrees_with_explain),
		TEST(the_number_is_masked),
		TEST(it_comes_in_pages),
		TEST(a_closed_cycle_is_judged_on_its_last_day),
		TEST(a_chart_adds_up),
		TEST(a_chart_of_a_credential_has_what_counts),
		TEST(a_year_is_summed_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
