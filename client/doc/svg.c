/* Bars as pictures: whole numbers only, no script, no style but their own attributes. */
#include "client/doc/render.h"

#include "client/term/bar.h"
#include "client/term/text.h"

enum {
	WIDTH = 720,
	LABEL = 190, /* room for names */
	AMOUNT = 90, /* and for amounts */
	ROW = 24,
	THICK = 14,
	FONT = 13,
	PROGRESS_HEIGHT = 18,
	LABEL_COLUMNS = 24, /* of letters that fit into LABEL */
};

#define BAR_COLOR  "#1f5f8b"
#define ROOM_COLOR "#d9e2e8"
#define TEXT_COLOR "#1a1a1a"
#define CLOSER	   " textLength=\"180\" lengthAdjust=\"spacingAndGlyphs\""

void doc_escape(FILE *out, const char *text)
{
	for (const char *p = text ? text : ""; *p; p++) {
		switch (*p) {
		case '&':
			(void)fputs("&amp;", out);
			break;
		case '<':
			(void)fputs("&lt;", out);
			break;
		case '>':
			(void)fputs("&gt;", out);
			break;
		case '"':
			(void)fputs("&quot;", out);
			break;
		case '\'':
			(void)fputs("&#39;", out);
			break;
		default:
			(void)putc(*p, out);
		}
	}
}

static void rect(FILE *out, int64_t x, int64_t y, int64_t width, int height,
		 const char *color)
{
	(void)fprintf(out,
		      "<rect x=\"%lld\" y=\"%lld\" width=\"%lld\" height=\"%d\" "
		      "fill=\"%s\"/>",
		      (long long)x, (long long)y, (long long)width, height, color);
}

static void begin(FILE *out, const char *names, size_t id, int64_t height,
		  const char *title)
{
	(void)fprintf(out,
		      "<svg %srole=\"img\" aria-labelledby=\"pic%zu\" width=\"%d\" "
		      "height=\"%lld\" viewBox=\"0 0 %d %lld\" font-size=\"%d\" "
		      "font-family=\"sans-serif\">\n<title id=\"pic%zu\">",
		      names, id, WIDTH, (long long)height, WIDTH, (long long)height, FONT,
		      id);
	doc_escape(out, title);
	(void)fputs("</title>\n", out);
}

void doc_svg_progress(const struct doc_block *b, size_t id, FILE *out)
{
	int64_t have = bar_share(b->have, b->need, WIDTH),
		even = bar_share(b->even, b->need, WIDTH);

	begin(out, "", id, PROGRESS_HEIGHT, b->text);
	rect(out, 0, 2, WIDTH, THICK, ROOM_COLOR);
	rect(out, 0, 2, have < WIDTH ? have : WIDTH, THICK, BAR_COLOR);
	if (b->even > 0)
		rect(out, even < WIDTH - 2 ? even : WIDTH - 2, 0, 2, PROGRESS_HEIGHT,
		     TEXT_COLOR);
	(void)fputs("\n</svg>\n", out);
}

static void put_bar(const struct doc_bar *b, int64_t most, int64_t y, FILE *out)
{
	int64_t room = WIDTH - LABEL - AMOUNT, length = bar_share(b->have, most, room);

	if (b->have > 0 && length == 0)
		length = 1;
	/* A name that may be too long for its room is set closer, so that it is whole. */
	(void)fprintf(out, "<text x=\"0\" y=\"%lld\" fill=\"" TEXT_COLOR "\"%s>",
		      (long long)y + THICK,
		      text_width(b->label) > LABEL_COLUMNS ? CLOSER : "");
	doc_escape(out, b->label);
	(void)fputs("</text>", out);
	rect(out, LABEL, y + 3, length, THICK, BAR_COLOR);
	(void)fprintf(out, "<text x=\"%lld\" y=\"%lld\" fill=\"" TEXT_COLOR "\">",
		      LABEL + (long long)length + 6, (long long)y + THICK);
	doc_escape(out, b->text);
	(void)fputs("</text>\n", out);
}

static void put_bars(const struct doc_block *b, FILE *out)
{
	for (size_t i = 0; i < b->n; i++)
		put_bar(&b->bars[i], doc_most(b), (int64_t)i * ROW, out);
}

void doc_svg_chart(const struct doc_block *b, size_t id, FILE *out)
{
	begin(out, "", id, (int64_t)b->n * ROW, b->text);
	put_bars(b, out);
	(void)fputs("</svg>\n", out);
}

void doc_svg(const struct doc_block *chart, const char *title, FILE *out)
{
	begin(out, "xmlns=\"http://www.w3.org/2000/svg\" ", 0,
	      (int64_t)chart->n * ROW + (chart->n == 0), title);
	rect(out, 0, 0, WIDTH, (int)chart->n * ROW, "#ffffff");
	(void)putc('\n', out);
	put_bars(chart, out);
	(void)fputs("</svg>\n", out);
}
