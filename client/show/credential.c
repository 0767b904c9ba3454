/* pdh credential list and show. */
#include "client/show/answers.h"

#include "client/show/question.h"
#include "client/term/table.h"
#include "client/term/text.h"

#include <string.h>

enum { ALIAS, TITLE, NUMBER, TO, STATE, COLUMNS };

static const struct column columns[COLUMNS] = {
	[ALIAS] = {.head = "ALIAS"},
	[TITLE] = {.head = "CREDENTIAL", .gap = 3, .least = 12, .drop = 3},
	[NUMBER] = {.head = "NUMBER", .gap = 3, .drop = 1},
	[TO] = {.head = "CYCLE TO", .gap = 3, .drop = 2, .right = true},
	[STATE] = {.head = "STATE", .gap = 3},
};

static const char *or_dash(const char *text)
{
	return text && *text ? text : "-";
}

/* The daemon masks with asterisks, which every terminal has. */
static const char *number_text(const struct show *v, const char *number)
{
	size_t stars = number ? strspn(number, "*") : 0;

	if (!number || !*number)
		return NULL;
	return v->s.t->utf8 && stars == 4 ? arena_printf(v->s.a, "····%s", number + stars)
					  : number;
}

void show_credentials(const struct show *v, const struct credentials *r)
{
	struct table t = {.s = &v->s, .columns = columns, .n = COLUMNS};

	for (size_t i = 0; i < r->credentials.n; i++) {
		const struct credential *c = &r->credentials.v[i];
		bool retired = c->retired_on != DATE_NONE;
		struct cell *cells = table_row(&t);
		cells[ALIAS].text = c->alias;
		cells[TITLE].text = c->title;
		cells[NUMBER].text = or_dash(number_text(v, c->number));
		cells[TO].text = retired ? "-" : or_dash(show_day(v, c->expires));
		cells[STATE] =
			(struct cell){show_state(v, c->state), show_state_tint(c->state)};
	}
	table_print(&t);
	if (r->credentials.n == 0)
		screen_line(
			&v->s,
			"No credential yet. Add one: pdh credential add, or pdh init");
}

/* ---- pdh credential show ------------------------------------------------------------------------ */

enum { LABEL = 12 };

static const char *hours_text(const struct show *v, const struct cycle *y)
{
	struct arena *a = v->s.a;

	if (!y->required.unit)
		return y->counted.exact ? show_credit(v, y->counted) : NULL;
	return arena_printf(
		a, "%s / %s" NBSP "%s",
		show_number(v, y->counted.exact, show_decimals(y->counted.exact)),
		show_whole(v, y->required.exact), show_unit(y->required));
}

static const char *cycle_text(const struct show *v, const struct cycle *y)
{
	struct arena *a = v->s.a;
	const char *text = show_span(v, y->from, y->to), *hours = hours_text(v, y);

	if (y->closed_on != DATE_NONE)
		text = arena_printf(a, "%s, closed %s", text, show_day(v, y->closed_on));
	else if (y->days_left != INT_NONE)
		text = arena_printf(a, "%s, %s", text, show_days_left(v, y->days_left));
	if (hours)
		text = arena_printf(a, "%s\n%s", text, hours);
	if (y->pack)
		text = arena_printf(a, "%s%s%s", text, hours ? screen_dot(&v->s) : "\n",
				    show_pack_name(v, y->pack, y->version));
	if (y->keep_proof != DATE_NONE)
		text = arena_printf(a, "%s\nkeep proof until %s", text,
				    show_day(v, y->keep_proof));
	return text;
}

static void show_cycles(const struct show *v, const struct credential *c)
{
	size_t past = 0;

	if (c->cycles.n == 0 && c->cycle)
		screen_field(&v->s, LABEL, "cycle", cycle_text(v, c->cycle));
	for (size_t i = 0; i < c->cycles.n; i++) {
		const struct cycle *y = &c->cycles.v[i];
		bool closed = y->closed_on != DATE_NONE;
		screen_field(&v->s, LABEL,
			     !closed  ? "cycle"
			     : past++ ? ""
				      : "before",
			     cycle_text(v, y));
	}
}

static void show_pauses(const struct show *v, const struct credential *c)
{
	for (size_t i = 0; i < c->pauses.n; i++) {
		const struct pause *p = &c->pauses.v[i];
		const char *days = show_span(v, p->from, p->to);
		screen_field(&v->s, LABEL, i ? "" : "paused",
			     p->why && *p->why
				     ? arena_printf(v->s.a, "%s, %s", days, p->why)
				     : days);
	}
}

/* "by rule apply, 19 TAC 232.11 (confirmed); not before 1 Mar 2027" */
static const char *source_text(const struct show *v, const struct item *item)
{
	struct arena *a = v->s.a;
	const char *text = arena_printf(a, "by rule %s", item->rule);

	if (item->cite)
		text = arena_printf(a, "%s, %s (%s)", text, item->cite,
				    item->mark ? source_mark_word(item->mark)
					       : "no mark");
	if (item->level == RULE_LEVEL_SHOULD)
		text = arena_printf(a, "%s; advised", text);
	if (item->level == RULE_LEVEL_UNSURE)
		text = arena_printf(a, "%s; not sure", text);
	if (item->opens != DATE_NONE)
		text = arena_printf(a, "%s; not before %s", text,
				    show_day(v, item->opens));
	if (item->late_until != DATE_NONE)
		text = arena_printf(a, "%s; late until %s", text,
				    show_day(v, item->late_until));
	if (item->fee)
		text = arena_printf(a, "%s, for %s", text, item->fee);
	return text;
}

/* Which rules ask for which items. */
static void show_sources(const struct show *v, const struct credential *c)
{
	bool any = false;

	for (size_t i = 0; i < c->items.n; i++)
		any = any || c->items.v[i].rule;
	if (any)
		screen_end(&v->s);
	for (size_t i = 0; i < c->items.n; i++)
		if (c->items.v[i].rule)
			screen_field(&v->s, LABEL,
				     arena_printf(v->s.a, "item %lld",
						  (long long)c->items.v[i].id),
				     arena_printf(v->s.a, "%s\n%s",
						  source_text(v, &c->items.v[i]),
						  show_item_question(v, &c->items.v[i])));
}

static void show_items(const struct show *v, const struct credential *c)
{
	static const struct column item_columns[] = {
		{"ITEM", .right = true},
		{"KIND", .gap = 2, .drop = 1},
		{"WHAT", .gap = 2, .least = 16, .below = true},
		{"WHEN", .gap = 2, .drop = 2},
		{"STATE", .gap = 2},
	};
	struct table t = {.s = &v->s, .columns = item_columns, .n = 5};

	for (size_t i = 0; i < c->items.n; i++) {
		const struct item *item = &c->items.v[i];
		struct cell *cells = table_row(&t);
		cells[0].text = arena_printf(v->s.a, "%lld", (long long)item->id);
		cells[1].text = show_item_label(item);
		cells[2].text = item->title;
		cells[3].text = show_item(v, item);
		cells[4] = (struct cell){show_spaced(v, item_state_word(item->state)),
					 show_item_tint(item)};
	}
	if (c->items.n)
		screen_end(&v->s);
	table_print(&t);
	show_sources(v, c);
}

/* Values of one fact stand under each other, the days on which each holds beside it. */
static void show_facts(const struct show *v, const struct credential *c)
{
	for (size_t i = 0; i < c->facts.n; i++) {
		const struct fact *f = &c->facts.v[i];
		bool again = i > 0 && show_is(f->name, c->facts.v[i - 1].name);
		const char *text = f->value;
		if (f->from != DATE_NONE)
			text = arena_printf(v->s.a, "%s, from %s", text,
					    show_day(v, f->from));
		if (f->to != DATE_NONE)
			text = arena_printf(v->s.a, "%s, to %s", text,
					    show_day(v, f->to));
		screen_field(&v->s, LABEL, again ? "" : f->name, text);
	}
}

void show_credential(const struct show *v, const struct credential *c)
{
	const struct screen *s = &v->s;

	show_credential_head(v, c->title, c->alias, c->state);
	screen_field(s, LABEL, "number", number_text(v, c->number));
	screen_field(s, LABEL, "jurisdiction", c->jurisdiction);
	screen_field(s, LABEL, "level", c->level);
	screen_field(s, LABEL, "endorsements", show_texts(v, &c->endorsements, ", "));
	screen_field(s, LABEL, "issued", show_weekday(v, c->issued));
	screen_field(s, LABEL, "retired", show_weekday(v, c->retired_on));
	show_facts(v, c);
	show_unanswered(v, c, LABEL);
	show_cycles(v, c);
	show_pauses(v, c);
	for (size_t i = 0; i < c->undecided.n; i++)
		screen_field(s, LABEL, i ? "" : "undecided", c->undecided.v[i]);
	screen_field(s, LABEL, "note", c->note);
	show_items(v, c);
}
