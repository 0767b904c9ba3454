/* word.list: what is in use, for completion. */
#include "daemon/event/event.h"
#include "daemon/judge/held.h"
#include "daemon/meta/word_packs.h"
#include "daemon/method.h"
#include "daemon/store/row.h"

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
	{"item", Q_items_in_use},	  {"subject", Q_subjects_in_use},
	{"proof", Q_proofs_in_use},	  {"have", Q_have_in_use},
	{"format", Q_formats_in_use},	  {"role", Q_roles_in_use},
	{"place", Q_places_in_use},	  {"course", Q_courses_in_use},
	{"import", Q_imports_recent},	  {"provider-id", Q_provider_ids_in_use},
};

/* Of these the packs in use have more. */
static const struct {
	const char *of;
	enum rule_attr attr;
} known[] = {{"topic", ATTR_TOPIC},
	     {"word", ATTR_KIND},
	     {"format", ATTR_FORMAT},
	     {"role", ATTR_ROLE}};

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

static int add_cycles(struct work *w, const struct held *h, struct words *ret,
		      struct err *e)
{
	struct held_cycle *v;
	size_t n;
	int r = held_cycles(w, h->id, &v, &n, e);

	for (size_t i = 0; r == 0 && i < n; i++) {
		int year, month, day;
		if (v[i].begins == DATE_NONE)
			continue;
		date_split(v[i].begins, &year, &month, &day);
		ret->words.v = arena_grow(w->arena, ret->words.v, ret->words.n,
					  sizeof(struct word));
		ret->words.v[ret->words.n++] = (struct word){
			.value = arena_printf(w->arena, "%d", year), .about = h->alias};
	}
	return r;
}

/* Of one credential where it is named, else of all. */
static int list_cycles(struct work *w, const char *about, struct words *ret,
		       struct err *e)
{
	struct held_list held;
	struct held *one;
	struct err ignored;
	int r = held_all(w, DATE_NONE, &held, e);

	if (r < 0)
		return r;
	if (about && *about && held_pick(&held, about, "about", &one, &ignored) == 0)
		return add_cycles(w, one, ret, e);
	for (size_t i = 0; r == 0 && i < held.n; i++)
		r = add_cycles(w, &held.v[i], ret, e);
	return r;
}

static int list_reminders(struct work *w, struct words *ret, struct err *e)
{
	const struct reminder_list_params p = {.all = -1};
	struct reminders all = {0};
	int r = method_reminder_list(w, &p, &all, e);

	if (r < 0)
		return r;
	ret->words.v = arena_array(w->arena, all.reminders.n + 1, sizeof(struct word));
	ret->words.n = all.reminders.n;
	for (size_t i = 0; i < all.reminders.n; i++)
		ret->words.v[i] = (struct word){.value = all.reminders.v[i].id,
						.about = all.reminders.v[i].title};
	return 0;
}

static int list_events(struct work *w, struct words *ret)
{
	const char *const *names = event_names();

	for (; *names; names++) {
		ret->words.v = arena_grow(w->arena, ret->words.v, ret->words.n,
					  sizeof(struct word));
		ret->words.v[ret->words.n++] = (struct word){.value = *names};
	}
	return 0;
}

/* What is stored, then what the rules in use know. */
static int list_stored(struct work *w, const char *of, struct words *ret, struct err *e)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (strcmp(of, lists[i].of) != 0)
			continue;
		int r = read_words(w, lists[i].q, ret, e);
		for (size_t k = 0; r == 0 && k < sizeof(known) / sizeof(known[0]); k++)
			if (strcmp(of, known[k].of) == 0)
				r = word_packs_known(w, known[k].attr, ret, e);
		return r;
	}
	return err_set(
		e, -PDH_USAGE, "of",
		"is alias, topic, provider, pack, id, op, item, proof, have, subject, reminder, "
		"fact, cycle, word, format, role, place, course, provider-id, import, level, "
		"endorsement, path or event, not \"%s\"",
		of);
}

int method_word_list(struct work *w, const struct word_list_params *p, struct words *ret,
		     struct err *e)
{
	if (strcmp(p->of, "pack") == 0) {
		list_packs(w, ret);
		return 0;
	}
	if (strcmp(p->of, "reminder") == 0)
		return list_reminders(w, ret, e);
	if (strcmp(p->of, "event") == 0)
		return list_events(w, ret);
	if (strcmp(p->of, "cycle") == 0)
		return list_cycles(w, p->about, ret, e);
	if (strcmp(p->of, "fact") == 0)
		return word_packs_facts(w, p->about, ret, e);
	if (strcmp(p->of, "level") == 0)
		return word_packs_told(w, KNOWN_LEVEL, p->about, ret, e);
	if (strcmp(p->of, "endorsement") == 0)
		return word_packs_told(w, KNOWN_ENDORSEMENT, p->about, ret, e);
	if (strcmp(p->of, "path") == 0)
		return word_packs_paths(w, p->about, ret, e);
	return list_stored(w, p->of, ret, e);
}
