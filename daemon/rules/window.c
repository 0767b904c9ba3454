/* The days that count, and the needs and limits of a period, each in its windows. */
#include "daemon/rules/parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- days ------------------------------------------------------------------------------- */

static civil_day months_after(civil_day day, int months)
{
	return day == DATE_NONE ? DATE_NONE : date_add_months(day, months);
}

/* Its day in the year in which the period ends. */
static civil_day day_of_year(const struct judgement *j, const struct rule_date *d)
{
	int year, unused;

	if (j->c->period.to == DATE_NONE)
		return DATE_NONE;
	date_split(j->c->period.to, &year, &unused, &unused);
	return date_make(year, d->month, d->day);
}

static civil_day anchor_day(const struct judgement *j, const struct rule_date *d)
{
	civil_day day = DATE_NONE;
	struct err ignored;

	switch (d->anchor) {
	case AT_PERIOD_START:
		return j->c->period.from;
	case AT_PERIOD_END:
		return j->c->period.to;
	case AT_ISSUE:
		return j->c->facts ? j->c->facts->issued : DATE_NONE;
	case AT_DAY_OF_YEAR:
		return day_of_year(j, d);
	case AT_FACT:
		break;
	}
	const char *value = when_fact(j, d->fact);
	return value && date_parse_iso(value, &day, &ignored) == 0 ? day : DATE_NONE;
}

static civil_day find_day(const struct judgement *j, const struct rule_date *d)
{
	civil_day day = months_after(anchor_day(j, d), d->months);

	if (day == DATE_NONE)
		return DATE_NONE;
	day = date_add_days(day, d->days);
	return d->month_end ? date_month_end(day) : day;
}

civil_day rules_day(const struct rules_case *c, const struct rule_date *d,
		    struct arena *a)
{
	const struct judgement j = {.c = c, .a = a};

	return find_day(&j, d);
}

/* Days of grace for the hours themselves, and what they do. Nobody has them by saying
 * nothing. */
static void find_grace(struct judgement *j, struct verdict *v)
{
	const char *why;

	for (size_t i = 0; i < j->c->rules->n; i++) {
		const struct rule *r = &j->c->rules->rules[i];
		if (r->verb != RULE_DUTY || !r->duty->late_until ||
		    r->duty->act != ACT_FINISH || rule_applies(j, r, &why) != YES)
			continue;
		civil_day until = find_day(j, r->duty->late_until);
		if (until == DATE_NONE || (v->late && until <= v->late_until))
			continue;
		v->late = r;
		v->late_until = until;
	}
	if (v->late)
		j->grace_until = v->late_until;
	if (v->late && v->late->duty->fill_previous && !j->c->closed &&
	    j->span.to != DATE_NONE && v->late_until > j->span.to)
		j->span.to = v->late_until;
}

static void find_span(struct judgement *j, struct verdict *v)
{
	const struct rule_facts *f = j->c->facts;

	j->span = j->c->period;
	j->grace_until = DATE_NONE;
	if (j->c->rules->early_months && f && f->period_number == 1)
		j->span.from = months_after(j->span.from, -j->c->rules->early_months);
	find_grace(j, v);
	v->span = j->span;
}

/* ---- windows ---------------------------------------------------------------------------- */

static struct instance *add_instance(struct judgement *j, const struct rule *r,
				     civil_day from, civil_day to)
{
	if (j->n == INSTANCES_MAX) {
		j->full = true;
		return NULL;
	}
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
	i->no_amount = like->no_amount;
	i->why = like->why;
	if (like->rule->verb == RULE_LIMIT &&
	    like->rule->amount.kind == AMOUNT_OF_COUNTED &&
	    !add_instance(j, NULL, i->window.from, i->window.to))
		j->n--;
}

/* The last day of the year that `day` begins or lies in, or the last there is. */
static civil_day year_last(civil_day day, enum window_kind kind)
{
	enum { JUNE = 6, DECEMBER = 12 };
	int year, month, unused;

	if (kind == WINDOW_EACH_YEAR)
		return date_months_last(day, 12);
	date_split(day, &year, &month, &unused);
	int last = kind == WINDOW_EACH_CALENDAR ? DECEMBER : JUNE;
	civil_day begins = date_make(month <= last ? year : year + 1, last, 1);
	return begins == DATE_NONE ? DATE_LAST : date_month_end(begins);
}

bool rules_each_year(const struct rule *r)
{
	return r->window.kind == WINDOW_EACH_YEAR ||
	       r->window.kind == WINDOW_EACH_CALENDAR ||
	       r->window.kind == WINDOW_EACH_SCHOOL;
}

/* One of the years of a rule, if it is for this person in that year: what they tell may be
 * true of one year alone. Of a year that is over its last day decides, of one to come its
 * first. */
static void add_year(struct judgement *j, const struct instance *like, struct period year)
{
	civil_day day = judged_day(j);
	struct instance one = *like;
	const char *why;

	day = year.to < day ? year.to : year.from > day ? year.from : day;
	enum answer applies = rule_applies_on(j, like->rule, day, &why);
	if (applies == NO || is_unsure(j, like->rule, applies))
		return;
	one.unknown = like->no_amount || applies == UNKNOWN;
	one.why = like->no_amount ? like->why : why;
	add_window(j, &one, year.from, year.to);
}

static void add_years_of(struct judgement *j, const struct instance *like,
			 struct period p)
{
	for (civil_day day = p.from, last; day <= p.to; day = last + 1) {
		last = year_last(day, like->rule->window.kind);
		if (last < day || last > p.to)
			last = p.to;
		add_year(j, like, (struct period){day, last});
	}
}

/* The first day of the year that ends before `day`, or the first there is. */
static civil_day year_before(civil_day day, enum window_kind kind)
{
	enum { JANUARY = 1, JULY = 7 };
	int year, month, unused;

	if (kind == WINDOW_EACH_YEAR)
		return date_add_months(day, -12);
	date_split(day - 1, &year, &month, &unused);
	int first = kind == WINDOW_EACH_CALENDAR ? JANUARY : JULY;
	civil_day begins = date_make(month < first ? year - 1 : year, first, 1);
	return begins == DATE_NONE ? DATE_FIRST : begins;
}

/* Where windows of others see hours of the years before the period, a limit on each year
 * holds in those years too. */
static void add_years_before(struct judgement *j, const struct instance *like,
			     civil_day from)
{
	int reach = j->c->rules->reach;
	civil_day seen = reach < 0 ? DATE_NONE : months_after(from, -reach), start = from;

	if (like->rule->verb != RULE_LIMIT || reach == 0 || j->c->n == 0)
		return;
	if (seen == DATE_NONE || seen < j->c->entries[0].done_on)
		seen = j->c->entries[0].done_on;
	while (start != DATE_NONE && start > seen)
		start = year_before(start, like->rule->window.kind);
	if (start != DATE_NONE && start < from)
		add_years_of(j, like, (struct period){start, from - 1});
}

/* The first day of the year after that of issue; DATE_NONE: not told. */
static civil_day year_after_issue(const struct judgement *j)
{
	civil_day issued = j->c->facts ? j->c->facts->issued : DATE_NONE;

	return issued == DATE_NONE ? DATE_NONE
				   : year_last(issued, WINDOW_EACH_CALENDAR) + 1;
}

/* Whole years by where they end: the first of them may begin before the period. Nobody is let
 * off one by not telling the day of issue. */
static void add_years_ending(struct judgement *j, const struct instance *like,
			     struct period p)
{
	const struct window *w = &like->rule->window;
	civil_day from = p.from, issue = year_after_issue(j);

	if (w->after_issue && issue != DATE_NONE && issue > from)
		from = issue;
	for (civil_day last; from <= p.to; from = last + 1) {
		last = year_last(from, w->kind);
		if (last < from || last > p.to)
			return;
		add_year(j, like, (struct period){year_before(last + 1, w->kind), last});
	}
}

static void add_years(struct judgement *j, const struct instance *like)
{
	struct period p = j->c->period;

	if (p.from == DATE_NONE || p.to == DATE_NONE)
		return;
	if (like->rule->window.ending) {
		add_years_ending(j, like, p);
		return;
	}
	add_years_of(j, like, p);
	add_years_before(j, like, p.from);
}

static void add_windows(struct judgement *j, const struct instance *like)
{
	const struct rule *r = like->rule;
	struct period p = j->span;
	civil_day issued = j->c->facts ? j->c->facts->issued : DATE_NONE;
	civil_day by = r->by_day ? find_day(j, r->by_day) : DATE_NONE;

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
		/* Days of grace fill it, and move nothing out of it. */
		if (j->c->period.to != DATE_NONE)
			p.from = months_after(j->c->period.to + 1, -r->window.n);
		break;
	case WINDOW_LAST_TO_NOW:
		p = (struct period){months_after(j->c->day + 1, -r->window.n), j->c->day};
		break;
	case WINDOW_BEFORE:
		p.from = months_after(p.from, -r->window.n);
		break;
	case WINDOW_FIXED:
		p = r->window.fixed;
		break;
	case WINDOW_SINCE_ISSUE:
		p.from = issued;
		break;
	case WINDOW_EVER:
		p.from = DATE_NONE;
		break;
	}
	if (by != DATE_NONE && (p.to == DATE_NONE || by < p.to))
		p.to = by;
	add_window(j, like, p.from, p.to);
}

/* The fact that an amount hangs on; of a share of another need, the one which that hangs on. */
static const char *fact_of_amount(const struct judgement *j, const struct amount *m)
{
	while (m->kind == AMOUNT_OF_NEED)
		m = &j->c->rules->rules[m->need].amount;
	return m->fact ? m->fact : "what the total is";
}

/* A table by years may have no row for this one: then nobody but the board can tell. */
static const char *why_no_amount(const struct judgement *j, const struct amount *m)
{
	const char *fact = fact_of_amount(j, m);

	return rule_known_of(fact) == KNOWN_YEAR_OF_EXPIRY && when_expiry_year(j)
		       ? arena_printf(j->a, "the pack gives no amount for %d",
				      when_expiry_year(j))
		       : rules_unknown(j, fact);
}

static void add_rule(struct judgement *j, const struct rule *r)
{
	struct instance like = {.rule = r};
	enum answer applies = rule_applies(j, r, &like.why);

	if (r->verb != RULE_NEED && r->verb != RULE_LIMIT)
		return;
	/* What is for each year is asked about year by year. */
	if (!rules_each_year(r) && (applies == NO || is_unsure(j, r, applies)))
		return;
	like.unknown = applies == UNKNOWN;
	bool known = r->verb == RULE_NEED ? amount_of_need(j, r, &like.amount)
					  : amount_of(j, &r->amount, &like.amount);
	if (!known) {
		like.unknown = like.no_amount = true;
		like.why = why_no_amount(j, &r->amount);
	}
	if (r == j->total)
		like.amount = j->required;
	/* A limit whose amount is not known cuts nothing. */
	if (like.no_amount && (r->verb == RULE_LIMIT || !holds_if_unsure(j, r)))
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

static bool is_suspended(struct judgement *j, struct verdict *v)
{
	const struct suspension *s = &j->c->rules->suspended;

	if (s->why && when_dates_hold(j, s->from, s->until, s->by) == YES)
		v->suspended = s->why;
	return v->suspended != NULL;
}

void window_judge(struct judgement *j, struct verdict *v)
{
	const struct ruleset *rules = j->c->rules;

	j->instances = arena_array(j->a, INSTANCES_MAX, sizeof(*j->instances));
	j->adjusted = arena_array(j->a, rules->n, sizeof(*j->adjusted));
	j->asked = arena_array(j->a, rules->n, sizeof(*j->asked));
	find_span(j, v);
	(void)add_instance(j, NULL, j->span.from, j->span.to);
	bool suspended = is_suspended(j, v);
	if (!suspended)
		amount_required(j);
	for (size_t i = 0; i < rules->n; i++)
		if (!suspended || rules->rules[i].verb != RULE_NEED)
			add_rule(j, &rules->rules[i]);
	adjust_shift(j, v);
	v->exempt = j->exempt;
	cut_time(j);
}

struct period rules_reach(const struct ruleset *r, struct period period)
{
	int months = r->reach > r->early_months ? r->reach : r->early_months;

	return (struct period){
		r->reach < 0 ? DATE_NONE : months_after(period.from, -months),
		r->sees_after ? DATE_NONE : period.to,
	};
}
