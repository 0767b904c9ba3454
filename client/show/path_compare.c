/* pdh path compare: one row a question, for reading and as Markdown. */
#include "client/show/answers.h"

#include <string.h>

enum { PLACE_WIDTH = 8 };

static const char *place_of(const struct path_side *s)
{
	return s->jurisdiction ? s->jurisdiction : s->pack;
}

/* "bachelor's degree [second-hand, not sure]"; confirmed is not said each time. */
static const char *cell_text(const struct show *v, const struct path_cell *c)
{
	const bool marked = c->mark && c->mark != MARK_CONFIRMED, unsure = c->unsure > 0;

	if (!c->text)
		return "-";
	if (!marked && !unsure)
		return c->text;
	return arena_printf(v->s.a, "%s [%s%s%s]", c->text,
			    marked ? source_mark_word(c->mark) : "",
			    marked && unsure ? ", " : "", unsure ? "not sure" : "");
}

/* A bar would end the cell. */
static void markdown_cell(const struct show *v, const char *text)
{
	fputc(' ', v->s.out);
	for (; *text; text++)
		if (*text == '|')
			fputs("\\|", v->s.out);
		else
			fputc(*text, v->s.out);
	fputs(" |", v->s.out);
}

static void show_markdown(const struct show *v, const struct paths_compared *r)
{
	fputs("| |", v->s.out);
	for (size_t i = 0; i < r->sides.n; i++)
		markdown_cell(v, place_of(&r->sides.v[i]));
	fputs("\n| --- |", v->s.out);
	for (size_t i = 0; i < r->sides.n; i++)
		fputs(" --- |", v->s.out);
	fputc('\n', v->s.out);
	for (size_t i = 0; i < r->questions.n; i++) {
		const struct path_question *q = &r->questions.v[i];
		fputc('|', v->s.out);
		markdown_cell(v, q->question);
		for (size_t k = 0; k < q->cells.n; k++)
			markdown_cell(v, cell_text(v, &q->cells.v[k]));
		fputc('\n', v->s.out);
	}
}

static void show_people(const struct show *v, const struct paths_compared *r)
{
	for (size_t i = 0; i < r->questions.n; i++) {
		const struct path_question *q = &r->questions.v[i];
		screen_line(&v->s, "%s", q->question);
		for (size_t k = 0; k < q->cells.n; k++)
			screen_field(&v->s, PLACE_WIDTH, place_of(&r->sides.v[k]),
				     cell_text(v, &q->cells.v[k]));
	}
}

void show_paths_compared(const struct show *v, const struct paths_compared *r)
{
	const struct path_compare_params *p = v->params;

	if (p && p->md > 0)
		show_markdown(v, r);
	else
		show_people(v, r);
	screen_line(&v->s,
		    "- says that the pack says nothing about it. The agencies decide.");
}
