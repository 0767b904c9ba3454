/* Packs that are not what they were: changed since a cycle began, or not looked at for long. */
#include "daemon/judge/held.h"
#include "daemon/packs/packs.h"

#include <string.h>

enum { READ_DAYS_MAX = 365 }; /* boards change their rules with the school year */

static void add(struct work *w, struct pack_row *row, const char *why)
{
	struct texts *t = &row->outdated;

	t->v = arena_grow(w->arena, (void *)t->v, t->n, sizeof(*t->v));
	t->v[t->n++] = why;
}

static void compare(struct work *w, const struct held *h, const struct pack *now,
		    struct pack_row *ret)
{
	const struct pack *then = h->cycle.pack;

	if (!then || h->retired_on != DATE_NONE || strcmp(then->id, now->id) != 0)
		return;
	if (strcmp(then->version, now->version) != 0)
		add(w, ret,
		    arena_printf(w->arena,
				 "%s is judged by version %s, which its cycle began "
				 "under; here is %s",
				 h->alias, then->version, now->version));
	else if (strcmp(then->text, now->text) != 0)
		add(w, ret,
		    arena_printf(w->arena,
				 "%s is judged by another text of the same version %s; "
				 "changed rules need a new version",
				 h->alias, now->version));
}

int packs_outdated(struct work *w, const struct pack *p, struct pack_row *ret,
		   struct err *e)
{
	struct held_list held;
	int r = held_all(w, DATE_NONE, &held, e);

	if (r < 0)
		return r;
	for (size_t i = 0; i < held.n; i++)
		compare(w, &held.v[i], p, ret);
	if (p->read != DATE_NONE && w->today - p->read > READ_DAYS_MAX)
		add(w, ret,
		    arena_printf(w->arena,
				 "its author last compared it with its sources %d days "
				 "ago",
				 (int)(w->today - p->read)));
	return 0;
}
