/* The lines of pdh status about needs: bars where they ask for hours, words where they do not. */
#include "client/show/needs.h"

#include "client/term/bar.h"
#include "client/term/text.h"

#include <string.h>

#define UNDECIDED "unsure"

bool show_need_has_bar(const struct need *n)
{
	static const char *const things[] = {"activity", "kind",  "format", "role",
					     "provider", "topic", "course", "approval",
					     "duty",	 "unit"};

	if (n->state == NEED_STATE_NOT_APPLYING || n->state == NEED_STATE_UNDECIDED ||
	    n->need.exact == 0)
		return false;
	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++)
		if (show_is(n->need.unit, things[i]))
			return false;
	return true;
}

static const char *amounts_text(const struct show *v, const struct need *n, int decimals)
{
	return arena_printf(v->s.a, "%s / %s" NBSP "%s",
			    show_number(v, n->have.exact, decimals),
			    show_whole(v, n->need.exact), show_unit(n->need));
}

bool show_standing_is_over(const struct standing *c)
{
	return c->state == STATE_LAPSED || c->state == STATE_LATE;
}

static const char *to_go_text(const struct show *v, const struct standing *c,
			      const struct need *n, int decimals)
{
	if (n->missing.exact == 0)
		return n->state == NEED_STATE_SO_FAR ? "done" NBSP "this" NBSP "year"
						     : "done";
	return arena_printf(v->s.a, "%s" NBSP "%s",
			    show_number(v, n->missing.exact, decimals),
			    n->state == NEED_STATE_MISSED   ? "missed"
			    : n->level == RULE_LEVEL_SHOULD ? "advised"
			    : show_standing_is_over(c)	    ? "short"
							    : "to" NBSP "go");
}

static int larger(int a, const char *text, const struct show *v)
{
	int b = text_width(text_safe(v->s.t, v->s.a, text));

	return a > b ? a : b;
}

static bool is_undecided(const struct need *n)
{
	return n->state == NEED_STATE_UNDECIDED;
}

void show_needs_measure(const struct show *v, const struct standing *c, struct layout *l)
{
	for (size_t i = 0; i < c->needs.n; i++) {
		const struct need *n = &c->needs.v[i];
		if (n->state == NEED_STATE_NOT_APPLYING)
			continue;
		l->label = larger(l->label, is_undecided(n) ? UNDECIDED : n->id, v);
		if (!show_need_has_bar(n))
			continue;
		l->amounts = larger(l->amounts, amounts_text(v, n, l->decimals), v);
		l->to_go = larger(l->to_go, to_go_text(v, c, n, l->decimals), v);
	}
}

/* "done", "2 of 3 done", "one course, not yet done" */
static const char *words_of_need(const struct show *v, const struct need *n)
{
	struct arena *a = v->s.a;
	const char *title =
		show_is(n->title, n->id) ? "" : arena_printf(a, "%s, ", n->title);

	const char *year = n->state == NEED_STATE_SO_FAR ? " this year" : "";
	if (n->need.exact == 0)
		return arena_printf(a, "%snone %s", title,
				    *year ? "this year" : "in this cycle");
	if (n->missing.exact == 0)
		return arena_printf(a, "%sdone%s", title, year);
	const char *state = n->state == NEED_STATE_MISSED   ? "missed"
			    : n->level == RULE_LEVEL_SHOULD ? "advised"
							    : "not yet done";
	if (n->need.exact <= CREDIT_ONE)
		return arena_printf(a, "%s%s", title, state);
	return arena_printf(a, "%s%s of %s done", title, show_whole(v, n->have.exact),
			    show_whole(v, n->need.exact));
}

/* Of a need for each year the years that were missed stand above the one of the day. */
static void show_which_year(const struct show *v, const struct standing *c,
			    const struct need *n, const struct layout *l)
{
	bool year = n->state == NEED_STATE_MISSED && c->cycle && n->to != c->cycle->to &&
		    n->from != DATE_NONE && n->to != DATE_NONE;

	if (year)
		screen_field(&v->s, l->label, "",
			     arena_printf(v->s.a, "of %s", show_span(v, n->from, n->to)));
}

/* "to come: 20 CPE by 31 Dec 2027, 20 CPE by 31 Dec 2028" */
static void show_coming(const struct show *v, const struct need *n,
			const struct layout *l)
{
	struct arena *a = v->s.a;
	const char *text = "to come:";

	if (n->coming.n == 0 || n->level == RULE_LEVEL_SHOULD)
		return;
	for (size_t i = 0; i < n->coming.n; i++) {
		const struct year_to_come *y = &n->coming.v[i];
		text = arena_printf(a, "%s%s %s" NBSP "%s by %s", text, i ? "," : "",
				    show_whole(v, y->missing.exact),
				    show_unit(y->missing), show_day(v, y->to));
	}
	screen_field(&v->s, l->label, "", text);
}

static void show_need_bar(const struct show *v, const struct standing *c,
			  const struct need *n, const struct layout *l)
{
	/* The marker belongs to the total: what an even pace asks of a part is the same share of it. */
	int64_t even = 0;
	if (c->pace && c->required.exact > 0 && !show_standing_is_over(c))
		even = bar_share(c->pace->expected.exact, c->required.exact,
				 n->need.exact);
	const char *bar = l->bar ? bar_text(v->s.t, v->s.a, l->bar, n->have.exact, even,
					    n->need.exact)
				 : "";
	/* What a bar shows at a glance. */
	const char *words = "";
	if (v->s.t->no_bars && n->need.exact > 0)
		words = arena_printf(
			v->s.a, "%lld%%",
			(long long)bar_share(n->have.exact, n->need.exact, 100));
	if (*words && even > 0)
		words = arena_printf(v->s.a, "%s, even pace %lld%%", words,
				     (long long)bar_share(even, n->need.exact, 100));
	const char *label =
		text_cut(v->s.t, v->s.a, text_safe(v->s.t, v->s.a, n->id), l->label);
	const struct piece pieces[] = {
		{.text = label, .width = l->label},
		{.text = bar, .gap = 2, .width = l->bar ? l->bar + bar_frame(v->s.t) : 0},
		{.text = amounts_text(v, n, l->decimals),
		 .width = l->amounts,
		 .gap = l->bar ? 3 : 2,
		 .right = true},
		{.text = to_go_text(v, c, n, l->decimals),
		 .width = l->to_go,
		 .gap = l->bar ? 5 : 3,
		 .right = true},
		{.text = words, .gap = 3},
	};

	text_space(v->s.out, SHOW_INDENT);
	screen_pieces(&v->s, SHOW_INDENT, 2 * SHOW_INDENT, pieces,
		      sizeof(pieces) / sizeof(pieces[0]));
	screen_end(&v->s);
}

static void show_need(const struct show *v, const struct standing *c,
		      const struct need *n, const struct layout *l)
{
	if (n->state == NEED_STATE_NOT_APPLYING || n->state == NEED_STATE_UNDECIDED)
		return;
	if (show_need_has_bar(n))
		show_need_bar(v, c, n, l);
	else
		screen_field(&v->s, l->label, n->id, words_of_need(v, n));
	show_which_year(v, c, n, l);
	show_coming(v, n, l);
	if (n->missing.exact > 0)
		screen_field(&v->s, l->label, "", n->why);
}

/* ---- what cannot be told ------------------------------------------------------------------------ */

static bool same_why(const struct need *a, const struct need *b)
{
	return is_undecided(a) && is_undecided(b) &&
	       (a->why && b->why ? strcmp(a->why, b->why) == 0 : a->why == b->why);
}

const char *show_need_undecided(const struct show *v, const struct need *all, size_t n,
				size_t i)
{
	const char *names = "";
	size_t alike = 0;

	for (size_t k = 0; k < n; k++) {
		if (!same_why(&all[i], &all[k]))
			continue;
		if (k < i)
			return NULL;
		names = arena_printf(v->s.a, "%s%s%s", names, alike++ ? ", " : "",
				     all[k].id);
	}
	if (alike == 0)
		return NULL;
	return arena_printf(v->s.a, "%s; %s", alike == 1 ? all[i].title : names,
			    all[i].why ? all[i].why : "not sure");
}

/* What the person can tell is told under the name of the credential; what is only tried has none. */
static void show_undecided(const struct show *v, const struct standing *c,
			   const struct layout *l)
{
	bool asked = false;

	for (size_t i = 0; i < c->needs.n; i++) {
		const char *text = show_need_undecided(v, c->needs.v, c->needs.n, i);
		screen_field(&v->s, l->label, UNDECIDED, text);
		asked = asked || (text && c->needs.v[i].why);
	}
	if (asked && v->m != &api_methods[METHOD_pack_try])
		screen_field(&v->s, l->label, "",
			     arena_printf(v->s.a,
					  "Enter it: pdh" NBSP "credential" NBSP
					  "show" NBSP "%s",
					  c->alias));
}

void show_needs(const struct show *v, const struct standing *c, const struct layout *l)
{
	for (size_t i = 0; i < c->needs.n; i++)
		show_need(v, c, &c->needs.v[i], l);
	show_undecided(v, c, l);
}
