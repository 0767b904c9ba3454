/* Whether two titles have most of their words in common. */
#include "daemon/record/import.h"

#include "common/word_list.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 64 };

static struct word_list words_of(const char *text, struct arena *a)
{
	struct word_list w = word_list_cut(text, " ", a);

	w.n = w.n < WORDS_MOST ? w.n : WORDS_MOST;
	return w;
}

bool import_like(const char *a, const char *b, struct arena *arena)
{
	struct word_list x = words_of(a, arena), y = words_of(b, arena);
	size_t n = x.n, k = y.n, both = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < k; j++)
			if (y.v[j] && strcmp(x.v[i], y.v[j]) == 0) {
				both++;
				y.v[j] = NULL;
				break;
			}
	return both > 0 && both * 5 >= (n + k - both) * 3;
}
