/* A document as text. */
#include "client/doc/render.h"

#include "client/term/bar.h"
#include "client/term/text.h"

#include <string.h>

enum { INDENT = 2, GAP = 2, LABEL_MOST = 24, CELLS_MOST = 40, READABLE = 20, BELOW = 6 };

static int width_of(const struct screen *s, const char *text)
{
	return text_width(text_safe(s->t, s->a, text));
}

static void put_fields(const struct screen *s, const struct doc_block *b)
{
	int label = 0;

	for (size_t i = 0; i < b->n; i++) {
		int w = width_of(s, b->fields[i].label);
		label = w > label ? w : label;
	}
	for (size_t i = 0; i < b->n; i++)
		screen_field(s, label < LABEL_MOST ? label : LABEL_MOST,
			     b->fields[i].label, b->fields[i].value);
}

static void put_list(const struct screen *s, const struct doc_block *b)
{
	for (size_t i = 0; i < b->n; i++) {
		text_space(s->out, INDENT);
		(void)fputs("- ", s->out);
		screen_text(s, INDENT + 2, INDENT + 2, b->fields[i].value);
	}
}

/* ---- tables ----------------------------------------------------------------------------- */

struct widths {
	int v[DOC_COLUMNS_MAX];
};

static struct widths widths_of(const struct screen *s, const struct doc_block *b)
{
	struct widths w = {{0}};

	for (size_t c = 0; c < b->column_count; c++) {
		w.v[c] = width_of(s, b->columns[c].head);
		for (size_t r = 0; r < b->n; r++) {
			int cell = width_of(s, b->cells[r * b->column_count + c]);
			w.v[c] = cell > w.v[c] ? cell : w.v[c];
		}
	}
	return w;
}

/* Columns that are neither the title nor below it, and then the title. */
static void put_line(const struct screen *s, const struct doc_block *b,
		     const struct widths *w, const char *const *cells, int *ret_title)
{
	struct piece pieces[DOC_COLUMNS_MAX];
	const char *title = NULL;
	size_t n = 0;

	for (size_t c = 0; c < b->column_count; c++) {
		const struct doc_column *column = &b->columns[c];
		if (column->title)
			title = cells[c];
		if (column->title || column->below)
			continue;
		pieces[n] = (struct piece){.text = cells[c] ? cells[c] : "",
					   .width = w->v[c],
					   .right = column->number,
					   .gap = n ? GAP : 0};
		n++;
	}
	text_space(s->out, INDENT);
	int at = screen_pieces(s, INDENT, INDENT, pieces, n);
	int column = INDENT + *ret_title;
	bool room = s->width - column >= READABLE;
	if (room && at < column) {
		text_space(s->out, column - at - GAP > 0 ? column - at - GAP : 0);
		at = column - GAP > at ? column - GAP : at;
	}
	screen_beside(s, at, n ? GAP : 0, INDENT + GAP, title ? title : "");
}

/* Where the title begins, from the indent on. */
static int title_at(const struct doc_block *b, const struct widths *w)
{
	int at = 0;

	for (size_t c = 0; c < b->column_count; c++)
		if (!b->columns[c].title && !b->columns[c].below)
			at += w->v[c] + GAP;
	return at;
}

/* What is long has nearly the whole line. */
static void put_below(const struct screen *s, const struct doc_block *b,
		      const char *const *cells, int title)
{
	int at = INDENT + (title < BELOW ? title : BELOW) + GAP;

	for (size_t c = 0; c < b->column_count; c++) {
		if (!b->columns[c].below || !cells[c] || !*cells[c])
			continue;
		text_space(s->out, at);
		screen_text(s, at, at + GAP, cells[c]);
	}
}

static void put_table(const struct screen *s, const struct doc_block *b)
{
	const char *heads[DOC_COLUMNS_MAX];
	struct widths w = widths_of(s, b);
	int title = title_at(b, &w);

	if (b->n == 0)
		return;
	for (size_t c = 0; c < b->column_count; c++)
		heads[c] = b->columns[c].head;
	/* Names that stand alone on their lines need no head. */
	if (title)
		put_line(s, b, &w, heads, &title);
	for (size_t r = 0; r < b->n; r++) {
		const char *const *cells = &b->cells[r * b->column_count];
		put_line(s, b, &w, cells, &title);
		put_below(s, b, cells, title);
	}
}

/* ---- bars ------------------------------------------------------------------------------- */

static void put_progress(const struct screen *s, const struct doc_block *b)
{
	int cells = s->width - 2 * INDENT - bar_frame(s->t);

	cells = cells > CELLS_MOST ? CELLS_MOST : cells;
	text_space(s->out, INDENT);
	if (s->t->no_bars) {
		screen_text(s, INDENT, INDENT, b->text);
		return;
	}
	if (cells > 0)
		text_put(s->out, bar_text(s->t, s->a, cells, b->have,
					  b->even < 0 ? 0 : b->even, b->need));
	screen_end(s);
	text_space(s->out, INDENT);
	screen_text(s, INDENT, INDENT, b->text);
}

/* A bar is as long as what it shows, and nothing is drawn for what is not there. */
static const char *bar_of(const struct screen *s, int cells, int64_t have, int64_t most)
{
	const char *sign = s->t->utf8 ? "█" : "#", *all = "";
	int64_t n = bar_share(have, most, cells);

	for (int64_t i = 0; i < n || (i == 0 && have > 0); i++)
		all = arena_printf(s->a, "%s%s", all, sign);
	return all;
}

static void put_chart(const struct screen *s, const struct doc_block *b)
{
	int label = 0, amount = 0;

	if (b->text)
		screen_line(s, "%s", b->text);
	for (size_t i = 0; i < b->n; i++) {
		int l = width_of(s, b->bars[i].label), w = width_of(s, b->bars[i].text);
		label = l > label ? l : label;
		amount = w > amount ? w : amount;
	}
	label = label > LABEL_MOST ? LABEL_MOST : label;
	int cells = s->width - INDENT - label - amount - 2 * GAP;
	cells = s->t->no_bars ? 0 : cells > CELLS_MOST ? CELLS_MOST : cells;
	for (size_t i = 0; i < b->n; i++) {
		const struct doc_bar *bar = &b->bars[i];
		const char *name = text_safe(s->t, s->a, bar->label);
		const struct piece pieces[] = {
			{.text = text_cut(s->t, s->a, name, label), .width = label},
			{.text = cells > 0 ? bar_of(s, cells, bar->have, doc_most(b))
					   : "",
			 .width = cells > 0 ? cells : 0,
			 .gap = GAP},
			{.text = bar->text, .width = amount, .gap = GAP, .right = true},
		};
		text_space(s->out, INDENT);
		screen_pieces(s, INDENT, INDENT, pieces, 3);
		screen_end(s);
	}
}

static void put_block(const struct screen *s, const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_HEADING:
		screen_end(s);
		screen_line(s, "%s", b->text);
		break;
	case DOC_TEXT:
	case DOC_STRONG:
		screen_line(s, "%s", b->text);
		break;
	case DOC_FIELDS:
		put_fields(s, b);
		break;
	case DOC_LIST:
		put_list(s, b);
		break;
	case DOC_TABLE:
		put_table(s, b);
		break;
	case DOC_PROGRESS:
		put_progress(s, b);
		break;
	case DOC_CHART:
		put_chart(s, b);
		break;
	}
}

void doc_plain(const struct doc *d, const struct screen *s)
{
	if (d->title)
		screen_line(s, "%s", d->title);
	if (d->about)
		screen_line(s, "%s", d->about);
	for (size_t i = 0; i < d->n; i++)
		put_block(s, &d->v[i]);
}
