/* A document as Markdown (CommonMark, with the tables of GitHub). */
#include "client/doc/render.h"

#include <string.h>

/* What would mean something is led by a backslash; lines do not end inside a text. */
static void put(FILE *out, const char *text)
{
	for (const char *p = text ? text : ""; *p; p++) {
		if (*p == '\n' || *p == '\r') {
			(void)putc(' ', out);
			continue;
		}
		if (strchr("\\`*_[]<>|#&~", *p))
			(void)putc('\\', out);
		(void)putc(*p, out);
	}
}

/* A line that would begin a list, a heading or a rule. */
static void put_line(FILE *out, const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (*text == '-' || *text == '+' || *text == '=') {
		(void)putc('\\', out);
	} else if (digits && (text[digits] == '.' || text[digits] == ')')) {
		(void)fprintf(out, "%.*s\\", (int)digits, text);
		text += digits;
	}
	put(out, text);
}

static void put_table(const struct doc_block *b, FILE *out)
{
	if (b->n == 0)
		return;
	for (size_t c = 0; c < b->column_count; c++) {
		(void)fputs("| ", out);
		put(out, b->columns[c].head);
		(void)putc(' ', out);
	}
	(void)fputs("|\n", out);
	for (size_t c = 0; c < b->column_count; c++)
		(void)fputs(b->columns[c].number ? "| ---: " : "| --- ", out);
	(void)fputs("|\n", out);
	for (size_t r = 0; r < b->n; r++) {
		for (size_t c = 0; c < b->column_count; c++) {
			(void)fputs("| ", out);
			put(out, b->cells[r * b->column_count + c]);
			(void)putc(' ', out);
		}
		(void)fputs("|\n", out);
	}
	(void)putc('\n', out);
}

static void put_fields(const struct doc_block *b, FILE *out)
{
	for (size_t i = 0; i < b->n; i++) {
		(void)fputs("- ", out);
		if (b->fields[i].label) {
			(void)fputs("**", out);
			put(out, b->fields[i].label);
			(void)fputs(":** ", out);
			put(out, b->fields[i].value);
		} else {
			put_line(out, b->fields[i].value);
		}
		(void)putc('\n', out);
	}
	(void)putc('\n', out);
}

static void put_chart(const struct doc_block *b, FILE *out)
{
	if (b->text) {
		put_line(out, b->text);
		(void)fputs("\n\n", out);
	}
	if (b->n == 0)
		return;
	(void)fputs("| | |\n| --- | ---: |\n", out);
	for (size_t i = 0; i < b->n; i++) {
		(void)fputs("| ", out);
		put(out, b->bars[i].label);
		(void)fputs(" | ", out);
		put(out, b->bars[i].text);
		(void)fputs(" |\n", out);
	}
	(void)putc('\n', out);
}

static void put_block(const struct doc_block *b, FILE *out)
{
	switch (b->kind) {
	case DOC_HEADING:
		for (int i = 0; i < b->level; i++)
			(void)putc('#', out);
		(void)putc(' ', out);
		put(out, b->text);
		(void)fputs("\n\n", out);
		break;
	case DOC_TEXT:
	case DOC_PROGRESS:
		put_line(out, b->text);
		(void)fputs("\n\n", out);
		break;
	case DOC_STRONG:
		(void)fputs("**", out);
		put(out, b->text);
		(void)fputs("**\n\n", out);
		break;
	case DOC_FIELDS:
	case DOC_LIST:
		put_fields(b, out);
		break;
	case DOC_TABLE:
		put_table(b, out);
		break;
	case DOC_CHART:
		put_chart(b, out);
		break;
	}
}

void doc_markdown(const struct doc *d, FILE *out)
{
	(void)fputs("# ", out);
	put(out, d->title);
	(void)fputs("\n\n", out);
	if (d->about) {
		put_line(out, d->about);
		(void)fputs("\n\n", out);
	}
	for (size_t i = 0; i < d->n; i++)
		put_block(&d->v[i], out);
}
