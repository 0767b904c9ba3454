/* Each hour of an entry in one place, and their sums. */
#include "daemon/explain/explain.h"

#include "common/texts.h"
#include "daemon/judge/standing.h"
#include "daemon/judge/why.h"
#include "daemon/rules/words/words.h"

#include <string.h>

struct places explain_places(const struct judged_part *p)
{
	struct places s = {0};

	if (p->state == PART_UNIT)
		return s;
	s.held = p->held_back;
	if (p->state == PART_REFUSED || p->value + p->held_back == 0) {
		s.refused = p->base - s.held;
		return s;
	}
	s.changed = p->base - s.held - p->value;
	s.cut = p->value - p->counted;
	s.counted = p->of_total;
	s.aside = p->counted - p->of_total;
	return s;
}

/* ---- one entry -------------------------------------------------------------------------- */

/* An entry on its way into the answer. */
struct placing {
	struct explaining *x;
	const struct activity *a;
	struct entry_explained *to;
	const char *topic; /* of the part at hand; NULL: the rest */
};

static struct placed *put(struct placing *p, enum hours_place place, int64_t exact,
			  const char *why)
{
	struct entry_explained *to = p->to;

	to->parts.v = arena_grow(p->x->w->arena, to->parts.n ? to->parts.v : NULL,
				 to->parts.n, sizeof(*to->parts.v));
	struct placed *one = &to->parts.v[to->parts.n++];
	shape_none(&shape_placed, one);
	one->topic = p->topic;
	one->place = place;
	one->credit = standing_amount(&p->x->h->cycle, exact);
	one->why = why;
	return one;
}

static void tell(struct placing *p, struct placed *one, const struct rule *r)
{
	texts_add(&one->rules, r->id, p->x->w->arena);
	explain_tell(p->x, r);
}

/* The needs that ask for part `i`. */
static void tell_needs(struct placing *p, struct placed *one, size_t i)
{
	const struct verdict *v = &p->x->j.verdict;

	if (p->x->own_total && explain_is_of_total(p->x, i))
		texts_add(&one->rules, "total", p->x->w->arena);
	for (size_t n = 0; n < v->need_count; n++)
		if (explain_fits(p->x, &v->needs[n], i) &&
		    !texts_has(&one->rules, v->needs[n].rule->id))
			tell(p, one, v->needs[n].rule);
}

static const char *why_refused(struct placing *p, size_t i)
{
	struct explaining *x = p->x;
	const struct judged_part *part = &x->j.verdict.parts[i];
	const char *why = why_part(x->w, x->h, p->a->credit.unit, part);

	if (!part->again)
		return why;
	const struct entry *e = &x->j.entries[part->again - 1];
	return arena_printf(x->w->arena, "%s; this one counted as #%lld on %s", why,
			    (long long)e->id, texts_day(x->w->arena, e->done_on));
}

static const char *why_cut(struct placing *p, size_t i)
{
	const struct judged_limit *l = explain_limit(p->x, i);

	return l ? arena_printf(p->x->w->arena, "%s: %s", rules_name(l->rule),
				explain_words(p->x, l->rule, l->most))
		 : "a limit is reached";
}

static const char *why_aside(const struct placing *p, size_t i)
{
	return explain_is_of_total(p->x, i)
		       ? "it is used for another need, and not for the total"
		       : "its day is not among those of the total";
}

static void put_cut(struct placing *p, int64_t exact, size_t i)
{
	const struct rule *r = p->x->j.verdict.parts[i].rule;
	struct placed *one = put(p, PLACE_CUT, exact, why_cut(p, i));

	if (r)
		tell(p, one, r);
}

static void put_changed(struct placing *p, const struct judged_part *part, int64_t exact)
{
	const struct ruleset *rules = &p->x->h->cycle.rules;
	struct placed *one = put(p, PLACE_CHANGED, exact, NULL);

	for (size_t i = 0; i < rules->n; i++) {
		if (!(part->changed >> i & 1))
			continue;
		const char *text = why_credit(p->x->w, rules, &rules->rules[i]);
		one->why =
			one->why ? arena_printf(p->x->w->arena, "%s; %s", one->why, text)
				 : text;
		tell(p, one, &rules->rules[i]);
	}
}

/* It counts only as long as the board does not say otherwise. */
static const char *why_unknown(struct placing *p, const struct judged_part *part)
{
	const struct rule *r = part->unknown;

	if (r)
		explain_tell(p->x, r);
	return r ? arena_printf(
			   p->x->w->arena,
			   "approval unknown: %s. Record it: pdh edit %lld --approval approved",
			   r->why ? r->why : rules_name(r), (long long)p->a->id)
		 : NULL;
}

static void put_part(struct placing *p, size_t i)
{
	struct explaining *x = p->x;
	const struct judged_part *part = &x->j.verdict.parts[i];
	const struct places s = explain_places(part);
	struct placed *one;

	if (part->state == PART_UNIT) {
		one = put(p, PLACE_UNIT, 0,
			  why_part(x->w, x->h, p->a->credit.unit, part));
		one->credit = (struct credit){x->j.entries[i].amount, p->a->credit.unit};
		tell_needs(p, one, i);
		return;
	}
	if (s.refused)
		tell(p, put(p, PLACE_REFUSED, s.refused, why_refused(p, i)), part->rule);
	if (s.changed)
		put_changed(p, part, s.changed);
	if (s.held)
		put(p, PLACE_HELD, s.held,
		    "used by the cycle before, which it was late for");
	if (s.counted)
		tell_needs(p, put(p, PLACE_COUNTED, s.counted, why_unknown(p, part)), i);
	if (s.aside)
		tell_needs(p, put(p, PLACE_ASIDE, s.aside, why_aside(p, i)), i);
	if (s.cut)
		put_cut(p, s.cut, i);
}

/* What nothing is judged of, or only in windows that look further than the cycle. */
static void put_whole(struct placing *p, enum hours_place place, const char *why,
		      size_t first, size_t n)
{
	const struct activity *a = p->a;
	int64_t worth = 0;
	bool here = rules_worth(&p->x->h->cycle.rules, credit_unit_number(a->credit.unit),
				a->credit.exact, &worth);
	struct placed *one = put(p, place, worth, why);

	if (!here)
		one->credit = a->credit;
	else
		p->to->logged = one->credit;
	for (size_t k = 0; k < n; k++)
		tell_needs(p, one, first + k);
}

/* Of what was done before the cycle some may have been carried over into it, and of what
 * was done after it some may have been late for it. */
static void put_carried(struct placing *p)
{
	struct explaining *x = p->x;
	struct placed *early = &p->to->parts.v[0];

	for (size_t i = 0; i < x->j.n; i++) {
		const struct judged_part *part = &x->j.verdict.parts[i];
		if (part->id != p->a->id ||
		    (part->state != PART_CARRIED && part->state != PART_LATE))
			continue;
		early->credit.exact -= part->value;
		if (part->of_total)
			tell_needs(p,
				   put(p, PLACE_CARRIED, part->of_total,
				       part->state == PART_LATE
					       ? "done late, and counted in this cycle"
					       : "carried over from the cycle before"),
				   i);
		if (part->counted > part->of_total)
			tell_needs(p,
				   put(p, PLACE_ASIDE, part->counted - part->of_total,
				       why_aside(p, i)),
				   i);
		if (part->value > part->counted)
			put_cut(p, part->value - part->counted, i);
		p->to->counted.exact += part->of_total;
		early = &p->to->parts.v[0];
	}
}

#ifdef PDH_CHECKED
#include <stdlib.h>

/* The parts add up to what was logged. */
static void check_entry(const struct entry_explained *to)
{
	int128 sum = 0;

	for (size_t i = 0; i < to->parts.n; i++)
		if (to->logged.unit && to->parts.v[i].credit.unit == to->logged.unit)
			sum += to->parts.v[i].credit.exact;
	if (sum != to->logged.exact)
		abort();
}
#else
static void check_entry(const struct entry_explained *to)
{
	(void)to;
}
#endif

void explain_entry(struct explaining *x, const struct activity *a,
		   struct entry_explained *ret)
{
	struct placing p = {x, a, ret, NULL};
	enum hours_place place;
	size_t first, n;

	shape_none(&shape_entry_explained, ret);
	ret->id = a->id;
	ret->title = a->title;
	ret->done_on = a->done_on;
	ret->credit = a->credit;
	ret->counted = standing_amount(&x->h->cycle, 0);
	const char *why = why_gate(x->w, x->h, &x->j, a, &place, &first, &n);
	if (why) {
		put_whole(&p, place, why, first, n);
		put_carried(&p);
	}
	for (size_t k = 0; !why && k < n; k++) {
		const struct judged_part *part = &x->j.verdict.parts[first + k];
		int64_t ignored;
		p.topic = k < a->split.n
				  ? credit_part(a->split.v[k], x->w->arena, &ignored)
				  : NULL;
		put_part(&p, first + k);
		if (part->state != PART_UNIT)
			ret->logged = standing_amount(&x->h->cycle,
						      ret->logged.exact + part->base);
		ret->counted.exact += explain_places(part).counted;
	}
	check_entry(ret);
}
