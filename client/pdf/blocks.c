/* The blocks of a document (client/doc/doc.h), as client/doc/json.c writes them. */
#include "client/pdf/blocks.h"

#include <string.h>

#define GAP	    4.0
#define INDENT	    12.0
#define TITLE_LEAST 140.0 /* what is left for the title of a row */

enum { COLUMNS_MAX = 8 };

static const char *text_of(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? text : "";
}

static const char *cell_of(const json_t *row, size_t i)
{
	const char *text = json_string_value(json_array_get(row, i));

	return text ? text : "";
}

/* ---- headings, texts, lists ------------------------------------------------------------- */

static void put_heading(struct paper *p, const json_t *b)
{
	bool section = json_integer_value(json_object_get(b, "level")) <= 2;

	paper_room(p, 60); /* it does not stand alone at the end of a page */
	p->y += section ? 10 : 4;
	paper_paragraph(p, section ? "H2" : "H3", section ? FONT_HEAD : FONT_STRONG,
			text_of(b, "text"), PAPER_LEFT);
	p->y += 2;
}

static void put_list(struct paper *p, const json_t *b)
{
	size_t i;
	json_t *pair;

	paper_open(p, "L");
	json_array_foreach(json_object_get(b, "pairs"), i, pair)
	{
		PangoLayout *mark = paper_text(p, FONT_TEXT, "–", INDENT, false);
		paper_room(p, paper_height(mark));
		paper_open(p, "LI");
		paper_open(p, "Lbl");
		paper_draw(p, mark, PAPER_LEFT, p->y);
		paper_close(p, "Lbl");
		paper_paragraph(p, "LBody", FONT_TEXT, cell_of(pair, 1),
				PAPER_LEFT + INDENT);
		paper_close(p, "LI");
	}
	paper_close(p, "L");
	p->y += GAP;
}

static double label_width(struct paper *p, const json_t *pairs)
{
	double widest = 0;
	size_t i;
	json_t *pair;

	json_array_foreach(pairs, i, pair)
	{
		PangoLayout *l = paper_text(p, FONT_STRONG, cell_of(pair, 0),
					    PAPER_WIDTH / 3, false);
		double width = paper_natural(l);
		widest = width > widest ? width : widest;
		paper_drop(l);
	}
	return widest;
}

/* A field is a row of a table without heads, its label the head of the row. */
static void put_fields(struct paper *p, const json_t *b)
{
	const json_t *pairs = json_object_get(b, "pairs");
	double label = label_width(p, pairs) + 3 * GAP;
	size_t i;
	json_t *pair;

	paper_open(p, "Table");
	json_array_foreach(pairs, i, pair)
	{
		PangoLayout *l =
			paper_text(p, FONT_STRONG, cell_of(pair, 0), label, false);
		paper_room(p, paper_height(l));
		paper_open(p, "TR");
		paper_open(p, "TH");
		paper_draw(p, l, PAPER_LEFT, p->y);
		paper_close(p, "TH");
		paper_paragraph(p, "TD", FONT_TEXT, cell_of(pair, 1), PAPER_LEFT + label);
		paper_close(p, "TR");
	}
	paper_close(p, "Table");
	p->y += GAP;
}

/* ---- tables ----------------------------------------------------------------------------- */

struct columns {
	size_t n;
	bool number[COLUMNS_MAX], title[COLUMNS_MAX], below[COLUMNS_MAX];
	double x[COLUMNS_MAX], width[COLUMNS_MAX];
};

static double widest(struct paper *p, const json_t *b, size_t column, const char *head)
{
	PangoLayout *l = paper_text(p, FONT_STRONG, head, PAPER_WIDTH / 3, false);
	double width = paper_natural(l);
	size_t i;
	json_t *row;

	paper_drop(l);
	json_array_foreach(json_object_get(b, "rows"), i, row)
	{
		l = paper_text(p, FONT_TEXT, cell_of(row, column), PAPER_WIDTH / 3,
			       false);
		double cell = paper_natural(l);
		width = cell > width ? cell : width;
		paper_drop(l);
	}
	return width;
}

static bool is(const json_t *column, const char *key)
{
	return json_is_true(json_object_get(column, key));
}

/* The title has what the columns before it leave. */
static struct columns columns_of(struct paper *p, const json_t *b)
{
	struct columns c = {0};
	double x = PAPER_LEFT;
	size_t i;
	json_t *column;

	json_array_foreach(json_object_get(b, "columns"), i, column)
	{
		if (i == COLUMNS_MAX)
			break;
		c.n = i + 1;
		c.number[i] = is(column, "number");
		c.title[i] = is(column, "title");
		c.below[i] = is(column, "below");
		if (c.title[i] || c.below[i])
			continue;
		c.x[i] = x;
		c.width[i] = widest(p, b, i, text_of(column, "head"));
		x += c.width[i] + 2 * GAP;
	}
	for (i = 0; i < c.n; i++) {
		double room = PAPER_LEFT + PAPER_WIDTH - x;
		c.x[i] = c.title[i] ? x : c.below[i] ? PAPER_LEFT + INDENT : c.x[i];
		if (c.title[i])
			c.width[i] = room > TITLE_LEAST ? room : TITLE_LEAST;
	}
	return c;
}

/* The cells that stand beside one another. */
static void put_line(struct paper *p, const struct columns *c, const json_t *row,
		     const char *element, enum paper_font font)
{
	PangoLayout *cells[COLUMNS_MAX] = {NULL};
	double height = 0;

	for (size_t i = 0; i < c->n; i++) {
		if (c->below[i])
			continue;
		cells[i] =
			paper_text(p, font, cell_of(row, i), c->width[i], c->number[i]);
		double h = paper_height(cells[i]);
		height = h > height ? h : height;
	}
	paper_room(p, height + 12);
	for (size_t i = 0; i < c->n; i++) {
		if (!cells[i])
			continue;
		paper_open(p, element);
		paper_draw(p, cells[i], c->x[i], p->y);
		paper_close(p, element);
	}
	p->y += height;
}

static json_t *heads_of(const json_t *b)
{
	json_t *heads = json_array(), *column;
	size_t i;

	json_array_foreach(json_object_get(b, "columns"), i, column)
	{
		json_array_append_new(heads, json_string(text_of(column, "head")));
	}
	return heads;
}

static void put_heads(struct paper *p, const struct columns *c, const json_t *b)
{
	json_t *heads = heads_of(b);

	paper_open(p, "TR");
	put_line(p, c, heads, "TH", FONT_STRONG);
	paper_close(p, "TR");
	paper_line(p, p->y + 1);
	p->y += 3;
	json_decref(heads);
}

static void put_row(struct paper *p, const struct columns *c, const json_t *row)
{
	paper_open(p, "TR");
	put_line(p, c, row, "TD", FONT_TEXT);
	for (size_t i = 0; i < c->n; i++)
		if (c->below[i] && *cell_of(row, i))
			paper_paragraph(p, "TD", FONT_SMALL, cell_of(row, i), c->x[i]);
	paper_close(p, "TR");
	paper_line(p, p->y + 1);
	p->y += 3;
}

static void put_table(struct paper *p, const json_t *b)
{
	struct columns c = columns_of(p, b);
	int page;
	size_t i;
	json_t *row;

	if (json_array_size(json_object_get(b, "rows")) == 0)
		return;
	paper_open(p, "Table");
	put_heads(p, &c, b);
	page = p->page;
	json_array_foreach(json_object_get(b, "rows"), i, row)
	{
		paper_room(p, 40);
		if (p->page != page)
			put_heads(p, &c, b);
		page = p->page;
		put_row(p, &c, row);
		page = p->page > page ? p->page : page;
	}
	paper_close(p, "Table");
	p->y += GAP;
}

/* ---- bars ------------------------------------------------------------------------------- */

static double share(json_int_t part, json_int_t whole, double of)
{
	double s = whole > 0 ? of * (double)part / (double)whole : 0;

	return s > of ? of : s < 0 ? 0 : s;
}

static void put_progress(struct paper *p, const json_t *b)
{
	json_int_t have = json_integer_value(json_object_get(b, "have")),
		   need = json_integer_value(json_object_get(b, "need"));

	paper_room(p, 30);
	paper_open(p, "Figure");
	paper_box(p, PAPER_LEFT, p->y, PAPER_WIDTH, 8, 0.87, false);
	paper_box(p, PAPER_LEFT, p->y, share(have, need, PAPER_WIDTH), 8, 0, true);
	paper_close(p, "Figure");
	p->y += 10;
	paper_paragraph(p, "P", FONT_TEXT, text_of(b, "text"), PAPER_LEFT);
	p->y += GAP;
}

static json_int_t most_of(const json_t *pairs)
{
	json_int_t most = 0;
	size_t i;
	json_t *bar;

	json_array_foreach(pairs, i, bar)
	{
		json_int_t have = json_integer_value(json_array_get(bar, 2));
		most = have > most ? have : most;
	}
	return most;
}

static void put_chart(struct paper *p, const json_t *b)
{
	const json_t *pairs = json_object_get(b, "pairs");
	const double label = PAPER_WIDTH / 3, amount = 60;
	size_t i;
	json_t *bar;

	paper_paragraph(p, "P", FONT_TEXT, text_of(b, "text"), PAPER_LEFT);
	paper_open(p, "Table");
	json_array_foreach(pairs, i, bar)
	{
		PangoLayout *name =
			paper_text(p, FONT_TEXT, cell_of(bar, 0), label, false);
		double height = paper_height(name);
		double room = PAPER_WIDTH - label - amount - 4 * GAP;
		json_int_t have = json_integer_value(json_array_get(bar, 2));
		paper_room(p, height);
		paper_open(p, "TR");
		paper_open(p, "TH");
		paper_draw(p, name, PAPER_LEFT, p->y);
		paper_close(p, "TH");
		paper_box(p, PAPER_LEFT + label + 2 * GAP, p->y + 2,
			  share(have, most_of(pairs), room), 7, 0, true);
		paper_open(p, "TD");
		paper_draw(p, paper_text(p, FONT_TEXT, cell_of(bar, 1), amount, true),
			   PAPER_LEFT + PAPER_WIDTH - amount, p->y);
		paper_close(p, "TD");
		paper_close(p, "TR");
		p->y += height;
	}
	paper_close(p, "Table");
	p->y += GAP;
}

/* ---- all of it -------------------------------------------------------------------------- */

static void put_text(struct paper *p, const json_t *b)
{
	paper_paragraph(p, "P", FONT_TEXT, text_of(b, "text"), PAPER_LEFT);
	p->y += GAP;
}

static void put_strong(struct paper *p, const json_t *b)
{
	paper_paragraph(p, "P", FONT_STRONG, text_of(b, "text"), PAPER_LEFT);
	p->y += GAP;
}

static const struct {
	const char *kind;
	void (*put)(struct paper *p, const json_t *b);
} kinds[] = {
	{"heading", put_heading},   {"text", put_text},	  {"strong", put_strong},
	{"fields", put_fields},	    {"list", put_list},	  {"table", put_table},
	{"progress", put_progress}, {"chart", put_chart},
};

void blocks_put(struct paper *p, const json_t *document)
{
	size_t i;
	json_t *b;

	paper_open(p, "Document");
	paper_paragraph(p, "H1", FONT_TITLE, text_of(document, "title"), PAPER_LEFT);
	if (*text_of(document, "about"))
		paper_paragraph(p, "P", FONT_TEXT, text_of(document, "about"),
				PAPER_LEFT);
	p->y += 2 * GAP;
	json_array_foreach(json_object_get(document, "blocks"), i, b)
	{
		for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
			if (strcmp(text_of(b, "kind"), kinds[k].kind) == 0)
				kinds[k].put(p, b);
	}
	paper_close(p, "Document");
}
