/* Random small packs and records: the fewest hours meet everything when they are really
 * added, and no smaller whole number of hours does. PDH_SEED begins another series;
 * PDH_ROUNDS makes it longer. */
#include "daemon/rules/least/least.h"

#include "daemon/judge/classes.h"
#include "daemon/pack/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
	TOPICS = 3,
	SETS = 1 << TOPICS,
	CASES = 2,
	RULES = 3,
	LOGGED_MAX = 3,
	SEARCHED_MAX = 6, /* hours */
};

static uint64_t seed;

static unsigned roll(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed % n);
}

/* ---- stories ---------------------------------------------------------------------------- */

struct story {
	struct arena *a;
	const char *text; /* of both packs, for messages */
	struct pack packs[CASES];
	struct rules_case cases[CASES];
	struct entry logged[LOGGED_MAX];
	struct least_kind kinds[SETS];
	struct classes classes;
};

static const char *topics_text(unsigned topics, struct arena *a)
{
	const char *text = "";

	for (unsigned t = 0; t < TOPICS; t++)
		if (topics >> t & 1)
			text = arena_printf(a, "%s%s%c", text, *text ? ", " : "",
					    (int)('a' + t));
	return text;
}

static const char *where_text(struct arena *a)
{
	const char *topics = topics_text(1 + roll(SETS - 1), a);

	return roll(5) == 0 ? arena_printf(a, "where: {not: {topic: [%s]}}", topics)
			    : arena_printf(a, "where: {topic: [%s]}", topics);
}

static const char *need_text(unsigned i, struct arena *a)
{
	switch (roll(6)) {
	case 0:
		return arena_printf(a, "  - {id: n%u, need: {activities: %u}, %s}\n", i,
				    1 + roll(2), where_text(a));
	case 1:
		return arena_printf(a,
				    "  - {id: n%u, need: {any of: [{need: %u, %s}, "
				    "{need: %u, %s}]}}\n",
				    i, 1 + roll(3), where_text(a), 1 + roll(3),
				    where_text(a));
	case 2:
		return arena_printf(a, "  - {id: n%u, need: %u, %s, window: each year}\n",
				    i, 1 + roll(2), where_text(a));
	default:
		return arena_printf(a, "  - {id: n%u, need: %u, %s%s}\n", i, 1 + roll(3),
				    where_text(a), roll(3) ? "" : ", exclusive: g");
	}
}

static const char *limit_text(unsigned i, unsigned needs, struct arena *a)
{
	const char *toward = roll(3) ? "" : arena_printf(a, ", toward: n%u", roll(needs));

	return arena_printf(a, "  - {id: l%u, limit: %u, %s%s}\n", i, roll(4),
			    where_text(a), toward);
}

/* The last makes half hours worth nothing, so that what is left over is not enough. */
static const char *credit_text(struct arena *a)
{
	static const char *const credits[] = {"times: 2", "times: 0.5",
					      "times: 2, least: 2"};

	return arena_printf(a, "  - {id: c, credit: {%s}, %s}\n", credits[roll(3)],
			    where_text(a));
}

static const char *pack_text(struct arena *a)
{
	const char *text = "pack: p\nversion: 1\ntitle: P\nrules:\n";
	unsigned needs = 1 + roll(RULES), limits = roll(RULES + 1);

	if (roll(2))
		text = arena_printf(a, "%s  - {id: total, need: %u}\n", text,
				    1 + roll(4));
	for (unsigned i = 0; i < needs; i++)
		text = arena_printf(a, "%s%s", text, need_text(i, a));
	for (unsigned i = 0; i < limits; i++)
		text = arena_printf(a, "%s%s", text, limit_text(i, needs, a));
	if (roll(2))
		text = arena_printf(a, "%s%s", text, credit_text(a));
	return text;
}

static uint32_t class_of(struct story *s, unsigned set)
{
	struct texts topics = {0, arena_array(s->a, TOPICS, sizeof(char *))};

	for (unsigned t = 0; t < TOPICS; t++)
		if (set >> t & 1)
			topics.v[topics.n++] = arena_printf(s->a, "%c", (int)('a' + t));
	return classes_of(&s->classes,
			  &(struct entry_words){.topics = classes_topics(&topics, s->a),
						.unit = "hour"});
}

/* False where the pack is refused. */
static bool begin_case(struct story *s, size_t i, const char *text, size_t logged)
{
	struct err e;

	if (pack_parse(text, strlen(text), "p.yaml", s->a, &s->packs[i], &e) < 0)
		return false;
	s->text = arena_printf(s->a, "%s%s", s->text, text);
	s->cases[i] = (struct rules_case){
		.rules = &s->packs[i].rules,
		.period = {date_make(2026, 1, 1), date_make(2027, 12, 31)},
		.day = date_make(2026, 6, 1),
		.classes = s->classes.v,
		.class_count = s->classes.n,
		.entries = s->logged,
		.n = logged,
	};
	return true;
}

static void name_kinds(struct story *s)
{
	for (unsigned set = 0; set < SETS; set++)
		s->kinds[set] = (struct least_kind){
			.class = class_of(s, set),
			.unit = UNIT_HOUR,
			.words = __builtin_popcount(set),
		};
}

static void tell(struct story *s, struct arena *a)
{
	*s = (struct story){
		.a = a,
		.text = arena_printf(a, "PDH_SEED=%llu\n", (unsigned long long)seed)};
	size_t n = roll(LOGGED_MAX + 1);
	name_kinds(s);
	for (size_t i = 0; i < n; i++)
		s->logged[i] = (struct entry){.id = (int64_t)i + 1,
					      .amount = (1 + roll(2)) * CREDIT_ONE,
					      .done_on = date_make(2026, 1, 1 + (int)i),
					      .unit = UNIT_HOUR,
					      .class = s->kinds[roll(SETS)].class};
	for (size_t i = 0; i < CASES; i++)
		while (!begin_case(s, i, pack_text(a), n))
			; /* a limit toward things that are counted is refused */
}

/* ---- what is met ------------------------------------------------------------------------ */

/* Whether both are met with these activities added. */
static bool meets(const struct story *s, const struct least_part *parts,
		  size_t part_count)
{
	AUTO_ARENA a = {NULL};
	struct entry all[1024], *some;
	size_t n = 0;

	for (size_t k = 0; k < part_count; k++) {
		size_t more = least_entries(&s->kinds[parts[k].kind], &parts[k],
					    1000 * (int64_t)(k + 1), &a, &some);
		assert_true(n + more <= 1024);
		for (size_t i = 0; i < more; i++)
			all[n++] = some[i];
	}
	for (size_t i = 0; i < CASES; i++) {
		struct rules_case with = s->cases[i];
		struct verdict v;
		with.entries = least_merge(&s->cases[i], all, n, &a);
		with.n += n;
		with.day = with.period.to; /* when every year can be told */
		rules_evaluate(&with, &a, &v);
		if (!v.met)
			return false;
	}
	return true;
}

/* The same with so many activities of an hour of each kind in the first year and in the
 * second. */
static bool hours_meet(const struct story *s, const int64_t hours[2][SETS])
{
	struct least_part parts[2 * SETS];

	for (size_t k = 0; k < 2 * SETS; k++) {
		civil_day day = date_make(k < SETS ? 2026 : 2027, 6, 1);
		parts[k] = (struct least_part){.kind = k % SETS,
					       .count = (size_t)hours[k / SETS][k % SETS],
					       .amount = CREDIT_ONE,
					       .days = {day, DATE_NONE}};
	}
	return meets(s, parts, 2 * SETS);
}

/* Whether some way to spend so many whole hours on the kinds from `kind` on meets both. */
static bool some_way_meets(const struct story *s, int64_t amounts[2][SETS], size_t kind,
			   int hours)
{
	int64_t *mine = &amounts[kind / SETS][kind % SETS];
	bool last = kind + 1 == 2 * SETS, found = false;

	for (int h = last ? hours : 0; h <= hours && !found; h++) {
		*mine = h;
		found = last ? hours_meet(s, (const int64_t(*)[SETS])amounts)
			     : some_way_meets(s, amounts, kind + 1, hours - h);
	}
	*mine = 0;
	return found;
}

/* Where limits leave a choice among hours, those of the programme and those of the rules may
 * meet different alternatives, so that fewer hours may be enough by luck. */
static bool is_luck(const struct story *s)
{
	return strstr(s->text, "any of") &&
	       (strstr(s->text, "limit") || strstr(s->text, "exclusive"));
}

static bool are_yearly(const struct story *s)
{
	return strstr(s->text, "each year") != NULL;
}

/* Where no window ends with the year the second year is as good as the first. */
static bool meetable(const struct story *s, int hours)
{
	int64_t amounts[2][SETS] = {{0}};

	if (are_yearly(s))
		return hours < 4 && some_way_meets(s, amounts, 0, hours);
	for (size_t i = 0; i < SETS; i++)
		amounts[1][i] = 0;
	return some_way_meets(s, amounts, SETS, hours);
}

static int64_t sum_of(const struct least_answer *answer)
{
	int64_t sum = 0;

	for (size_t i = 0; i < answer->n; i++)
		sum += answer->parts[i].amount * (int64_t)answer->parts[i].count;
	return sum;
}

/* Nothing of an answer is too much: without one activity it is not enough. */
static void check_needed(const struct story *s, struct least_answer *answer)
{
	for (size_t i = 0; i < answer->n; i++) {
		answer->parts[i].count--;
		if (meets(s, answer->parts, answer->n))
			fail_msg("part %zu is not needed in\n%s", i, s->text);
		answer->parts[i].count++;
	}
}

static void solve(const struct story *s, struct least_answer *ret)
{
	const struct least_question q = {.cases = s->cases,
					 .n = CASES,
					 .kinds = s->kinds,
					 .kind_count = SETS,
					 .piece = CREDIT_ONE,
					 .from = date_make(2026, 6, 1)};
	struct least *l = least_begin(&q, s->a);

	least_solve(l, (1U << CASES) - 1, ret);
	least_done(l);
}

static void one_round(void)
{
	AUTO_ARENA a = {NULL};
	struct least_answer answer;
	struct story s;

	tell(&s, &a);
	solve(&s, &answer);
	if (!answer.solved)
		fail_msg("no answer in\n%s", s.text);
	int64_t sum = sum_of(&answer);
	int fewer = (int)((sum - 1) / CREDIT_ONE);
	bool exact = !answer.inexact && !is_luck(&s);
	if (answer.open_count == 0 && !meets(&s, answer.parts, answer.n))
		fail_msg("%lld is not enough in\n%s", (long long)sum, s.text);
	if (answer.open_count == 0)
		check_needed(&s, &answer);
	if (answer.open_count && exact && meetable(&s, 3))
		fail_msg("three hours would meet what is open in\n%s", s.text);
	if (answer.open_count == 0 && exact && sum > 0 && fewer <= SEARCHED_MAX &&
	    meetable(&s, fewer))
		fail_msg("%d h are enough, not %lld in\n%s", fewer, (long long)sum,
			 s.text);
	/* Only where half hours are worth nothing. */
	if (answer.inexact && !is_luck(&s) && !strstr(s.text, "least"))
		fail_msg("it could be exact in\n%s", s.text);
	classes_done(&s.classes);
}

static void no_smaller_whole_number_of_hours_is_enough(void **state)
{
	const char *given = getenv("PDH_SEED"), *rounds = getenv("PDH_ROUNDS");
	long n = rounds ? strtol(rounds, NULL, 10) : 300;

	(void)state;
	seed = given ? strtoull(given, NULL, 10) : UINT64_C(88172645463325252);
	print_message("PDH_SEED=%llu, %ld rounds\n", (unsigned long long)seed, n);
	for (long i = 0; i < n; i++)
		one_round();
}

/* Half hours would be enough if they were worth their half. They are worth nothing, nor are
 * whole ones in their place enough: what the rules find missing is added. */
static void what_rules_find_missing_is_added(void **state)
{
	AUTO_ARENA a = {NULL};
	struct story s = {.a = &a, .text = ""};
	struct least_answer answer;

	(void)state;
	name_kinds(&s);
	assert_true(begin_case(
		&s, 0,
		"pack: p\nversion: 1\ntitle: P\nrules:\n"
		"  - {id: total, need: 4}\n"
		"  - {id: n0, need: 1, where: {topic: [c]}}\n"
		"  - {id: l0, limit: 3, where: {topic: [b, c]}}\n"
		"  - {id: c, credit: {times: 2, least: 2}, where: {not: {topic: [a, b, c]}}}\n",
		0));
	assert_true(begin_case(
		&s, 1,
		"pack: q\nversion: 1\ntitle: Q\nrules:\n"
		"  - {id: total, need: 3}\n"
		"  - {id: n0, need: 2, where: {topic: [a, b]}, window: each year}\n"
		"  - {id: c, credit: {times: 2, least: 2}, where: {not: {topic: [a, c]}}}\n",
		0));
	solve(&s, &answer);
	assert_true(answer.solved);
	assert_int_equal(answer.open_count, 0);
	assert_int_equal(sum_of(&answer), 4 * CREDIT_ONE);
	assert_true(meets(&s, answer.parts, answer.n));
	classes_done(&s.classes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_rules_find_missing_is_added),
		cmocka_unit_test(no_smaller_whole_number_of_hours_is_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
