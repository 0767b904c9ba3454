/* word.list: what is in use, for completion. */
#include "daemon/method.h"
#include "daemon/pack.h"
#include "daemon/row.h"

#include <string.h>

/* Which statement lists the values of a kind; statements without a column `about` give
 * the value alone. */
static const struct {
	const char *of;
	enum db_query q;
} lists[] = {
	{"alias", Q_aliases_in_use},	  {"topic", Q_topics_in_use},
	{"provider", Q_providers_in_use}, {"word", Q_kinds_in_use},
	{"id", Q_activities_recent},	  {"op", Q_changes_recent},
	{"item", Q_items_in_use},
};

static int read_words(struct work *w, enum db_query q, struct words *ret, struct err *e)
{
	struct list rows;
	AUTO_STMT s = NULL;

	int r = db_query(w->db, q, &s, e);
	if (r == 0)
		r = row_read_all(w->db, s, &shape_word, w->arena, &rows, e);
	if (r == 0)
		memcpy(&ret->words, &rows, sizeof(rows));
	return r;
}

static void list_packs(struct work *w, struct words *ret)
{
	const struct pack *const *all;
	struct texts problems;
	size_t n;

	pack_library_all(w->packs, &all, &n, &problems);
	ret->words.v = arena_array(w->arena, n + 1, sizeof(struct word));
	ret->words.n = n;
	for (size_t i = 0; i < n; i++)
		ret->words.v[i] =
			(struct word){.value = all[i]->id, .about = all[i]->title};
}

int method_word_list(struct work *w, const struct word_list_params *p, struct words *ret,
		     struct err *e)
{
	if (strcmp(p->of, "pack") == 0) {
		list_packs(w, ret);
		return 0;
	}
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (strcmp(p->of, lists[i].of) == 0)
			return read_words(w, lists[i].q, ret, e);
	return err_set(
		e, -PDH_USAGE, "of",
		"is alias, topic, provider, pack, id, op, item or word, not \"%s\"",
		p->of);
}
