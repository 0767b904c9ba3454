#include "daemon/packs/comparison.h"

#include "common/texts.h"

#include <string.h>

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

void comparison_add(struct differences *d, const char *id, const char *title,
		    const char *before, const char *after)
{
	if (is_same(before, after))
		return;
	d->v = arena_grow(d->a, d->v, d->n, sizeof(*d->v));
	d->v[d->n++] = (struct pack_difference){
		.id = id,
		.title = title,
		.change = !before  ? "new"
			  : !after ? "removed"
				   : "changed",
		.before = before,
		.after = after,
	};
}

/* ---- the calendar ----------------------------------------------------------------------- */

static const char *length_text(const struct pack_calendar *c, struct arena *a)
{
	const char *all = NULL;

	if (!c->length_count)
		return c->length_months ? texts_span(a, c->length_months) : NULL;
	for (size_t i = 0; i < c->length_count; i++)
		all = arena_printf(a, "%s %s for %s",
				   all ? arena_printf(a, "%s,", all)
				       : arena_printf(a, "by %s:", c->length_fact),
				   texts_span(a, c->lengths[i].value),
				   c->lengths[i].word);
	return all;
}

static const char *day_of_year(int month, int day, struct arena *a)
{
	enum { LEAP = 2024 };
	const char *text = texts_day(a, date_make(LEAP, month, day));

	return arena_dup_n(a, text, strlen(text) - strlen(" 2024"));
}

static const char *offset_text(int months, struct arena *a)
{
	return months ? arena_printf(a, ", %s %s",
				     texts_span(a, months < 0 ? -months : months),
				     months < 0 ? "before" : "after")
		      : "";
}

static const char *end_text(const struct pack_calendar *c, struct arena *a)
{
	switch (c->anchor) {
	case ANCHOR_NONE:
		return NULL;
	case ANCHOR_ISSUE:
		return "the day before that of issue";
	case ANCHOR_ISSUE_MONTH_END:
		return "the end of the month of issue";
	case ANCHOR_DAY:
		return c->changed_month
			       ? arena_printf(
					 a, "%s, and %s of cycles that begin from %s on",
					 day_of_year(c->month, c->day, a),
					 day_of_year(c->changed_month, c->changed_day, a),
					 texts_day(a, c->changed_from))
			       : day_of_year(c->month, c->day, a);
	case ANCHOR_MONTH_END_OF:
		return arena_printf(a, "the end of the %s%s", c->fact,
				    offset_text(c->offset_months, a));
	case ANCHOR_DAY_OF:
		return arena_printf(a, "the %s", c->fact);
	}
	return NULL;
}

static const char *follows_text(const struct pack_calendar *c, struct arena *a)
{
	return c->follows ? arena_printf(a, "with the credential of %s", c->follows)
			  : NULL;
}

static const char *first_text(const struct pack_calendar *c, struct arena *a)
{
	if (!c->has_first)
		return NULL;
	return c->first_months ? arena_printf(a, "%s beyond the first such day",
					      texts_span(a, c->first_months))
			       : "to the first such day";
}

static const char *years_text(const struct pack_calendar *c, struct arena *a)
{
	const char *all = NULL;

	for (size_t i = 0; i < c->phase_count; i++) {
		const struct calendar_row *row = &c->phases[i];
		const char *years = row->value ? "odd years" : "even years";
		const char *one = *row->word ? arena_printf(a, "%s for %s %s", years,
							    c->phase_fact, row->word)
					     : years;
		all = all ? arena_printf(a, "%s, %s", all, one) : one;
	}
	return all;
}

static const char *periods_text(const struct pack_calendar *c, struct arena *a)
{
	const char *all = NULL;

	for (size_t i = 0; i < c->period_count; i++)
		all = arena_printf(a, "%s%s%s to %s", all ? all : "", all ? ", " : "",
				   texts_day(a, c->periods[i].from),
				   texts_day(a, c->periods[i].to));
	return all;
}

void comparison_calendar(const struct pack *before, const struct pack *after,
			 struct differences *ret)
{
	static const struct {
		const char *id;
		const char *(*text)(const struct pack_calendar *c, struct arena *a);
	} rows[] = {
		{"length", length_text},   {"end", end_text},
		{"first", first_text},	   {"years", years_text},
		{"periods", periods_text}, {"follows", follows_text},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		comparison_add(ret, rows[i].id, NULL,
			       rows[i].text(&before->calendar, ret->a),
			       rows[i].text(&after->calendar, ret->a));
}

/* ---- all of it -------------------------------------------------------------------------- */

void comparison_of(const struct pack *before, const struct pack *after, struct arena *a,
		   struct packs_compared *ret)
{
	const struct {
		void (*compare)(const struct pack *before, const struct pack *after,
				struct differences *ret);
		void *to;
	} parts[] = {
		{comparison_rules, &ret->rules},       {comparison_units, &ret->units},
		{comparison_calendar, &ret->calendar}, {comparison_facts, &ret->facts},
		{comparison_sources, &ret->sources},   {comparison_head, &ret->head},
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct differences d = {.a = a};
		parts[i].compare(before, after, &d);
		const struct list l = {d.n, d.v};
		memcpy(parts[i].to, &l, sizeof(l));
	}
}
