/* pdh rules diff: what two sets of rules say differently, and what that means in hours. */
#include "client/show/answers.h"

#include "client/term/text.h"

#include <string.h>

enum { LABEL_LEAST = 8, LABEL_MOST = 22 };

/* ---- what differs ----------------------------------------------------------------------- */

struct part {
	const struct pack_difference *v;
	size_t n;
	const char *word; /* before the name of each; "" for none */
};

enum { PARTS = 6 };

static void parts_of(const struct packs_compared *r, struct part ret[PARTS])
{
	const struct part parts[PARTS] = {
		{r->rules.v, r->rules.n, ""},
		{r->units.v, r->units.n, ""},
		{r->calendar.v, r->calendar.n, "cycle "},
		{r->facts.v, r->facts.n, "asks "},
		{r->sources.v, r->sources.n, "source "},
		{r->head.v, r->head.n, ""},
	};

	memcpy(ret, parts, sizeof(parts));
}

static const char *label_of(const struct show *v, const struct part *p,
			    const struct pack_difference *d)
{
	return arena_printf(v->s.a, "%s%s", p->word, d->id);
}

static const char *text_of(const struct show *v, const struct pack_difference *d)
{
	if (!d->before)
		return arena_printf(v->s.a, "new: %s", d->after ? d->after : "");
	if (!d->after)
		return arena_printf(v->s.a, "gone: %s", d->before);
	return arena_printf(v->s.a, "%s -> %s", d->before, d->after);
}

static int width_of(const struct show *v, const struct part *parts)
{
	int width = LABEL_LEAST;

	for (size_t i = 0; i < PARTS; i++)
		for (size_t k = 0; k < parts[i].n; k++) {
			const char *label = label_of(v, &parts[i], &parts[i].v[k]);
			int w = text_width(text_safe(v->s.t, v->s.a, label));
			width = w > width ? w : width;
		}
	return width < LABEL_MOST ? width : LABEL_MOST;
}

static void show_differing(const struct show *v, const struct packs_compared *r)
{
	struct part parts[PARTS];
	size_t n = 0;

	parts_of(r, parts);
	const int label = width_of(v, parts);
	for (size_t i = 0; i < PARTS; i++)
		for (size_t k = 0; k < parts[i].n; k++, n++)
			screen_field(&v->s, label, label_of(v, &parts[i], &parts[i].v[k]),
				     text_of(v, &parts[i].v[k]));
	if (n == 0)
		screen_line(&v->s, "Both say the same.");
}

/* "2026.1", with where it is from where that alone tells the two apart. */
static const char *side_text(const struct show *v, const struct pack_side *s,
			     const struct pack_side *other)
{
	const char *version = s->version ? s->version : "";

	if (!show_is(other->version, version) || !s->from)
		return version;
	return arena_printf(v->s.a, "%s (%s)", version, s->from);
}

static void show_sides(const struct show *v, const struct pack_side *a,
		       const struct pack_side *b)
{
	const bool same = show_is(a->pack, b->pack);

	screen_line(&v->s, "%s %s -> %s%s%s", a->pack, side_text(v, a, b),
		    same ? "" : b->pack, same ? "" : " ", side_text(v, b, a));
}

/* ---- what it means ---------------------------------------------------------------------- */

static const char *hours_text(const struct show *v, const struct standing *c)
{
	const int decimals = show_decimals(c->counted.exact);

	if (!c->required.unit)
		return arena_printf(v->s.a, "%s with none required",
				    show_credit(v, c->counted));
	return arena_printf(v->s.a, "%s / %s" NBSP "%s",
			    show_number(v, c->counted.exact, decimals),
			    show_whole(v, c->required.exact), show_unit(c->required));
}

static bool is_the_same(const struct pack_effect *x)
{
	return x->added.unit && x->added.exact == 0 && x->before && x->after &&
	       x->before->required.exact == x->after->required.exact;
}

/* What comes between the condition and what follows from it: ": -10.0 h,". */
static const char *change_text(const struct show *v, const struct pack_effect *x)
{
	if (!x->added.unit)
		return ",";
	return arena_printf(v->s.a, ": %s" NBSP "%s,",
			    show_signed(v, x->added.exact, show_decimals(x->added.exact)),
			    show_unit(x->added));
}

/* "If it bound you: -10.0 h, tx-lib would be 124.0 / 200 h." */
static void show_hours(const struct show *v, const struct packs_compared *r,
		       const struct pack_effect *x)
{
	const char *is = hours_text(v, x->after), *was = hours_text(v, x->before);

	if (!show_is(r->before->pack, r->after->pack))
		screen_line(&v->s, "Under %s%s %s would be %s instead of %s.",
			    r->after->pack, change_text(v, x), x->alias, is, was);
	else if (is_the_same(x))
		screen_line(&v->s, "For %s both come to %s.", x->alias, is);
	else if (x->judged > 0)
		screen_line(&v->s, "It judges %s already%s %s instead of %s.", x->alias,
			    change_text(v, x), is, was);
	else if (x->binds > 0)
		screen_line(&v->s, "It binds you%s %s comes to %s; now %s.",
			    change_text(v, x), x->alias, is, was);
	else
		screen_line(&v->s, "If it bound you%s %s would be %s; now %s.",
			    change_text(v, x), x->alias, is, was);
}

/* The same need on the other side: one for each year may be there several times, once for each
 * year that was missed. */
static const struct need *need_like(const struct standing *c, const struct need *n)
{
	const struct need *found = NULL;

	for (size_t i = 0; c && i < c->needs.n; i++) {
		const struct need *one = &c->needs.v[i];
		if (!show_is(one->id, n->id))
			continue;
		if (one->from == n->from)
			return one;
		found = one;
	}
	return found;
}

/* Things that are counted have whole numbers and no unit. */
static const char *need_text(const struct show *v, const struct standing *c,
			     const struct need *n)
{
	if (!n)
		return "not asked";
	if (n->state == NEED_STATE_NOT_APPLYING)
		return "does not apply";
	if (n->state == NEED_STATE_UNDECIDED)
		return "cannot be told";
	if (n->missing.exact == 0)
		return n->state == NEED_STATE_SO_FAR ? "done this year" : "done";
	const bool hours =
		c->unit && n->need.unit &&
		strcmp(credit_unit_brief(n->need.unit), credit_unit_brief(c->unit)) == 0;
	return arena_printf(v->s.a, "%s" NBSP "%s",
			    hours ? show_credit(v, n->missing)
				  : show_whole(v, n->missing.exact),
			    n->state == NEED_STATE_MISSED ? "missed" : "to" NBSP "go");
}

static void show_need(const struct show *v, const struct pack_effect *x,
		      const struct need *was, const struct need *is)
{
	enum { LABEL = 14 };
	const char *before = need_text(v, x->before, was);
	const char *after = need_text(v, x->after, is);

	if (strcmp(before, after) != 0)
		screen_field(&v->s, LABEL, is ? is->id : was->id,
			     arena_printf(v->s.a, "%s -> %s", before, after));
}

static void show_needs(const struct show *v, const struct pack_effect *x)
{
	for (size_t i = 0; i < x->after->needs.n; i++) {
		const struct need *is = &x->after->needs.v[i];
		show_need(v, x, need_like(x->before, is), is);
	}
	for (size_t i = 0; i < x->before->needs.n; i++) {
		const struct need *was = &x->before->needs.v[i];
		if (!need_like(x->after, was))
			show_need(v, x, was, NULL);
	}
}

static const char *adopt_text(const struct show *v, const struct packs_compared *r,
			      const struct pack_effect *x)
{
	return r->after->now > 0
		       ? arena_printf(v->s.a, " To take it over: pdh rules adopt %s",
				      x->alias)
		       : "";
}

static void show_unknown_force(const struct show *v, const struct packs_compared *r,
			       const struct pack_effect *x)
{
	screen_line(
		&v->s,
		"It does not say from which day it binds; your board does. Your cycle "
		"keeps its rules until it is renewed.%s",
		adopt_text(v, r, x));
}

/* "on or after 1 Sep 2027", "from 1 Sep 2022 to 31 Aug 2027" */
static const char *force_text(const struct show *v, const struct pack_effect *x)
{
	if (x->until == DATE_NONE)
		return arena_printf(v->s.a, "on or after %s", show_day(v, x->from));
	if (x->from == DATE_NONE)
		return arena_printf(v->s.a, "on or before %s", show_day(v, x->until));
	return arena_printf(v->s.a, "from %s", show_span(v, x->from, x->until));
}

static void show_known_force(const struct show *v, const struct packs_compared *r,
			     const struct pack_effect *x)
{
	const char *cycles = force_text(v, x), *began = show_day(v, x->begins);

	if (x->binds > 0)
		screen_line(&v->s, "It binds cycles that begin %s, and yours began %s.%s",
			    cycles, began, adopt_text(v, r, x));
	else
		screen_line(&v->s,
			    "It binds cycles that begin %s. Yours began %s: no change "
			    "now%s.",
			    cycles, began,
			    x->next > 0 ? ", and the next cycle will use it" : "");
}

/* From when it binds, and what becomes of the open cycle. */
static void show_force(const struct show *v, const struct packs_compared *r,
		       const struct pack_effect *x)
{
	if (x->judged > 0 || !show_is(r->before->pack, r->after->pack))
		return;
	if (x->binds == BOOL_NONE)
		show_unknown_force(v, r, x);
	else
		show_known_force(v, r, x);
	if (x->besides.n == 0 || x->binds > 0)
		return;
	screen_line(&v->s, "These of its rules bind yours all the same: %s.%s",
		    show_texts(v, &x->besides, "; "), adopt_text(v, r, x));
}

void show_compared(const struct show *v, const struct packs_compared *r)
{
	if (!r->before || !r->after)
		return;
	show_sides(v, r->before, r->after);
	show_differing(v, r);
	for (size_t i = 0; i < r->effects.n; i++) {
		const struct pack_effect *x = &r->effects.v[i];
		if (!x->before || !x->after)
			continue;
		screen_end(&v->s);
		show_hours(v, r, x);
		show_needs(v, x);
		show_force(v, r, x);
	}
	if (r->effects.n == 0) {
		screen_end(&v->s);
		screen_line(&v->s, "You hold no credential of this pack.");
	}
}
