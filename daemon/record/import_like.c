/* Whether two titles have most of their words in common. */
#include "daemon/record/import.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 64 };

static size_t words_of(const char *text, const char **to, struct arena *a)
{
	char *words = arena_dup(a, text), *save;
	size_t n = 0;

	for (char *p = strtok_r(words, " ", &save); p && n < WORDS_MOST;
	     p = strtok_r(NULL, " ", &save))
		to[n++] = p;
	return n;
}

bool import_like(const char *a, const char *b, struct arena *arena)
{
	const char *x[WORDS_MOST], *y[WORDS_MOST];
	size_t n = words_of(a, x, arena), k = words_of(b, y, arena), both = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < k; j++)
			if (y[j] && strcmp(x[i], y[j]) == 0) {
				both++;
				y[j] = NULL;
				break;
			}
	return both > 0 && both * 5 >= (n + k - both) * 3;
}
