/* A document as a page by itself: landmarks, headings in order, tables with heads, pictures with titles. */
#include "client/doc/render.h"

#include <string.h>

/* Dark on light with a contrast of 7 and more; on paper without colored grounds, and no row is torn in two. */
static const char style[] =
	"body{margin:0 auto;max-width:60rem;padding:1rem 1.5rem;background:#ffffff;"
	"color:#1a1a1a;font:1rem/1.5 system-ui,sans-serif}\n"
	"h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}\n"
	"h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:1px solid #767676}\n"
	"h3{font-size:1.05rem;margin:1.25rem 0 .25rem}\n"
	"a{color:#0b4f79}\nnav ul{margin:0;padding-left:1.25rem}\n"
	".strong{border-left:.3rem solid #8a3b00;padding:.25rem .75rem;font-weight:600}\n"
	"dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem "
	"0}\n"
	"dt{color:#4a4a4a}\ndd{margin:0}\n"
	".wide{overflow-x:auto}\n"
	"table{border-collapse:collapse;width:100%;margin:.5rem 0}\n"
	"caption{text-align:left;color:#4a4a4a}\n"
	"th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;"
	"border-bottom:1px solid #c8c8c8}\n"
	"th.n,td.n{text-align:right;white-space:nowrap}\n"
	"svg{max-width:100%;height:auto}\nfigure{margin:.5rem 0}\n"
	"@media print{body{max-width:none;padding:0;font-size:10pt}nav{display:none}"
	".wide{overflow:visible}tr,figure,dl{break-inside:avoid}h2,h3{break-after:avoid}"
	"a{color:inherit;text-decoration:none}thead{display:table-header-group}}\n";

struct page {
	FILE *out;
	size_t pictures, sections;
};

static void put_element(FILE *out, const char *name, const char *text)
{
	(void)fprintf(out, "<%s dir=\"auto\">", name);
	doc_escape(out, text);
	(void)fprintf(out, "</%.*s>\n", (int)strcspn(name, " "), name);
}

static bool is_link(const char *text)
{
	return strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;
}

static void put_cell(FILE *out, const char *text)
{
	bool link = text && is_link(text) && !strpbrk(text, " \n");

	if (link) {
		(void)fputs("<a rel=\"noreferrer\" href=\"", out);
		doc_escape(out, text);
		(void)fputs("\">", out);
	}
	doc_escape(out, text);
	if (link)
		(void)fputs("</a>", out);
}

static void put_fields(FILE *out, const struct doc_block *b)
{
	(void)fputs("<dl>\n", out);
	for (size_t i = 0; i < b->n; i++) {
		put_element(out, "dt", b->fields[i].label);
		put_element(out, "dd", b->fields[i].value);
	}
	(void)fputs("</dl>\n", out);
}

static void put_list(FILE *out, const struct doc_block *b)
{
	(void)fputs("<ul>\n", out);
	for (size_t i = 0; i < b->n; i++)
		put_element(out, "li", b->fields[i].value);
	(void)fputs("</ul>\n", out);
}

static void put_row(FILE *out, const struct doc_block *b, const char *const *cells)
{
	(void)fputs("<tr>", out);
	for (size_t c = 0; c < b->column_count; c++) {
		(void)fputs(b->columns[c].number ? "<td class=\"n\">"
						 : "<td dir=\"auto\">",
			    out);
		put_cell(out, cells[c]);
		(void)fputs("</td>", out);
	}
	(void)fputs("</tr>\n", out);
}

/* What is wider than the page is scrolled by itself, by the keyboard too. */
static void put_table(FILE *out, const struct doc_block *b)
{
	if (b->n == 0)
		return;
	(void)fputs("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"",
		    out);
	doc_escape(out, b->text);
	(void)fputs("\"><table>\n", out);
	put_element(out, "caption", b->text);
	(void)fputs("<thead><tr>", out);
	for (size_t c = 0; c < b->column_count; c++) {
		(void)fprintf(out, "<th scope=\"col\"%s>",
			      b->columns[c].number ? " class=\"n\"" : "");
		doc_escape(out, b->columns[c].head);
		(void)fputs("</th>", out);
	}
	(void)fputs("</tr></thead>\n<tbody>\n", out);
	for (size_t r = 0; r < b->n; r++)
		put_row(out, b, &b->cells[r * b->column_count]);
	(void)fputs("</tbody></table></div>\n", out);
}

static void put_progress(struct page *p, const struct doc_block *b)
{
	(void)fputs("<figure>", p->out);
	doc_svg_progress(b, ++p->pictures, p->out);
	put_element(p->out, "figcaption", b->text);
	(void)fputs("</figure>\n", p->out);
}

static void put_chart(struct page *p, const struct doc_block *b)
{
	(void)fputs("<figure>", p->out);
	if (b->n)
		doc_svg_chart(b, ++p->pictures, p->out);
	put_element(p->out, "figcaption", b->text);
	(void)fputs("</figure>\n", p->out);
}

static void put_heading(struct page *p, const struct doc_block *b)
{
	FILE *out = p->out;

	if (b->level > 2) {
		put_element(out, "h3", b->text);
		return;
	}
	if (p->sections++)
		(void)fputs("</section>\n", out);
	(void)fprintf(out,
		      "<section aria-labelledby=\"s%zu\">\n<h2 id=\"s%zu\" "
		      "dir=\"auto\">",
		      p->sections, p->sections);
	doc_escape(out, b->text);
	(void)fputs("</h2>\n", out);
}

static void put_block(struct page *p, const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_HEADING:
		put_heading(p, b);
		break;
	case DOC_TEXT:
		put_element(p->out, "p", b->text);
		break;
	case DOC_STRONG:
		put_element(p->out, "p class=\"strong\"", b->text);
		break;
	case DOC_FIELDS:
		put_fields(p->out, b);
		break;
	case DOC_LIST:
		put_list(p->out, b);
		break;
	case DOC_TABLE:
		put_table(p->out, b);
		break;
	case DOC_PROGRESS:
		put_progress(p, b);
		break;
	case DOC_CHART:
		put_chart(p, b);
		break;
	}
}

static void put_nav(FILE *out, const struct doc *d)
{
	size_t section = 0;

	(void)fputs("<nav aria-label=\"On this page\"><ul>\n", out);
	for (size_t i = 0; i < d->n; i++) {
		if (d->v[i].kind != DOC_HEADING || d->v[i].level != 2)
			continue;
		(void)fprintf(out, "<li><a href=\"#s%zu\" dir=\"auto\">", ++section);
		doc_escape(out, d->v[i].text);
		(void)fputs("</a></li>\n", out);
	}
	(void)fputs("</ul></nav>\n", out);
}

void doc_html(const struct doc *d, FILE *out)
{
	struct page p = {.out = out};

	(void)fputs(
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
		"'none'; style-src 'unsafe-inline'\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, "
		"initial-scale=1\">\n<title>",
		out);
	doc_escape(out, d->title);
	(void)fprintf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<header>\n",
		      style);
	put_element(out, "h1", d->title);
	if (d->about)
		put_element(out, "p", d->about);
	put_nav(out, d);
	(void)fputs("</header>\n<main>\n", out);
	for (size_t i = 0; i < d->n; i++)
		put_block(&p, &d->v[i]);
	(void)fprintf(out, "%s</main>\n</body>\n</html>\n",
		      p.sections ? "</section>\n" : "");
}
