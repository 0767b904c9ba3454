/* What packs say beside their rules and their calendar. */
#include "common/texts.h"
#include "daemon/packs/comparison.h"
#include "daemon/rules/words/words.h"

#include <string.h>

/* ---- units ------------------------------------------------------------------------------ */

static const char *worth_text(const struct ruleset *rules, enum credit_unit unit,
			      struct arena *a)
{
	int64_t worth;

	if (!rules_worth(rules, unit, CREDIT_ONE, &worth))
		return NULL;
	return rules_short_words(rules, worth, a);
}

void comparison_units(const struct pack *before, const struct pack *after,
		      struct differences *ret)
{
	comparison_add(ret, "unit", NULL, before->rules.unit, after->rules.unit);
	for (enum credit_unit u = 0; u < UNIT_COUNT; u++)
		comparison_add(ret, credit_unit_word(u), NULL,
			       worth_text(&before->rules, u, ret->a),
			       worth_text(&after->rules, u, ret->a));
}

/* ---- facts ------------------------------------------------------------------------------ */

static const char *fact_text(const struct pack_fact *f, struct arena *a)
{
	static const char *const again[FACT_LIFE_COUNT] = {"", ", asked in each cycle",
							   ", asked in each year"};

	if (!f)
		return NULL;
	const char *life = again[fact_life(f->holds)];
	if (f->of.n)
		return arena_printf(a, "%s (%s)%s", f->ask, fact_list(&f->of, "or", a),
				    life);
	return arena_printf(a, "%s (%s)%s", f->ask, f->type, life);
}

static const struct pack_fact *fact_named(const struct pack *p, const char *name)
{
	for (size_t i = 0; i < p->fact_count; i++)
		if (strcmp(p->facts[i].name, name) == 0)
			return &p->facts[i];
	return NULL;
}

void comparison_facts(const struct pack *before, const struct pack *after,
		      struct differences *ret)
{
	for (size_t i = 0; i < before->fact_count; i++) {
		const struct pack_fact *f = &before->facts[i];
		comparison_add(ret, f->name, NULL, fact_text(f, ret->a),
			       fact_text(fact_named(after, f->name), ret->a));
	}
	for (size_t i = 0; i < after->fact_count; i++) {
		const struct pack_fact *f = &after->facts[i];
		if (!fact_named(before, f->name))
			comparison_add(ret, f->name, NULL, NULL, fact_text(f, ret->a));
	}
}

/* ---- sources ---------------------------------------------------------------------------- */

static const char *source_text(const struct pack_source *s, struct arena *a)
{
	if (!s)
		return NULL;
	const char *text = s->title ? s->title : s->id;
	return s->mark ? arena_printf(a, "%s, %s", text, source_mark_word(s->mark))
		       : text;
}

static const struct pack_source *source_named(const struct pack *p, const char *id)
{
	for (size_t i = 0; i < p->source_count; i++)
		if (strcmp(p->sources[i].id, id) == 0)
			return &p->sources[i];
	return NULL;
}

/* Of one that is found at another address the addresses are told. */
static void compare_source(const struct pack_source *was, const struct pack_source *is,
			   struct differences *ret)
{
	const struct pack_source *one = is ? is : was;
	const char *before = source_text(was, ret->a), *after = source_text(is, ret->a);
	const size_t n = ret->n;

	comparison_add(ret, one->id, one->title, before, after);
	if (was && is && ret->n == n)
		comparison_add(ret, one->id, one->title, was->url, is->url);
}

void comparison_sources(const struct pack *before, const struct pack *after,
			struct differences *ret)
{
	for (size_t i = 0; i < before->source_count; i++)
		compare_source(&before->sources[i],
			       source_named(after, before->sources[i].id), ret);
	for (size_t i = 0; i < after->source_count; i++)
		if (!source_named(before, after->sources[i].id))
			compare_source(NULL, &after->sources[i], ret);
}

/* ---- the pack as a whole ---------------------------------------------------------------- */

static const char *days_text(civil_day from, civil_day to, struct arena *a)
{
	if (from == DATE_NONE && to == DATE_NONE)
		return NULL;
	if (to == DATE_NONE)
		return arena_printf(a, "from %s on", texts_day(a, from));
	if (from == DATE_NONE)
		return arena_printf(a, "until %s", texts_day(a, to));
	return arena_printf(a, "from %s to %s", texts_day(a, from), texts_day(a, to));
}

static const char *suspended_text(const struct pack *p, struct arena *a)
{
	const struct suspension *s = &p->rules.suspended;
	const char *days;

	if (!s->why)
		return NULL;
	days = days_text(s->from, s->until, a);
	return days ? arena_printf(a, "%s, %s", days, s->why) : s->why;
}

static const char *levels_text(const struct pack *p, struct arena *a)
{
	const char *all = NULL;

	for (size_t i = 0; i < p->level_count; i++) {
		const char *one = pack_level_text(p, &p->levels[i], a);
		all = all ? arena_printf(a, "%s; %s", all, one) : one;
	}
	return all;
}

static const char *shared_text(const struct pack *p)
{
	return p->rules.shared_once ? "an hour counts for one credential of the board"
				    : "an hour may count for several credentials";
}

void comparison_head(const struct pack *before, const struct pack *after,
		     struct differences *ret)
{
	struct arena *a = ret->a;

	comparison_add(ret, "title", NULL, before->title, after->title);
	comparison_add(ret, "authority", NULL, before->authority, after->authority);
	comparison_add(ret, "in force", NULL,
		       days_text(before->in_force.from, before->in_force.to, a),
		       days_text(after->in_force.from, after->in_force.to, a));
	comparison_add(ret, "share", NULL, shared_text(before), shared_text(after));
	comparison_add(ret, "suspended", NULL, suspended_text(before, a),
		       suspended_text(after, a));
	comparison_add(ret, "levels", NULL, levels_text(before, a),
		       levels_text(after, a));
	comparison_add(ret, "note", NULL, before->note, after->note);
}
