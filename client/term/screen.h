/* Lines for people: everything here keeps within the width of the terminal and makes safe what it prints.
 *
 * A line is made of pieces. A piece (a name, an amount with its unit) is never broken; what does not fit goes to
 * the next line. Sentences are broken at spaces. */
#pragma once

#include "client/term/term.h"
#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct screen {
	const struct term *t;
	struct arena *a; /* texts made on the way */
	FILE *out;
	int width; /* at most the terminal's */
};

struct piece {
	const char *text;
	int width;  /* padded to so many columns; 0: as wide as it is */
	int gap;    /* columns kept free before it, but not at the start of a line */
	bool right; /* aligned to the right in its width */
	enum tint tint;
};

/* Writes pieces from column `at` on, those that do not fit on lines that begin at `hang`; returns the column
 * reached. Does not end the line. */
int screen_pieces(const struct screen *s, int at, int hang, const struct piece *pieces,
		  size_t n);

/* Writes a text from column `at` on, broken at spaces, further lines beginning at `hang`; ends the line. Where it does not fit
 * on one line, a command in it ("Change it: pdh edit 3 --topic literacy") has a line of its own, and is never broken. */
void screen_text(const struct screen *s, int at, int hang, const char *text);

/* The same with what is printed before it: the text goes on at `at` + gap if there is room to read it there, else
 * on lines of its own. */
void screen_beside(const struct screen *s, int at, int gap, int fallback,
		   const char *text);

/* A sentence on lines of its own. */
void screen_line(const struct screen *s, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* "  label     value", the value broken at spaces and at its newlines under itself. Nothing for a value that is
 * NULL or empty. */
void screen_field(const struct screen *s, int label_width, const char *label,
		  const char *value);

/* `left` cut to fit and `right` at the right margin; on a line of its own where there is no room. */
void screen_ends(const struct screen *s, const char *left, const struct piece *right);

void screen_end(const struct screen *s); /* newline */

/* The separator between things of one kind: " · ", or ", " in ASCII. */
const char *screen_dot(const struct screen *s);
