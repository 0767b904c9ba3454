#include "client/doc/doc.h"

static struct doc_block *add(struct doc *d, enum doc_kind kind, const char *text)
{
	d->v = arena_grow(d->a, d->n ? d->v : NULL, d->n, sizeof(*d->v));
	struct doc_block *b = &d->v[d->n++];
	*b = (struct doc_block){.kind = kind, .text = text};
	return b;
}

void doc_heading(struct doc *d, int level, const char *text)
{
	add(d, DOC_HEADING, text)->level = level;
}

void doc_text(struct doc *d, const char *text)
{
	add(d, DOC_TEXT, text);
}

void doc_strong(struct doc *d, const char *text)
{
	add(d, DOC_STRONG, text);
}

/* The last block where it is of this kind, else a new one. */
static struct doc_block *last(struct doc *d, enum doc_kind kind)
{
	return d->n && d->v[d->n - 1].kind == kind ? &d->v[d->n - 1] : add(d, kind, NULL);
}

static void add_field(struct doc *d, enum doc_kind kind, const char *label,
		      const char *value)
{
	if (!value || !*value)
		return;
	struct doc_block *b = last(d, kind);
	b->fields = arena_grow(d->a, b->n ? b->fields : NULL, b->n, sizeof(*b->fields));
	b->fields[b->n++] = (struct doc_field){label, value};
}

void doc_field(struct doc *d, const char *label, const char *value)
{
	add_field(d, DOC_FIELDS, label, value);
}

void doc_item(struct doc *d, const char *text)
{
	add_field(d, DOC_LIST, NULL, text);
}

void doc_table(struct doc *d, const char *what, const struct doc_column *columns,
	       size_t n)
{
	struct doc_block *b = add(d, DOC_TABLE, what);

	b->columns = columns;
	b->column_count = n;
}

/* Room for rows doubles, so that many of them are copied seldom. */
static const char **make_room(struct doc *d, struct doc_block *b)
{
	size_t row = b->column_count * sizeof(*b->cells);

	if ((b->n & (b->n - 1)) == 0) {
		const char **more = arena_array(d->a, (b->n ? 2 * b->n : 1), row);
		for (size_t i = 0; i < b->n * b->column_count; i++)
			more[i] = b->cells[i];
		b->cells = more;
	}
	return &b->cells[b->n * b->column_count];
}

const char **doc_row(struct doc *d)
{
	struct doc_block *b = &d->v[d->n - 1];
	const char **cells = make_room(d, b);

	for (size_t i = 0; i < b->column_count; i++)
		cells[i] = NULL;
	b->n++;
	return cells;
}

void doc_progress(struct doc *d, const char *text, int64_t have, int64_t even,
		  int64_t need)
{
	struct doc_block *b = add(d, DOC_PROGRESS, text);

	b->have = have;
	b->even = even;
	b->need = need;
}

void doc_chart(struct doc *d, const char *what)
{
	add(d, DOC_CHART, what);
}

void doc_bar(struct doc *d, const char *label, const char *text, int64_t have)
{
	struct doc_block *b = &d->v[d->n - 1];

	b->bars = arena_grow(d->a, b->n ? b->bars : NULL, b->n, sizeof(*b->bars));
	b->bars[b->n++] = (struct doc_bar){label, text, have};
}

int64_t doc_most(const struct doc_block *chart)
{
	int64_t most = 0;

	for (size_t i = 0; i < chart->n; i++)
		if (chart->bars[i].have > most)
			most = chart->bars[i].have;
	return most;
}
