#include "client/term/table.h"

#include "client/term/text.h"

struct widths {
	int v[TABLE_COLUMNS_MAX]; /* -1: left out */
};

struct cell *table_row(struct table *t)
{
	t->cells = arena_grow(t->s->a, t->cells, t->rows, t->n * sizeof(*t->cells));
	return &t->cells[t->rows++ * t->n];
}

static int width_of(const struct table *t, const char *text)
{
	return text_width(text_safe(t->s->t, t->s->a, text));
}

/* As wide as its widest cell, or -1 where all are empty. */
static int natural(const struct table *t, size_t column)
{
	int widest = 0;

	for (size_t i = 0; i < t->rows; i++) {
		int w = width_of(t, t->cells[i * t->n + column].text);
		if (w > widest)
			widest = w;
	}
	int head = t->headless ? 0 : width_of(t, t->columns[column].head);
	return widest == 0 ? -1 : widest > head ? widest : head;
}

/* Columns kept free before one: before the first that is shown it is the indent of the table. */
static int gap_before(const struct table *t, size_t column, bool first)
{
	return t->columns[first ? 0 : column].gap;
}

static int total(const struct table *t, const struct widths *w)
{
	bool first = true;
	int sum = 0;

	for (size_t i = 0; i < t->n; i++) {
		if (w->v[i] < 0)
			continue;
		sum += gap_before(t, i, first) + w->v[i];
		first = false;
	}
	return sum;
}

/* Cuts the widest of the texts that may still be cut by one column; false if there is none. */
static bool shrink(const struct table *t, struct widths *w)
{
	int widest = -1;

	for (size_t i = 0; i < t->n; i++) {
		int least = t->columns[i].least;
		if (least && w->v[i] > least && (widest < 0 || w->v[i] > w->v[widest]))
			widest = (int)i;
	}
	if (widest >= 0)
		w->v[widest]--;
	return widest >= 0;
}

static bool leave_one_out(const struct table *t, struct widths *w)
{
	int first = -1;

	for (size_t i = 0; i < t->n; i++) {
		int drop = t->columns[i].drop;
		if (drop && w->v[i] >= 0 && (first < 0 || drop < t->columns[first].drop))
			first = (int)i;
	}
	if (first >= 0)
		w->v[first] = -1;
	return first >= 0;
}

/* What may be cut stays in its row where cutting makes room for every column. */
static void put_below(const struct table *t, struct widths *w)
{
	struct widths cut = *w;

	while (total(t, &cut) > t->s->width && shrink(t, &cut))
		continue;
	bool fits = total(t, &cut) <= t->s->width;
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].below && !(fits && t->columns[i].least))
			w->v[i] = -1;
}

/* What is too wide is cut, and what cannot be cut enough gives way. */
static struct widths fit(const struct table *t)
{
	struct widths want, w;

	for (size_t i = 0; i < t->n; i++)
		want.v[i] = natural(t, i);
	if (total(t, &want) > t->s->width)
		put_below(t, &want);
	for (;;) {
		w = want;
		while (total(t, &w) > t->s->width && shrink(t, &w))
			continue;
		if (total(t, &w) <= t->s->width || !leave_one_out(t, &want))
			return w;
	}
}

static void print_row(const struct table *t, const struct widths *w,
		      const struct cell *cells)
{
	struct piece pieces[TABLE_COLUMNS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		if (w->v[i] < 0)
			continue;
		const char *text = text_safe(t->s->t, t->s->a, cells[i].text);
		pieces[n] = (struct piece){
			.text = text_cut(t->s->t, t->s->a, text, w->v[i]),
			.width = w->v[i],
			.gap = gap_before(t, i, n == 0),
			.right = t->columns[i].right,
			.tint = cells[i].tint,
		};
		n++;
	}
	screen_pieces(t->s, 0, 2, pieces, n);
	screen_end(t->s);
}

static void print_below(const struct table *t, const struct widths *w,
			const struct cell *cells)
{
	enum { INDENT = 4 };

	for (size_t i = 0; i < t->n; i++) {
		if (!t->columns[i].below || w->v[i] >= 0 || !cells[i].text)
			continue;
		text_space(t->s->out, INDENT);
		screen_text(t->s, INDENT, INDENT, cells[i].text);
	}
}

void table_print(const struct table *t)
{
	struct cell heads[TABLE_COLUMNS_MAX] = {0};
	struct widths w = fit(t);

	for (size_t i = 0; i < t->n; i++)
		heads[i].text = t->columns[i].head;
	if (!t->headless && t->rows)
		print_row(t, &w, heads);
	for (size_t i = 0; i < t->rows; i++) {
		print_row(t, &w, &t->cells[i * t->n]);
		print_below(t, &w, &t->cells[i * t->n]);
	}
}
