/* What activities did to needs: which are met by them, and which one their title speaks of. */
#include "daemon/record/effect_needs.h"
#include "common/similar.h"
#include "common/texts.h"

#include <string.h>

void effect_needs_short(const struct verdict *v, struct arena *a, struct texts *ret)
{
	*ret = (struct texts){0, NULL};
	for (size_t i = 0; i < v->need_count; i++)
		if (v->needs[i].state == JUDGED_SHORT)
			texts_add(ret, v->needs[i].rule->id, a);
}

static bool is_met(const struct judged_need *n)
{
	return n->state == JUDGED_MET || n->state == JUDGED_SO_FAR;
}

/* Whether the words of a title, with one blank around each, have this one. */
static bool speaks_of(const char *title, const char *word, struct arena *a)
{
	const char *words = similar_words(word, a);

	return *words && strstr(title, arena_printf(a, " %s ", words));
}

/* The topic of a need that a title has, in the spelling of the title; NULL: it has none. */
static const char *topic_in(const char *title, const struct where *w,
			    const struct ruleset *rules, struct arena *a)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct where_term *t = &w->terms[i];
		for (size_t k = 0; t->attr == ATTR_TOPIC && k < t->words.n; k++) {
			if (speaks_of(title, t->words.v[k], a))
				return t->words.v[k];
			for (size_t m = 0; m < rules->word_count; m++)
				if (rules->words[m].attr == ATTR_TOPIC &&
				    strcmp(rules->words[m].canonical, t->words.v[k]) ==
					    0 &&
				    speaks_of(title, rules->words[m].word, a))
					return rules->words[m].word;
		}
	}
	for (size_t i = 0; i < w->any_count; i++) {
		const char *found = topic_in(title, &w->any[i], rules, a);
		if (found)
			return found;
	}
	return NULL;
}

/* An activity without topics whose title has the topic of a need that is open. */
static void hint_topic(struct work *w, const struct held *h, const struct verdict *v,
		       const struct activity *one, struct texts *notes)
{
	const struct ruleset *rules = &h->cycle.rules;
	struct arena *a = w->arena;
	const char *title = arena_printf(a, " %s ", similar_words(one->title, a));

	for (size_t i = 0; i < v->need_count; i++) {
		const struct rule *r = v->needs[i].rule;
		if (v->needs[i].state != JUDGED_SHORT || r->where == WHERE_ALL)
			continue;
		const char *topic = topic_in(title, &rules->wheres[r->where], rules, a);
		if (!topic)
			continue;
		texts_add(notes,
			  arena_printf(
				  a,
				  "%s still needs %s, and the title mentions it. If it "
				  "was about that: pdh edit %lld --topic %s",
				  h->alias, r->id, (long long)one->id, topic),
			  a);
		return;
	}
}

void effect_needs_tell(struct work *w, const struct held *h, const struct texts *before,
		       const struct verdict *v, const struct activity *activities,
		       size_t n, struct texts *notes)
{
	for (size_t i = 0; i < v->need_count; i++) {
		const char *id = v->needs[i].rule->id;
		if (is_met(&v->needs[i]) && texts_has(before, id))
			texts_add(notes,
				  arena_printf(w->arena, "%s/%s: met", h->alias, id),
				  w->arena);
	}
	if (n == 1 && activities[0].topics.n == 0)
		hint_topic(w, h, v, &activities[0], notes);
}
