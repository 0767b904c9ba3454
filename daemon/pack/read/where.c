/* Selectors: what rules ask of entries, in the pack's own words. */
#include "daemon/pack/read/category.h"
#include "daemon/pack/read/parts.h"
#include "daemon/pack/read/rules.h"

#include <string.h>

static const char *const attr_words[ATTR_COUNT] = {
#define X(name, word) word,
	RULE_ATTR_MAP(X)
#undef X
};

/* ---- the pack's own words --------------------------------------------------------------- */

static int add_word(struct reader *r, struct pack *p, enum rule_attr attr,
		    const struct yaml *v, const char *word, const char *canonical)
{
	const char *folded = rules_fold(word, r->arena);

	for (size_t i = 0; i < p->word_count; i++)
		if (p->words[i].attr == attr && strcmp(p->words[i].word, folded) == 0)
			return read_refuse(r, v, "\"%.60s\" is here already", word);
	p->words = arena_grow(r->arena, p->words, p->word_count, sizeof(*p->words));
	p->words[p->word_count++] = (struct rule_word){
		attr, folded, canonical ? rules_fold(canonical, r->arena) : folded};
	return 0;
}

static int add_spellings(struct reader *r, struct pack *p, enum rule_attr attr,
			 const struct yaml *v, const char *canonical)
{
	const char *word;

	if (v->kind == YAML_TEXT && !*v->text)
		return 0;
	for (const struct yaml *m = v->kind == YAML_LIST ? v->first : v; m;
	     m = v->kind == YAML_LIST ? m->next : NULL) {
		if (read_text_of(r, m, canonical, KIND_WORD, &word) < 0 ||
		    add_word(r, p, attr, m, word, canonical) < 0)
			return -PDH_REFUSED;
	}
	return 0;
}

int read_vocabulary(struct reader *r, const struct key *k, const struct yaml *v,
		    void *pack)
{
	enum rule_attr attr = (enum rule_attr)k->offset;
	const char *word;

	if (v->kind == YAML_TEXT)
		return read_want(r, v, k->word, YAML_LIST);
	for (const struct yaml *m = v->first; m; m = m->next) {
		if (v->kind == YAML_MAP)
			word = m->key;
		else if (read_text_of(r, m, k->word, KIND_WORD, &word) < 0)
			return -PDH_REFUSED;
		if (add_word(r, pack, attr, m, word, NULL) < 0 ||
		    (v->kind == YAML_MAP && add_spellings(r, pack, attr, m, m->key) < 0))
			return -PDH_REFUSED;
	}
	return 0;
}

/* ---- selectors -------------------------------------------------------------------------- */

void where_add_word(struct arena *a, struct rule_words *w, const char *word)
{
	const char **v = arena_grow(a, (void *)(uintptr_t)w->v, w->n, sizeof(*v));

	v[w->n++] = word;
	w->v = v;
}

/* The word that a spelling stands for. */
static const char *canonical(const struct pack *p, enum rule_attr attr,
			     const char *folded)
{
	for (size_t i = 0; i < p->word_count; i++)
		if (p->words[i].attr == attr && strcmp(p->words[i].word, folded) == 0)
			return p->words[i].canonical;
	return folded;
}

/* A word and its other spellings. A pack that lists its words has no others. */
static int add_selected(struct rules_reader *rr, const struct yaml *v,
			enum rule_attr attr, const char *word, struct rule_words *to)
{
	const struct pack *p = rr->pack;
	const char *folded = canonical(p, attr, rules_fold(word, rr->r->arena));
	const char **known = arena_array(rr->r->arena, p->word_count, sizeof(*known));
	size_t n = 0, found = 0;

	for (size_t i = 0; i < p->word_count; i++) {
		if (p->words[i].attr != attr)
			continue;
		known[n++] = p->words[i].word;
		if (strcmp(p->words[i].canonical, folded) == 0) {
			where_add_word(rr->r->arena, to, p->words[i].word);
			found++;
		}
	}
	if (n && !found)
		return category_refuse(
			rr->r, v, arena_printf(rr->r->arena, "%ss", attr_words[attr]),
			word, known, n);
	if (n)
		return 0;
	where_add_word(rr->r->arena, to, folded);
	return category_check(rr->r, v, attr, word, folded);
}

static int read_term(struct rules_reader *rr, const struct yaml *m, struct where_term *t)
{
	const char *word;
	size_t attr = 0;

	while (attr < ATTR_COUNT && strcmp(attr_words[attr], m->key) != 0)
		attr++;
	if (attr == ATTR_COUNT)
		return read_refuse_word(rr->r, m, "where", m->key, attr_words,
					ATTR_COUNT);
	t->attr = (enum rule_attr)attr;
	if (m->kind == YAML_MAP)
		return read_refuse(rr->r, m, "%s takes a word or a list of words",
				   m->key);
	for (const struct yaml *one = m->kind == YAML_LIST ? m->first : m; one;
	     one = m->kind == YAML_LIST ? one->next : NULL)
		if (read_text_of(rr->r, one, m->key, KIND_WORD, &word) < 0 ||
		    add_selected(rr, one, t->attr, word, &t->words) < 0)
			return -PDH_REFUSED;
	return t->words.n ? 0 : read_refuse(rr->r, m, "%s has no value", m->key);
}

static int read_not(struct rules_reader *rr, const struct yaml *m, struct where *ret)
{
	struct where *except = arena_alloc(rr->r->arena, sizeof(*except));

	if (read_where(rr, m, "not", except) < 0)
		return -PDH_REFUSED;
	ret->except = except;
	return 0;
}

static int read_any(struct rules_reader *rr, const struct yaml *list, struct where *ret)
{
	if (read_want(rr->r, list, list->key, YAML_LIST) < 0)
		return -PDH_REFUSED;
	if (list->n < 2)
		return read_refuse(rr->r, list,
				   "any of takes a list of 2 or more selectors");
	struct where *any = arena_array(rr->r->arena, list->n, sizeof(*any));
	for (const struct yaml *m = list->first; m; m = m->next)
		if (read_where(rr, m, list->key, &any[ret->any_count++]) < 0)
			return -PDH_REFUSED;
	ret->any = any;
	return 0;
}

int read_where(struct rules_reader *rr, const struct yaml *v, const char *what,
	       struct where *ret)
{
	struct where w = {0};
	int r = read_want(rr->r, v, what, YAML_MAP);

	if (r < 0)
		return r;
	struct where_term *terms = arena_array(rr->r->arena, v->n, sizeof(*terms));
	w.terms = terms;
	for (const struct yaml *m = v->first; r == 0 && m; m = m->next) {
		if (strcmp(m->key, "not") == 0)
			r = read_not(rr, m, &w);
		else if (strcmp(m->key, "any of") == 0)
			r = read_any(rr, m, &w);
		else
			r = read_term(rr, m, &terms[w.n++]);
	}
	if (r < 0)
		return r;
	if (!w.n && !w.except && !w.any_count)
		return read_refuse(
			rr->r, v, "%s selects nothing in particular; leave it out", what);
	*ret = w;
	return 0;
}

static bool same_words(const struct rule_words *a, const struct rule_words *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return true;
}

static bool same(const struct where *a, const struct where *b)
{
	if (a->n != b->n || !a->except != !b->except || a->any_count != b->any_count)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->terms[i].attr != b->terms[i].attr ||
		    !same_words(&a->terms[i].words, &b->terms[i].words))
			return false;
	for (size_t i = 0; i < a->any_count; i++)
		if (!same(&a->any[i], &b->any[i]))
			return false;
	return !a->except || same(a->except, b->except);
}

int read_selector(struct rules_reader *rr, const struct yaml *v, int *ret)
{
	struct where w;

	if (read_where(rr, v, "where", &w) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i < rr->where_count; i++)
		if (same(&rr->wheres[i], &w)) {
			*ret = (int)i;
			return 0;
		}
	if (rr->where_count == WHERES_MAX)
		return read_refuse(rr->r, v, "a pack has at most %d different selectors",
				   WHERES_MAX);
	*ret = (int)rr->where_count;
	rr->wheres[rr->where_count++] = w;
	return 0;
}
