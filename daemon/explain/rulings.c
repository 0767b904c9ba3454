/* The rules that had a say, each with its source, and those that are not sure. */
#include "daemon/explain/explain.h"

#include "common/texts.h"
#include "daemon/rules/words/words.h"

#include <string.h>

static int64_t amount_of(const struct explaining *x, const struct rule *r)
{
	const struct verdict *v = &x->j.verdict;

	for (size_t i = 0; i < v->need_count; i++)
		if (v->needs[i].rule == r && v->needs[i].state != JUDGED_NOT_APPLYING)
			return v->needs[i].need;
	for (size_t i = 0; i < v->limit_count; i++)
		if (v->limits[i].rule == r)
			return v->limits[i].most;
	return RULE_NOT_KNOWN;
}

static const char *url_of(const struct pack *p, const struct rule *r)
{
	for (size_t i = 0; r->cite && i < p->source_count; i++)
		if (strcmp(p->sources[i].title, r->cite) == 0)
			return p->sources[i].url;
	return NULL;
}

static void fill(const struct explaining *x, const struct rule *r, struct ruling *ret)
{
	const char *of = rules_where_words(&x->h->cycle.rules, r, x->w->arena);

	shape_none(&shape_ruling, ret);
	ret->id = r->id;
	ret->verb = r->verb;
	ret->title = rules_name(r);
	ret->words = explain_words(x, r, amount_of(x, r));
	ret->of = *of ? of : NULL;
	ret->level = rules_level(r->level);
	ret->why = r->why;
	ret->cite = r->cite;
	ret->url = url_of(x->h->cycle.pack, r);
	ret->mark = r->mark;
}

static bool is_told(const struct explaining *x, const struct rule *r)
{
	return x->told >> (r - x->h->cycle.rules.rules) & 1;
}

/* Whether an unsure rule did something, or a fact it asks for is not told. */
static bool matters(const struct explaining *x, const struct rule *r)
{
	const struct verdict *v = &x->j.verdict;
	bool unsure = r->level == LEVEL_UNSURE;

	for (size_t i = 0; i < v->need_count; i++) {
		const struct judged_need *n = &v->needs[i];
		if (n->rule == r)
			return n->state == JUDGED_UNDECIDED ||
			       (unsure &&
				(n->state == JUDGED_SHORT || n->state == JUDGED_MISSED));
	}
	for (size_t i = 0; i < v->limit_count; i++)
		if (v->limits[i].rule == r && v->limits[i].logged > v->limits[i].used)
			return unsure;
	for (size_t i = 0; r->verb == RULE_CREDIT && i < x->j.n; i++) {
		const struct judged_part *p = &v->parts[i];
		bool did =
			p->rule == r || p->changed >> (r - x->h->cycle.rules.rules) & 1;
		if (p->unknown == r || (unsure && did))
			return true;
	}
	return false;
}

void explain_rulings(struct explaining *x, struct credential_explained *ret)
{
	const struct ruleset *rules = &x->h->cycle.rules;

	ret->rules.v = arena_array(x->w->arena, rules->n + 1, sizeof(struct ruling));
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		/* Of an activity only those it came under. */
		if (!r->is_alternative && (!x->about || is_told(x, r)) && matters(x, r)) {
			texts_add(&ret->hangs_on, r->id, x->w->arena);
			explain_tell(x, r);
		}
		if (is_told(x, r))
			fill(x, r, &ret->rules.v[ret->rules.n++]);
	}
}
