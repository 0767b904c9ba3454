#include "daemon/judge/follow.h"

#include "common/texts.h"

#include <string.h>

int follow_end(struct work *w, const struct pack *pack, int64_t but,
	       const char **ret_alias, civil_day *ret, struct err *e)
{
	const char *follows = pack->calendar.follows;
	struct held_list all;

	*ret_alias = NULL;
	*ret = DATE_NONE;
	if (!follows)
		return 0;
	int r = held_all(w, DATE_NONE, &all, e);
	for (size_t i = 0; r == 0 && i < all.n && !*ret_alias; i++) {
		const struct held *one = &all.v[i];
		if (one->id == but || one->retired_on != DATE_NONE || one->pursued ||
		    one->cycle.ends == DATE_NONE || one->cycle.ends == DATE_LAST ||
		    strcmp(one->cycle.pack->id, follows) != 0)
			continue;
		*ret_alias = one->alias;
		*ret = one->cycle.ends;
	}
	return r;
}

int follow_expires(struct work *w, const struct pack *pack, civil_day *expires,
		   struct err *e)
{
	const char *other;

	return *expires == DATE_NONE ? follow_end(w, pack, 0, &other, expires, e) : 0;
}

int follow_doubt(struct work *w, const struct held *h, const char **ret, struct err *e)
{
	char iso[DATE_ISO_SIZE];
	const char *other;
	civil_day end;

	*ret = NULL;
	int r = follow_end(w, h->cycle.pack, h->id, &other, &end, e);
	if (r < 0 || !other || h->cycle.ends == end || h->retired_on != DATE_NONE ||
	    h->cycle.closed_on != DATE_NONE)
		return r;
	date_format_iso(end, iso);
	/* A later day is that of a renewal, which the one that follows has yet to make. */
	*ret = h->cycle.ends != DATE_NONE && end > h->cycle.ends
		       ? arena_printf(w->arena,
				      "%s ends when %s does, which is on %s now: pdh "
				      "credential renew %s, or if it is one cycle: pdh "
				      "credential edit %s --expires %s",
				      h->alias, other, texts_day(w->arena, end), h->alias,
				      h->alias, iso)
		       : arena_printf(w->arena,
				      "%s ends when %s does, which is on %s: pdh "
				      "credential edit %s --expires %s",
				      h->alias, other, texts_day(w->arena, end), h->alias,
				      iso);
	return 0;
}
