/* Rules beside one another. Of a rule that changed only what differs is said. */
#include "common/texts.h"
#include "daemon/packs/comparison.h"
#include "daemon/rules/words/words.h"

#include <string.h>

/* ---- one rule in words ------------------------------------------------------------------ */

static const char *days_of(const struct rule *r, struct arena *a)
{
	if (r->until == DATE_NONE)
		return arena_printf(a, "from %s on", texts_day(a, r->from));
	if (r->from == DATE_NONE)
		return arena_printf(a, "until %s", texts_day(a, r->until));
	return arena_printf(a, "from %s to %s", texts_day(a, r->from),
			    texts_day(a, r->until));
}

const char *comparison_force(const struct rule *r, struct arena *a)
{
	if (r->from == DATE_NONE && r->until == DATE_NONE)
		return "";
	const char *days = days_of(r, a);
	switch (r->by) {
	case BY_PERIOD_START:
		return arena_printf(a, "in cycles that begin %s", days);
	case BY_PERIOD_END:
		return arena_printf(a, "in cycles that end %s", days);
	case BY_ACTIVITY:
		return arena_printf(a, "for what was done %s", days);
	case BY_ISSUE:
		return arena_printf(a, "where issued %s", days);
	case BY_NOW:
		return arena_printf(a, "%s, in running cycles too", days);
	}
	return "";
}

/* What is said of a rule. The first words are what it says itself, the others begin with a
 * word of their own where there is something to say. */
enum aspect { SAYS, ABOUT, WHEN, UNLESS, LEVEL, FORCE, SOURCE, ASPECTS };

struct said {
	const char *v[ASPECTS];
};

/* What stands there where there is nothing. */
static const char *const nothing[ASPECTS] = {
	[SAYS] = "nothing",	      [ABOUT] = "for everything",
	[WHEN] = "for everybody",     [UNLESS] = "without exception",
	[LEVEL] = "required",	      [FORCE] = "always",
	[SOURCE] = "without a source"};

static const char *with(const char *word, const char *text, struct arena *a)
{
	return text && *text ? arena_printf(a, "%s %s", word, text) : "";
}

/* Conditions of alternatives belong to what the rule says. */
static const char *says(const struct ruleset *rules, const struct rule *r,
			struct arena *a)
{
	const char *all = rules_words(rules, r, NULL, a);

	for (int i = 1; i <= r->alternatives; i++) {
		const char *when = rules_conditions_words(&r[i].when, a);
		if (*when)
			all = arena_printf(a, "%s; %s when %s", all, r[i].id, when);
	}
	return all;
}

static struct said said_of(const struct ruleset *rules, const struct rule *r,
			   struct arena *a)
{
	static const char *const levels[] = {[LEVEL_MUST] = "",
					     [LEVEL_SHOULD] = "advised",
					     [LEVEL_UNSURE] = "not sure"};

	return (struct said){{
		[SAYS] = says(rules, r, a),
		[ABOUT] = with("for", rules_where_words(rules, r, a), a),
		[WHEN] = with("when", rules_conditions_words(&r->when, a), a),
		[UNLESS] = with("unless", rules_conditions_words(&r->unless, a), a),
		[LEVEL] = levels[r->level],
		[FORCE] = comparison_force(r, a),
		[SOURCE] = with("source", r->cite, a),
	}};
}

static void clause(const char **all, const char *text, struct arena *a)
{
	*all = *all ? arena_printf(a, "%s, %s", *all, text) : text;
}

static const char *whole(const struct said *s, struct arena *a)
{
	const char *all = NULL;

	for (enum aspect i = 0; i < SOURCE; i++)
		if (*s->v[i])
			clause(&all, s->v[i], a);
	return all ? all : "";
}

/* ---- two ------------------------------------------------------------------------------- */

struct side {
	const struct pack *pack;
	const struct rule *rule;
	struct said said;
};

/* "at most 20 %" of "at most 20 % of what is required a cycle", and what follows it; NULL
 * where the rule begins with no amount. */
static const char *amount_of(const struct side *s, struct arena *a, const char **ret_rest)
{
	const struct rule *r = s->rule;

	if ((r->verb != RULE_NEED && r->verb != RULE_LIMIT) || r->alternatives)
		return NULL;
	const char *amount =
		arena_printf(a, "%s%s", r->verb == RULE_LIMIT ? "at most " : "",
			     rules_amount_words(&s->pack->rules, r, NULL, a));
	const size_t n = strlen(amount);
	if (strncmp(s->said.v[SAYS], amount, n) != 0)
		return NULL;
	*ret_rest = s->said.v[SAYS] + n;
	return amount;
}

/* Where only the amounts differ, what follows them need not be said. */
static void shorten(struct side *was, struct side *is, struct arena *a)
{
	const char *rest_was, *rest_is;
	const char *old = amount_of(was, a, &rest_was), *new = amount_of(is, a, &rest_is);

	if (!old || !new || was->rule->verb != is->rule->verb ||
	    strcmp(rest_was, rest_is) != 0)
		return;
	was->said.v[SAYS] = old;
	is->said.v[SAYS] = new;
}

static const char *part(const struct said *s, enum aspect i)
{
	return *s->v[i] ? s->v[i] : nothing[i];
}

static void compare(struct side *was, struct side *is, struct differences *ret)
{
	const char *old = NULL, *new = NULL;

	was->said = said_of(&was->pack->rules, was->rule, ret->a);
	is->said = said_of(&is->pack->rules, is->rule, ret->a);
	shorten(was, is, ret->a);
	for (enum aspect i = 0; i < ASPECTS; i++) {
		if (strcmp(was->said.v[i], is->said.v[i]) == 0)
			continue;
		clause(&old, part(&was->said, i), ret->a);
		clause(&new, part(&is->said, i), ret->a);
	}
	if (!old) {
		old = rules_name(was->rule);
		new = rules_name(is->rule);
	}
	comparison_add(ret, is->rule->id, is->rule->title, old, new);
}

static const struct rule *rule_named(const struct pack *p, const char *id)
{
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule *r = &p->rules.rules[i];
		if (!r->is_alternative && strcmp(r->id, id) == 0)
			return r;
	}
	return NULL;
}

static const char *alone(const struct pack *p, const struct rule *r, struct arena *a)
{
	const struct said s = said_of(&p->rules, r, a);

	return whole(&s, a);
}

void comparison_rules(const struct pack *before, const struct pack *after,
		      struct differences *ret)
{
	for (size_t i = 0; i < after->rules.n; i++) {
		const struct rule *is = &after->rules.rules[i];
		const struct rule *was = rule_named(before, is->id);
		if (is->is_alternative)
			continue;
		if (was)
			compare(&(struct side){.pack = before, .rule = was},
				&(struct side){.pack = after, .rule = is}, ret);
		else
			comparison_add(ret, is->id, is->title, NULL,
				       alone(after, is, ret->a));
	}
	for (size_t i = 0; i < before->rules.n; i++) {
		const struct rule *was = &before->rules.rules[i];
		if (!was->is_alternative && !rule_named(after, was->id))
			comparison_add(ret, was->id, was->title,
				       alone(before, was, ret->a), NULL);
	}
}
