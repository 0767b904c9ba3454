/* The bars of a chart while they are gathered, and in their order. */
#include "daemon/report/hours.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static struct hours_of *bar_of(struct work *w, struct chart *c, const char *name)
{
	for (size_t i = c->bars.n; i-- > 0;)
		if (is_same(c->bars.v[i].name, name))
			return &c->bars.v[i];
	c->bars.v = arena_grow(w->arena, c->bars.n ? c->bars.v : NULL, c->bars.n,
			       sizeof(*c->bars.v));
	struct hours_of *bar = &c->bars.v[c->bars.n++];
	shape_none(&shape_hours_of, bar);
	bar->name = name;
	bar->credit = (struct credit){0, c->credit.unit};
	bar->entries = 0;
	return bar;
}

void hours_add(struct work *w, struct chart *c, const char *name, struct credit credit,
	       int64_t entries)
{
	struct hours_of *bar = bar_of(w, c, name);

	bar->entries += entries;
	if (strcmp(credit.unit, bar->credit.unit) == 0) {
		bar->credit.exact += credit.exact;
		return;
	}
	bar->beside.v = arena_grow(w->arena, bar->beside.n ? bar->beside.v : NULL,
				   bar->beside.n, sizeof(*bar->beside.v));
	bar->beside.v[bar->beside.n++] =
		(struct total){.credit = credit, .entries = entries};
}

const char *hours_month(struct work *w, civil_day day)
{
	int year, month, of_month;

	date_split(day, &year, &month, &of_month);
	return arena_printf(w->arena, "%04d-%02d", year, month);
}

/* ---- order ------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
	const struct hours_of *x = a, *y = b;

	if (!x->name || !y->name)
		return !x->name - !y->name;
	return strcmp(x->name, y->name);
}

static int by_amount(const void *a, const void *b)
{
	const struct hours_of *x = a, *y = b;

	if (x->credit.exact != y->credit.exact)
		return x->credit.exact < y->credit.exact ? 1 : -1;
	return by_name(a, b);
}

/* "2026-12" is followed by "2027-01". */
static const char *month_after(struct work *w, const char *name)
{
	int year = atoi(name), month = atoi(name + strlen("2026-"));

	return month == 12 ? arena_printf(w->arena, "%04d-01", year + 1)
			   : arena_printf(w->arena, "%04d-%02d", year, month + 1);
}

static void fill_months(struct work *w, struct chart *c)
{
	if (c->bars.n == 0)
		return;
	const char *last = c->bars.v[c->bars.n - 1].name;
	for (const char *m = c->bars.v[0].name; strcmp(m, last) < 0;
	     m = month_after(w, m))
		(void)bar_of(w, c, m);
	qsort(c->bars.v, c->bars.n, sizeof(*c->bars.v), by_name);
}

void hours_sort(struct work *w, enum hours_by by, struct chart *c)
{
	if (c->bars.n)
		qsort(c->bars.v, c->bars.n, sizeof(*c->bars.v),
		      by == HOURS_BY_MONTH ? by_name : by_amount);
	if (by == HOURS_BY_MONTH)
		fill_months(w, c);
}
