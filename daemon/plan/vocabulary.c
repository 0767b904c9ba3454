/* The words that may stand in --add: what packs, selectors and the person's own record
 * know. */
#include "daemon/pack/read/category.h"
#include "daemon/plan/plan.h"
#include "daemon/store/row.h"

#include <string.h>

static void add(struct plan_vocabulary *v, struct arena *a, enum rule_attr attr,
		const char *word, const struct where *where)
{
	v->v = arena_grow(a, v->v, v->n, sizeof(*v->v));
	v->v[v->n++] = (struct plan_word){rules_fold(word, a), word, attr, where};
}

/* A pack's words, each as the one it is another spelling of. */
static void add_pack(struct plan_vocabulary *v, struct arena *a, const struct pack *p)
{
	for (size_t i = 0; i < p->word_count; i++) {
		const struct rule_word *word = &p->words[i];
		add(v, a, word->attr, word->word, NULL);
		v->v[v->n - 1].stored = word->canonical;
	}
}

static void add_where(struct plan_vocabulary *v, struct arena *a, const struct where *w)
{
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; k < w->terms[i].words.n; k++)
			add(v, a, w->terms[i].attr, w->terms[i].words.v[k], NULL);
	for (size_t i = 0; i < w->any_count; i++)
		add_where(v, a, &w->any[i]);
	if (w->except)
		add_where(v, a, w->except);
}

/* A need may be called by its name: what it asks for is what is done then. */
static void add_needs(struct plan_vocabulary *v, struct arena *a,
		      const struct ruleset *rules)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if (r->verb == RULE_NEED && r->where != WHERE_ALL && !r->is_alternative)
			add(v, a, ATTR_COUNT, r->id, &rules->wheres[r->where]);
	}
}

static int add_in_use(struct plan_vocabulary *v, struct work *w, enum rule_attr attr,
		      enum db_query q, struct err *e)
{
	struct texts words = {0, NULL};
	AUTO_STMT s = NULL;
	int r = db_query(w->db, q, &s, e);

	if (r == 0)
		r = row_read_texts(w->db, s, w->arena, &words, e);
	for (size_t i = 0; r == 0 && i < words.n; i++)
		add(v, w->arena, attr, words.v[i], NULL);
	return r;
}

/* What people commonly log. */
static void add_common(struct plan_vocabulary *v, struct arena *a)
{
	static const enum rule_attr attrs[] = {ATTR_KIND, ATTR_FORMAT, ATTR_ROLE,
					       ATTR_APPROVAL};

	for (size_t i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++) {
		const char *const *words;
		size_t n = category_common(attrs[i], &words);
		for (size_t k = 0; k < n; k++)
			add(v, a, attrs[i], words[k], NULL);
	}
}

int plan_vocabulary(struct work *w, const struct held_list *held,
		    struct plan_vocabulary *ret, struct err *e)
{
	*ret = (struct plan_vocabulary){0};
	for (size_t i = 0; i < held->n; i++)
		add_pack(ret, w->arena, held->v[i].cycle.pack);
	for (size_t i = 0; i < held->n; i++) {
		const struct ruleset *rules = &held->v[i].cycle.rules;
		for (size_t k = 0; k < rules->where_count; k++)
			add_where(ret, w->arena, &rules->wheres[k]);
		add_needs(ret, w->arena, rules);
	}
	int r = add_in_use(ret, w, ATTR_KIND, Q_kinds_in_use, e);
	if (r == 0)
		r = add_in_use(ret, w, ATTR_TOPIC, Q_topics_in_use, e);
	if (r == 0)
		r = add_in_use(ret, w, ATTR_PROVIDER, Q_providers_in_use, e);
	if (r == 0)
		add_common(ret, w->arena);
	return r;
}

const struct plan_word *plan_word_find(const struct plan_vocabulary *v,
				       const char *folded)
{
	for (size_t i = 0; i < v->n; i++)
		if (strcmp(v->v[i].folded, folded) == 0)
			return &v->v[i];
	return NULL;
}

const char *plan_word_near(const struct plan_vocabulary *v, const char *folded,
			   struct arena *a)
{
	const char **known = arena_array(a, v->n, sizeof(*known));

	for (size_t i = 0; i < v->n; i++)
		known[i] = v->v[i].folded;
	return category_near(folded, known, v->n);
}
