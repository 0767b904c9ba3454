/* pdh plan: what is still to do for each credential. */
#include "client/show/answers.h"

#include "client/term/text.h"

#include <string.h>

/* Months of 1/12 of 365.2425 days, in tenths. */
static const char *months_text(const struct show *v, int64_t days)
{
	const int64_t month = 1217475, day = 40000;

	if (days < 60)
		return show_days(v, days);
	int64_t tenths = days * day * 10 / month;
	return arena_printf(v->s.a, "%lld.%lld" NBSP "months", (long long)(tenths / 10),
			    (long long)(tenths % 10));
}

static bool is_ahead(const struct goal *g, const struct need *n)
{
	return n->level != RULE_LEVEL_SHOULD && show_goal_credit(g, n) &&
	       (n->state == NEED_STATE_SHORT || n->state == NEED_STATE_COMING);
}

/* What a need asks for in all its years. */
static int64_t of_all_years(const struct goal *g, const char *id)
{
	int64_t sum = 0;

	for (size_t i = 0; i < g->needs.n; i++)
		if (is_ahead(g, &g->needs.v[i]) && show_is(g->needs.v[i].id, id))
			sum += g->needs.v[i].missing.exact;
	return sum;
}

/* What is to be done in all: a need may ask for more than the total still does. */
static struct credit to_do(const struct goal *g)
{
	bool alike = g->least.unit && credit_unit_is_hours(g->least.unit) &&
		     (!g->unit || credit_unit_is_hours(g->unit));
	struct credit all = g->remaining;

	if (alike && g->least.exact > all.exact)
		return g->least;
	for (size_t i = 0; i < g->needs.n; i++) {
		int64_t years = of_all_years(g, g->needs.v[i].id);
		if (years > all.exact)
			all = (struct credit){years, g->needs.v[i].missing.unit};
	}
	return all;
}

static bool has_years_to_come(const struct goal *g)
{
	for (size_t i = 0; i < g->needs.n; i++)
		if (g->needs.v[i].state == NEED_STATE_COMING)
			return true;
	return false;
}

/* ---- above and below them ----------------------------------------------------------------------- */

static size_t things_to_do(const struct goal *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->items.n; i++)
		n += g->items.v[i].level != RULE_LEVEL_SHOULD &&
		     !show_item_is_plain(&g->items.v[i], g->cycle);
	for (size_t i = 0; i < g->needs.n; i++) {
		const struct need *need = &g->needs.v[i];
		n += need->level != RULE_LEVEL_SHOULD && !show_goal_credit(g, need) &&
		     (need->state == NEED_STATE_SHORT ||
		      need->state == NEED_STATE_COMING);
	}
	return n;
}

static const char *until_text(const struct show *v, const struct goal *g)
{
	const struct cycle *y = g->cycle;

	if (!y || y->to == DATE_NONE)
		return "";
	if (y->days_left < 0 && g->late_until != DATE_NONE && g->late_until >= v->today)
		return arena_printf(v->s.a, " in days of grace, by %s",
				    show_day(v, g->late_until));
	if (y->days_left < 0)
		return arena_printf(v->s.a, "; its cycle ended %s", show_day(v, y->to));
	return arena_printf(v->s.a, " in %s, by %s", months_text(v, y->days_left),
			    show_day(v, y->to));
}

static const char *sum_text(const struct show *v, const struct goal *g)
{
	struct arena *a = v->s.a;
	size_t things = things_to_do(g);
	const char *until = until_text(v, g);
	bool hours = to_do(g).exact > 0;

	if (g->suspended || g->exempt)
		return arena_printf(a, "No hours are asked for now: %s.",
				    g->suspended ? g->suspended : g->exempt);
	if (!g->required.unit && !g->least.unit && things == 0)
		return g->cycle && g->cycle->to != DATE_NONE
			       ? arena_printf(a, "No hours are asked for; due %s, %s.",
					      show_day(v, g->cycle->to),
					      show_days_left(v, g->cycle->days_left))
			       : "No hours are asked for, and nothing is due.";
	if (g->met && things == 0)
		return "Everything is met; nothing more is needed in this cycle.";
	if (!hours && things == 0)
		return g->required.unit ? "The total is met, but not every part of it:"
					: "Not everything is met:";
	const char *rest = things == 0 ? ""
			   : hours     ? arena_printf(a, " and %s",
						      show_count(v, (int64_t)things,
								 "thing more", "things more"))
				   : show_count(v, (int64_t)things, "thing", "things");
	return arena_printf(a, "%s%s%s", hours ? show_credit(v, to_do(g)) : "", rest,
			    until);
}

static int64_t in_a_month(int64_t exact, int64_t days)
{
	const int64_t month = 1217475, day = 40000;

	return days * day > month ? (int64_t)((int128)exact * month / (days * day))
				  : exact;
}

/* So much a month is enough, in each of the years that ask for hours of their own: rounded
 * up, so that it is. */
static const char *a_month(const struct show *v, const struct goal *g)
{
	const int64_t tenth = CREDIT_ONE / 10;
	struct credit all = to_do(g);
	int64_t exact = in_a_month(all.exact, g->cycle->days_left);

	for (size_t i = 0; i < g->needs.n; i++) {
		const struct need *n = &g->needs.v[i];
		civil_day from =
			n->from == DATE_NONE || n->from < v->today ? v->today : n->from;
		if (!is_ahead(g, n) || n->to == DATE_NONE || n->to < from)
			continue;
		int64_t own = in_a_month(n->missing.exact, n->to - from + 1);
		exact = own > exact ? own : exact;
	}

	return arena_printf(v->s.a, "%s" NBSP "%s",
			    show_number(v, (exact + tenth - 1) / tenth * tenth, 1),
			    show_unit(all));
}

/* "3.8 h a month gets you there. A day of 6 h a month is enough by 14 Feb 2027." */
static const char *pace_text(const struct show *v, const struct goal *g)
{
	enum { DAY = 6 };
	struct arena *a = v->s.a;
	struct credit all = to_do(g);

	if (all.exact <= 0 || !g->cycle || g->cycle->to == DATE_NONE ||
	    g->cycle->days_left <= 0)
		return NULL;
	const char *text = arena_printf(a, "%s a month gets you there.", a_month(v, g));
	int64_t days = (all.exact + DAY * CREDIT_ONE - 1) / (DAY * CREDIT_ONE);
	if (days > 120 || !credit_unit_is_hours(all.unit) || has_years_to_come(g))
		return text;
	civil_day by = date_add_months(v->today, days);
	if (by > g->cycle->to)
		return text;
	return arena_printf(a, "%s A day of %d" NBSP "h a month is enough by %s.", text,
			    DAY, show_day(v, by));
}

static void show_goal(const struct show *v, const struct goal *g)
{
	int label = show_goal_label(g);

	show_credential_head(v, g->title, g->alias, g->state);
	screen_line(&v->s, "%s", sum_text(v, g));
	if (g->needs.n || g->items.n || g->free.exact > 0)
		screen_end(&v->s);
	show_goal_lines(v, g);
	if (g->planned.unit && g->planned.exact > 0)
		screen_field(&v->s, label, "also",
			     arena_printf(v->s.a, "%s planned already, not counted yet",
					  show_credit(v, g->planned)));
	screen_field(&v->s, label, "pace", pace_text(v, g));
}

/* ---- the whole ---------------------------------------------------------------------------------- */

/* What a credential lacks, by a word that --add knows; NULL if it lacks no hours. */
static const char *lacks(const struct goal *g)
{
	for (size_t k = 0; k < g->needs.n; k++) {
		const struct need *n = &g->needs.v[k];
		if (show_goal_credit(g, n) && n->level == RULE_LEVEL_MUST &&
		    n->state == NEED_STATE_SHORT)
			return n->id;
	}
	return to_do(g).exact > 0 ? "workshop" : NULL;
}

/* A question that may be worth asking. */
static void show_try(const struct show *v, const struct plan *r)
{
	const struct goal *best = NULL;

	for (size_t i = 0; i < r->credentials.n; i++) {
		const struct goal *g = &r->credentials.v[i];
		if (lacks(g) && (!best || to_do(g).exact > to_do(best).exact))
			best = g;
	}
	if (!best)
		return;
	screen_end(&v->s);
	screen_line(&v->s, "Try: pdh plan %s --add \"6h %s monthly\"", best->alias,
		    lacks(best));
}

void show_plan(const struct show *v, const struct plan *r)
{
	if (r->outlooks.n || r->added.n) {
		show_what_if(v, r);
		return;
	}
	if (r->credentials.n == 0)
		screen_line(
			&v->s,
			"No credential yet. Add one: pdh credential add, or pdh init");
	for (size_t i = 0; i < r->credentials.n; i++) {
		if (i)
			screen_end(&v->s);
		show_goal(v, &r->credentials.v[i]);
	}
	show_fewest(v, r);
	show_try(v, r);
}
