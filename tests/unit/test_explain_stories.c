/* Random packs and records (story.h), logged and explained: what explain.get tells of each
 * activity and of the whole is what the rules judged, part by part and rule by rule, and
 * adds up. PDH_SEED begins another series, PDH_ROUNDS makes it longer. */
#include "tests/support/rpc_home.h"
#include "tests/support/story.h"

#include "daemon/pack/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { ROUNDS = 15 };
#else
enum { ROUNDS = 40 };
#endif

struct telling {
	struct home *h;
	struct arena a;
	struct story s;
	struct pack pack;
	struct classes classes;
	struct entry entries[STORY_PARTS];
	struct rules_case c;
	struct verdict v;
	long long id[STORY_ENTRIES]; /* of each activity, as it was logged */
	const char *alias, *text;
};

/* ---- the story, judged ---------------------------------------------------------------------- */

/* Nothing is carried in, no leaves, and nothing is done behind the period. */
static void make_plain(struct story *s)
{
	int n = 0;

	s->months_active = s->months;
	s->day = s->period.to;
	for (int i = 0; i < s->entry_count; i++)
		if (!s->entries[i].carried && s->entries[i].day <= s->period.to)
			s->entries[n++] = s->entries[i];
	s->entry_count = n;
}

static void judge(struct telling *t)
{
	struct rule_facts facts = {
		.issued = t->s.issued, .has_months = true, .months_active = t->s.months};
	struct err e;

	if (pack_parse(t->text, strlen(t->text), "p.yaml", &t->a, &t->pack, &e) < 0)
		fail_msg("%s\n%s", e.message, t->text);
	t->c = (struct rules_case){
		.rules = &t->pack.rules,
		.period = t->s.period,
		.day = t->s.day,
		.facts = &facts,
		.entries = t->entries,
		.n = story_entries(&t->s, &t->classes, t->entries, &t->a),
		.parts = true,
	};
	t->c.classes = t->classes.v;
	t->c.class_count = t->classes.n;
	rules_evaluate(&t->c, &t->a, &t->v);
}

/* ---- the story, logged ---------------------------------------------------------------------- */

static const char *unit_word(const struct story_entry *e)
{
	return e->unit == UNIT_HOUR ? "h" : e->unit == UNIT_DAY ? "d" : "sh";
}

static const char *amount(struct telling *t, const struct story_entry *e, int quarters)
{
	return arena_printf(&t->a, "%d.%02d%s", quarters / 4, quarters % 4 * 25,
			    unit_word(e));
}

static const char *words(struct telling *t, unsigned topics)
{
	const char *text = "";

	for (unsigned k = 0; k < STORY_TOPICS; k++)
		if (topics >> k & 1)
			text = arena_printf(&t->a, "%s%s\"%c\"", text, *text ? ", " : "",
					    (int)('a' + k));
	return text;
}

/* All parts but the last are split off to their topic; the last is the rest. */
static const char *split_text(struct telling *t, const struct story_entry *e)
{
	const char *text = "";

	for (int k = 0; k + 1 < e->n; k++)
		text = arena_printf(&t->a, "%s%s\"%c=%s\"", text, k ? ", " : "",
				    'a' + __builtin_ctz(e->parts[k].topics),
				    amount(t, e, e->parts[k].quarters));
	return text;
}

static const char *letter(struct telling *t, const char *key, char c)
{
	return c ? arena_printf(&t->a, ", \"%s\": \"%c\"", key, c) : "";
}

static void log_entry(struct telling *t, int i)
{
	const struct story_entry *e = &t->s.entries[i];
	char day[DATE_ISO_SIZE];
	int quarters = 0;

	date_format_iso(e->day, day);
	for (int k = 0; k < e->n; k++)
		quarters += e->parts[k].quarters;
	json_t *logged = home_call(
		t->h, "activity.add",
		arena_printf(&t->a,
			     "{\"title\": \"Activity %d\", \"done_on\": \"%s\", "
			     "\"credit\": \"%s\", \"similar\": true, \"topics\": [%s], "
			     "\"split\": [%s], \"only\": [\"%s\"]%s%s%s%s}",
			     i, day, amount(t, e, quarters),
			     words(t, e->parts[e->n - 1].topics), split_text(t, e),
			     t->alias, letter(t, "kind", e->kind),
			     letter(t, "provider", e->provider),
			     letter(t, "course", e->course),
			     e->refused ? ", \"approval\": \"refused\"" : ""));
	t->id[i] = int_at(logged, "activities.0.id");
}

static void hold(struct telling *t)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE], issued[DATE_ISO_SIZE];

	date_format_iso(t->s.period.from, from);
	date_format_iso(t->s.period.to, to);
	date_format_iso(t->s.issued, issued);
	home_clock(t->h, arena_printf(&t->a, "%sT12:00:00", to));
	home_pack(t->h, t->alias, t->text);
	home_call(t->h, "credential.add",
		  arena_printf(&t->a,
			       "{\"pack\": \"%s\", \"alias\": \"%s\", \"begins\": "
			       "\"%s\", \"expires\": \"%s\", \"issued\": \"%s\"}",
			       t->alias, t->alias, from, to, issued));
	for (int i = 0; i < t->s.entry_count; i++)
		log_entry(t, i);
}

/* ---- told and judged ------------------------------------------------------------------------ */

#define FAIL(t, ...) fail_msg("%s\n%s", arena_printf(&(t)->a, __VA_ARGS__), (t)->text)

static bool names(json_t *placed, const char *id)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_at(placed, "rules"), i, one)
	{
		if (strcmp(json_string_value(one), id) == 0)
			return true;
	}
	return false;
}

/* What of an activity is in one place, of all its parts; *ret_named: told with this rule. */
static long long placed(json_t *entry, const char *place, const struct rule *r,
			bool *ret_named)
{
	json_t *one;
	long long sum = 0;
	size_t i;

	json_array_foreach(json_at(entry, "parts"), i, one)
	{
		if (strcmp(text_at(one, "place"), place) != 0)
			continue;
		sum += int_at(one, "credit.exact");
		if (r && names(one, r->id))
			*ret_named = true;
	}
	return sum;
}

static void check_rule(struct telling *t, json_t *entry, const char *place,
		       const struct judged_part *p)
{
	bool named = false;

	(void)placed(entry, place, p->rule, &named);
	if (p->rule && !named)
		FAIL(t, "activity %lld is not told as %s by %s", (long long)p->id, place,
		     p->rule->id);
}

static bool is_inside(const struct telling *t, int i)
{
	return t->s.entries[i].day >= t->v.span.from &&
	       t->s.entries[i].day <= t->v.span.to;
}

static void check_activity(struct telling *t, int i)
{
	json_t *entry = json_at(
		home_call(t->h, "explain.get",
			  arena_printf(&t->a,
				       "{\"subject\": \"%lld\", \"credential\": \"%s\"}",
				       t->id[i], t->alias)),
		"credentials.0.entries.0");
	long long cut = 0, counted = 0, refused = 0;

	for (size_t k = 0; k < t->c.n; k++) {
		const struct judged_part *p = &t->v.parts[k];
		if (p->id != i + 1 || p->state == PART_UNIT)
			continue;
		counted += p->counted;
		cut += p->value - p->counted;
		refused += p->state == PART_REFUSED ? p->base : 0;
		if (p->state == PART_REFUSED)
			check_rule(t, entry, "refused", p);
		else if (p->counted < p->value)
			check_rule(t, entry, "cut", p);
	}
	long long told =
		placed(entry, "counted", NULL, NULL) + placed(entry, "aside", NULL, NULL);
	if (told != counted || placed(entry, "cut", NULL, NULL) != cut ||
	    placed(entry, "refused", NULL, NULL) != refused)
		FAIL(t,
		     "activity %d is told as %lld counted, not %lld, %lld cut, %lld refused",
		     i, told, counted, cut, refused);
}

static const char *state_word(enum judged state)
{
	static const char *const words[] = {
		[JUDGED_MET] = "met",
		[JUDGED_SHORT] = "short",
		[JUDGED_MISSED] = "missed",
		[JUDGED_UNDECIDED] = "undecided",
		[JUDGED_NOT_APPLYING] = "not-applying",
	};

	return words[state];
}

static void check_whole(struct telling *t)
{
	json_t *c =
		json_at(home_call(t->h, "explain.get",
				  arena_printf(&t->a, "{\"subject\": \"%s\"}", t->alias)),
			"credentials.0");

	if (int_at(c, "cycle.counted.exact") != t->v.counted)
		FAIL(t, "%lld counts in all, not %lld", int_at(c, "cycle.counted.exact"),
		     (long long)t->v.counted);
	if (json_is_true(json_at(c, "undecided")) != t->v.undecided)
		FAIL(t, "it is told as undecided, or is");
	for (size_t i = 0; i < t->v.need_count; i++) {
		const struct judged_need *n = &t->v.needs[i];
		json_t *told = json_at(c, arena_printf(&t->a, "needs.%zu.need", i));
		if (strcmp(text_at(told, "id"), n->rule->id) != 0 ||
		    strcmp(text_at(told, "state"), state_word(n->state)) != 0)
			FAIL(t, "%s is told as %s, not %s", n->rule->id,
			     text_at(told, "state"), state_word(n->state));
	}
}

static void one_round(struct home *h, uint64_t seed)
{
	struct telling t = {.h = h, .classes = {.n = 0}};

	story_tell(&t.s, seed);
	if (!t.s.grace && !t.s.large) {
		make_plain(&t.s);
		t.alias = arena_printf(&t.a, "s%llu", (unsigned long long)seed);
		t.text = arena_printf(&t.a, "pack: %s\n%s", t.alias,
				      strchr(story_pack(&t.s, &t.a), '\n') + 1);
		judge(&t);
		hold(&t);
		for (int i = 0; i < t.s.entry_count; i++)
			if (is_inside(&t, i))
				check_activity(&t, i);
		check_whole(&t);
	}
	classes_done(&t.classes);
	arena_done(&t.a);
}

static void what_is_told_is_what_was_judged(void **state)
{
	const char *given = getenv("PDH_SEED"), *rounds = getenv("PDH_ROUNDS");
	uint64_t seed = given ? strtoull(given, NULL, 10) : 1;
	long n = rounds ? strtol(rounds, NULL, 10) : ROUNDS;

	print_message("PDH_SEED=%llu, %ld stories\n", (unsigned long long)seed, n);
	for (long i = 0; i < n; i++)
		one_round(*state, seed + (uint64_t)i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_told_is_what_was_judged,
						home_open, home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
