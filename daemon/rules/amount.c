/* What needs and limits come to for this person. */
#include "daemon/rules/parts.h"

#include <string.h>

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

/* The row that held on the most days of the period, or the highest of those that held. A
 * value holds until the next one, and the last until the period ends. */
static const struct amount_row *row_of_days(const struct judgement *j,
					    const struct amount *m)
{
	const struct period *p = &j->c->period;
	const struct amount_row *best = NULL;
	int64_t most = -1, *days = arena_array(j->a, m->n, sizeof(*days));

	if (p->from == DATE_NONE || p->to == DATE_NONE)
		return NULL;
	for (civil_day day = p->from; day <= p->to; day++) {
		const char *value = when_fact_on(j, m->fact, day);
		const struct amount_row *row = value ? row_of(m, value) : NULL;
		if (row)
			days[row - m->rows]++;
	}
	for (size_t i = 0; i < m->n; i++) {
		int64_t weight = m->pick == PICK_LONGEST ? days[i] : m->rows[i].exact;
		if (days[i] > 0 && weight > most) {
			most = weight;
			best = &m->rows[i];
		}
	}
	return best;
}

static bool amount_by_fact(const struct judgement *j, const struct amount *m,
			   int64_t *ret)
{
	const struct rule_facts *f = j->c->facts;
	const struct amount_row *row;

	if (m->kind == AMOUNT_FACT)
		return when_fact_number(j, m->fact, ret);
	enum rule_known known = rule_known_of(m->fact);
	if (known == KNOWN_PERIOD_NUMBER) {
		row = row_of_period(m, f ? f->period_number : 0);
	} else if (known == KNOWN_YEAR_OF_EXPIRY) {
		row = row_of(m, arena_printf(j->a, "%d", when_expiry_year(j)));
	} else if (m->pick != PICK_LAST) {
		row = row_of_days(j, m);
	} else {
		bool level = known == KNOWN_LEVEL;
		const char *value = !level	    ? when_fact(j, m->fact)
				    : f && f->level ? rules_fold(f->level, j->a)
						    : NULL;
		row = value ? row_of(m, value) : NULL;
	}
	if (row)
		*ret = row->exact;
	return row != NULL;
}

static int64_t per_month(const struct amount *m, int months)
{
	int64_t v = scaled(m->exact, months, 1);

	return m->most && v > m->most ? m->most : v;
}

bool amount_of(struct judgement *j, const struct amount *m, int64_t *ret)
{
	const struct ruleset *rules = j->c->rules;
	const struct conditions always = {NULL, 0};
	int64_t base;
	int months = 0;

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
		if (!amount_of_need(j, &rules->rules[m->need], &base))
			return false;
		*ret = scaled(base, m->share.num, m->share.den);
		return true;
	case AMOUNT_PER_MONTH:
		(void)months_of_active(j, &always, m->month, &months);
		*ret = per_month(m, months);
		return true;
	case AMOUNT_PER_MONTH_LAPSED:
		*ret = per_month(m, j->c->facts ? j->c->facts->months_lapsed : 0);
		return true;
	case AMOUNT_TABLE:
	case AMOUNT_FACT:
		return amount_by_fact(j, m, ret);
	}
	return false;
}

bool amount_of_need(struct judgement *j, const struct rule *r, int64_t *ret)
{
	if (!amount_of(j, &r->amount, ret))
		return false;
	*ret = adjust_amount(j, r, *ret);
	return true;
}

bool rules_may_be_total(const struct rule *r)
{
	return r->verb == RULE_NEED && r->measure == MEASURE_CREDIT &&
	       !r->is_alternative && !r->alternatives && r->where == WHERE_ALL &&
	       r->level != LEVEL_SHOULD &&
	       (r->window.kind == WINDOW_PERIOD || r->window.kind == WINDOW_LAST ||
		r->window.kind == WINDOW_LAST_TO_NOW);
}

/* The pack's total; where that does not apply to this person, the need that stands in for
 * it. */
static const struct rule *find_total(struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;
	const char *why;

	if (rules->total_rule == NO_RULE)
		return NULL;
	const struct rule *total = &rules->rules[rules->total_rule];
	if (rule_applies(j, total, &j->exempt) != NO) {
		j->exempt = NULL;
		return total;
	}
	for (size_t i = 0; i < rules->n; i++)
		if (rules_may_be_total(&rules->rules[i]) &&
		    rule_applies(j, &rules->rules[i], &why) != NO) {
			j->exempt = NULL;
			return &rules->rules[i];
		}
	return NULL;
}

void amount_required(struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;
	const char *why;
	int64_t more;

	j->total = find_total(j);
	j->required = rules->own_total ? rules->total : 0;
	if (j->total && !rules->own_total)
		(void)amount_of_need(j, j->total, &j->required);
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if (r->verb != RULE_NEED || !r->on_top)
			continue;
		enum answer applies = rule_applies(j, r, &why);
		if (applies != NO && !is_unsure(j, r, applies) &&
		    amount_of_need(j, r, &more))
			j->required = added(j->required, more);
	}
}
