/* pdh status: where each credential stands. */
#include "client/show/answers.h"

#include "client/show/needs.h"
#include "client/show/urgency.h"
#include "client/term/bar.h"
#include "client/term/text.h"
#include "common/clock.h"

#include <string.h>

enum {
	FULL = 75,	 /* columns of the whole layout */
	LABEL_LEAST = 8, /* "dyslexia": labels below line up among credentials */
	LABEL_MOST = 20,
	BAR_MOST = 28,
	BAR_LEAST = 8,
};

static const char *title_of(const struct show *v, const struct standing *c)
{
	return arena_printf(v->s.a, "%s (%s)", c->title ? c->title : c->alias, c->alias);
}

/* More days are left than it has. */
static bool has_not_begun(const struct standing *c)
{
	const struct cycle *y = c->cycle;

	return y && y->from != DATE_NONE && y->to != DATE_NONE &&
	       y->days_left != INT_NONE && y->days_left > y->to - y->from;
}

/* The state in capitals; of a cycle that has not begun there is little else to say. */
static const char *state_text(const struct show *v, const struct standing *c)
{
	bool idle = c->state == STATE_ON_PACE || c->state == STATE_NO_HOURS;

	return idle && has_not_begun(c) ? "NOT BEGUN" : show_state_upper(v, c->state);
}

static const char *until_text(const struct show *v, const struct standing *c)
{
	const struct cycle *y = c->cycle;

	if (!y || y->to == DATE_NONE)
		return "no last day";
	const char *left = show_days_left(v, y->days_left);
	if (has_not_begun(c))
		return arena_printf(v->s.a, "from %s to %s", show_day(v, y->from),
				    show_day(v, y->to));
	return arena_printf(v->s.a, "to %s, %s", show_day(v, y->to), left);
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static int width_of(const struct show *v, const char *text)
{
	return text_width(text_safe(v->s.t, v->s.a, text));
}

static int decimals_of(const struct status *r)
{
	for (size_t i = 0; i < r->credentials.n; i++)
		for (size_t j = 0; j < r->credentials.v[i].needs.n; j++) {
			const struct need *n = &r->credentials.v[i].needs.v[j];
			if (show_need_has_bar(n) && show_decimals(n->have.exact) > 1)
				return 2;
		}
	return 1;
}

static bool is_open(const struct standing *c, const struct item *item)
{
	return item->state != ITEM_STATE_DONE && !show_item_is_plain(item, c->cycle);
}

static struct layout measure(const struct show *v, const struct status *r)
{
	struct layout l = {.label = LABEL_LEAST, .decimals = decimals_of(r)};

	for (size_t i = 0; i < r->credentials.n; i++) {
		const struct standing *c = &r->credentials.v[i];
		l.title = larger(l.title, width_of(v, title_of(v, c)));
		l.until = larger(l.until, width_of(v, until_text(v, c)));
		show_needs_measure(v, c, &l);
		for (size_t j = 0; j < c->items.n; j++)
			if (is_open(c, &c->items.v[j]))
				l.label = larger(
					l.label,
					width_of(v, show_item_label(&c->items.v[j])));
	}
	if (l.label > LABEL_MOST)
		l.label = LABEL_MOST;
	int rest = SHOW_INDENT + l.label + 2 + 3 + l.amounts + 5 + l.to_go;
	l.bar = v->s.width - rest - bar_frame(v->s.t);
	if (l.bar > BAR_MOST)
		l.bar = BAR_MOST;
	if (l.bar < BAR_LEAST || v->s.t->no_bars)
		l.bar = 0;
	return l;
}

/* Title, last day and state share a line where there is room; the last days line up. */
static void show_head(const struct show *v, const struct standing *c,
		      const struct layout *l)
{
	enum { LEAST = 30 }; /* columns for title and name beside the rest */
	const char *state = state_text(v, c), *until = until_text(v, c);
	int room = v->s.width - l->until - 2 - (int)strlen("DUE SOON") - 2;

	if (room < LEAST) {
		show_credential_head(v, c->title, c->alias, c->state);
		text_space(v->s.out, SHOW_INDENT);
		screen_text(&v->s, SHOW_INDENT, SHOW_INDENT, until);
		return;
	}
	/* The name in brackets is what commands want: it is the title that is cut. */
	const char *alias = arena_printf(v->s.a, " (%s)", c->alias);
	const char *title = text_safe(v->s.t, v->s.a, c->title);
	title = text_cut(v->s.t, v->s.a, title, room - width_of(v, alias));
	int column = l->title + 5 <= room ? l->title + 5 : room + 2;
	const struct piece pieces[] = {
		{.text = arena_printf(v->s.a, "%s%s", title, alias), .width = column},
		{.text = until, .width = v->s.width - column - width_of(v, state)},
		{.text = state, .tint = show_state_tint(c->state)},
	};
	screen_pieces(&v->s, 0, SHOW_INDENT, pieces, sizeof(pieces) / sizeof(pieces[0]));
	screen_end(&v->s);
}

static void show_items(const struct show *v, const struct standing *c,
		       const struct layout *l)
{
	for (size_t i = 0; i < c->items.n; i++) {
		const struct item *item = &c->items.v[i];
		if (is_open(c, item))
			screen_field(&v->s, l->label, show_item_label(item),
				     arena_printf(v->s.a, "%s, %s%s\n%s", item->title,
						  show_item(v, item),
						  item->level == RULE_LEVEL_SHOULD
							  ? ", advised"
							  : "",
						  show_item_question(v, item)));
	}
}

/* Only where something is to be done about it: a good pace speaks for itself. */
static const char *pace_text(const struct show *v, const struct standing *c)
{
	const struct pace *p = c->pace;
	struct arena *a = v->s.a;

	if (!p || c->remaining.exact <= 0 || show_standing_is_over(c) ||
	    c->state == STATE_PAUSED ||
	    (p->difference.exact >= 0 && p->projected.exact <= 0))
		return NULL;
	const char *text =
		arena_printf(a, "needs %s" NBSP "%s a month; you do %s",
			     show_number(v, p->per_month.exact, 1),
			     show_unit(c->required), show_number(v, p->so_far.exact, 1));
	if (c->state == STATE_ON_PACE)
		return arena_printf(a, "needs %s" NBSP "%s a month",
				    show_number(v, p->per_month.exact, 1),
				    show_unit(c->required));
	if (p->projected.exact <= 0)
		return text;
	return arena_printf(a, "%s: %s" NBSP "%s short on the day", text,
			    show_number(v, p->projected.exact, 1),
			    show_unit(c->required));
}

static const char *grace_text(const struct show *v, const struct standing *c)
{
	if (c->state != STATE_LATE)
		return NULL;
	int64_t left = c->cycle->days_left + (c->late_until - c->cycle->to);
	return arena_printf(v->s.a, "until %s, %s", show_day(v, c->late_until),
			    show_days_left(v, left));
}

static void show_amounts_beside(const struct show *v, const struct standing *c,
				const struct layout *l)
{
	struct arena *a = v->s.a;

	/* What is only tried cannot be explained by its name. */
	bool held = v->m != &api_methods[METHOD_pack_try];
	const char *more =
		held ? arena_printf(a, ": pdh" NBSP "explain" NBSP "%s", c->alias) : "";

	if (c->required.unit && c->logged.exact > c->counted.exact)
		screen_field(
			&v->s, l->label, "logged",
			arena_printf(a, "%s; %s of them do not count%s",
				     show_credit(v, c->logged),
				     show_number(v, c->logged.exact - c->counted.exact,
						 l->decimals),
				     more));
	if (c->cycle && c->cycle->carried.exact > 0)
		screen_field(&v->s, l->label, "carried",
			     arena_printf(a, "%s of it come from the cycle before",
					  show_credit(v, c->cycle->carried)));
	if (c->required.unit && c->planned.exact > 0)
		screen_field(&v->s, l->label, "planned",
			     arena_printf(a, "%s more, not counted yet",
					  show_credit(v, c->planned)));
}

/* Limits where they cut, and what hangs on rules that are not sure. */
static void show_limits(const struct show *v, const struct standing *c,
			const struct layout *l)
{
	struct arena *a = v->s.a;

	for (size_t i = 0; i < c->limits.n; i++) {
		const struct limit *one = &c->limits.v[i];
		if (one->cut.exact > 0)
			screen_field(&v->s, l->label, "limit",
				     arena_printf(a, "%s: at most %s, so %s do not count",
						  one->id, show_credit(v, one->at_most),
						  show_credit(v, one->cut)));
	}
	if (c->otherwise.unit)
		screen_field(&v->s, l->label, "unsure",
			     arena_printf(a,
					  "%s if the rules that are not sure do not hold",
					  show_credit(v, c->otherwise)));
}

/* That a board asks for no hours is an answer; that a clearance has none goes without
 * saying, and so of what a person made. */
static bool asks_for_none(const struct standing *c)
{
	return !c->required.unit && !c->needs.n && !c->suspended && !c->exempt &&
	       c->jurisdiction && !show_is(c->pack, "clearance") &&
	       !show_is_made_by_hand(c->pack);
}

/* "steps   ██████░░░░   3 of 7", of what is pursued. */
static void show_steps(const struct show *v, const struct standing *c,
		       const struct layout *l)
{
	int64_t done = 0;

	if (c->state != STATE_PURSUED || c->items.n == 0)
		return;
	for (size_t i = 0; i < c->items.n; i++)
		done += c->items.v[i].done_on != DATE_NONE;
	screen_field(&v->s, l->label, "steps",
		     arena_printf(v->s.a, "%s%s%lld of %zu, pdh path %s",
				  l->bar ? bar_text(v->s.t, v->s.a, l->bar, done, 0,
						    (int64_t)c->items.n)
					 : "",
				  l->bar ? "  " : "", (long long)done, c->items.n,
				  c->alias));
}

static void show_standing(const struct show *v, const struct standing *c,
			  const struct layout *l)
{
	screen_end(&v->s);
	show_head(v, c, l);
	show_needs(v, c, l);
	screen_field(&v->s, l->label, "exempt", c->exempt);
	screen_field(&v->s, l->label, "no hours", c->suspended);
	if (asks_for_none(c))
		screen_field(&v->s, l->label, "no hours", "none are asked for");
	screen_field(&v->s, l->label, "grace", grace_text(v, c));
	show_steps(v, c, l);
	show_items(v, c, l);
	show_limits(v, c, l);
	screen_field(&v->s, l->label, "pace", pace_text(v, c));
	show_amounts_beside(v, c, l);
}

static bool has_marker(const struct show *v, const struct status *r,
		       const struct layout *l)
{
	for (size_t i = 0; l->bar && i < r->credentials.n; i++) {
		const struct standing *c = &r->credentials.v[i];
		if (c->pace && c->needs.n && !show_standing_is_over(c))
			return true;
	}
	(void)v;
	return false;
}

static bool has_rules(const struct status *r)
{
	for (size_t i = 0; i < r->credentials.n; i++)
		if (r->credentials.v[i].needs.n)
			return true;
	return false;
}

/* No line is longer than the whole layout, however wide the terminal is. */
static struct show narrowed(const struct show *given)
{
	struct show v = *given;

	if (v.s.width > FULL)
		v.s.width = FULL;
	return v;
}

void show_standings(const struct show *given, const struct status *r)
{
	const struct show v = narrowed(given);
	const struct piece day = {.text = show_weekday(&v, r->as_of)};
	const struct layout l = measure(&v, r);

	screen_ends(&v.s, r->person ? r->person : "", &day);
	if (r->credentials.n == 0)
		screen_line(
			&v.s,
			"No credential yet. Add one: pdh credential add, or pdh init");
	for (size_t i = 0; i < r->credentials.n; i++)
		show_standing(&v, &r->credentials.v[i], &l);
	if (r->credentials.n)
		screen_end(&v.s);
	if (has_marker(&v, r, &l))
		screen_line(&v.s, "%s is where an even pace would be today.",
			    v.s.t->utf8 ? BAR_MARKER : "|");
}

void show_running(const struct show *v, const struct running *r)
{
	char since[TIME_HUMAN_SIZE];

	time_format_human(r->began_at, since);
	const char *length =
		r->minutes < 60 ? arena_printf(v->s.a, "%lld min", (long long)r->minutes)
				: arena_printf(v->s.a, "%lld h %lld min",
					       (long long)r->minutes / 60,
					       (long long)r->minutes % 60);
	screen_line(&v->s, "Running since %s, %s%s%s", since, length,
		    r->title ? ": " : "", r->title ? r->title : "");
	screen_line(&v->s, "Log it: pdh stop%s", r->title ? "" : " TITLE");
}

void show_status(const struct show *given, const struct status *r)
{
	const struct show v = narrowed(given);
	const struct status sorted = show_by_urgency(&v, r);
	const char *next = show_next_step(&v, &sorted);

	show_standings(&v, &sorted);
	if (r->running)
		show_running(&v, r->running);
	for (size_t i = 0; i < r->notices.n; i++)
		screen_line(&v.s, "%s", r->notices.v[i]);
	if (has_rules(r))
		screen_line(&v.s, "An estimate. Your board has the final say.");
	if (next)
		screen_line(&v.s, "Next: %s", next);
}
