/* Activities that only look like a row: the person is asked about them. */
#include "daemon/record/import_match_parts.h"

#include "common/similar.h"

#include <stdlib.h>
#include <string.h>

enum {
	COMPARED_MOST =
		64 /* activities of one day whose words are compared with a row's */
};

/* The same title within weeks; the nearest day is asked about. */
static struct import_known *same_title(const struct import_match *m, size_t i)
{
	const civil_day day = m->rows.v[i].done_on;
	const char *title = m->v[i].title;
	struct import_known *best = NULL;

	for (size_t at =
		     import_known_titled(m, title, date_add_days(day, -IMPORT_NEAR_DAYS));
	     import_known_has_title(m, at, title); at++) {
		struct import_known *k = &m->known[m->by_title[at]];
		if (k->done_on > day + IMPORT_NEAR_DAYS)
			break;
		if (!k->used &&
		    (!best || abs(k->done_on - day) < abs(best->done_on - day)))
			best = k;
	}
	return best;
}

/* The same day, the same credit or provider, and most words. */
static struct import_known *same_day(const struct import_match *m, size_t i)
{
	const struct activity_add_params *row = &m->rows.v[i];
	const char *provider = m->v[i].provider;
	AUTO_ARENA scratch = {NULL};
	const char *words = NULL;
	int compared = 0;

	for (size_t at = import_known_since(m, row->done_on);
	     at < m->n && m->known[at].done_on == row->done_on; at++) {
		struct import_known *k = &m->known[at];
		bool credit = k->exact == row->credit.exact &&
			      strcmp(k->unit, row->credit.unit) == 0;
		if (k->used ||
		    (!credit && (!*provider || strcmp(provider, k->provider) != 0)))
			continue;
		if (compared++ == COMPARED_MOST)
			break;
		words = words ? words : similar_words(row->title, &scratch);
		if (import_like(similar_words(k->title, &scratch), words, &scratch))
			return k;
	}
	return NULL;
}

void import_meet_similar(struct import_match *m, size_t i)
{
	struct import_known *k = same_title(m, i);

	if (!k || k->done_on != m->rows.v[i].done_on) {
		struct import_known *other = same_day(m, i);
		k = other ? other : k;
	}
	if (!k)
		return;
	k->used = true;
	import_settle(&m->v[i], IMPORT_SIMILAR, k->id);
}
