/* Charts, and a year, as documents. */
#include "client/doc/render.h"
#include "client/show/answers.h"
#include "client/show/reports.h"
#include "client/term/text.h"

static const char *beside_text(const struct show *v, const struct total *t, size_t n)
{
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(v->s.a, "%s%s%s in %s", all, i ? ", " : "",
				   show_credit(v, t[i].credit),
				   show_count(v, t[i].entries, "entry", "entries"));
	return all;
}

static const char *name_of(const struct chart *c, const struct hours_of *bar)
{
	if (bar->name)
		return bar->name;
	return show_is(c->by, "kind")	 ? "no kind"
	       : show_is(c->by, "topic") ? "no topic"
					 : "no provider";
}

const char *reports_chart_title(const struct show *v, const struct chart *c)
{
	const char *days = show_span(v, c->from, c->to);
	const char *what = c->alias ? arena_printf(v->s.a, "What counts for %s", c->alias)
				    : "Hours logged";

	if (c->from == DATE_NONE && c->to == DATE_NONE)
		return arena_printf(v->s.a, "%s, by %s", what, c->by);
	return arena_printf(v->s.a, "%s by %s, %s", what, c->by, days);
}

void reports_chart(const struct show *v, const struct chart *c, struct doc *d)
{
	doc_chart(d, arena_printf(v->s.a, "%s: %s in %s", reports_chart_title(v, c),
				  show_credit(v, c->credit),
				  show_count(v, c->entries, "entry", "entries")));
	for (size_t i = 0; i < c->bars.n; i++)
		doc_bar(d, name_of(c, &c->bars.v[i]), show_credit(v, c->bars.v[i].credit),
			c->bars.v[i].credit.exact);
	if (show_is(c->by, "topic"))
		doc_text(d, "An entry with several topics is under each of them.");
	if (c->beside.n)
		doc_text(d, arena_printf(v->s.a, "Beside it: %s.",
					 beside_text(v, c->beside.v, c->beside.n)));
	if (c->opening.unit && c->opening.exact)
		doc_text(d, arena_printf(v->s.a, "An opening balance of %s is in no bar.",
					 show_credit(v, c->opening)));
}

void show_chart(const struct show *v, const struct chart *r)
{
	struct doc d = {.a = v->s.a};

	reports_chart(v, r, &d);
	doc_plain(&d, &v->s);
}

/* ---- a year ----------------------------------------------------------------------------- */

static void add_credentials(const struct show *v, const struct year_report *r,
			    struct doc *d)
{
	static const struct doc_column columns[] = {
		{.head = "Logged", .number = true},
		{.head = "Counts", .number = true},
		{.head = "Credential", .title = true},
	};

	if (r->credentials.n == 0)
		return;
	doc_heading(d, 2, "Credentials");
	doc_table(d, "What the year counts for each credential", columns, 3);
	for (size_t i = 0; i < r->credentials.n; i++) {
		const struct year_credential *c = &r->credentials.v[i];
		const char **cells = doc_row(d);
		cells[0] = show_credit(v, c->logged);
		cells[1] = show_credit(v, c->counted);
		cells[2] = arena_printf(v->s.a, "%s (%s)", c->title ? c->title : c->alias,
					c->alias);
	}
}

void reports_year(const struct show *v, const struct year_report *r, struct doc *d)
{
	const struct {
		const char *head;
		const struct chart *chart;
	} charts[] = {{"By month", r->months},
		      {"By kind", r->kinds},
		      {"By topic", r->topics},
		      {"By provider", r->providers}};

	d->title = r->person ? arena_printf(v->s.a, "%lld: %s", (long long)r->year,
					    r->person)
			     : arena_printf(v->s.a, "%lld", (long long)r->year);
	d->about = arena_printf(v->s.a, "%s in %s.", show_credit(v, r->months->credit),
				show_count(v, r->months->entries, "entry", "entries"));
	add_credentials(v, r, d);
	for (size_t i = 0; i < sizeof(charts) / sizeof(charts[0]); i++) {
		if (charts[i].chart->bars.n == 0)
			continue;
		doc_heading(d, 2, charts[i].head);
		reports_chart(v, charts[i].chart, d);
	}
}

void show_year(const struct show *v, const struct year_report *r)
{
	struct doc d = {.a = v->s.a};

	reports_year(v, r, &d);
	doc_plain(&d, &v->s);
}

static void put_row(const struct show *v, const struct chart *c, const char *name,
		    struct credit credit, int64_t entries, FILE *out)
{
	char amount[CREDIT_TEXT_SIZE];

	credit_format(credit.exact, amount);
	doc_csv_cell(out, c->by, false);
	doc_csv_cell(out, name, false);
	doc_csv_cell(out, amount, false);
	doc_csv_cell(out, credit.unit, false);
	doc_csv_cell(out, arena_printf(v->s.a, "%lld", (long long)entries), true);
}

void reports_year_csv(const struct show *v, const struct year_report *r, FILE *out)
{
	const struct chart *charts[] = {r->months, r->kinds, r->topics, r->providers};

	(void)fputs("by,name,credit,unit,entries\r\n", out);
	for (size_t i = 0; i < sizeof(charts) / sizeof(charts[0]); i++)
		for (size_t k = 0; k < charts[i]->bars.n; k++) {
			const struct hours_of *bar = &charts[i]->bars.v[k];
			int64_t others = 0;
			for (size_t b = 0; b < bar->beside.n; b++) {
				others += bar->beside.v[b].entries;
				put_row(v, charts[i], bar->name, bar->beside.v[b].credit,
					bar->beside.v[b].entries, out);
			}
			if (bar->entries > others || bar->beside.n == 0)
				put_row(v, charts[i], bar->name, bar->credit,
					bar->entries - others, out);
		}
}
