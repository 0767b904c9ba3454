#include "daemon/meta/word_packs.h"

#include "daemon/path/path.h"
#include "daemon/record/activity.h"

#include <string.h>

struct chosen {
	const struct pack **v;
	size_t n;
};

static void add(struct work *w, const char *value, const char *about, struct words *ret)
{
	for (size_t i = 0; i < ret->words.n; i++)
		if (strcmp(ret->words.v[i].value, value) == 0)
			return;
	ret->words.v =
		arena_grow(w->arena, ret->words.v, ret->words.n, sizeof(struct word));
	ret->words.v[ret->words.n++] = (struct word){.value = value, .about = about};
}

static void add_pack(struct work *w, const struct pack *p, struct chosen *ret)
{
	ret->v = arena_grow(w->arena, ret->v, ret->n, sizeof(*ret->v));
	ret->v[ret->n++] = p;
}

/* That of a credential, else the one of this name, else those of all credentials. */
static int find_packs(struct work *w, const char *about, struct chosen *ret,
		      struct err *e)
{
	const struct pack *pack;
	struct held_list held;
	struct held *one;
	int r = held_all(w, DATE_NONE, &held, e);

	*ret = (struct chosen){NULL, 0};
	if (r < 0)
		return r;
	if (!about || !*about) {
		for (size_t i = 0; i < held.n; i++)
			add_pack(w, held.v[i].cycle.pack, ret);
		return 0;
	}
	if (held_pick(&held, about, "about", &one, e) == 0) {
		add_pack(w, one->cycle.pack, ret);
		return 0;
	}
	r = pack_library_find(w->packs, about, &pack, e);
	if (r == 0)
		add_pack(w, pack, ret);
	return r;
}

int word_packs_known(struct work *w, enum rule_attr attr, struct words *ret,
		     struct err *e)
{
	struct texts known = {0, NULL};
	int r = activity_words_known(w, attr, &known, e);

	for (size_t i = 0; r == 0 && i < known.n; i++)
		add(w, known.v[i], NULL, ret);
	return r;
}

/* ---- levels and endorsements -------------------------------------------------------------------- */

static void add_conditions(struct work *w, const struct conditions *all, const char *fact,
			   struct words *ret)
{
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0;
		     strcmp(all->v[i].fact, fact) == 0 && k < all->v[i].words.n; k++)
			add(w, all->v[i].words.v[k], NULL, ret);
}

static int add_endorsements(struct work *w, const struct pack *p, struct words *ret,
			    struct err *e)
{
	struct paths paths;
	int r = path_read(p, w->arena, &paths, e);

	for (size_t i = 0; r == 0 && i < paths.n; i++)
		if (paths.v[i].endorsement)
			add(w, paths.v[i].endorsement, paths.v[i].title, ret);
	return r;
}

int word_packs_told(struct work *w, enum rule_known known, const char *about,
		    struct words *ret, struct err *e)
{
	const char *fact = kind_words(KIND_KNOWN)[known - 1];
	struct chosen packs;
	int r = find_packs(w, about, &packs, e);

	for (size_t i = 0; r == 0 && i < packs.n; i++) {
		const struct ruleset *rules = &packs.v[i]->rules;
		for (size_t k = 0; k < rules->n; k++) {
			add_conditions(w, &rules->rules[k].when, fact, ret);
			add_conditions(w, &rules->rules[k].unless, fact, ret);
		}
		if (known == KNOWN_ENDORSEMENT)
			r = add_endorsements(w, packs.v[i], ret, e);
	}
	return r;
}

int word_packs_paths(struct work *w, const char *about, struct words *ret, struct err *e)
{
	struct chosen packs;
	int r = find_packs(w, about, &packs, e);

	for (size_t i = 0; r == 0 && i < packs.n; i++) {
		struct paths paths;
		r = path_read(packs.v[i], w->arena, &paths, e);
		for (size_t k = 0; r == 0 && k < paths.n; k++)
			add(w, paths.v[k].name, paths.v[k].title, ret);
	}
	return r;
}

/* ---- facts -------------------------------------------------------------------------------------- */

static void add_fact(struct work *w, const struct pack_fact *f, const char *value,
		     struct words *ret)
{
	add(w, arena_printf(w->arena, "%s=%s", f->name, value), f->ask, ret);
}

static void add_facts(struct work *w, const struct pack *p, struct words *ret)
{
	for (size_t i = 0; i < p->fact_count; i++) {
		const struct pack_fact *f = &p->facts[i];
		if (strcmp(f->type, fact_types[FACT_YES_NO]) == 0) {
			add_fact(w, f, "yes", ret);
			add_fact(w, f, "no", ret);
		} else if (f->of.n == 0) {
			add_fact(w, f, "", ret);
		}
		for (size_t k = 0; k < f->of.n; k++)
			add_fact(w, f, f->of.v[k], ret);
	}
}

int word_packs_facts(struct work *w, const char *about, struct words *ret, struct err *e)
{
	struct chosen packs;
	int r = find_packs(w, about, &packs, e);

	for (size_t i = 0; r == 0 && i < packs.n; i++)
		add_facts(w, packs.v[i], ret);
	return r;
}
