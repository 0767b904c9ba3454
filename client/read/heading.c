#include "client/read/heading.h"

#include "client/read/day.h"
#include "common/ascii.h"
#include "common/texts.h"

#include <string.h>

enum { LOOKED_AT = 30 };

/* ---- a line as a heading -------------------------------------------------------------------------- */

static void set_names(struct binding *b, size_t n, struct arena *a)
{
	b->n = n;
	b->names = arena_array(a, n + 1, sizeof(*b->names));
	b->folded = arena_array(a, n + 1, sizeof(*b->folded));
}

static void one_line(const struct table *t, size_t row, struct arena *a,
		     struct binding *ret)
{
	*ret = (struct binding){.line = t->rows[row].line, .first = row + 1};
	set_names(ret, t->rows[row].n, a);
	for (size_t i = 0; i < ret->n; i++) {
		ret->names[i] = table_cell(&t->rows[row], i);
		ret->folded[i] = layout_fold(ret->names[i], a);
	}
}

/* Cells with words; 0 where one has digits. */
static size_t words_in(const struct table_row *row)
{
	size_t words = 0;

	for (size_t i = 0; i < row->n; i++) {
		if (strpbrk(row->cells[i], "0123456789"))
			return 0;
		words += *row->cells[i] != '\0';
	}
	return words;
}

/* A line without digits right below the heading belongs to it, if both have words in several columns. */
static bool goes_on(const struct table *t, size_t row)
{
	return row + 1 < t->n && t->rows[row + 1].line == t->rows[row].line + 1 &&
	       words_in(&t->rows[row]) > 1 && words_in(&t->rows[row + 1]) > 1;
}

static void two_lines(const struct table *t, size_t row, struct arena *a,
		      struct binding *ret)
{
	const struct table_row *upper = &t->rows[row], *lower = &t->rows[row + 1];

	*ret = (struct binding){.line = upper->line, .first = row + 2};
	set_names(ret, upper->n > lower->n ? upper->n : lower->n, a);
	for (size_t i = 0; i < ret->n; i++) {
		const char *above = table_cell(upper, i), *below = table_cell(lower, i);
		ret->names[i] = arena_printf(a, "%s%s%s", above,
					     *above && *below ? " " : "", below);
		ret->folded[i] = layout_fold(ret->names[i], a);
	}
}

/* ---- which line, which layout -------------------------------------------------------------------------- */

/* A line whose days are days is no heading, whatever letters a person gave its columns. */
static bool is_data(const struct binding *b, struct arena *a)
{
	const struct bound_field *days = &b->fields[LAYOUT_DONE_ON];
	struct moment m;

	for (size_t i = 0; i < days->n; i++)
		for (size_t k = 0; k < days->v[i].names.n; k++)
			if (moment_read(days->v[i].names.v[k], DAY_MONTH_FIRST, 0, a, &m))
				return true;
	return false;
}

struct search {
	const struct table *table;
	const struct layouts *layouts;
	const struct layout *only; /* NULL: any */
	const struct texts *map;
	bool hourless;
	struct arena *arena;
	struct binding *best;
	int score;	/* of the best */
	struct err why; /* why a map did not fit a line that fits without */
};

/* How well a layout fits a line: the number of its words; 0 for synonyms that do; -1. */
static int try_layout(struct binding *b, const struct layout *l, const struct search *s,
		      struct err *e)
{
	struct arena *a = s->arena;

	b->layout = l;
	memset(b->fields, 0, sizeof(b->fields));
	b->clock = false;
	if (l->match.n > 0 && !binding_named(b, a))
		return -1;
	if (l->match.n == 0) {
		binding_synonyms(b, a);
		binding_end(b, s->table, a);
	}
	if (binding_map(b, s->map, a, e) < 0)
		return -1;
	if (l->match.n == 0)
		binding_clock(b, s->table, a);
	bool hourless = s->hourless || l->options.hours.unit;
	return binding_is_whole(b, hourless) && !is_data(b, a) ? (int)l->match.n : -1;
}

static void try_line(struct search *s, const struct binding *line, bool named)
{
	struct binding b = *line;

	for (size_t i = 0; i < s->layouts->n; i++) {
		const struct layout *l = s->layouts->v[i];
		if ((s->only && l != s->only) || (l->match.n > 0) != named)
			continue;
		int score = try_layout(&b, l, s, &s->why);
		if (score > s->score) {
			*s->best = b;
			s->score = score;
		}
	}
}

/* Whether its amounts are of no unit that a heading or a layout says, or told by two times alone. */
static bool asks_unit(const struct binding *b)
{
	const struct bound_field *credit = &b->fields[LAYOUT_CREDIT];
	bool asks = credit->n > 0;

	if (b->clock)
		return true;
	for (size_t i = 0; i < credit->n; i++)
		asks = asks && credit->v[i].unit && strcmp(credit->v[i].unit, "ask") == 0;
	return asks;
}

/* One line; with the one below it where it alone is no heading, or does not say what "Credit" over "Hours" does. A row
 * that has no digits is none of the heading then. */
static void try_row(struct search *s, size_t row, bool named)
{
	struct binding line, one;

	one_line(s->table, row, s->arena, &line);
	try_line(s, &line, named);
	if (!goes_on(s->table, row) || (s->score >= 0 && !asks_unit(s->best)))
		return;
	int score = s->score;
	if (score >= 0)
		one = *s->best;
	s->score = -1;
	two_lines(s->table, row, s->arena, &line);
	try_line(s, &line, named);
	if (score >= 0 && (s->score < score || asks_unit(s->best))) {
		*s->best = one;
		s->score = score;
	}
}

/* The first line that fits, and of its layouts the one with the most words. */
static bool search(struct search *s, bool named)
{
	size_t most = s->table->n < LOOKED_AT ? s->table->n : LOOKED_AT;

	s->score = -1;
	for (size_t row = 0; row < most && s->score < 0; row++)
		try_row(s, row, named);
	return s->score >= 0;
}

/* Without a heading: a person names date, title and credit by the letters of their columns. */
static bool without_heading(struct search *s)
{
	static const struct layout bare = {
		.id = "generic", .version = "0", .title = "Any table"};
	struct binding b = {.layout = &bare};
	size_t widest = 0;

	for (size_t i = 0; i < s->map->n; i++) {
		const char *equals = strchr(s->map->v[i], '=');
		if (!equals || binding_letters(equals + 1) < 0)
			return false;
	}
	for (size_t i = 0; i < s->table->n; i++)
		if (s->table->rows[i].n > widest)
			widest = s->table->rows[i].n;
	set_names(&b, widest, s->arena);
	for (size_t i = 0; i < widest; i++)
		b.names[i] = b.folded[i] = binding_letters_of(i, s->arena);
	if (binding_map(&b, s->map, s->arena, &s->why) < 0 ||
	    !binding_is_whole(&b, s->hourless))
		return false;
	*s->best = b;
	return true;
}

static int find_only(struct search *s, const char *id, struct err *e)
{
	const char *near;

	s->only = layouts_find(s->layouts, id, &near, s->arena);
	if (s->only)
		return 0;
	err_set(e, -PDH_NOT_FOUND, "layout", "no layout is called \"%.60s\"", id);
	return near ? err_hint(e, "did you mean %s?", near)
		    : err_hint(e, "pdh import layouts lists them");
}

int heading_find(const struct table *t, const struct layouts *layouts,
		 const struct heading_wish *wish, struct arena *a, struct binding *ret,
		 struct err *e)
{
	struct search s = {.table = t,
			   .layouts = layouts,
			   .map = &wish->map,
			   .hourless = wish->hourless,
			   .arena = a,
			   .best = ret};

	if (wish->layout && find_only(&s, wish->layout, e) < 0)
		return e->code;
	if (search(&s, true) || search(&s, false))
		return 0;
	if (wish->map.n > 0 && without_heading(&s))
		return 0;
	if (s.why.code) {
		*e = s.why;
		return e->code;
	}
	if (s.only)
		return err_set(e, -PDH_REFUSED, NULL,
			       "no heading that fits the layout %s", s.only->id);
	s.hourless = true;
	if (search(&s, true) || search(&s, false))
		return err_set(
			e, -PDH_REFUSED, NULL,
			"it has no column of hours; say --hours 2h for each row, or "
			"--map hours=C");
	return err_set(
		e, -PDH_REFUSED, NULL,
		"no heading with a date, a title and hours; --map date=A,title=B,hours=C "
		"names them");
}
