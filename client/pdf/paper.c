#include "client/pdf/paper.h"

#define PAGE_WIDTH  612.0
#define PAGE_HEIGHT 792.0
#define TOP	    54.0
#define BOTTOM	    738.0

static cairo_status_t put(void *out, const unsigned char *bytes, unsigned n)
{
	return fwrite(bytes, 1, n, out) == n ? CAIRO_STATUS_SUCCESS
					     : CAIRO_STATUS_WRITE_ERROR;
}

/* Glyphs lie where the outlines say, on every screen. */
static void set_exact(cairo_t *cr)
{
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	cairo_set_source_rgb(cr, 0.1, 0.1, 0.1);
	cairo_surface_set_fallback_resolution(cairo_get_target(cr), 300, 300);
	cairo_set_font_options(cr, o);
	cairo_font_options_destroy(o);
}

bool paper_begin(struct paper *p, FILE *out, const char *title, const char *day)
{
	*p = (struct paper){.page = 1, .y = TOP};
	p->surface =
		cairo_pdf_surface_create_for_stream(put, out, PAGE_WIDTH, PAGE_HEIGHT);
	if (cairo_surface_status(p->surface) != CAIRO_STATUS_SUCCESS)
		return false;
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "pdh");
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_MOD_DATE, day);
	p->cr = cairo_create(p->surface);
	set_exact(p->cr);
	return cairo_status(p->cr) == CAIRO_STATUS_SUCCESS;
}

/* Outside every element: what the page says of itself is not read aloud among the text. */
static void number_page(struct paper *p)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%d", p->page);
	PangoLayout *l = paper_text(p, FONT_SMALL, text, PAPER_WIDTH, true);
	paper_draw(p, l, PAPER_LEFT, BOTTOM + 18);
}

const char *paper_end(struct paper *p)
{
	number_page(p);
	cairo_show_page(p->cr);
	cairo_status_t drawn = cairo_status(p->cr);
	cairo_destroy(p->cr);
	cairo_surface_finish(p->surface);
	cairo_status_t written = cairo_surface_status(p->surface);
	cairo_surface_destroy(p->surface);
	return drawn != CAIRO_STATUS_SUCCESS	 ? cairo_status_to_string(drawn)
	       : written != CAIRO_STATUS_SUCCESS ? cairo_status_to_string(written)
						 : NULL;
}

void paper_room(struct paper *p, double height)
{
	if (p->y + height <= BOTTOM || p->y <= TOP)
		return;
	number_page(p);
	cairo_show_page(p->cr);
	p->page++;
	p->y = TOP;
}

/* ---- texts ------------------------------------------------------------------------------ */

static const char *const fonts[] = {[FONT_TEXT] = "Sans 9",
				    [FONT_STRONG] = "Sans Bold 9",
				    [FONT_SMALL] = "Sans 8",
				    [FONT_HEAD] = "Sans Bold 11",
				    [FONT_TITLE] = "Sans Bold 15"};

static void note_unknown(struct paper *p, gunichar c)
{
	for (size_t i = 0; i < p->unknown_n; i++)
		if (p->unknown[i] == c)
			return;
	if (p->unknown_n < UNKNOWN_MOST)
		p->unknown[p->unknown_n++] = c;
}

/* A glyph that no font has bears its character. */
static void look_for_unknown(struct paper *p, PangoLayout *l)
{
	if (pango_layout_get_unknown_glyphs_count(l) == 0)
		return;
	PangoLayoutIter *it = pango_layout_get_iter(l);
	do {
		PangoLayoutRun *run = pango_layout_iter_get_run_readonly(it);
		for (int i = 0; run && i < run->glyphs->num_glyphs; i++) {
			PangoGlyph g = run->glyphs->glyphs[i].glyph;
			if (g & PANGO_GLYPH_UNKNOWN_FLAG && g != PANGO_GLYPH_EMPTY)
				note_unknown(p, g & ~PANGO_GLYPH_UNKNOWN_FLAG);
		}
	} while (pango_layout_iter_next_run(it));
	pango_layout_iter_free(it);
}

PangoLayout *paper_text(struct paper *p, enum paper_font font, const char *text,
			double width, bool right)
{
	PangoLayout *l = pango_cairo_create_layout(p->cr);
	PangoFontDescription *d = pango_font_description_from_string(fonts[font]);

	/* Whole pixels are for screens; rounded, joined letters come apart where text is taken out again. */
	pango_context_set_round_glyph_positions(pango_layout_get_context(l), FALSE);
	pango_layout_set_font_description(l, d);
	pango_font_description_free(d);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	pango_layout_set_text(l, text ? text : "", -1);
	look_for_unknown(p, l);
	return l;
}

double paper_height(PangoLayout *l)
{
	int width, height;

	pango_layout_get_size(l, &width, &height);
	return (double)height / PANGO_SCALE;
}

double paper_natural(PangoLayout *l)
{
	int width, height;

	pango_layout_get_size(l, &width, &height);
	return (double)width / PANGO_SCALE;
}

void paper_draw(struct paper *p, PangoLayout *l, double x, double y)
{
	cairo_move_to(p->cr, x, y);
	pango_cairo_show_layout(p->cr, l);
	g_object_unref(l);
}

void paper_drop(PangoLayout *l)
{
	g_object_unref(l);
}

/* Line by line, so that a text that is longer than a page goes on. */
void paper_paragraph(struct paper *p, const char *element, enum paper_font font,
		     const char *text, double x)
{
	PangoLayout *l = paper_text(p, font, text, PAPER_LEFT + PAPER_WIDTH - x, false);
	PangoLayoutIter *it = pango_layout_get_iter(l);

	paper_open(p, element);
	do {
		PangoRectangle box;
		PangoLayoutLine *line = pango_layout_iter_get_line_readonly(it);
		pango_layout_iter_get_line_extents(it, NULL, &box);
		double height = (double)box.height / PANGO_SCALE;
		double base = (double)(pango_layout_iter_get_baseline(it) - box.y) /
			      PANGO_SCALE;
		paper_room(p, height);
		cairo_move_to(p->cr, x + (double)box.x / PANGO_SCALE, p->y + base);
		pango_cairo_show_layout_line(p->cr, line);
		p->y += height;
	} while (pango_layout_iter_next_line(it));
	paper_close(p, element);
	pango_layout_iter_free(it);
	g_object_unref(l);
}

/* ---- elements and lines ----------------------------------------------------------------- */

void paper_open(struct paper *p, const char *element)
{
	cairo_tag_begin(p->cr, element, "");
}

void paper_close(struct paper *p, const char *element)
{
	cairo_tag_end(p->cr, element);
}

void paper_box(struct paper *p, double x, double y, double width, double height,
	       double gray, bool filled_blue)
{
	cairo_save(p->cr);
	if (filled_blue)
		cairo_set_source_rgb(p->cr, 0.12, 0.37, 0.55);
	else
		cairo_set_source_rgb(p->cr, gray, gray, gray);
	cairo_rectangle(p->cr, x, y, width, height);
	cairo_fill(p->cr);
	cairo_restore(p->cr);
}

void paper_line(struct paper *p, double y)
{
	paper_box(p, PAPER_LEFT, y, PAPER_WIDTH, 0.5, 0.75, false);
}
