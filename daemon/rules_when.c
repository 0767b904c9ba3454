/* Words, selectors, and what only the person knows. */
#include "daemon/rules_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

const char *rules_fold(const char *word, struct arena *a)
{
	char *out = arena_alloc(a, strlen(word) + 1);
	size_t n = 0;

	for (const char *p = word; *p; p++) {
		bool gap = *p == ' ' || *p == '_' || *p == '-';
		if (!gap)
			out[n++] = (char)tolower((unsigned char)*p);
		else if (n > 0 && out[n - 1] != '-')
			out[n++] = '-';
	}
	while (n > 0 && out[n - 1] == '-')
		n--;
	out[n] = '\0';
	return out;
}

static bool shares(const struct rule_words *a, const struct rule_words *b)
{
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++)
			if (strcmp(a->v[i], b->v[k]) == 0)
				return true;
	return false;
}

bool rules_where(const struct where *w, const struct entry_class *class)
{
	for (size_t i = 0; i < w->n; i++)
		if (!shares(&w->terms[i].words, &class->attr[w->terms[i].attr]))
			return false;
	return !w->not || !rules_where(w->not, class);
}

/* The one that holds on `day`: of those that have begun the latest. */
const char *fact_value_on(const struct judgement *j, const char *name, civil_day day)
{
	const struct rule_facts *f = j->c->facts;
	const struct rule_fact *best = NULL;

	for (size_t i = 0; f && i < f->n; i++) {
		const struct rule_fact *one = &f->named[i];
		bool begun = one->from == DATE_NONE || one->from <= day;
		if (begun && strcasecmp(one->name, name) == 0 &&
		    (!best || best->from == DATE_NONE || one->from >= best->from))
			best = one;
	}
	return best ? rules_fold(best->value, j->a) : NULL;
}

const char *fact_value(const struct judgement *j, const char *name)
{
	civil_day day = j->c->day, to = j->c->period.to;

	return fact_value_on(j, name, to != DATE_NONE && to < day ? to : day);
}

static enum answer among(const struct condition *c, const char *word)
{
	bool found = false;

	for (size_t i = 0; i < c->words.n; i++)
		found = found || strcmp(c->words.v[i], word) == 0;
	return found == (c->op == IS) ? YES : NO;
}

static enum answer among_endorsements(const struct condition *c,
				      const struct rule_facts *f)
{
	return shares(&c->words, &f->endorsements) == (c->op == IS) ? YES : NO;
}

static enum answer compare_number(const struct condition *c, int64_t v)
{
	switch (c->op) {
	case AT_LEAST:
		return v >= c->number ? YES : NO;
	case AT_MOST:
		return v <= c->number ? YES : NO;
	default:
		return UNKNOWN;
	}
}

static enum answer compare_day(const struct condition *c, civil_day day)
{
	if (day == DATE_NONE)
		return UNKNOWN;
	return (c->op == BEFORE ? day < c->day : day >= c->day) ? YES : NO;
}

/* A number as digits with at most one point; thousandths are enough for facts. */
static bool number_of(const char *text, int64_t *ret)
{
	int64_t v = 0;

	if (!isdigit((unsigned char)*text))
		return false;
	for (; isdigit((unsigned char)*text) && v < INT64_C(1000000000); text++)
		v = v * 10 + *text - '0';
	*ret = v;
	return *text == '\0' || *text == '.';
}

static enum answer ask_period(const struct condition *c, int number)
{
	char text[24];

	if (number <= 0)
		return UNKNOWN;
	if (c->op != IS && c->op != IS_NOT)
		return compare_number(c, number);
	size_t n = sizeof(text);
	text[--n] = '\0';
	for (int v = number; v > 0; v /= 10)
		text[--n] = (char)('0' + v % 10);
	return among(c, text + n);
}

static enum answer ask_word(const struct condition *c, const char *value)
{
	int64_t number;
	civil_day day;
	struct err ignored;

	if (!value)
		return UNKNOWN;
	if (c->op == IS || c->op == IS_NOT)
		return among(c, value);
	if (c->op == BEFORE || c->op == FROM)
		return date_parse_iso(value, &day, &ignored) == 0 ? compare_day(c, day)
								  : UNKNOWN;
	return number_of(value, &number) ? compare_number(c, number) : UNKNOWN;
}

static enum answer ask(const struct judgement *j, const struct condition *c)
{
	static const struct rule_facts nothing = {.issued = DATE_NONE};
	const struct rule_facts *f = j->c->facts ? j->c->facts : &nothing;

	if (strcmp(c->fact, "issued") == 0)
		return compare_day(c, f->issued);
	if (strcmp(c->fact, "endorsement") == 0)
		return among_endorsements(c, f);
	if (strcmp(c->fact, "period number") == 0)
		return ask_period(c, f->period_number);
	if (strcmp(c->fact, "level") == 0)
		return ask_word(c, f->level ? rules_fold(f->level, j->a) : NULL);
	return ask_word(c, fact_value(j, c->fact));
}

/* All of them: NO where one is, UNKNOWN where one is and none is NO. */
static enum answer ask_all(const struct judgement *j, const struct conditions *all,
			   const struct condition **ret_which)
{
	enum answer answer = YES;

	for (size_t i = 0; i < all->n; i++) {
		enum answer one = ask(j, &all->v[i]);
		if (one == NO) {
			*ret_which = &all->v[i];
			return NO;
		}
		if (one == UNKNOWN && answer == YES) {
			*ret_which = &all->v[i];
			answer = UNKNOWN;
		}
	}
	return answer;
}

static enum answer in_force(const struct judgement *j, const struct rule *r)
{
	civil_day day = j->c->period.from;

	if (r->from == DATE_NONE && r->until == DATE_NONE)
		return YES;
	switch (r->by) {
	case BY_PERIOD_START:
		break;
	case BY_PERIOD_END:
		day = j->c->period.to;
		break;
	case BY_ISSUE:
		day = j->c->facts ? j->c->facts->issued : DATE_NONE;
		break;
	case BY_NOW:
		day = j->c->day;
		break;
	case BY_ACTIVITY:
		return YES;
	}
	if (day == DATE_NONE)
		return UNKNOWN;
	return (r->from == DATE_NONE || day >= r->from) &&
			       (r->until == DATE_NONE || day <= r->until)
		       ? YES
		       : NO;
}

static enum answer in_turn(const struct judgement *j, const struct rule *r)
{
	int number = j->c->facts ? j->c->facts->period_number : 0;

	if (r->window.kind != WINDOW_NTH)
		return YES;
	return number <= 0 ? UNKNOWN : number % r->window.n == 0 ? YES : NO;
}

static const char *missing_fact(const struct judgement *j, const struct condition *c)
{
	return arena_printf(j->a, "it needs to know: %s", c->fact);
}

enum answer rule_applies(const struct judgement *j, const struct rule *r,
			 const char **ret_why)
{
	const struct condition *which = NULL;
	enum answer force = in_force(j, r), turn = in_turn(j, r);

	*ret_why = NULL;
	if (force == NO || turn == NO) {
		*ret_why = force == NO ? "not in force" : "not due in this period";
		return NO;
	}
	enum answer when = ask_all(j, &r->when, &which);
	if (when == NO) {
		*ret_why = arena_printf(j->a, "it depends on %s", which->fact);
		return NO;
	}
	enum answer unless = r->unless.n ? ask_all(j, &r->unless, &which) : NO;
	if (unless == YES) {
		*ret_why = arena_printf(j->a, "met by %s", r->unless.v[0].fact);
		return NO;
	}
	/* Without the fact an exception is not claimed. */
	if (when == UNKNOWN) {
		*ret_why = missing_fact(j, which);
		return UNKNOWN;
	}
	if (force == UNKNOWN || turn == UNKNOWN) {
		*ret_why = turn == UNKNOWN ? "it needs to know: period number"
					   : "it needs to know: the dates of the period";
		return UNKNOWN;
	}
	return YES;
}
