/* pdh report audit: what would be found fault with today. */
#include "client/doc/render.h"
#include "client/show/answers.h"
#include "client/show/reports.h"
#include "client/term/text.h"

static void add_entries(const struct show *v, const struct audited *r, struct doc *d)
{
	static const struct doc_column columns[] = {
		{.head = "No.", .number = true},
		{.head = "Day"},
		{.head = "Logged", .number = true},
		{.head = "Activity", .title = true},
		{.head = "What fails", .below = true},
	};

	doc_table(d, "Entries that would be found fault with", columns, 5);
	for (size_t i = 0; i < r->entries.n; i++) {
		const struct audit_entry *e = &r->entries.v[i];
		if (e->fails.n == 0)
			continue;
		const char **cells = doc_row(d);
		cells[0] = arena_printf(v->s.a, "%lld", (long long)e->id);
		cells[1] = show_day(v, e->done_on);
		cells[2] = show_credit(v, e->credit);
		cells[3] = e->title;
		cells[4] = show_texts(v, &e->fails, "; ");
	}
}

void reports_audit(const struct show *v, const struct audited *r, struct doc *d)
{
	struct arena *a = v->s.a;
	const char *looked = show_count(v, (int64_t)r->entries.n, "entry", "entries");

	d->title = arena_printf(a, "Audit: %s (%s)", r->title ? r->title : r->alias,
				r->alias);
	d->about = arena_printf(a, "%s, as of %s. %s",
				show_span(v, r->cycle->from, r->cycle->to),
				show_day(v, r->as_of), REPORTS_LAST_WORD);
	doc_text(d,
		 r->drawn > 0
			 ? arena_printf(a,
					"%s of %lld drawn by credential and day, %lld "
					"would fail today.",
					looked, (long long)r->all, (long long)r->failing)
			 : arena_printf(a, "%s, %lld would fail today.", looked,
					(long long)r->failing));
	add_entries(v, r, d);
	if (r->missing.n || r->overdue.n)
		doc_heading(d, 2, "Still missing");
	for (size_t i = 0; i < r->missing.n; i++)
		doc_item(d, arena_printf(a, "%s: %s", r->missing.v[i].title,
					 reports_need(v, &r->missing.v[i])));
	for (size_t i = 0; i < r->overdue.n; i++)
		doc_item(d, arena_printf(a, "%s: %s", r->overdue.v[i].title,
					 show_item(v, &r->overdue.v[i])));
}

void show_audited(const struct show *v, const struct audited *r)
{
	struct doc d = {.a = v->s.a};

	reports_audit(v, r, &d);
	doc_plain(&d, &v->s);
}
