/* Words that are searched for: in any order and at any place, whatever their case and accents, with their punctuation. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* The words of a search, each folded as similar_fold() does, with one blank between them. In the arena. */
const char *search_words(const char *text, struct arena *a);

/* Folded texts without their punctuation, so that "k12" finds "K-12"; those that have none are left out. In the arena. */
const char *search_plain(const char *const *texts, size_t n, struct arena *a);

/* Whether each of the search_words() is in one of the texts, which are folded; NULL ones are left out. */
bool search_finds(const char *words, const char *const *texts, size_t n);
