/* pack.export: packs as documents that a program can use without pdh. */
#include "daemon/packs/packs.h"

#include "daemon/pack/read/write.h"

#include "daemon/method.h"

#include <stdlib.h>
#include <string.h>

enum {
	PACKS = 20, /* in a page, if nothing else is said */
	PAGE_BYTES =
		1
		<< 18, /* of documents in a page; a page ends behind the first that reaches it */
};

/* ---- one text and a list of it are the same in a pack; in a document it is a list ----------------- */

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

/* A copy of a text becomes the only member of its own list; where nothing is written the list is empty. */
static void make_list(struct yaml *v, struct arena *a)
{
	struct yaml *only = arena_alloc(a, sizeof(*only));

	if (v->kind != YAML_TEXT)
		return;
	*only = (struct yaml){.kind = YAML_TEXT, .line = v->line, .text = v->text};
	v->kind = YAML_LIST;
	v->n = *v->text ? 1 : 0;
	v->first = *v->text ? only : NULL;
	v->text = NULL;
}

/* "not WORD", "before DATE", "at least N": a condition that is no list of words. */
static bool is_comparison(const struct yaml *v)
{
	static const char *const begins[] = {"not ", "before ", "from ", "at least ",
					     "at most "};

	for (size_t i = 0; v->text && i < sizeof(begins) / sizeof(begins[0]); i++)
		if (strncmp(v->text, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

/* Selectors, and conditions on facts: each value may be one word or several. */
static void spread_terms(struct yaml *terms, struct arena *a)
{
	for (struct yaml *m = terms->first; m; m = m->next) {
		if (!is_comparison(m))
			make_list(m, a);
		if (m->kind == YAML_MAP)
			spread_terms(m, a);
		for (struct yaml *s = m->kind == YAML_LIST ? m->first : NULL; s;
		     s = s->next)
			if (s->kind == YAML_MAP)
				spread_terms(s, a);
	}
}

static void spread_rules(struct yaml *v, struct arena *a)
{
	static const char *const terms[] = {"where",  "only if", "when",
					    "unless", "active",	 NULL};
	static const char *const lists[] = {"serves not", "only", "due", NULL};

	for (struct yaml *m = v->first; m; m = m->next) {
		if (m->key && m->kind == YAML_MAP && is_one_of(m->key, terms))
			spread_terms(m, a);
		else if (m->key && is_one_of(m->key, lists))
			make_list(m, a);
		else
			spread_rules(m, a);
	}
}

static void spread_paths(struct yaml *v, struct arena *a)
{
	static const char *const lists[] = {"as",      "in",	  "packs",  "of level",
					    "after",   "not",	  "waives", "meanwhile",
					    "tied to", "missing", NULL};

	for (struct yaml *m = v->first; m; m = m->next) {
		if (m->key && is_one_of(m->key, lists))
			make_list(m, a);
		if (m->kind != YAML_TEXT)
			spread_paths(m, a);
	}
}

/* A list of words is a map of them to other spellings of which there are none. */
static void spread_words(struct yaml *v, struct arena *a)
{
	for (struct yaml *m = v->first; m; m = m->next) {
		if (v->kind == YAML_LIST && m->kind == YAML_TEXT) {
			m->key = m->text;
			m->text = "";
		}
		make_list(m, a);
	}
	v->kind = YAML_MAP;
	v->text = NULL;
}

static void spread(struct yaml *root, struct arena *a)
{
	static const char *const words[] = {"kinds", "formats", "topics", NULL};

	for (struct yaml *m = root->first; m; m = m->next) {
		if (strcmp(m->key, "profession") == 0)
			make_list(m, a);
		else if (strcmp(m->key, "rules") == 0)
			spread_rules(m, a);
		else if (strcmp(m->key, "paths") == 0)
			spread_paths(m, a);
		else if (is_one_of(m->key, words))
			spread_words(m, a);
	}
}

/* ---- one pack ------------------------------------------------------------------------------------- */

static int document_of(const struct pack *p, struct arena *a, const char **ret,
		       struct err *e)
{
	const struct yaml_source source = {p->text, p->text_len, p->id, "pack"};
	const struct yaml *root;
	AUTO_BUF out = {0};

	int r = yaml_parse(&source, a, &root, e);
	if (r < 0)
		return r;
	/* The tree was made for this alone. */
	spread((struct yaml *)(uintptr_t)root, a);
	if (write_yaml(root, &out) < 0)
		return err_set(e, -PDH_FAILED, NULL, "the pack %s is too large", p->id);
	*ret = arena_dup_n(a, out.data, out.len);
	return 0;
}

static int fill(struct work *w, const struct pack *p, struct pack_exported *ret,
		struct err *e)
{
	struct pack_row row;

	shape_none(&shape_pack_exported, ret);
	shape_none(&shape_pack_row, &row);
	packs_rules(w, p, &row);
	ret->pack = p->id;
	ret->version = p->version;
	ret->read = p->read;
	ret->layer = p->layer;
	ret->extends = packs_base(p, w->arena);
	ret->rules.n = row.rules.n;
	ret->rules.v = row.rules.v;
	return document_of(p, w->arena, &ret->document, e);
}

/* ---- which ---------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	const struct pack *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

/* Those that are named, or all, by name and each once. */
static int choose(struct work *w, const struct texts *named, const struct pack ***ret,
		  size_t *ret_n, struct texts *ret_problems, struct err *e)
{
	const struct pack *const *all;
	struct texts ignored;
	size_t n;

	pack_library_all(w->packs, &all, &n, named->n ? &ignored : ret_problems);
	const struct pack **v = arena_array(w->arena, n + named->n + 1, sizeof(*v));
	for (size_t i = 0; i < named->n; i++) {
		int r = pack_library_find(w->packs, named->v[i], &v[i], e);
		if (r < 0)
			return r;
	}
	if (named->n)
		n = named->n;
	else if (n)
		memcpy(v, all, n * sizeof(*v));
	qsort(v, n, sizeof(*v), by_name);
	*ret = v;
	*ret_n = n;
	return 0;
}

int method_pack_export(struct work *w, const struct pack_export_params *p,
		       struct packs_exported *ret, struct err *e)
{
	const size_t most = p->limit == INT_NONE ? PACKS : (size_t)p->limit;
	const struct pack **v = NULL;
	size_t n = 0, bytes = 0, i = 0;

	int r = p->limit != INT_NONE && p->limit < 1
			? err_set(e, -PDH_USAGE, "limit", "must be 1 or more")
			: choose(w, &p->packs, &v, &n, &ret->problems, e);
	if (r < 0)
		return r;
	while (p->after && i < n && strcmp(v[i]->id, p->after) <= 0)
		i++;
	ret->packs.v = arena_array(w->arena, n - i + 1, sizeof(struct pack_exported));
	for (; r == 0 && i < n && ret->packs.n < most && bytes < PAGE_BYTES; i++) {
		struct pack_exported *x = &ret->packs.v[ret->packs.n];
		if (ret->packs.n && strcmp(x[-1].pack, v[i]->id) == 0)
			continue;
		r = fill(w, v[i], x, e);
		bytes += r == 0 ? strlen(x->document) : 0;
		ret->packs.n++;
	}
	ret->next = r == 0 && i < n ? v[i - 1]->id : NULL;
	return r;
}
