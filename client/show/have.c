/* pdh have: degrees, scores, years of work. */
#include "client/show/answers.h"

#include "client/term/table.h"
#include "client/term/text.h"

enum { ID, KIND, TITLE, DETAIL, DAYS, UNTIL, COLUMNS };

static const struct column columns[COLUMNS] = {
	[ID] = {"ID", .right = true},
	[KIND] = {"KIND", .gap = 2},
	[TITLE] = {"WHAT", .gap = 2, .least = 16, .below = true},
	[DETAIL] = {"", .gap = 2, .least = 8},
	[DAYS] = {"WHEN", .gap = 2, .drop = 2},
	[UNTIL] = {"VALID TO", .gap = 2, .drop = 1},
};

/* "master, UNT", "158", "3 sh" */
static const char *detail(const struct show *v, const struct have *h)
{
	const char *text = h->level ? h->level : "";

	if (h->score != INT_NONE)
		text = arena_printf(v->s.a, "%lld", (long long)h->score);
	else if (h->credit.unit)
		text = show_credit(v, h->credit);
	if (!h->place)
		return text;
	return *text ? arena_printf(v->s.a, "%s, %s", text, h->place) : h->place;
}

static const char *days(const struct show *v, const struct have *h)
{
	if (h->from != DATE_NONE && h->on == DATE_NONE)
		return arena_printf(v->s.a, "since %s", show_day(v, h->from));
	return h->from != DATE_NONE && h->from != h->on ? show_span(v, h->from, h->on)
							: show_day(v, h->on);
}

void show_haves(const struct show *v, const struct haves *r)
{
	struct table t = {.s = &v->s, .columns = columns, .n = COLUMNS};

	for (size_t i = 0; i < r->have.n; i++) {
		const struct have *h = &r->have.v[i];
		struct cell *cells = table_row(&t);
		cells[ID].text = arena_printf(v->s.a, "%lld", (long long)h->id);
		cells[KIND].text = have_kind_word(h->kind);
		cells[TITLE].text = h->title;
		cells[DETAIL].text = detail(v, h);
		cells[DAYS].text = days(v, h);
		cells[UNTIL].text = show_day(v, h->expires);
	}
	if (r->have.n)
		table_print(&t);
	else
		screen_line(&v->s,
			    "Nothing yet. Enter a degree, a score or years of work: "
			    "pdh have add exam 5312 --score 158 --on 2026-05-02");
}

void show_have_changed(const struct show *v, const struct have_changed *r)
{
	const struct have *h = r->have;
	const bool removed = v->m == &api_methods[METHOD_have_remove];
	const char *more = h ? detail(v, h) : "", *when = h ? days(v, h) : "";

	if (h)
		screen_line(&v->s, "%s%lld  %s: %s%s%s%s%s", removed ? "removed " : "",
			    (long long)h->id, have_kind_word(h->kind), h->title,
			    *more ? ", " : "", more, *when ? ", " : "", when);
	if (h && h->expires != DATE_NONE)
		screen_field(&v->s, 0, "valid to", show_day(v, h->expires));
	if (h && !removed)
		screen_field(&v->s, 0, "note", h->note);
	show_undo_hint(v, r->dry_run > 0, r->op);
}
