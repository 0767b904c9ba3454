#include "daemon/rules_parts.h"

#include <string.h>

enum { ROOM_FIRST = 16, HALF = 2 };

static size_t hash(const struct rule *r, const char *word)
{
	uint64_t h = UINT64_C(14695981039346656037) ^ (uint64_t)r->line; /* FNV-1a */

	for (; *word; word++)
		h = (h ^ (unsigned char)*word) * UINT64_C(1099511628211);
	return (size_t)h;
}

static struct tally *find(const struct tallies *all, const struct rule *r,
			  const char *word)
{
	size_t at = hash(r, word) % all->room;

	while (all->slots[at].rule &&
	       (all->slots[at].rule != r || strcmp(all->slots[at].word, word) != 0))
		at = (at + 1) % all->room;
	return &all->slots[at];
}

/* At most half of the slots are taken. */
static void make_room(struct tallies *all, struct arena *a)
{
	const struct tallies old = *all;

	if (HALF * (all->n + 1) <= all->room)
		return;
	all->room = old.room ? HALF * old.room : ROOM_FIRST;
	all->slots = arena_array(a, all->room, sizeof(*all->slots));
	for (size_t i = 0; i < old.room; i++)
		if (old.slots[i].rule)
			*find(all, old.slots[i].rule, old.slots[i].word) = old.slots[i];
}

struct tally *tally_of(struct tallies *all, const struct rule *r, const char *word,
		       struct arena *a, bool *ret_new)
{
	make_room(all, a);
	struct tally *t = find(all, r, word);
	*ret_new = t->rule == NULL;
	if (*ret_new) {
		*t = (struct tally){r, word, 0};
		all->n++;
	}
	return t;
}
