/* What rules ask of entries and of the person. */
#include "daemon/pack/read/category.h"
#include "daemon/pack/read/parts.h"
#include "daemon/pack/read/rules.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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

static void push(struct arena *a, struct rule_words *w, const char *word)
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
			push(rr->r->arena, to, p->words[i].word);
			found++;
		}
	}
	if (n && !found)
		return category_refuse(
			rr->r, v, arena_printf(rr->r->arena, "%ss", attr_words[attr]),
			word, known, n);
	if (n)
		return 0;
	push(rr->r->arena, to, folded);
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
	struct where *not = arena_alloc(rr->r->arena, sizeof(*not ));

	if (read_where(rr, m, "not", not ) < 0)
		return -PDH_REFUSED;
	ret->not = not ;
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
	if (!w.n && !w.not &&!w.any_count)
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
	if (a->n != b->n || !a->not != !b->not || a->any_count != b->any_count)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->terms[i].attr != b->terms[i].attr ||
		    !same_words(&a->terms[i].words, &b->terms[i].words))
			return false;
	for (size_t i = 0; i < a->any_count; i++)
		if (!same(&a->any[i], &b->any[i]))
			return false;
	return !a->not || same(a->not, b->not );
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

/* ---- conditions ------------------------------------------------------------------------- */

int where_check_fact(struct rules_reader *rr, const struct yaml *v, const char *name)
{
	static const char *const always[] = {
#define X(name, word) word,
		RULE_KNOWN_MAP(X)
#undef X
	};
	const struct pack *p = rr->pack;
	const char **words =
		arena_array(rr->r->arena, p->fact_count + COUNT(always), sizeof(*words));
	size_t n = 0;

	for (; n < COUNT(always); n++)
		words[n] = always[n];
	for (size_t i = 0; i < p->fact_count; i++)
		words[n++] = p->facts[i].name;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], name) == 0)
			return 0;
	return read_refuse_word(rr->r, v, "facts", name, words, n);
}

static const char *after(const char *text, const char *word)
{
	size_t n = strlen(word);

	return strncmp(text, word, n) == 0 && text[n] == ' ' ? text + n + 1 : NULL;
}

static int read_day(struct reader *r, const struct yaml *v, const char *text,
		    civil_day *ret)
{
	struct err why;

	if (date_parse_iso(text, ret, &why) < 0)
		return read_refuse(r, v, "%s: %s", v->key ? v->key : "when", why.message);
	return 0;
}

static int read_bound(struct reader *r, const struct yaml *v, const char *text,
		      int64_t *ret)
{
	struct err why;

	*ret = 0;
	if (strcmp(text, "0") == 0 ||
	    (units_parse(text, ret, &why) == 0 && *ret <= 1000000 * CREDIT_ONE))
		return 0;
	return read_refuse(r, v, "\"%.40s\" is not a number to compare with", text);
}

/* A value that the fact can never have is a mistake, and one that is written otherwise is
 * kept as the fact is. */
static int read_value(struct rules_reader *rr, const struct yaml *v, const char *text,
		      struct condition *c)
{
	const struct pack *p = rr->pack;
	struct err why;

	for (size_t i = 0; i < p->fact_count; i++)
		if (strcmp(p->facts[i].name, v->key) == 0 &&
		    fact_read(&p->facts[i], text, rr->r->arena, &text, &why) < 0)
			return read_refuse(rr->r, v, "%s", why.message);
	push(rr->r->arena, &c->words, rules_fold(text, rr->r->arena));
	return 0;
}

static int read_asked(struct rules_reader *rr, const struct yaml *v, const char *text,
		      struct condition *c)
{
	struct reader *r = rr->r;
	const char *rest;

	if ((rest = after(text, "before"))) {
		c->op = BEFORE;
		return read_day(r, v, rest, &c->day);
	}
	if ((rest = after(text, "from"))) {
		c->op = FROM;
		return read_day(r, v, rest, &c->day);
	}
	if ((rest = after(text, "at least"))) {
		c->op = AT_LEAST;
		return read_bound(r, v, rest, &c->number);
	}
	if ((rest = after(text, "at most"))) {
		c->op = AT_MOST;
		return read_bound(r, v, rest, &c->number);
	}
	if ((rest = after(text, "not"))) {
		c->op = IS_NOT;
		text = rest;
	}
	return read_value(rr, v, text, c);
}

static int read_condition(struct rules_reader *rr, const struct yaml *m,
			  struct condition *c)
{
	const char *text;

	*c = (struct condition){.fact = m->key, .day = DATE_NONE};
	if (where_check_fact(rr, m, m->key) < 0)
		return -PDH_REFUSED;
	c->fact = arena_dup(rr->r->arena, m->key);
	if (m->kind == YAML_MAP)
		return read_refuse(rr->r, m, "%s takes a word or a list of words",
				   m->key);
	for (const struct yaml *one = m->kind == YAML_LIST ? m->first : m; one;
	     one = m->kind == YAML_LIST ? one->next : NULL) {
		if (read_text_of(rr->r, one, m->key, KIND_WORD, &text) < 0 ||
		    read_asked(rr, m, text, c) < 0)
			return -PDH_REFUSED;
		if (m->kind == YAML_LIST && c->op != IS)
			return read_refuse(rr->r, m, "%s: a list holds plain words",
					   m->key);
	}
	bool dated = c->op == BEFORE || c->op == FROM;
	if (strcmp(m->key, "issued") == 0 && !dated)
		return read_refuse(rr->r, m, "issued takes before or from and a day");
	if ((strcmp(m->key, "endorsement") == 0 || strcmp(m->key, "level") == 0) &&
	    c->op != IS && c->op != IS_NOT)
		return read_refuse(rr->r, m, "%s takes words", m->key);
	return 0;
}

int read_conditions(struct rules_reader *rr, const struct yaml *v, const char *what,
		    struct conditions *ret)
{
	if (read_want(rr->r, v, what, YAML_MAP) < 0)
		return -PDH_REFUSED;
	struct condition *all = arena_array(rr->r->arena, v->n, sizeof(*all));
	for (const struct yaml *m = v->first; m; m = m->next)
		if (read_condition(rr, m, &all[ret->n++]) < 0)
			return -PDH_REFUSED;
	ret->v = all;
	return 0;
}

/* ---- windows ---------------------------------------------------------------------------- */

/* "36 months", "6 years": months, or -1. */
static int months_of(const char *text)
{
	struct err ignored;
	int months;

	return span_parse(text, &months, &ignored) < 0 ? -1 : months;
}

/* "2025-01-01 to 2027-12-31" */
static int read_fixed(struct reader *r, const struct yaml *v, const char *text,
		      struct window *ret)
{
	struct period p;

	if (read_day(r, v, arena_dup_n(r->arena, text, DATE_ISO_SIZE - 1), &p.from) < 0 ||
	    read_day(r, v, text + DATE_ISO_SIZE - 1 + strlen(" to "), &p.to) < 0)
		return -PDH_REFUSED;
	if (p.to < p.from)
		return read_refuse(r, v, "window ends before it begins");
	*ret = (struct window){WINDOW_FIXED, 0, p};
	return 0;
}

int read_window(struct reader *r, const struct yaml *v, struct window *ret)
{
	static const struct {
		const char *word;
		enum window_kind kind;
	} plain[] = {
		{"period", WINDOW_PERIOD},
		{"each year", WINDOW_EACH_YEAR},
		{"each calendar year", WINDOW_EACH_CALENDAR},
		{"each school year", WINDOW_EACH_SCHOOL},
		{"since issue", WINDOW_SINCE_ISSUE},
		{"ever", WINDOW_EVER},
	};
	const char *text, *rest;
	enum { MOST_TURNS = 100 };

	if (read_text_of(r, v, "window", KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i < COUNT(plain); i++)
		if (strcmp(plain[i].word, text) == 0) {
			*ret = (struct window){plain[i].kind, 0, {DATE_NONE, DATE_NONE}};
			return 0;
		}
	if (strlen(text) == strlen("2025-01-01 to 2027-12-31") &&
	    strncmp(text + DATE_ISO_SIZE - 1, " to ", 4) == 0)
		return read_fixed(r, v, text, ret);
	*ret = (struct window){WINDOW_LAST, -1, {DATE_NONE, DATE_NONE}};
	if ((rest = after(text, "since last")) || (rest = after(text, "last"))) {
		const char *now = strstr(rest, " to now");
		if (now && !now[7]) {
			ret->kind = WINDOW_LAST_TO_NOW;
			rest = arena_dup_n(r->arena, rest, (size_t)(now - rest));
		}
		ret->n = months_of(rest);
	} else if ((rest = after(text, "before"))) {
		ret->kind = WINDOW_BEFORE;
		ret->n = months_of(rest);
	} else if ((rest = after(text, "nth"))) {
		char *end;
		long n = strtol(rest, &end, 10);
		ret->kind = WINDOW_NTH;
		ret->n = !*end && n >= 2 && n <= MOST_TURNS ? (int)n : -1;
	}
	if (ret->n > 0)
		return 0;
	return read_refuse(
		r, v,
		"window is period, each year, each calendar year, each school year, "
		"last 36 months, last 2 years to now, before 6 months, since issue, ever, "
		"nth 3 or two days with to between them; not \"%.40s\"",
		text);
}
