/* Words, selectors, and what only the person knows. */
#include "daemon/rules/parts.h"

#include "common/ascii.h"
#include "common/similar.h"

#include <string.h>

const char *rules_fold(const char *word, struct arena *a)
{
	const char *folded = similar_fold(word, a);
	char *out = arena_alloc(a, strlen(folded) + 1);
	size_t n = 0;

	for (const char *p = folded; *p; p++) {
		bool gap = *p == ' ' || *p == '_' || *p == '-';
		if (!gap)
			out[n++] = *p;
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

static bool is_one_of(const struct where *any, size_t n, const struct entry_class *class)
{
	for (size_t i = 0; i < n; i++)
		if (rules_where(&any[i], class))
			return true;
	return false;
}

bool rules_where(const struct where *w, const struct entry_class *class)
{
	for (size_t i = 0; i < w->n; i++)
		if (!shares(&w->terms[i].words, &class->attr[w->terms[i].attr]))
			return false;
	if (w->any_count && !is_one_of(w->any, w->any_count, class))
		return false;
	return !w->except || !rules_where(w->except, class);
}

const char *when_spelled(const struct judgement *j, enum rule_attr attr, const char *word)
{
	const struct ruleset *rules = j->c->rules;

	for (size_t i = 0; i < rules->word_count; i++)
		if (rules->words[i].attr == attr &&
		    strcmp(rules->words[i].word, word) == 0)
			return rules->words[i].canonical;
	return word;
}

/* The one that holds on `day`: of several the one that began last. */
const char *when_fact_on(const struct judgement *j, const char *name, civil_day day)
{
	const struct rule_facts *f = j->c->facts;
	const struct rule_fact *best = NULL;

	for (size_t i = 0; f && i < f->n; i++) {
		const struct rule_fact *one = &f->named[i];
		if (period_has((struct period){one->from, one->to}, day) &&
		    ascii_same(one->name, name) &&
		    (!best || best->from == DATE_NONE || one->from >= best->from))
			best = one;
	}
	return best ? rules_fold(best->value, j->a) : NULL;
}

const char *when_fact(const struct judgement *j, const char *name)
{
	return when_fact_on(j, name, judged_day(j));
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

/* A number, times CREDIT_ONE: digits with at most one point. */
static bool number_of(const char *text, int64_t *ret)
{
	int64_t whole = 0, v, unit = CREDIT_ONE;

	if (!ascii_is_digit(*text))
		return false;
	for (; ascii_is_digit(*text) && whole < INT64_C(1000000000); text++)
		whole = whole * 10 + *text - '0';
	v = whole * CREDIT_ONE;
	if (*text == '.')
		for (text++; ascii_is_digit(*text); text++) {
			v += (*text - '0') * unit / 10;
			unit /= 10;
		}
	*ret = v;
	return *text == '\0';
}

int when_expiry_year(const struct judgement *j)
{
	int year = 0, unused;

	if (j->c->period.to != DATE_NONE)
		date_split(j->c->period.to, &year, &unused, &unused);
	return year;
}

static enum answer ask_number(const struct judgement *j, const struct condition *c,
			      int number)
{
	if (c->op == IS || c->op == IS_NOT)
		return among(c, arena_printf(j->a, "%d", number));
	return compare_number(c, number * CREDIT_ONE);
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

static enum answer ask(const struct judgement *j, const struct condition *c,
		       civil_day day)
{
	static const struct rule_facts nothing = {.issued = DATE_NONE};
	const struct rule_facts *f = j->c->facts ? j->c->facts : &nothing;

	switch (rule_known_of(c->fact)) {
	case KNOWN_ISSUED:
		return compare_day(c, f->issued);
	case KNOWN_ENDORSEMENT:
		return among_endorsements(c, f);
	case KNOWN_PERIOD_NUMBER:
		return f->period_number > 0 ? ask_number(j, c, f->period_number)
					    : UNKNOWN;
	case KNOWN_LEVEL:
		return ask_word(c, f->level ? rules_fold(f->level, j->a) : NULL);
	case KNOWN_LAPSED:
		return ask_word(c,
				f->lapsed && j->c->day > j->grace_until ? "yes" : "no");
	case KNOWN_MONTHS_LAPSED:
		return ask_number(j, c, f->months_lapsed);
	case KNOWN_FURTHER:
		return ask_word(c, f->further ? "yes" : "no");
	case KNOWN_YEAR_OF_EXPIRY:
		return when_expiry_year(j) ? ask_number(j, c, when_expiry_year(j))
					   : UNKNOWN;
	default:
		return ask_word(c, when_fact_on(j, c->fact, day));
	}
}

/* All of them: NO where one is, UNKNOWN where one is and none is NO. */
enum answer when_all_hold(const struct judgement *j, const struct conditions *all,
			  civil_day day, const struct condition **ret_which)
{
	enum answer answer = YES;

	for (size_t i = 0; i < all->n; i++) {
		enum answer one = ask(j, &all->v[i], day);
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

static civil_day day_of(const struct judgement *j, enum rule_by by)
{
	switch (by) {
	case BY_PERIOD_START:
		return j->c->period.from;
	case BY_PERIOD_END:
		return j->c->period.to;
	case BY_ISSUE:
		return j->c->facts ? j->c->facts->issued : DATE_NONE;
	case BY_NOW:
		return j->c->day;
	case BY_ACTIVITY:
		break;
	}
	return DATE_NONE;
}

enum answer when_dates_hold(const struct judgement *j, civil_day from, civil_day until,
			    enum rule_by by)
{
	civil_day day = day_of(j, by);

	if ((from == DATE_NONE && until == DATE_NONE) || by == BY_ACTIVITY)
		return YES;
	if (day == DATE_NONE)
		return UNKNOWN;
	return (from == DATE_NONE || day >= from) && (until == DATE_NONE || day <= until)
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

/* Which period it is follows from the day of issue: that is what a person can tell. */
const char *rules_unknown(const struct judgement *j, const char *fact)
{
	bool issue = rule_known_of(fact) == KNOWN_PERIOD_NUMBER ||
		     rule_known_of(fact) == KNOWN_ISSUED;

	if (rule_known_of(fact) == KNOWN_YEAR_OF_EXPIRY)
		fact = "the days of the cycle";
	return arena_printf(j->a, "it needs to know: %s",
			    issue ? "the day of issue" : fact);
}

enum answer rule_applies(const struct judgement *j, const struct rule *r,
			 const char **ret_why)
{
	return rule_applies_on(j, r, judged_day(j), ret_why);
}

enum answer rule_applies_on(const struct judgement *j, const struct rule *r,
			    civil_day day, const char **ret_why)
{
	const struct condition *which = NULL;
	enum answer force = when_dates_hold(j, r->from, r->until, r->by),
		    turn = in_turn(j, r);

	*ret_why = NULL;
	if (force == NO || turn == NO) {
		*ret_why = force == NO ? "not in force" : "not due in this period";
		return NO;
	}
	enum answer when = when_all_hold(j, &r->when, day, &which);
	if (when == NO) {
		*ret_why = arena_printf(j->a, "it depends on %s", which->fact);
		return NO;
	}
	const struct condition *exception = NULL;
	if (r->unless.n && when_all_hold(j, &r->unless, day, &exception) == YES) {
		*ret_why = arena_printf(j->a, "met by %s", r->unless.v[0].fact);
		return NO;
	}
	/* Without the fact an exception is not claimed. */
	if (when == UNKNOWN) {
		*ret_why = rules_unknown(j, which->fact);
		return UNKNOWN;
	}
	if (force == UNKNOWN || turn == UNKNOWN) {
		bool issue = turn == UNKNOWN || r->by == BY_ISSUE;
		*ret_why = rules_unknown(j, issue ? "issued" : "the days of the cycle");
		return UNKNOWN;
	}
	return YES;
}
