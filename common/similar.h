/* Titles folded, so that "Teaching with Primary Sources!" meets "teaching  with primary
 * sources". */
#pragma once

#include "common/arena.h"

#include <stdbool.h>

/* A text as every search and filter compares it, whatever the locale: without case, accents and other marks, composed or
 * not, wide or narrow; with its blanks and punctuation, of which dashes and quotes are the plain ones. In the arena. */
const char *similar_fold(const char *text, struct arena *a);
bool similar_same(const char *a, const char *b); /* of both of them */

/* The text with composed letters (Unicode NFC), which read the same; itself or a copy in the arena. */
const char *similar_composed(const char *text, struct arena *a);

/* Letters and digits alone, compatibility-decomposed, without case and marks (Unicode
 * NFKD and case folding, by libutf8proc); the text itself where nothing is left. In the
 * arena. */
const char *similar_key(const char *title, struct arena *a);

/* The same with one blank between words, and "" where nothing is left: "Course Event/Title" is "course event title". In
 * the arena. */
const char *similar_words(const char *text, struct arena *a);

/* Lower case and composed, as words are stored. In the arena. */
const char *similar_lower(const char *word, struct arena *a);
