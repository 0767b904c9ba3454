/* What the verdict says of parts, needs and limits. */
#include "daemon/explain/explain.h"

#include "daemon/rules/words/words.h"

static const struct judged_part *part(const struct explaining *x, size_t i)
{
	return &x->j.verdict.parts[i];
}

bool explain_fits_in(const struct explaining *x, const struct judged_need *n, size_t i)
{
	for (size_t k = 0; k < INSTANCE_WORDS; k++)
		if (part(x, i)->in.bits[k] & n->in.bits[k])
			return true;
	return false;
}

/* A need has its windows, or those of its alternatives, which stand behind it. */
bool explain_fits(const struct explaining *x, const struct judged_need *n, size_t i)
{
	const struct rule *first = n->rule + (n->rule->alternatives > 0),
			  *last = n->rule + n->rule->alternatives;

	for (size_t k = 1; k < x->j.verdict.instance_count; k++) {
		const struct rule *r = x->j.verdict.instances[k].rule;
		if (r >= first && r <= last && set_has(&part(x, i)->in, k))
			return true;
	}
	return false;
}

bool explain_is_under(const struct explaining *x, const struct judged_limit *l, size_t i)
{
	return set_has(&part(x, i)->in, l->instance);
}

const struct judged_limit *explain_limit(const struct explaining *x, size_t i)
{
	const struct verdict *v = &x->j.verdict;

	for (size_t k = 0; k < v->limit_count; k++)
		if (v->limits[k].instance == part(x, i)->cut_by)
			return &v->limits[k];
	return NULL;
}

void explain_tell_all(struct explaining *x)
{
	const struct ruleset *rules = &x->h->cycle.rules;

	for (size_t i = 0; i < x->j.n; i++) {
		const struct judged_part *p = part(x, i);
		if (p->rule)
			explain_tell(x, p->rule);
		if (p->unknown)
			explain_tell(x, p->unknown);
		for (size_t k = 0; p->changed && k < rules->n; k++)
			if (p->changed >> k & 1)
				explain_tell(x, &rules->rules[k]);
	}
}

bool explain_is_of_total(const struct explaining *x, size_t i)
{
	return set_has(&part(x, i)->in, x->j.verdict.total);
}

const char *explain_words(const struct explaining *x, const struct rule *r,
			  int64_t amount)
{
	const struct rule_numbers known = {x->j.verdict.required, amount};

	return rules_words(&x->h->cycle.rules, r, &known, x->w->arena);
}
