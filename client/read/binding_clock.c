/* Tables with a beginning and an end: the last day, and without a column of amounts the hours. */
#include "client/read/binding.h"

#include "client/read/day.h"
#include "common/texts.h"

#include <string.h>

/* Whole headings; as parts of others these words mean anything. */
static const char *const begins[] = {
	"start",  "start time", "begin", "begin time", "beginning",   "time in",
	"from",	  "start date", "von",	 "beginn",     "startzeit",   "check in",
	"inicio", "debut",	"de",	 "desde",      "hora inicio", NULL};
static const char *const ends[] = {
	"end",	 "end time", "ending", "finish", "finish time", "time out",  "to",
	"until", "end date", "bis",    "ende",	 "endzeit",	"check out", "fin",
	"ends",	 "hasta",    "a",      "au",	 "hora fin",	NULL};

struct moments {
	const struct table *table;
	struct binding *b;
	struct arena *arena;
};

static bool is_taken(const struct binding *b, int column)
{
	for (size_t f = 0; f < LAYOUT_FIELD_COUNT; f++)
		for (size_t s = 0; s < b->fields[f].n; s++)
			for (size_t i = 0; i < b->fields[f].v[s].n; i++)
				if (b->fields[f].v[s].columns[i] == column)
					return true;
	return false;
}

static int column_among(const struct binding *b, const char *const *words)
{
	for (; *words; words++) {
		int column = binding_column(b, *words);
		if (column >= 0)
			return column;
	}
	return -1;
}

/* The one column that fills a field; -1. */
static int column_of(const struct binding *b, enum layout_field f)
{
	const struct bound_field *field = &b->fields[f];

	return field->n == 1 && field->v[0].n == 1 ? field->v[0].columns[0] : -1;
}

static bool read_moment(const char *text, struct arena *a, struct moment *ret)
{
	return moment_read(text, DAY_MONTH_FIRST, 0, a, ret) ||
	       moment_read(text, DAY_DAY_FIRST, 0, a, ret);
}

static bool is_day(const char *text, struct arena *a)
{
	struct moment m;

	return read_moment(text, a, &m);
}

/* "9:00" alone, or behind a day. */
static bool has_time(const char *text, struct arena *a)
{
	struct moment m;

	return time_of_day_read(text) >= 0 || (read_moment(text, a, &m) && m.second >= 0);
}

/* Whether one row has such a cell in both columns. */
static bool any_row(const struct moments *x, int first, int second,
		    bool (*is)(const char *text, struct arena *a))
{
	for (size_t i = x->b->first; i < x->table->n; i++)
		if (is(table_cell(&x->table->rows[i], (size_t)first), x->arena) &&
		    is(table_cell(&x->table->rows[i], (size_t)second), x->arena))
			return true;
	return false;
}

static void bind(const struct moments *x, enum layout_field f,
		 const struct layout_source *source, const int *columns, size_t n)
{
	struct bound_field *to = &x->b->fields[f];

	to->n = 1;
	to->v = arena_alloc(x->arena, sizeof(*to->v));
	*to->v = (struct bound_source){.source = source, .n = n};
	to->v->columns = arena_array(x->arena, n, sizeof(int));
	for (size_t i = 0; i < n; i++) {
		to->v->columns[i] = columns[i];
		if (!texts_has(&to->v->names, x->b->names[columns[i]]))
			texts_add(&to->v->names, x->b->names[columns[i]], x->arena);
	}
}

void binding_end(struct binding *b, const struct table *t, struct arena *a)
{
	static const struct layout_source one = {0};
	const struct moments x = {t, b, a};
	int first = column_of(b, LAYOUT_FROM), last = column_among(b, ends);

	if (first < 0 || b->fields[LAYOUT_DONE_ON].n || last < 0 || is_taken(b, last) ||
	    !any_row(&x, first, last, is_day))
		return;
	bind(&x, LAYOUT_DONE_ON, &one, &last, 1);
}

/* Where a field has the column, it has it still. */
void binding_clock(struct binding *b, const struct table *t, struct arena *a)
{
	const struct moments x = {t, b, a};
	int begin = column_among(b, begins), end = column_among(b, ends);
	int first = column_of(b, LAYOUT_FROM), last = column_of(b, LAYOUT_DONE_ON);

	if (b->fields[LAYOUT_CREDIT].n || begin < 0 || end < 0 ||
	    !any_row(&x, begin, end, has_time))
		return;
	struct layout_source *source = arena_alloc(a, sizeof(*source));
	*source = (struct layout_source){0};
	bool whole = any_row(&x, begin, end, is_day);
	/* Times alone belong to the days beside them. */
	bool has_first = first >= 0 && first != begin && first != end;
	int columns[] = {has_first ? first : last, begin, last, end};
	if (!whole && (last < 0 || last == end))
		return;
	if (whole) {
		columns[0] = begin;
		columns[1] = end;
	}
	size_t n = whole ? 2 : 4;
	for (size_t i = 0; i < n; i++)
		texts_add(&source->between, b->folded[columns[i]], a);
	bind(&x, LAYOUT_CREDIT, source, columns, n);
	b->clock = true;
	/* A time alone is no first day. */
	if (!whole && first == begin)
		b->fields[LAYOUT_FROM].n = 0;
}
