/* The lines of pdh plan about one credential: what it needs, and the room under limits. */
#include "client/show/answers.h"

#include "client/show/needs.h"
#include "client/term/table.h"
#include "client/term/text.h"

#include <string.h>

bool show_goal_credit(const struct goal *g, const struct need *n)
{
	return show_is(n->missing.unit, g->unit);
}

static const struct column columns[] = {
	{.head = ""},
	{.head = "", .right = true, .gap = 2},
	{.head = "", .gap = 1},
	{.head = "", .least = 16, .gap = 2, .below = true},
	{.head = "", .right = true, .drop = 2, .gap = 2},
	{.head = "", .drop = 1, .gap = 2},
};
enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

/* One line: what, how much, of what, how far it is, by when. */
struct line {
	const char *label, *amount, *unit, *text, *have, *by;
};

static void add_line(const struct show *v, struct table *t, const struct line *l)
{
	struct cell *row = table_row(t);
	const char *const texts[COLUMNS] = {arena_printf(v->s.a, "  %s", l->label),
					    l->amount,
					    l->unit,
					    l->text,
					    l->have,
					    l->by};

	for (size_t i = 0; i < COLUMNS; i++)
		row[i].text = texts[i];
}

static const char *of_text(const struct show *v, int64_t have, int64_t of)
{
	return arena_printf(v->s.a, "%s of %s", show_number(v, have, show_decimals(have)),
			    show_whole(v, of));
}

static const char *label_of(const struct need *n)
{
	if (n->state == NEED_STATE_MISSED)
		return "missed";
	if (n->state == NEED_STATE_UNDECIDED)
		return "unsure";
	return n->level == RULE_LEVEL_SHOULD   ? "advised"
	       : n->level == RULE_LEVEL_UNSURE ? "unsure"
					       : "needed";
}

/* "3 activities, presenting": what is counted in a need that counts no hours. */
static const char *things_text(const struct show *v, const struct need *n)
{
	const char *unit = n->missing.unit;
	bool one = n->missing.exact == CREDIT_ONE, own = show_is(unit, "activity");
	const char *many = own ? "activities" : arena_printf(v->s.a, "%ss", unit);

	return arena_printf(v->s.a, "%s" NBSP "%s, %s", show_whole(v, n->missing.exact),
			    one ? unit : many, n->title);
}

static void add_need(const struct show *v, struct table *t, const struct goal *g,
		     const struct need *n)
{
	struct arena *a = v->s.a;
	bool credit = show_goal_credit(g, n),
	     ends = n->to == DATE_NONE || !g->cycle ||
		    (n->to == g->cycle->to && n->state != NEED_STATE_COMING);
	struct line line = {.label = label_of(n), .text = n->title};

	int64_t missing = n->missing.exact;
	line.amount = credit ? show_number(v, missing, show_decimals(missing)) : "";
	line.unit = credit ? show_unit(n->missing) : "";
	if (!credit)
		line.text = things_text(v, n);
	line.have = credit ? of_text(v, n->have.exact, n->need.exact)
			   : arena_printf(a, "%s of %s", show_whole(v, n->have.exact),
					  show_whole(v, n->need.exact));
	if (!ends)
		line.by = arena_printf(a, "by %s", show_day(v, n->to));
	add_line(v, t, &line);
}

static void add_amount(const struct show *v, struct table *t, const char *label,
		       struct credit c, const char *text, const char *have)
{
	const char *amount = show_number(v, c.exact, show_decimals(c.exact));

	add_line(v, t, &(struct line){label, amount, show_unit(c), text, have, NULL});
}

static bool is_of_today(const struct show *v, const struct limit *l)
{
	return (l->from == DATE_NONE || l->from <= v->today) &&
	       (l->to == DATE_NONE || l->to >= v->today);
}

static void add_limits(const struct show *v, struct table *t, const struct goal *g)
{
	for (size_t i = 0; i < g->limits.n; i++) {
		const struct limit *l = &g->limits.v[i];
		const char *sure = l->level == RULE_LEVEL_UNSURE ? ", if it holds" : "";
		if (is_of_today(v, l))
			add_amount(v, t, l->left.exact > 0 ? "room" : "full", l->left,
				   arena_printf(v->s.a,
						l->left.exact > 0 ? "%s left%s"
								  : "%s: cap reached%s",
						l->title, sure),
				   of_text(v, l->used.exact, l->at_most.exact));
	}
}

int show_goal_label(const struct goal *g)
{
	int width = (int)strlen("needed");

	for (size_t i = 0; i < g->needs.n; i++) {
		int w = text_width(label_of(&g->needs.v[i]));
		width = w > width ? w : width;
	}
	for (size_t i = 0; i < g->items.n; i++) {
		int w = text_width(show_item_label(&g->items.v[i]));
		if (w > width && !show_item_is_plain(&g->items.v[i], g->cycle))
			width = w;
	}
	return width;
}

/* What has no amount is told in sentences. */
static void show_sentences(const struct show *v, const struct goal *g)
{
	struct arena *a = v->s.a;
	int label = show_goal_label(g);

	for (size_t i = 0; i < g->needs.n; i++)
		screen_field(&v->s, label, label_of(&g->needs.v[i]),
			     show_need_undecided(v, g->needs.v, g->needs.n, i));
	for (size_t i = 0; i < g->items.n; i++)
		if (!show_item_is_plain(&g->items.v[i], g->cycle))
			screen_field(&v->s, label, show_item_label(&g->items.v[i]),
				     arena_printf(a, "%s, %s", g->items.v[i].title,
						  show_item(v, &g->items.v[i])));
}

void show_goal_lines(const struct show *v, const struct goal *g)
{
	struct table t = {.s = &v->s, .columns = columns, .n = COLUMNS, .headless = true};

	for (size_t i = 0; i < g->needs.n; i++)
		if (g->needs.v[i].state != NEED_STATE_UNDECIDED)
			add_need(v, &t, g, &g->needs.v[i]);
	if (g->free.exact > 0)
		add_amount(v, &t, "free", g->free, "anything that counts",
			   of_text(v, g->counted.exact, g->required.exact));
	if (!g->met)
		add_limits(v, &t, g);
	if (t.rows) {
		/* The labels of the sentences below may be longer. */
		t.cells[0].text =
			arena_printf(v->s.a, "%-*s", SHOW_INDENT + show_goal_label(g),
				     t.cells[0].text);
		table_print(&t);
	}
	show_sentences(v, g);
}
