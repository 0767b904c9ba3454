/* One license that is held twice in the record. */
#include "common/ascii.h"
#include "common/texts.h"
#include "daemon/record/credential.h"

#include <string.h>

/* Packs that were made by hand have names of their own. */
static bool is_same_board(const struct held *a, const struct held *b)
{
	static const char own[] = "own-";
	const char *x = a->cycle.pack->id, *y = b->cycle.pack->id;
	bool by_hand = strncmp(x, own, sizeof(own) - 1) == 0 &&
		       strncmp(y, own, sizeof(own) - 1) == 0;

	return strcmp(x, y) == 0 || (by_hand && ascii_same(a->title, b->title));
}

static bool is_twin(const struct held *a, const struct held *b)
{
	return a->id != b->id && b->retired_on == DATE_NONE && is_same_board(a, b) &&
	       a->cycle.begins == b->cycle.begins && a->cycle.ends == b->cycle.ends;
}

int credential_tell_twins(struct work *w, const char *alias, struct texts *notes,
			  struct err *e)
{
	struct held_list all;
	struct held *h;

	int r = held_all(w, DATE_NONE, &all, e);
	if (r == 0)
		r = held_pick(&all, alias, "credential", &h, e);
	for (size_t i = 0; r == 0 && i < all.n; i++)
		if (is_twin(h, &all.v[i]))
			texts_add(notes,
				  arena_printf(
					  w->arena,
					  "%s has the same rules and the same cycle, so "
					  "every hour counts for both; if it is one "
					  "license: pdh credential rm %s",
					  all.v[i].alias, alias),
				  w->arena);
	return r;
}
