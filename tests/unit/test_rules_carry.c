/* Random small packs and records: what is carried over leaves a period that is met as met
 * as it was, and never more goes on than is left over. PDH_SEED begins another series. */
#include "daemon/judge/classes.h"
#include "daemon/pack/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TOPICS = 3, ENTRIES = 6, MOST = 5 };

static uint64_t seed;

static int roll(int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)(seed % (uint64_t)n);
}

static const char *const topics[TOPICS] = {"a", "b", "c"};

static const char *pack_text(struct arena *a)
{
	const char *text = arena_printf(
		a, "pack: p\nversion: 1\ntitle: P\nrules:\n  - {id: total, need: %d}\n",
		1 + roll(10));

	for (int i = 0; i < TOPICS; i++)
		if (roll(2))
			text = arena_printf(
				a, "%s  - {id: n%d, need: %d, where: {topic: %s}}\n",
				text, i, 1 + roll(4), topics[i]);
	if (roll(2))
		text = arena_printf(a,
				    "%s  - {id: l, limit: %d, where: {topic: [a, b]}}\n",
				    text, 1 + roll(6));
	if (roll(3))
		text = arena_printf(
			a,
			"%s  - {id: over, carry: {most: %d, earned: last %d months}}\n",
			text, 1 + roll(8), 1 + roll(12));
	else
		text = arena_printf(
			a,
			"%s  - {id: over, carry: {parts: [{where: {topic: a}, most: %d}]}, "
			"where: {topic: [a, b]}}\n",
			text, roll(3));
	return text;
}

static size_t record(struct classes *classes, struct entry *entries, struct arena *a)
{
	size_t n = 1 + (size_t)roll(ENTRIES);

	for (size_t i = 0; i < n; i++) {
		struct texts t = {0, arena_array(a, TOPICS, sizeof(char *))};
		for (int k = 0; k < TOPICS; k++)
			if (roll(2))
				t.v[t.n++] = topics[k];
		entries[i] = (struct entry){
			.id = (int64_t)i + 1,
			.amount = (1 + roll(MOST)) * CREDIT_ONE,
			.done_on = date_make(2026, 1 + 2 * (int)i, 1),
			.class = classes_of(
				classes,
				&(struct entry_words){.topics = classes_topics(&t, a),
						      .unit = "hour"})};
	}
	return n;
}

static int64_t missing(const struct verdict *v)
{
	int64_t sum = v->remaining;

	for (size_t i = 0; i < v->need_count; i++)
		sum += v->needs[i].missing;
	return sum;
}

static void one_round(void)
{
	AUTO_ARENA a = {NULL};
	struct classes classes = {.n = 0};
	struct entry entries[ENTRIES], rest[ENTRIES];
	struct carry_out out;
	struct verdict before, after;
	struct pack p;
	struct err e;
	int64_t sum = 0;
	unsigned long long begun = seed;

	const char *text = pack_text(&a);
	if (pack_parse(text, strlen(text), "p.yaml", &a, &p, &e) < 0)
		fail_msg("PDH_SEED=%llu: %s\n%s", begun, e.message, text);
	struct rules_case c = {
		.rules = &p.rules,
		.period = {date_make(2026, 1, 1), date_make(2026, 12, 31)},
		.day = date_make(2026, 12, 31),
		.n = record(&classes, entries, &a),
		.entries = entries,
	};
	c.classes = classes.v;
	c.class_count = classes.n;
	rules_evaluate(&c, &a, &before);
	rules_carry_out(&c, &a, &out);
	memcpy(rest, entries, sizeof(rest));
	for (size_t i = 0; i < out.n; i++) {
		sum += out.parts[i].amount;
		rest[out.parts[i].entry].amount -= out.parts[i].amount;
	}
	size_t kept = 0;
	for (size_t i = 0; i < c.n; i++)
		if (rest[i].amount > 0)
			rest[kept++] = rest[i];
	if (sum != out.amount || sum > out.surplus)
		fail_msg("PDH_SEED=%llu: the parts are not what goes on\n%s", begun,
			 text);
	if (out.surplus !=
	    (before.counted > before.required ? before.counted - before.required : 0))
		fail_msg("PDH_SEED=%llu: that is not what is left over\n%s", begun, text);
	c.entries = rest;
	c.n = kept;
	rules_evaluate(&c, &a, &after);
	if (missing(&after) > missing(&before))
		fail_msg("PDH_SEED=%llu: the period needed what went on\n%s", begun,
			 text);
	classes_done(&classes);
}

static void a_period_keeps_what_it_needs(void **state)
{
	const char *given = getenv("PDH_SEED"), *rounds = getenv("PDH_ROUNDS");
	long n = rounds ? strtol(rounds, NULL, 10) : 3000;

	(void)state;
	seed = given ? strtoull(given, NULL, 10) : UINT64_C(88172645463325252);
	print_message("PDH_SEED=%llu, %ld rounds\n", (unsigned long long)seed, n);
	for (long i = 0; i < n; i++)
		one_round();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_period_keeps_what_it_needs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
