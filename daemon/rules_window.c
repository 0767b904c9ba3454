/* The needs and limits of a period, each in its windows, and what they ask for. */
#include "daemon/rules_parts.h"

#include <stdlib.h>
#include <string.h>

static bool is_unsure(const struct judgement *j, const struct rule *r,
		      enum answer applies)
{
	return !j->with_unsure && (r->level == LEVEL_UNSURE || applies == UNKNOWN);
}

/* ---- amounts ---------------------------------------------------------------------------- */

static const struct amount_row *row_of(const struct amount *m, const char *word)
{
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->rows[i].word, word) == 0 || !*m->rows[i].word)
			return &m->rows[i];
	return NULL;
}

/* By ordinal: 1 is the first row, and the last one is for all that follow. */
static const struct amount_row *row_of_period(const struct amount *m, int number)
{
	if (number <= 0 || m->n == 0)
		return NULL;
	return &m->rows[(size_t)number <= m->n ? (size_t)number - 1 : m->n - 1];
}

static bool read_number(const char *text, int64_t *ret)
{
	struct credit c;
	struct err ignored;

	if (strcmp(text, "0") == 0) {
		*ret = 0;
		return true;
	}
	if (text[strspn(text, "0123456789.")] ||
	    credit_parse(text, false, &c, &ignored) < 0)
		return false;
	*ret = c.exact;
	return true;
}

static bool amount_by_fact(const struct judgement *j, const struct amount *m,
			   int64_t *ret)
{
	const struct amount_row *row;

	if (m->kind == AMOUNT_TABLE && strcmp(m->fact, "period number") == 0) {
		row = row_of_period(m, j->c->facts ? j->c->facts->period_number : 0);
	} else {
		const char *value =
			strcmp(m->fact, "level") == 0 && j->c->facts && j->c->facts->level
				? rules_fold(j->c->facts->level, j->a)
				: fact_value(j, m->fact);
		if (m->kind == AMOUNT_FACT)
			return value && read_number(value, ret);
		row = value ? row_of(m, value) : NULL;
	}
	if (row)
		*ret = row->exact;
	return row != NULL;
}

/* False where a fact is missing. */
static bool resolve(const struct judgement *j, const struct amount *m, int64_t *ret)
{
	const struct ruleset *rules = j->c->rules;
	int64_t base;

	*ret = 0;
	switch (m->kind) {
	case AMOUNT_FIXED:
		*ret = m->exact;
		return true;
	case AMOUNT_OF_COUNTED:
		return true;
	case AMOUNT_OF_REQUIRED:
		*ret = scaled(j->required, m->share.num, m->share.den);
		return true;
	case AMOUNT_OF_NEED:
		if (!resolve(j, &rules->rules[m->need].amount, &base))
			return false;
		*ret = scaled(base, m->share.num, m->share.den);
		return true;
	case AMOUNT_PER_MONTH:
		*ret = scaled(m->exact, j->c->facts ? j->c->facts->months_active : 0, 1);
		return true;
	case AMOUNT_TABLE:
	case AMOUNT_FACT:
		return amount_by_fact(j, m, ret);
	}
	return false;
}

bool rules_may_be_total(const struct rule *r)
{
	return r->verb == RULE_NEED && r->measure == MEASURE_CREDIT &&
	       !r->is_alternative && !r->alternatives && r->where == WHERE_ALL &&
	       r->level != LEVEL_SHOULD &&
	       (r->window.kind == WINDOW_PERIOD || r->window.kind == WINDOW_LAST);
}

/* The pack's total; where that does not apply to this person, the need that stands in for
 * it. */
static const struct rule *find_total(const struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;
	const char *why;

	if (rules->total_rule == NO_RULE)
		return NULL;
	const struct rule *total = &rules->rules[rules->total_rule];
	if (rule_applies(j, total, &why) != NO)
		return total;
	for (size_t i = 0; i < rules->n; i++)
		if (rules_may_be_total(&rules->rules[i]) &&
		    rule_applies(j, &rules->rules[i], &why) != NO)
			return &rules->rules[i];
	return NULL;
}

/* What the total asks for, and what needs on top of it add. */
static void find_required(struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;
	const char *why;
	int64_t more;

	j->total = find_total(j);
	j->required = rules->own_total ? rules->total : 0;
	if (j->total && !rules->own_total)
		(void)resolve(j, &j->total->amount, &j->required);
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if (r->verb != RULE_NEED || !r->on_top)
			continue;
		enum answer applies = rule_applies(j, r, &why);
		if (applies != NO && !is_unsure(j, r, applies) &&
		    resolve(j, &r->amount, &more))
			j->required = added(j->required, more);
	}
}

/* ---- windows ---------------------------------------------------------------------------- */

static struct instance *add_instance(struct judgement *j, const struct rule *r,
				     civil_day from, civil_day to)
{
	if (j->n == INSTANCES_MAX)
		return NULL;
	if (r && r->by == BY_ACTIVITY) {
		if (r->from != DATE_NONE && (from == DATE_NONE || from < r->from))
			from = r->from;
		if (r->until != DATE_NONE && (to == DATE_NONE || to > r->until))
			to = r->until;
	}
	if (from != DATE_NONE && to != DATE_NONE && from > to)
		return NULL;
	struct instance *i = &j->instances[j->n++];
	*i = (struct instance){.rule = r, .window = {from, to}};
	return i;
}

/* One window of a rule. Behind a limit on a share of what counts stands an instance that
 * takes all of the same window. */
static void add_window(struct judgement *j, const struct instance *like, civil_day from,
		       civil_day to)
{
	struct instance *i = add_instance(j, like->rule, from, to);

	if (!i)
		return;
	i->amount = like->amount;
	i->unknown = like->unknown;
	i->why = like->why;
	if (like->rule->verb == RULE_LIMIT &&
	    like->rule->amount.kind == AMOUNT_OF_COUNTED &&
	    !add_instance(j, NULL, i->window.from, i->window.to))
		j->n--;
}

static civil_day year_after(civil_day day, enum window_kind kind)
{
	enum { JANUARY = 1, JULY = 7 };
	int year, month, unused;

	if (kind == WINDOW_EACH_YEAR)
		return date_add_months(day, 12);
	date_split(day, &year, &month, &unused);
	int first = kind == WINDOW_EACH_CALENDAR ? JANUARY : JULY;
	return date_make(month < first ? year : year + 1, first, 1);
}

static void add_years(struct judgement *j, const struct instance *like)
{
	struct period p = j->c->period;

	if (p.from == DATE_NONE || p.to == DATE_NONE)
		return;
	for (civil_day day = p.from, next; day <= p.to; day = next) {
		next = year_after(day, like->rule->window.kind);
		if (next == DATE_NONE || next <= day)
			break;
		add_window(j, like, day, next - 1 < p.to ? next - 1 : p.to);
	}
}

static civil_day months_before(civil_day day, int months)
{
	return day == DATE_NONE ? DATE_NONE : date_add_months(day, -months);
}

static void add_windows(struct judgement *j, const struct instance *like)
{
	const struct rule *r = like->rule;
	struct period p = j->c->period;
	civil_day issued = j->c->facts ? j->c->facts->issued : DATE_NONE;

	switch (r->window.kind) {
	case WINDOW_EACH_YEAR:
	case WINDOW_EACH_CALENDAR:
	case WINDOW_EACH_SCHOOL:
		add_years(j, like);
		return;
	case WINDOW_PERIOD:
	case WINDOW_NTH:
		break;
	case WINDOW_LAST:
		if (p.to != DATE_NONE)
			p.from = months_before(p.to + 1, r->window.n);
		break;
	case WINDOW_BEFORE:
		p.from = months_before(p.from, r->window.n);
		break;
	case WINDOW_SINCE_ISSUE:
		p.from = issued;
		break;
	case WINDOW_EVER:
		p.from = DATE_NONE;
		break;
	}
	add_window(j, like, p.from, p.to);
}

static void add_rule(struct judgement *j, const struct rule *r)
{
	struct instance like = {.rule = r};
	enum answer applies = rule_applies(j, r, &like.why);

	if ((r->verb != RULE_NEED && r->verb != RULE_LIMIT) || applies == NO ||
	    is_unsure(j, r, applies))
		return;
	like.unknown = applies == UNKNOWN;
	if (!resolve(j, &r->amount, &like.amount)) {
		like.unknown = true;
		like.why = arena_printf(j->a, "it needs to know: %s", r->amount.fact);
	}
	if (r == j->total)
		like.amount = j->required;
	/* A limit whose amount is not known cuts nothing. */
	if (r->verb == RULE_LIMIT && like.unknown)
		return;
	add_windows(j, &like);
}

/* ---- segments --------------------------------------------------------------------------- */

static int by_day(const void *a, const void *b)
{
	civil_day x = *(const civil_day *)a, y = *(const civil_day *)b;

	return (x > y) - (x < y);
}

/* Where a window begins or ends another segment begins; the first begins before all days. */
static void cut_time(struct judgement *j)
{
	civil_day *edges = arena_array(j->a, 2 * j->n + 1, sizeof(*edges));
	size_t n = 0, kept = 0;

	edges[n++] = DATE_NONE;
	for (size_t i = 0; i < j->n; i++) {
		const struct period *w = &j->instances[i].window;
		if (w->from != DATE_NONE)
			edges[n++] = w->from;
		if (w->to != DATE_NONE)
			edges[n++] = w->to + 1;
	}
	qsort(edges, n, sizeof(*edges), by_day);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || edges[i] != edges[kept - 1])
			edges[kept++] = edges[i];
	j->edges = edges;
	j->segments = kept;
	j->live = arena_array(j->a, kept, sizeof(*j->live));
	for (size_t s = 0; s < kept; s++)
		for (size_t i = 0; i < j->n; i++) {
			const struct period *w = &j->instances[i].window;
			if ((w->from == DATE_NONE || edges[s] >= w->from) &&
			    (w->to == DATE_NONE || edges[s] <= w->to))
				set_add(&j->live[s], i);
		}
}

void judge_windows(struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;

	j->instances = arena_array(j->a, INSTANCES_MAX, sizeof(*j->instances));
	(void)add_instance(j, NULL, j->c->period.from, j->c->period.to);
	find_required(j);
	for (size_t i = 0; i < rules->n; i++)
		add_rule(j, &rules->rules[i]);
	cut_time(j);
}

civil_day rules_first_day(const struct ruleset *r, struct period period)
{
	if (r->reach < 0)
		return DATE_NONE;
	return r->reach ? months_before(period.from, r->reach) : period.from;
}
