/* Words that are searched for: in any order and at any place, whatever their case and accents, with their punctuation. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* The words of a search, each folded as similar_fold() does, with one blank between them. In the arena. */
const char *search_words(const char *text, struct arena *a);

/* What a search looks at of some texts, of which NULL ones are left out: folded, each on a line of its own, and once more
 * without punctuation where there is any, so that "k12" finds "K-12". In the arena. */
const char *search_text(const char *const *texts, size_t n, struct arena *a);

/* Whether each of the search_words() is in the search_text(). */
bool search_finds(const char *words, const char *text);
