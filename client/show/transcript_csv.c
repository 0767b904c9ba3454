/* The entries of a transcript as CSV: for programs, which want amounts and not sentences. */
#include "client/doc/render.h"
#include "client/show/reports.h"

static const char *iso(const struct show *v, civil_day day)
{
	char text[DATE_ISO_SIZE];

	if (day == DATE_NONE)
		return "";
	date_format_iso(day, text);
	return arena_dup(v->s.a, text);
}

static const char *exact(const struct show *v, struct credit c)
{
	char text[CREDIT_TEXT_SIZE];

	if (!c.unit)
		return "";
	credit_format(c.exact, text);
	return arena_dup(v->s.a, text);
}

/* The rules that hours were counted under, part by part. */
static const char *rules_text(const struct show *v, const struct transcript_entry *e)
{
	const char *all = "";

	for (size_t i = 0; i < e->parts.n; i++) {
		const char *rules = show_texts(v, &e->parts.v[i].rules, ", ");
		if (*rules)
			all = arena_printf(v->s.a, "%s%s%s", all, *all ? "; " : "",
					   rules);
	}
	return all;
}

void reports_transcript_csv(const struct show *v, const struct transcript *r, FILE *out)
{
	static const char *const heads[] = {
		"id",	   "day",	  "first day",	  "title",    "kind",
		"format",  "role",	  "topics",	  "provider", "provider id",
		"place",   "course",	  "approval",	  "credit",   "unit",
		"counted", "not counted", "counted unit", "rules",    "why",
		"proof"};
	enum { HEADS = sizeof(heads) / sizeof(heads[0]) };

	for (size_t i = 0; i < HEADS; i++)
		doc_csv_cell(out, heads[i], i + 1 == HEADS);
	for (size_t i = 0; i < r->entries.n; i++) {
		const struct transcript_entry *e = &r->entries.v[i];
		const struct activity *a = e->activity;
		const char *const cells[HEADS] = {
			arena_printf(v->s.a, "%lld", (long long)a->id),
			iso(v, a->done_on),
			iso(v, a->from),
			a->title,
			a->kind,
			a->format,
			a->role,
			show_texts(v, &a->topics, ";"),
			a->provider,
			a->provider_id,
			a->place,
			a->course,
			a->approval,
			exact(v, a->credit),
			a->credit.unit,
			exact(v, e->counted),
			exact(v, e->cut),
			e->counted.unit,
			rules_text(v, e),
			e->why,
			show_texts(v, &a->evidence, "; "),
		};
		for (size_t c = 0; c < HEADS; c++)
			doc_csv_cell(out, cells[c], c + 1 == HEADS);
	}
}
