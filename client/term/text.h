/* Text for a terminal: what may be printed, how many columns it takes, and where it may be cut.
 *
 * What comes from the data is made safe before it is printed: no control character reaches the terminal, and
 * where the locale is not UTF-8 nothing but ASCII does. Texts live in the arena that is passed. */
#pragma once

#include "client/term/term.h"
#include "common/arena.h"

#include <stddef.h>
#include <stdio.h>

/* A no-break space: keeps a number and its unit on one line; written as a space. */
#define NBSP "\xc2\xa0"

/* `s` (NULL: nothing) as it may be printed: newlines and tabs become spaces, other control characters and what is
 * not UTF-8 become U+FFFD, invisible format characters go. Without UTF-8 letters lose their accents, signs become
 * their nearest, and the rest is "?". Safe text is returned unchanged. */
const char *text_safe(const struct term *t, struct arena *a, const char *s);

/* Columns of safe text. Never fewer than a terminal takes; a joined emoji may take less. */
int text_width(const char *safe);

/* Bytes of the longest run of whole graphemes, from the start of `safe`, that fits into `width` columns. */
size_t text_fit(const char *safe, int width, int *ret_width);

/* `safe`, or as much of it as fits into `width` columns with … (... in ASCII) at its end. */
const char *text_cut(const struct term *t, struct arena *a, const char *safe, int width);

/* Writes safe text, no-break spaces as spaces, and so many spaces. */
void text_put(FILE *out, const char *safe);
void text_put_n(FILE *out, const char *safe, size_t n);
void text_space(FILE *out, int n);
