/* Titles folded, so that "Teaching with Primary Sources!" meets "teaching  with primary
 * sources". */
#pragma once

#include "common/arena.h"

/* Letters and digits alone, compatibility-decomposed, without case and marks (Unicode
 * NFKD and case folding, by libutf8proc); the text itself where nothing is left. In the
 * arena. */
const char *similar_key(const char *title, struct arena *a);

/* The same with one blank between words, and "" where nothing is left: "Course Event/Title" is "course event title". In
 * the arena. */
const char *similar_words(const char *text, struct arena *a);

/* Lower case, for words that should meet whatever their case. In the arena. */
const char *similar_lower(const char *word, struct arena *a);
