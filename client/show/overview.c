/* Everything on one page. */
#include "client/doc/render.h"
#include "client/show/answers.h"
#include "client/show/reports.h"
#include "client/term/text.h"

/* ---- one credential --------------------------------------------------------------------- */

static void add_fields(const struct show *v, const struct standing *c, struct doc *d)
{
	const struct cycle *y = c->cycle;

	doc_field(d, "State", show_state(v, c->state));
	if (y)
		doc_field(d, "Cycle", show_span(v, y->from, y->to));
	if (y && y->to != DATE_NONE)
		doc_field(d, "Left", show_days_left(v, y->days_left));
	if (y)
		doc_field(d, "Rules", show_pack_name(v, y->pack, y->version));
	if (c->planned.unit && c->planned.exact)
		doc_field(d, "Planned", show_credit(v, c->planned));
	doc_field(d, "Exempt", c->exempt);
	doc_field(d, "Suspended", c->suspended);
}

static void add_bar(const struct show *v, const struct standing *c, struct doc *d)
{
	if (!c->required.unit || c->required.exact <= 0)
		return;
	const char *text = arena_printf(
		v->s.a, "%s of %s" NBSP "%s count", show_credit(v, c->counted),
		show_whole(v, c->required.exact), show_unit(c->required));
	if (c->pace)
		text = arena_printf(v->s.a, "%s; an even pace would have %s", text,
				    show_credit(v, c->pace->expected));
	doc_progress(d, text, c->counted.exact, c->pace ? c->pace->expected.exact : -1,
		     c->required.exact);
}

static void add_needs(const struct show *v, const struct standing *c, struct doc *d)
{
	static const struct doc_column columns[] = {
		{.head = "Requirement", .title = true},
		{.head = "How far", .below = true},
		{.head = "Source", .below = true},
	};

	if (c->needs.n == 0)
		return;
	doc_heading(d, 3, "Requirements");
	doc_table(d,
		  arena_printf(v->s.a, "Requirements of %s",
			       c->title ? c->title : c->alias),
		  columns, 3);
	for (size_t i = 0; i < c->needs.n; i++) {
		const char **cells = doc_row(d);
		cells[0] = c->needs.v[i].title;
		cells[1] = reports_need(v, &c->needs.v[i]);
		cells[2] = c->needs.v[i].cite;
	}
}

static void add_items(const struct show *v, const struct standing *c, struct doc *d)
{
	if (c->items.n == 0)
		return;
	doc_heading(d, 3, "Deadlines");
	for (size_t i = 0; i < c->items.n; i++)
		doc_item(d, arena_printf(v->s.a, "%s: %s", c->items.v[i].title,
					 show_item(v, &c->items.v[i])));
}

static bool is_missing(const struct need *n)
{
	return n->level != RULE_LEVEL_SHOULD &&
	       (n->state == NEED_STATE_SHORT || n->state == NEED_STATE_MISSED ||
		n->state == NEED_STATE_UNDECIDED);
}

static void add_missing(const struct show *v, const struct standing *c, struct doc *d)
{
	bool any = false;

	for (size_t i = 0; i < c->needs.n; i++) {
		const struct need *n = &c->needs.v[i];
		if (!is_missing(n))
			continue;
		if (!any)
			doc_heading(d, 3, "Still missing");
		any = true;
		doc_item(d, arena_printf(v->s.a, "%s: %s", n->title, reports_need(v, n)));
	}
}

static void add_credential(const struct show *v, const struct standing *c, struct doc *d)
{
	doc_heading(d, 2,
		    arena_printf(v->s.a, "%s (%s)", c->title ? c->title : c->alias,
				 c->alias));
	add_fields(v, c, d);
	add_bar(v, c, d);
	add_missing(v, c, d);
	add_items(v, c, d);
	add_needs(v, c, d);
}

/* ---- charts and entries ----------------------------------------------------------------- */

static void add_charts(const struct show *v, const struct overview *r, struct doc *d)
{
	const struct chart *charts[] = {r->months, r->kinds, r->topics};

	doc_heading(d, 2, "Charts");
	for (size_t i = 0; i < sizeof(charts) / sizeof(charts[0]); i++)
		reports_chart(v, charts[i], d);
}

static const char *counts_text(const struct show *v, const struct activity *a)
{
	const char *all = "";

	for (size_t i = 0; a->planned <= 0 && i < a->counts.n; i++) {
		const struct count *c = &a->counts.v[i];
		all = arena_printf(v->s.a, "%s%s%s %s", all, *all ? ", " : "", c->alias,
				   show_credit(v, c->counted));
	}
	return a->planned > 0 ? "planned" : all;
}

static void add_entries(const struct show *v, const struct overview *r, struct doc *d)
{
	static const struct doc_column columns[] = {
		{.head = "No.", .number = true},    {.head = "Day"},
		{.head = "Logged", .number = true}, {.head = "Activity", .title = true},
		{.head = "Details", .below = true}, {.head = "Counts", .below = true},
	};

	doc_heading(d, 2, "Entries");
	doc_text(d, arena_printf(v->s.a, "%s.",
				 r->from == DATE_NONE && r->to == DATE_NONE
					 ? "All there are"
					 : show_span(v, r->from, r->to)));
	doc_table(d, "Entries, newest first", columns, 6);
	for (size_t i = 0; i < r->activities.n; i++) {
		const struct activity *a = &r->activities.v[i];
		const char **cells = doc_row(d);
		cells[0] = arena_printf(v->s.a, "%lld", (long long)a->id);
		cells[1] = show_day(v, a->done_on);
		cells[2] = show_credit(v, a->credit);
		cells[3] = a->title;
		cells[4] = reports_details(v, a);
		cells[5] = counts_text(v, a);
	}
}

void reports_overview(const struct show *v, const struct overview *r, struct doc *d)
{
	const struct status *s = r->status;

	d->title = s->person ? arena_printf(v->s.a, "Professional development: %s",
					    s->person)
			     : "Professional development";
	d->about = arena_printf(v->s.a, "As of %s. %s", show_day(v, s->as_of),
				REPORTS_LAST_WORD);
	for (size_t i = 0; i < s->credentials.n; i++)
		add_credential(v, &s->credentials.v[i], d);
	if (s->notices.n)
		doc_heading(d, 2, "Notices");
	for (size_t i = 0; i < s->notices.n; i++)
		doc_item(d, s->notices.v[i]);
	add_charts(v, r, d);
	add_entries(v, r, d);
}

void show_overview(const struct show *v, const struct overview *r)
{
	struct doc d = {.a = v->s.a};

	reports_overview(v, r, &d);
	doc_plain(&d, &v->s);
}
