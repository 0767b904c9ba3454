/* pack.diff: two sets of rules beside one another, and what they mean in hours. */
#include "daemon/judge/standing.h"
#include "daemon/method.h"
#include "daemon/packs/comparison.h"
#include "daemon/packs/comparison_sides.h"
#include "daemon/rules/words/words.h"

#include <string.h>

/* ---- whether they bind ------------------------------------------------------------------ */

static bool is_within(civil_day day, civil_day from, civil_day until)
{
	return day != DATE_NONE && (from == DATE_NONE || day >= from) &&
	       (until == DATE_NONE || day <= until);
}

/* What was done in the cycle may lie in the rule's days. */
static bool overlaps(const struct held_cycle *c, const struct rule *r)
{
	return (r->from == DATE_NONE || c->ends == DATE_NONE || c->ends >= r->from) &&
	       (r->until == DATE_NONE || c->begins == DATE_NONE || c->begins <= r->until);
}

/* Whether a rule holds in a cycle by another day than that on which the cycle began. */
static bool holds_besides(const struct work *w, const struct held *h,
			  const struct rule *r)
{
	if (r->from == DATE_NONE && r->until == DATE_NONE)
		return false;
	switch (r->by) {
	case BY_PERIOD_START:
		return false;
	case BY_PERIOD_END:
		return is_within(h->cycle.ends, r->from, r->until);
	case BY_ACTIVITY:
		return overlaps(&h->cycle, r);
	case BY_ISSUE:
		return is_within(h->issued, r->from, r->until);
	case BY_NOW:
		return is_within(w->today, r->from, r->until);
	}
	return false;
}

static bool differs(const struct packs_compared *c, const struct rule *r)
{
	for (size_t i = 0; i < c->rules.n; i++)
		if (c->rules.v[i].after && strcmp(c->rules.v[i].id, r->id) == 0)
			return true;
	return false;
}

static void find_besides(struct work *w, const struct held *h,
			 const struct packs_compared *c, const struct pack *after,
			 struct pack_effect *ret)
{
	ret->besides.v =
		arena_array(w->arena, after->rules.n + 1, sizeof(*ret->besides.v));
	for (size_t i = 0; i < after->rules.n; i++) {
		const struct rule *r = &after->rules.rules[i];
		if (differs(c, r) && holds_besides(w, h, r))
			ret->besides.v[ret->besides.n++] =
				arena_printf(w->arena, "%s, %s", rules_name(r),
					     comparison_force(r, w->arena));
	}
}

static void find_force(const struct held *h, const struct comparison_side *after,
		       struct pack_effect *ret)
{
	const struct period *force = &after->pack->in_force;
	const struct held_cycle *c = &h->cycle;
	const bool open = force->from == DATE_NONE && force->to == DATE_NONE;

	ret->judged = strcmp(c->pack->text, after->pack->text) == 0;
	ret->begins = c->begins;
	ret->from = force->from;
	ret->until = force->to;
	if (!open && c->begins != DATE_NONE)
		ret->binds = is_within(c->begins, force->from, force->to);
	ret->next = after->now && !ret->judged &&
		    strcmp(c->pack->id, after->pack->id) == 0 &&
		    (open || c->ends == DATE_NONE ||
		     is_within(c->ends + 1, force->from, force->to));
}

/* ---- hours ------------------------------------------------------------------------------ */

/* The credential's own record under a pack. Hours that the person gave it themselves are in
 * the unit of its own. */
static int judge_under(struct work *w, const struct held *held, const struct pack *pack,
		       struct standing **ret, struct err *e)
{
	struct held h = *held;

	if (strcmp(pack->id, h.cycle.pack->id) != 0)
		h.cycle.required = INT_NONE;
	held_under(&h.cycle, pack);
	*ret = arena_alloc(w->arena, sizeof(**ret));
	return standing_of(w, &h, w->today, *ret, e);
}

static int fill_effect(struct work *w, const struct held *h,
		       const struct comparison_side side[2],
		       const struct packs_compared *c, struct pack_effect *ret,
		       struct err *e)
{
	shape_none(&shape_pack_effect, ret);
	ret->alias = h->alias;
	ret->title = h->title;
	int r = judge_under(w, h, side[0].pack, &ret->before, e);
	if (r == 0)
		r = judge_under(w, h, side[1].pack, &ret->after, e);
	if (r < 0)
		return r;
	const struct credit was = ret->before->counted, is = ret->after->counted;
	if (strcmp(was.unit, is.unit) == 0)
		ret->added = (struct credit){is.exact - was.exact, is.unit};
	find_force(h, &side[1], ret);
	find_besides(w, h, c, side[1].pack, ret);
	return 0;
}

/* Those that were named; where none was, those of either pack that are in use. */
static bool is_meant(const struct work *w, const struct held *h,
		     const struct comparison_side side[2])
{
	const bool retired = h->retired_on != DATE_NONE && h->retired_on <= w->today;

	if (side[0].held || side[1].held)
		return h == side[0].held || h == side[1].held;
	return !retired && (strcmp(h->cycle.pack->id, side[0].pack->id) == 0 ||
			    strcmp(h->cycle.pack->id, side[1].pack->id) == 0);
}

/* ---- the method ------------------------------------------------------------------------- */

static struct pack_side *describe(struct work *w, const struct comparison_side *s)
{
	struct pack_side *side = arena_alloc(w->arena, sizeof(*side));

	*side = (struct pack_side){
		.pack = s->pack->id,
		.version = s->pack->version,
		.title = s->pack->title,
		.from = s->from,
		.now = s->now,
	};
	return side;
}

int method_pack_diff(struct work *w, const struct pack_diff_params *p,
		     struct packs_compared *ret, struct err *e)
{
	struct comparison_side side[2];
	struct held_list held;

	int r = held_all(w, DATE_NONE, &held, e);
	if (r == 0)
		r = comparison_sides(w, p, &held, side, e);
	if (r < 0)
		return r;
	ret->before = describe(w, &side[0]);
	ret->after = describe(w, &side[1]);
	comparison_of(side[0].pack, side[1].pack, w->arena, ret);
	ret->effects.v = arena_array(w->arena, held.n + 1, sizeof(struct pack_effect));
	for (size_t i = 0; r == 0 && i < held.n; i++)
		if (is_meant(w, &held.v[i], side))
			r = fill_effect(w, &held.v[i], side, ret,
					&ret->effects.v[ret->effects.n++], e);
	return r;
}
