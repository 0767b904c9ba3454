/* A text as a list of its words, and words as a text. */
#pragma once

#include "common/arena.h"

#include <stddef.h>

struct word_list {
	const char **v;
	size_t n;
};

/* The words of a text between any of the characters `blanks`; in the arena. */
struct word_list word_list_cut(const char *text, const char *blanks, struct arena *a);

/* Those from `first` to before `end`, with one blank between them; "" where there are none. In the arena. */
const char *word_list_join(const struct word_list *w, size_t first, size_t end,
			   struct arena *a);
