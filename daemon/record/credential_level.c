#include "daemon/record/credential_level.h"

#include "common/texts.h"
#include "daemon/judge/duty.h"
#include "daemon/judge/facts.h"
#include "daemon/judge/items.h"
#include "daemon/record/credential_facts.h"

#include <string.h>

/* What is looked at to find out whether a level ends. */
struct ending {
	struct work *w;
	const struct held *h;
	const struct verdict *v;
	struct duty_case duties;
	struct list items;
	struct texts open; /* what is not done yet */
};

static bool is_met(const struct ending *of, const struct rule *need)
{
	for (size_t i = 0; i < of->v->need_count; i++) {
		const struct judged_need *n = &of->v->needs[i];
		if (n->rule == need && n->state != JUDGED_MET &&
		    n->state != JUDGED_NOT_APPLYING)
			return false;
	}
	return !of->v->undecided;
}

static bool is_done(struct ending *of, const struct rule *duty)
{
	const struct item *items = of->items.v;
	const char *why;

	for (size_t i = 0; i < of->items.n; i++) {
		const struct item *one = &items[i];
		bool done = one->done_on != DATE_NONE || one->state == ITEM_STATE_DONE;
		if (done && one->rule && strcmp(one->rule, duty->id) == 0)
			return true;
	}
	return rules_duty(&of->duties.c, duty, of->w->arena, &why) == JUDGED_NOT_APPLYING;
}

static void find_open(struct ending *of, const struct pack_level *level)
{
	const struct ruleset *rules = &of->h->cycle.rules;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if (!(level->rules >> i & 1))
			continue;
		if (!(r->verb == RULE_DUTY ? is_done(of, r) : is_met(of, r)))
			texts_add(&of->open, r->title ? r->title : r->id, of->w->arena);
	}
}

static const char *names(const struct texts *t, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < t->n; i++)
		all = arena_printf(a, "%s%s%s", all, i ? "; " : "", t->v[i]);
	return all;
}

/* The next level, from the first day of the next cycle on. */
static int begin_next(struct ending *of, const struct pack_level *level,
		      struct texts *notes, struct err *e)
{
	const struct held *h = of->h;
	struct arena *a = of->w->arena;
	const struct fact_holder f = {.credential_id = h->id,
				      .pack = h->cycle.pack,
				      .cycle = {h->cycle.begins, h->cycle.ends},
				      .from = h->cycle.ends + 1};
	const char *fact = arena_printf(a, "%s=%s", level->fact->name, level->then);
	int r = credential_set_facts(of->w, &f, &(const struct texts){1, &fact}, e);

	if (r == 0)
		texts_add(notes,
			  arena_printf(a, "%s: %s from %s on, what ends %s is done",
				       level->fact->name, level->then,
				       texts_day(a, f.from), level->is),
			  a);
	return r;
}

static int end(struct ending *of, const struct pack_level *level, struct texts *notes,
	       struct err *e)
{
	struct arena *a = of->w->arena;
	int r = duty_case_of(of->w, of->h, &of->duties, e);

	if (r == 0)
		r = items_read(of->w, of->h, of->v, of->w->today, &of->items, e);
	if (r < 0)
		return r;
	find_open(of, level);
	if (!of->open.n)
		return begin_next(of, level, notes, e);
	texts_add(notes,
		  arena_printf(a, "%s stays %s; not done: %s", level->fact->name,
			       level->is, names(&of->open, a)),
		  a);
	return 0;
}

int credential_end_level(struct work *w, const struct held *h, const struct verdict *v,
			 struct texts *notes, struct err *e)
{
	const struct pack *p = h->cycle.pack;
	struct ending of = {.w = w, .h = h, .v = v};
	struct texts now, next;

	if (!p->level_count)
		return 0;
	int r = facts_told(w, h->id, h->cycle.ends, &now, e);
	if (r == 0)
		r = facts_told(w, h->id, h->cycle.ends + 1, &next, e);
	for (size_t i = 0; r == 0 && i < p->level_count; i++) {
		const struct pack_level *level = &p->levels[i];
		const char *was = fact_given(&now, level->fact->name);
		const char *is = fact_given(&next, level->fact->name);
		if (was && is && strcmp(was, level->is) == 0 && strcmp(is, was) == 0)
			return end(&of, level, notes, e);
	}
	return r;
}
