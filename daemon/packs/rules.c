/* The rules of a pack, in words. */
#include "common/texts.h"
#include "daemon/packs/packs.h"
#include "daemon/rules/words/when.h"
#include "daemon/rules/words/words.h"

static const char *or_none(const char *text)
{
	return text && *text ? text : NULL;
}

static void fill(const struct pack *p, const struct rule *r, struct arena *a,
		 struct pack_rule *ret)
{
	ret->id = r->id;
	ret->verb = r->verb;
	ret->title = r->title;
	ret->says = or_none(rules_words(&p->rules, r, NULL, a));
	ret->of = or_none(rules_where_words(&p->rules, r, a));
	ret->when = or_none(rules_when_words(r, a));
	ret->level = rules_level(r->level);
	ret->cite = r->cite;
	ret->mark = r->mark;
	ret->why = r->why;
}

void packs_rules(struct work *w, const struct pack *p, struct pack_row *ret)
{
	for (size_t i = 0; i < p->level_count; i++)
		texts_add(&ret->levels, pack_level_text(p, &p->levels[i], w->arena),
			  w->arena);
	ret->rules.v = arena_array(w->arena, p->rules.n + 1, sizeof(struct pack_rule));
	for (size_t i = 0; i < p->rules.n; i++)
		if (!p->rules.rules[i].is_alternative)
			fill(p, &p->rules.rules[i], w->arena,
			     &ret->rules.v[ret->rules.n++]);
}
