/* Any bytes as a pack: it is refused with a sentence, or it is whole and judges. */
#include "daemon/pack/pack.h"
#include "daemon/path/path.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* What the rest of the daemon relies on in a pack that was loaded. */
static void use(const struct pack *p)
{
	static const char *facts[] = {"birth month=February", "m=2"};
	const struct entry_class class = {0};
	const struct entry one = {
		.id = 1, .amount = CREDIT_MAX, .done_on = date_make(2026, 3, 14)};
	const struct rule_facts nobody = {.issued = DATE_NONE};
	const struct pace_days days = {1826, 913, 913};
	struct pace_verdict pace;
	struct verdict v;
	civil_day end;
	struct err e;

	check(p->id && p->version && p->title && p->rules.unit && p->text);
	AUTO_ARENA arena = {NULL};
	const struct rules_case c = {
		.rules = &p->rules,
		.period = {date_make(2021, 4, 1), date_make(2026, 3, 31)},
		.day = date_make(2026, 3, 14),
		.facts = &nobody,
		.classes = &class,
		.class_count = 1,
		.entries = &one,
		.n = 1,
		.parts = true,
	};
	rules_evaluate(&c, &arena, &v);
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule *r = &p->rules.rules[i];
		const char *why;
		if (r->verb == RULE_DUTY &&
		    rules_duty(&c, r, &arena, &why) == JUDGED_UNDECIDED)
			check(why != NULL);
		if (r->verb == RULE_DUTY)
			check(rules_due(&c, r->duty, &arena) == DATE_NONE ||
			      r->duty->due_count > 0);
	}
	check(v.total_met == (v.remaining == 0));
	check(v.parts[0].counted <= v.parts[0].value);
	rules_pace(&v, &days, &pace);
	civil_day issued = date_make(2000, 2, 29), day = date_make(2026, 3, 14);
	if (pack_cycle_end(p, &(struct texts){2, facts}, issued, day, &end, &e) < 0)
		return;
	check(end >= day &&
	      pack_cycle_begin(p, &(struct texts){2, facts}, issued, end) <= end &&
	      pack_next_end(p, &(struct texts){2, facts}, issued, end) != end);
}

/* Paths are read when somebody asks: they are refused with a sentence, or judge whoever has something. */
static void judge_paths(const struct pack *p, struct arena *a)
{
	struct have has[2];
	struct path_verdict v;
	struct paths paths;
	struct err e = {0};

	int r = path_read(p, a, &paths, &e);
	check(r == 0 || (r == -PDH_REFUSED && *e.message && !strchr(e.message, '\n')));
	for (size_t i = 0; i < 2; i++)
		shape_none(&shape_have, &has[i]);
	has[0].kind = HAVE_EXPERIENCE;
	has[0].title = "teacher";
	has[0].from = date_make(2020, 2, 29);
	has[1].kind = HAVE_EXAM;
	has[1].title = has[1].code = "5312";
	has[1].score = 154;
	has[1].on = date_make(2026, 3, 13);
	const struct path_case c = {
		.haves = has, .have_count = 2, .day = date_make(2026, 3, 14), .a = a};
	for (size_t i = 0; r == 0 && i < paths.n; i++) {
		path_judge(&paths.v[i], &c, &v);
		check(v.met + v.missing + v.doubt <= v.of && v.of <= (int64_t)v.n);
		(void)path_gives_text(&paths.v[i], a);
	}
}

/* What an overlay in the corpus extends. */
static int find_base(void *data, const char *id, const char *from,
		     const struct pack **ret, struct err *e)
{
	(void)id;
	(void)from;
	(void)e;
	*ret = data;
	return 0;
}

/* The text that a cycle would keep needs no other pack and says the same. */
static void keep(const struct pack *p, struct arena *a)
{
	struct pack again;
	struct err e;

	check(pack_parse(p->text, p->text_len, "kept", a, &again, &e) == 0);
	check(strcmp(again.id, p->id) == 0 && again.rules.n == p->rules.n &&
	      again.word_count == p->word_count && again.fact_count == p->fact_count &&
	      again.rules.total == p->rules.total);
}

static void read_overlay(const char *text, size_t n, struct arena *a)
{
	static const char base[] =
		"pack: b\nversion: 1\ntitle: B\nsources: {s: {title: S, mark: confirmed}}\n"
		"facts: {m: {type: month, ask: M}}\ntopics: {law: [legal]}\nrules:\n"
		"  - {id: total, need: 20, cite: s}\n"
		"  - {id: law, need: 10% of required, where: {topic: law}, cite: s}\n";
	struct err e = {0};
	struct pack b, p;

	check(pack_parse(base, sizeof(base) - 1, "b", a, &b, &e) == 0);
	b.layer = "shipped";
	const struct pack_bases bases = {find_base, &b};
	int r = pack_parse_written(text, n, "fuzz.yaml", &bases, a, &p, &e);
	if (r == 0)
		keep(&p, a);
	else
		check(r == -PDH_REFUSED && *e.message && !strchr(e.message, '\n'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = {NULL};
	struct err e = {0};
	struct pack p;

	int r = pack_parse((const char *)data, size, "fuzz.yaml", &arena, &p, &e);
	if (r == 0) {
		use(&p);
		judge_paths(&p, &arena);
	} else {
		check(r == -PDH_REFUSED && *e.message && !strchr(e.message, '\n'));
	}
	read_overlay((const char *)data, size, &arena);
	return 0;
}
