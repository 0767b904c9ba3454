/* What the place that the output goes to can show. Found out once at start, then passed on as a value:
 * nothing below asks the environment again. */
#pragma once

#include <stdbool.h>

enum color_choice {
	COLOR_AUTO,
	COLOR_NEVER, /* --no-color, --color=never */
	COLOR_ALWAYS /* --color=always */
};

struct term {
	bool utf8; /* else ASCII alone is written */
	bool color;
	bool tty;
	bool no_bars; /* words instead of bars: --bars no, PDH_BARS=no */
	int width;    /* columns; no line is longer */
};

/* Widths outside these are taken for the nearest: below, nothing can be read; above, rows are hard to follow. */
enum { TERM_WIDTH_MIN = 20, TERM_WIDTH_USUAL = 80, TERM_WIDTH_MAX = 400 };

/* Looks at descriptor `fd`, COLUMNS and the variables that speak of color. The locale must have been set
 * (setlocale) before. Color is on for a terminal and off with NO_COLOR or PDH_NO_COLOR (not empty) or
 * TERM=dumb; FORCE_COLOR turns it on, and `choice` has the last word. */
void term_init(struct term *t, int fd, enum color_choice choice);

/* "always", "never", "auto": true and *ret, or false. */
bool term_color_choice(const char *word, enum color_choice *ret);

/* Colors mean one thing each. */
enum tint { TINT_NONE, TINT_GOOD, TINT_WARN, TINT_BAD };

/* The sequence that begins a tint, or "" without color; TINT_NONE ends one. */
const char *term_tint(const struct term *t, enum tint tint);
