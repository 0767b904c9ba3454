#include "daemon/transfer/places.h"

#include <string.h>

/* Neighboring numbers go far apart. */
static size_t begin(const struct places *p, uint64_t key)
{
	return (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (p->room - 1);
}

static struct place *slot(const struct places *p, uint64_t key)
{
	size_t i = begin(p, key);

	while (p->v[i].used && p->v[i].key != key)
		i = (i + 1) & (p->room - 1);
	return &p->v[i];
}

struct place *place_find(const struct places *p, uint64_t key)
{
	struct place *found = p->room ? slot(p, key) : NULL;

	return found && found->used ? found : NULL;
}

static void grow(struct places *p, struct arena *a)
{
	const struct places old = *p;

	p->room = old.room ? 2 * old.room : 64;
	p->v = arena_array(a, p->room, sizeof(*p->v));
	memset(p->v, 0, p->room * sizeof(*p->v));
	for (size_t i = 0; i < old.room; i++)
		if (old.v[i].used)
			*slot(p, old.v[i].key) = old.v[i];
}

void place_add(struct places *p, uint64_t key, int64_t id, int64_t line, struct arena *a)
{
	if (2 * (p->n + 1) > p->room)
		grow(p, a);
	*slot(p, key) = (struct place){key, id, line, true};
	p->n++;
}
