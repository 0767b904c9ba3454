/* pack.list, pack.search, pack.get and pack.reload */
#include "daemon/packs/packs.h"

#include "common/similar.h"
#include "daemon/judge/held.h"
#include "daemon/method.h"
#include "daemon/packs/called.h"

#include <string.h>

static void fill_questions(struct work *w, const struct pack *p, struct pack_row *ret)
{
	ret->questions.n = p->fact_count;
	ret->questions.v =
		arena_array(w->arena, p->fact_count + 1, sizeof(struct question));
	for (size_t i = 0; i < p->fact_count; i++) {
		struct question *q = &ret->questions.v[i];
		shape_none(&shape_question, q);
		q->name = p->facts[i].name;
		q->type = p->facts[i].type;
		q->ask = p->facts[i].ask;
		q->of = p->facts[i].of;
		q->labels = pack_fact_labels(&p->facts[i], w->arena);
		q->holds = fact_lives[fact_life(p->facts[i].holds)];
	}
	ret->sources.n = p->source_count;
	ret->sources.v =
		arena_array(w->arena, p->source_count + 1, sizeof(struct source));
	for (size_t i = 0; i < p->source_count; i++) {
		struct source *s = &ret->sources.v[i];
		s->id = p->sources[i].id;
		s->title = p->sources[i].title;
		s->url = p->sources[i].url;
		s->mark = p->sources[i].mark;
	}
}

const char *packs_base(const struct pack *p, struct arena *a)
{
	const struct pack *base = p->base;

	return base ? arena_printf(a, "%s %s, %s", base->id, base->version, base->layer)
		    : NULL;
}

/* Whether hours are asked for at all, before anything is known of the person. */
static enum pack_hours hours_of(const struct pack *p)
{
	if (p->rules.suspended.why)
		return HOURS_SUSPENDED;
	if (!p->rules.has_total)
		return HOURS_NO;
	return p->rules.total > 0 ? HOURS_YES : HOURS_DEPENDS;
}

static bool is_yearly(const struct pack *p)
{
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule *r = &p->rules.rules[i];
		enum window_kind k = r->window.kind;
		bool each_year = k == WINDOW_EACH_YEAR || k == WINDOW_EACH_CALENDAR ||
				 k == WINDOW_EACH_SCHOOL;
		if (r->verb == RULE_NEED && r->level == LEVEL_MUST && each_year)
			return true;
	}
	return false;
}

void packs_row(struct work *w, const struct pack *p, struct pack_row *ret)
{
	shape_none(&shape_pack_row, ret);
	ret->pack = p->id;
	ret->version = p->version;
	ret->title = p->title;
	ret->authority = p->authority;
	ret->jurisdiction = p->jurisdiction;
	ret->professions = p->professions;
	ret->unit = p->rules.unit;
	/* What depends on the person is neither an amount nor a length for all. */
	if (p->rules.has_total && p->rules.total)
		ret->required = (struct credit){p->rules.total, p->rules.unit};
	if (p->calendar.length_months && !p->calendar.length_fact)
		ret->months = p->calendar.length_months;
	ret->hours = hours_of(p);
	ret->suspended = p->rules.suspended.why;
	ret->issue = p->rules.asks_issue;
	ret->yearly = is_yearly(p);
	ret->read = p->read;
	ret->layer = p->layer;
	ret->extends = packs_base(p, w->arena);
	ret->note = p->note;
	ret->examples = (int64_t)p->example_count;
	fill_questions(w, p, ret);
}

/* A state that is named, or NULL. */
static int find_state(struct work *w, const char *in, const struct state **ret,
		      struct err *e)
{
	const char **names = arena_array(w->arena, states_count, sizeof(*names));

	*ret = in ? states_find(in, w->arena) : NULL;
	if (!in || *ret)
		return 0;
	for (size_t i = 0; i < states_count; i++)
		names[i] = similar_words(states[i].name, w->arena);
	err_set(e, -PDH_USAGE, "in", "\"%.60s\" is not a state of the US", in);
	const char *near = api_nearest(similar_words(in, w->arena), names, states_count);
	for (size_t i = 0; near && i < states_count; i++)
		if (names[i] == near)
			return err_hint(e, "did you mean \"%s\"?", states[i].name);
	return err_hint(e, "give its name or its code, as tx");
}

static int list(struct work *w, const char *text, const char *in, bool outdated,
		struct packs *ret, struct err *e)
{
	const struct pack *const *all;
	const struct state *state;
	struct called meant;
	size_t n;
	int r = find_state(w, in, &state, e);

	if (r < 0)
		return r;
	called_read(text ? text : "", w->arena, &meant);
	pack_library_all(w->packs, &all, &n, &ret->problems);
	ret->packs.v = arena_array(w->arena, n + 1, sizeof(struct pack_row));
	for (size_t i = 0; r == 0 && i < n; i++) {
		struct pack_row *row = &ret->packs.v[ret->packs.n];
		if (!called_so(all[i], &meant, w->arena) ||
		    (state && !called_in(all[i], state)))
			continue;
		packs_row(w, all[i], row);
		if (outdated)
			r = packs_outdated(w, all[i], row, e);
		if (!outdated || row->outdated.n)
			ret->packs.n++;
	}
	return r;
}

int method_pack_list(struct work *w, const struct pack_list_params *p, struct packs *ret,
		     struct err *e)
{
	return list(w, p->text, p->in, p->outdated > 0, ret, e);
}

int method_pack_search(struct work *w, const struct pack_search_params *p,
		       struct packs *ret, struct err *e)
{
	return list(w, p->text, p->in, false, ret, e);
}

static void fill_hidden(struct work *w, const struct pack_stack *stack,
			struct pack_row *ret)
{
	ret->hides.v = arena_array(w->arena, stack->n, sizeof(*ret->hides.v));
	for (size_t i = 1; i < stack->n; i++)
		ret->hides.v[ret->hides.n++] = arena_printf(
			w->arena, "%s %s", stack->v[i]->layer, stack->v[i]->version);
}

/* A pack of the library, or the rules that a cycle is pinned to: those made by hand are in no
 * library. */
static int find_pack(struct work *w, const char *name, const struct pack **ret,
		     struct err *e)
{
	int r = pack_library_find(w->packs, name, ret, e);
	struct err ignored;
	struct held h;

	if (r != -PDH_NOT_FOUND || held_find(w, name, "pack", &h, &ignored) < 0)
		return r;
	*ret = h.cycle.pack;
	return 0;
}

int method_pack_get(struct work *w, const struct pack_get_params *p, struct packs *ret,
		    struct err *e)
{
	struct pack_stack stack;
	const struct pack *pack;
	int r = find_pack(w, p->pack, &pack, e);

	if (r < 0)
		return r;
	ret->packs.v = arena_alloc(w->arena, sizeof(struct pack_row));
	ret->packs.n = 1;
	packs_row(w, pack, ret->packs.v);
	packs_rules(w, pack, ret->packs.v);
	pack_library_stack(w->packs, p->pack, &stack);
	fill_hidden(w, &stack, ret->packs.v);
	if (p->source > 0)
		ret->packs.v->text = pack->source ? pack->source : pack->text;
	return 0;
}

int method_pack_reload(struct work *w, const struct pack_reload_params *p,
		       struct packs *ret, struct err *e)
{
	(void)p;
	pack_library_reload(w->packs);
	return list(w, NULL, NULL, false, ret, e);
}
