#include "daemon/rules/words/when.h"

#include "daemon/rules/words/words.h"

static const char *day(civil_day d, struct arena *a)
{
	char text[DATE_ISO_SIZE];

	date_format_iso(d, text);
	return arena_dup(a, text);
}

static const char *any_of(const struct rule_words *w, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < w->n; i++)
		all = arena_printf(a, "%s%s%s", all, i ? " or " : "", w->v[i]);
	return all;
}

/* "3", "2.5" */
static const char *number(int64_t v, struct arena *a)
{
	char text[CREDIT_TEXT_SIZE];

	if (v % CREDIT_ONE)
		credit_format(v, text);
	else
		credit_format_fixed(v, 0, text);
	return arena_dup(a, text);
}

static const char *condition(const struct condition *c, struct arena *a)
{
	switch (c->op) {
	case IS:
		return arena_printf(a, "%s is %s", c->fact, any_of(&c->words, a));
	case IS_NOT:
		return arena_printf(a, "%s is not %s", c->fact, any_of(&c->words, a));
	case BEFORE:
		return arena_printf(a, "%s before %s", c->fact, day(c->day, a));
	case FROM:
		return arena_printf(a, "%s on or after %s", c->fact, day(c->day, a));
	case AT_LEAST:
		return arena_printf(a, "%s is at least %s", c->fact,
				    number(c->number, a));
	case AT_MOST:
		return arena_printf(a, "%s is at most %s", c->fact, number(c->number, a));
	}
	return "";
}

const char *rules_conditions_words(const struct conditions *c, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < c->n; i++)
		all = arena_printf(a, "%s%s%s", all, i ? " and " : "",
				   condition(&c->v[i], a));
	return all;
}

static void add(const char **all, const char *word, const char *text, struct arena *a)
{
	if (*text)
		*all = arena_printf(a, "%s%s%s%s", *all, **all ? ", " : "", word, text);
}

const char *rules_when_words(const struct rule *r, struct arena *a)
{
	const char *all = "";

	add(&all, "", rules_conditions_words(&r->when, a), a);
	add(&all, "unless ", rules_conditions_words(&r->unless, a), a);
	add(&all, "from ", r->from == DATE_NONE ? "" : day(r->from, a), a);
	add(&all, "until ", r->until == DATE_NONE ? "" : day(r->until, a), a);
	return all;
}
