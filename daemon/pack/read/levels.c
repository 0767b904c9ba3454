/* What ends a level: which rules are to be met for the next one. */
#include "daemon/pack/read/rules.h"

#include "common/fact.h"
#include "daemon/pack/read/parts.h"

#include <string.h>

struct level_reader {
	struct pack *pack;
	struct pack_level level;
};

static int read_fact(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	struct level_reader *l = into;
	const char *name;

	if (read_text_of(r, v, k->word, KIND_WORD, &name) < 0)
		return -PDH_REFUSED;
	const struct pack_fact *f = facts_declared(l->pack, name);
	if (!f)
		return read_refuse(r, v, "\"%.60s\" is not known in facts", name);
	if (!fact_is(f, FACT_CHOICE) || fact_life(f->holds) != FACT_LIFE_EVER)
		return read_refuse(r, v,
				   "a level is told by a choice that holds for ever, and "
				   "%.60s is not one",
				   name);
	l->level.fact = f;
	return 0;
}

/* One of the values of the fact, at the key's offset. */
static int read_value(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct level_reader *l = into;
	const char *text;
	struct err why;

	if (read_text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	if (fact_read(l->level.fact, text, r->arena, &text, &why) < 0)
		return read_refuse(r, v, "%s: %s", k->word, why.message);
	memcpy((char *)l + k->offset, &text, sizeof(text));
	return 0;
}

/* Needs can be met and duties done; what is kept as proof is neither. */
static bool may_end(const struct rule *r)
{
	bool need = r->verb == RULE_NEED && !r->is_alternative;

	return need || (r->verb == RULE_DUTY && r->duty->act != ACT_KEEP_PROOF);
}

static int add_rule(struct reader *r, const struct yaml *v, const char *id,
		    struct level_reader *l)
{
	const struct ruleset *rules = &l->pack->rules;
	const char *words[RULES_MAX];
	size_t n = 0;

	for (size_t i = 0; i < rules->n; i++) {
		if (!may_end(&rules->rules[i]))
			continue;
		words[n++] = rules->rules[i].id;
		if (strcmp(rules->rules[i].id, id) == 0) {
			l->level.rules |= UINT64_C(1) << i;
			return 0;
		}
	}
	return read_refuse_word(r, v, "needs and duties", id, words, n);
}

static int read_ends(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	bool list = v->kind == YAML_LIST;
	const char *id;

	for (const struct yaml *m = list ? v->first : v; m; m = list ? m->next : NULL)
		if (read_text_of(r, m, k->word, KIND_WORD, &id) < 0 ||
		    add_rule(r, m, id, into) < 0)
			return -PDH_REFUSED;
	return ((struct level_reader *)into)->level.rules
		       ? 0
		       : read_refuse(r, v, "%s names no rule", k->word);
}

static int read_level(struct reader *r, const struct yaml *v, struct pack *p,
		      struct pack_level *ret)
{
	static const struct key keys[] = {
		{"fact", true, read_fact, 0, KIND_WORD},
		{"is", true, read_value, offsetof(struct level_reader, level.is),
		 KIND_WORD},
		{"then", true, read_value, offsetof(struct level_reader, level.then),
		 KIND_WORD},
		{"ends with", true, read_ends, 0, KIND_WORD},
	};
	struct level_reader l = {.pack = p};

	if (READ_MAP(r, v, "a level", keys, &l) < 0)
		return -PDH_REFUSED;
	if (strcmp(l.level.is, l.level.then) == 0)
		return read_refuse(r, v, "a level is followed by another one");
	*ret = l.level;
	return 0;
}

int read_levels(struct reader *r, const struct key *k, const struct yaml *v, void *pack)
{
	struct pack *p = pack;

	if (read_want(r, v, k->word, YAML_LIST) < 0)
		return -PDH_REFUSED;
	struct pack_level *levels = arena_array(r->arena, v->n, sizeof(*levels));
	p->levels = levels;
	for (const struct yaml *m = v->first; m; m = m->next)
		if (read_level(r, m, p, &levels[p->level_count++]) < 0)
			return -PDH_REFUSED;
	return 0;
}

const char *pack_level_text(const struct pack *p, const struct pack_level *l,
			    struct arena *a)
{
	const char *rules = "";

	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule *r = &p->rules.rules[i];
		if (l->rules >> i & 1)
			rules = arena_printf(a, "%s%s%s", rules, *rules ? ", " : "",
					     r->title ? r->title : r->id);
	}
	return arena_printf(a, "%s %s until a renewal with this done: %s; then %s",
			    l->fact->name, l->is, rules, l->then);
}
