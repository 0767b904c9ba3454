/* What plan says is enough, for every shipped pack: its lines are logged exactly as they are printed, in hundredths, each as
 * one activity, and then nothing is left to plan; without any one of them something is. The person's facts, the day of
 * issue and what was logged before are random: PDH_SEED begins another series, PDH_ROUNDS makes it longer, PDH_PACK
 * looks at one pack alone. */
#include "tests/support/rpc_home.h"

#include "daemon/pack/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Sanitizers take their time. */
#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 1 };
#else
enum { ROUNDS = 2 };
#endif
enum { BEFORE_MAX = 4, LINES_MAX = 200, HUNDREDTH = CREDIT_ONE / 100 };

struct trial {
	struct home *h;
	uint64_t state; /* of the numbers */
	size_t changes; /* that undo() takes back */
	char text[200]; /* pack and seed, for failures */
};

static uint64_t next(struct trial *t, uint64_t n)
{
	t->state =
		t->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (t->state >> 33) % n;
}

#define BROKEN(t, r, ...)                                     \
	do {                                                  \
		char *json = json_dumps((r), JSON_INDENT(1)); \
		fprintf(stderr, "%s\n%s\n", (t)->text, json); \
		free(json);                                   \
		fail_msg(__VA_ARGS__);                        \
	} while (0)

/* ---- a person ----------------------------------------------------------------------------- */

static json_t *one_of(struct trial *t, json_t *list)
{
	return json_array_get(list, next(t, json_array_size(list)));
}

/* An ordinary answer to a question of the pack. */
static const char *answer(struct trial *t, json_t *question, char text[40])
{
	const char *type = text_at(question, "type");

	if (strcmp(type, "choice") == 0)
		return json_string_value(one_of(t, json_at(question, "of")));
	if (strcmp(type, "yes-no") == 0)
		return next(t, 2) ? "yes" : "no";
	if (strcmp(type, "date") == 0)
		return "2024-09-01";
	snprintf(text, 40, "%llu", (unsigned long long)next(t, 4) + 1);
	if (strcmp(type, "month") == 0)
		snprintf(text, 40, "%llu", 3 * (unsigned long long)next(t, 4) + 3);
	return text;
}

static bool hold(struct trial *t, const char *pack, json_t *told)
{
	char issued[12], fact[200], number[40];
	json_t *e = NULL, *params, *facts = json_array(), *q;
	size_t i;

	json_array_foreach(json_at(told, "packs.0.questions"), i, q)
	{
		snprintf(fact, sizeof(fact), "%s=%s", text_at(q, "name"),
			 answer(t, q, number));
		json_array_append_new(facts, json_string(fact));
	}
	snprintf(issued, sizeof(issued), "20%02llu-%02llu-15",
		 22 + (unsigned long long)next(t, 4),
		 1 + (unsigned long long)next(t, 12));
	params = json_pack("{s:s, s:s, s:s, s:o}", "pack", pack, "alias", "mine",
			   "issued", issued, "facts", facts);
	home_try(t->h, "credential.add", params, &e);
	if (e && strcmp(text_at(e, "field"), "expires") == 0) {
		json_object_set_new(params, "expires", json_string("2027-06-30"));
		e = NULL;
		home_try(t->h, "credential.add", params, &e);
	}
	json_decref(params);
	if (e)
		BROKEN(t, e, "it cannot be held");
	return true;
}

/* ---- lines of a plan ---------------------------------------------------------------------- */

static json_t *plan(struct trial *t)
{
	return home_call(t->h, "plan.get", "{}");
}

static void copy(json_t *line, json_t *to, const char *name)
{
	if (!json_is_null(json_at(line, name)))
		json_object_set(to, name, json_at(line, name));
}

/* As printed: in hundredths. */
static json_t *as_logged(json_t *line)
{
	static const char *const names[] = {"kind",	"format", "role",    "topics",
					    "provider", "course", "approval"};
	char amount[CREDIT_TEXT_SIZE], credit[80];
	json_t *to = json_object();

	credit_format_fixed(int_at(line, "credit.exact"), 2, amount);
	snprintf(credit, sizeof(credit), "%s %s", amount,
		 credit_unit_brief(text_at(line, "credit.unit")));
	json_object_set_new(to, "credit", json_string(credit));
	json_object_set_new(to, "title", json_string("As planned"));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		copy(line, to, names[i]);
	if (json_is_true(json_at(line, "duty")))
		json_object_set_new(to, "duty", json_true());
	return to;
}

static const char *day_of(json_t *line)
{
	const char *from = json_string_value(json_at(line, "from"));

	return from ? from : "2026-03-14";
}

/* Logs the lines of one day on that day, from `at` on; returns how many there are. */
static size_t log_day(struct trial *t, json_t *lines, size_t at, size_t left_out)
{
	json_t *all = json_array(), *e = NULL;
	char day[40];
	size_t n = 0;

	snprintf(day, sizeof(day), "%sT09:30:00", day_of(json_array_get(lines, at)));
	home_clock(t->h, day);
	for (; at + n < json_array_size(lines); n++) {
		json_t *line = json_array_get(lines, at + n);
		if (strncmp(day, day_of(line), strlen(day_of(line))) != 0)
			break;
		if (at + n != left_out)
			json_array_append_new(all, as_logged(line));
	}
	json_t *params = json_pack("{s:o, s:b}", "activities", all, "similar", 1);
	if (json_array_size(all)) {
		home_try(t->h, "activity.import", params, &e);
		t->changes++;
	}
	if (e)
		BROKEN(t, e, "what is planned cannot be logged");
	json_decref(params);
	return n;
}

/* All of them but one, day by day. */
static void log_lines(struct trial *t, json_t *lines, size_t left_out)
{
	for (size_t i = 0; i < json_array_size(lines);)
		i += log_day(t, lines, i, left_out);
}

static void undo(struct trial *t)
{
	for (; t->changes > 0; t->changes--)
		home_call(t->h, "change.undo", "{}");
	home_clock(t->h, "2026-03-14T09:30:00");
}

/* How many years are over and were short: nothing makes up for them. */
static size_t missed(json_t *told)
{
	json_t *need;
	size_t i, n = 0;

	json_array_foreach(json_at(told, "credentials.0.needs"), i, need)
	{
		n += strcmp(text_at(need, "state"), "missed") == 0;
	}
	return n;
}

/* Whether nothing is left that hours can do, and no more years were missed than before. */
static bool is_enough(struct trial *t, size_t before)
{
	json_t *now = plan(t);

	return count_at(now, "hours") == 0 && missed(now) <= before;
}

static void check_plan(struct trial *t)
{
	json_t *told = json_deep_copy(plan(t)), *lines = json_at(told, "hours");
	size_t n = json_array_size(lines), before = missed(told);

	if (n > LINES_MAX)
		BROKEN(t, told, "%zu lines", n);
	for (size_t i = 0; i < n; i++)
		if (int_at(json_array_get(lines, i), "credit.exact") < HUNDREDTH)
			BROKEN(t, told, "a line of nothing");
	log_lines(t, lines, n);
	if (n && !is_enough(t, before))
		BROKEN(t, told, "it is not enough");
	json_t *goal = json_at(plan(t), "credentials.0");
	if (!count_at(told, "open") && !before && !json_is_true(json_at(goal, "met")))
		BROKEN(t, goal, "nothing is left to plan, and it is not met");
	undo(t);
	for (size_t i = 0; i < n; i++) {
		log_lines(t, lines, i);
		if (is_enough(t, before))
			BROKEN(t, told, "line %zu of it is not needed", i + 1);
		undo(t);
	}
	json_decref(told);
}

/* ---- what was done before ------------------------------------------------------------------- */

/* Some of what the plan asks for, in odd amounts. */
static void log_some(struct trial *t)
{
	json_t *lines = json_deep_copy(json_at(plan(t), "hours")), *some = json_array();
	size_t n = json_array_size(lines) ? next(t, BEFORE_MAX + 1) : 0;

	for (size_t i = 0; i < n; i++) {
		json_t *line = json_deep_copy(one_of(t, lines)),
		       *credit = json_at(line, "credit");
		uint64_t most = (uint64_t)(int_at(credit, "exact") * 2 / HUNDREDTH);
		json_object_set_new(
			credit, "exact",
			json_integer(HUNDREDTH * (1 + (json_int_t)next(t, most))));
		json_object_set_new(line, "from", json_null());
		if (next(t, 3) == 0)
			json_object_set_new(line, "topics", json_array());
		json_array_append_new(some, line);
	}
	log_lines(t, some, n);
	json_decref(some);
	json_decref(lines);
}

static void one_pack(struct trial *t, const char *pack, uint64_t seed)
{
	char params[100];

	t->state = seed * 1000003 + strlen(pack) + (unsigned char)pack[4];
	snprintf(t->text, sizeof(t->text), "PDH_SEED=%llu PDH_PACK=%s",
		 (unsigned long long)seed, pack);
	snprintf(params, sizeof(params), "{\"pack\": \"%s\"}", pack);
	json_t *told = json_deep_copy(home_call(t->h, "pack.get", params));
	hold(t, pack, told);
	log_some(t);
	size_t before = t->changes;
	t->changes = 0;
	check_plan(t);
	t->changes = before + 1;
	undo(t);
	json_decref(told);
}

static void what_plan_says_is_enough_and_all_of_it_is_needed(void **state)
{
	const char *given = getenv("PDH_SEED"), *rounds = getenv("PDH_ROUNDS"),
		   *only = getenv("PDH_PACK");
	struct trial t = {.h = *state};
	uint64_t seed = given ? strtoull(given, NULL, 10) : 1;
	long n = rounds ? strtol(rounds, NULL, 10) : ROUNDS;
	json_t *packs =
		json_deep_copy(json_at(home_call(t.h, "pack.list", "{}"), "packs"));

	print_message("PDH_SEED=%llu, %ld rounds\n", (unsigned long long)seed, n);
	for (size_t p = 0; p < json_array_size(packs); p++) {
		const char *pack = text_at(json_array_get(packs, p), "pack");
		for (long i = 0; i < n; i++)
			if (!only || strcmp(only, pack) == 0)
				one_pack(&t, pack, seed + (uint64_t)i);
	}
	json_decref(packs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_plan_says_is_enough_and_all_of_it_is_needed, home_open,
			home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
