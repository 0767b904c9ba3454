/* Pages that are written from the top down: texts of any script, boxes, and what each is, for whoever reads with a
 * screen reader. Lengths are points, 1/72 inch. */
#pragma once

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdio.h>

enum { UNKNOWN_MOST = 16 };

struct paper {
	cairo_surface_t *surface;
	cairo_t *cr;
	double y;			/* where the next line begins */
	int page;			/* from 1 on */
	gunichar unknown[UNKNOWN_MOST]; /* characters that no font has */
	size_t unknown_n;
};

enum paper_font { FONT_TEXT, FONT_STRONG, FONT_SMALL, FONT_HEAD, FONT_TITLE };

#define PAPER_LEFT  54.0
#define PAPER_WIDTH 504.0 /* of US Letter, between margins of 3/4 inch */

/* Begins a document on `out`. `day`: when it was made, as 2026-03-14T00:00:00Z. False where it cannot. */
bool paper_begin(struct paper *p, FILE *out, const char *title, const char *day);

/* Ends it; the sentence of what went wrong, or NULL. */
const char *paper_end(struct paper *p);

/* Another page where less than so much is left. */
void paper_room(struct paper *p, double height);

/* A text set in some width, not drawn yet; paper_draw() draws and frees it, paper_drop() frees it. */
PangoLayout *paper_text(struct paper *p, enum paper_font font, const char *text,
			double width, bool right);
double paper_height(PangoLayout *l);
double paper_natural(PangoLayout *l); /* the width that it takes */
void paper_draw(struct paper *p, PangoLayout *l, double x, double y);
void paper_drop(PangoLayout *l);

/* A text as a paragraph of its own, of this element ("P", "H1"); long ones go on on the next page. */
void paper_paragraph(struct paper *p, const char *element, enum paper_font font,
		     const char *text, double x);

void paper_open(struct paper *p, const char *element);
void paper_close(struct paper *p, const char *element);

void paper_box(struct paper *p, double x, double y, double width, double height,
	       double gray, bool filled_blue);
void paper_line(struct paper *p, double y);
