#include "common/word_list.h"

#include <string.h>

struct word_list word_list_cut(const char *text, const char *blanks, struct arena *a)
{
	struct word_list w = {NULL, 0};

	for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
		size_t n = strcspn(text, blanks);
		w.v = arena_grow(a, w.v, w.n, sizeof(*w.v));
		w.v[w.n++] = arena_dup_n(a, text, n);
		text += n;
	}
	return w;
}

const char *word_list_join(const struct word_list *w, size_t first, size_t end,
			   struct arena *a)
{
	const char *all = "";

	for (size_t i = first; i < end; i++)
		all = arena_printf(a, "%s%s%s", all, *all ? " " : "", w->v[i]);
	return all;
}
