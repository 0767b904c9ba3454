/* Needs and limits in their windows, and what they ask for. */
#include "tests/support/oracle_parts.h"

/* What years of work take off, a whole number of them at a time. */
static double taken_off(const struct oracle *o, const struct story_rule *r, double hours)
{
	double less = 0;

	for (int years = r->less_each; years <= o->s->work_years; years += r->less_each)
		less += r->less;
	if (r->less_most && less > r->less_most)
		less = r->less_most;
	return hours > less ? hours - less : 0;
}

static double adjusted(const struct oracle *o, double hours)
{
	for (int r = 0; r < o->s->n; r++) {
		const struct story_rule *rule = oracle_rule(o, r);
		if (rule->verb != RULE_ADJUST || !oracle_holds(o, r))
			continue;
		if (rule->less_each)
			hours = taken_off(o, rule, hours);
		else if (o->s->months_active < rule->active_of)
			hours = hours * o->s->months_active / rule->active_of;
	}
	return hours;
}

static double amount_of(const struct oracle *o, int rule)
{
	const struct story_rule *r = oracle_rule(o, rule);
	double hours = r->hours;

	if (r->percent && r->of == OF_REQUIRED)
		return o->required * r->percent / 100;
	if (r->percent && r->of == OF_NEED)
		return adjusted(o, oracle_rule(o, r->need)->hours) * r->percent / 100;
	return r->verb == RULE_NEED && r->measure == MEASURE_CREDIT ? adjusted(o, hours)
								    : hours;
}

static void find_required(struct oracle *o)
{
	o->required = 0;
	if (o->s->total < 0)
		return;
	o->required = adjusted(o, oracle_rule(o, o->s->total)->hours);
	for (int r = 0; r < o->s->n; r++)
		if (oracle_rule(o, r)->on_top && oracle_holds(o, r))
			o->required += adjusted(o, oracle_rule(o, r)->hours);
}

static void add_turn(struct oracle *o, int rule, civil_day from, civil_day to)
{
	const struct story_rule *r = oracle_rule(o, rule);

	if (r->from != DATE_NONE && (from == DATE_NONE || from < r->from))
		from = r->from;
	if (r->until != DATE_NONE && (to == DATE_NONE || to > r->until))
		to = r->until;
	if (from != DATE_NONE && to != DATE_NONE && from > to)
		return;
	o->turns[o->turn_count++] = (struct oracle_turn){
		.rule = rule,
		.days = {from, to},
		.amount = rule == o->s->total ? o->required : amount_of(o, rule),
	};
}

/* The years of a rule: a limit on each year holds in those before the period too. */
static void add_years(struct oracle *o, int rule, int first_month)
{
	struct period p = o->s->period;
	int back = oracle_rule(o, rule)->verb == RULE_LIMIT ? 4 : 0, year;

	for (int n = -back; n <= o->s->months / 12; n++) {
		civil_day from = date_add_months(p.from, 12 * n);
		if (first_month) {
			int month, unused;
			date_split(p.from, &year, &month, &unused);
			from = date_make(year - (month < first_month) + n, first_month,
					 1);
		}
		civil_day to = date_add_months(from, 12) - 1;
		/* The period cuts the years of a calendar. */
		struct period parts[] = {
			{from, to < p.from ? to : p.from - 1},
			{from > p.from ? from : p.from, to < p.to ? to : p.to}};
		for (int k = back ? 0 : 1; k < 2; k++)
			if (parts[k].from <= parts[k].to)
				add_turn(o, rule, parts[k].from, parts[k].to);
	}
}

/* Every day of the period that ends such a year, in the year of issue or not. */
static void add_years_ending(struct oracle *o, int rule)
{
	const struct story_window *w = &oracle_rule(o, rule)->window;
	int month, day, year, issued, unused,
		ends = w->kind == WINDOW_EACH_SCHOOL ? 7 : 1;

	date_split(o->s->issued, &issued, &unused, &unused);
	for (civil_day last = o->s->period.from; last <= o->s->period.to; last++) {
		date_split(last, &year, &unused, &unused);
		bool too_early = w->after_issue && year <= issued;
		date_split(last + 1, &year, &month, &day);
		if (month == ends && day == 1 && !too_early)
			add_turn(o, rule, date_make(year - 1, ends, 1), last);
	}
}

static void add_turns(struct oracle *o, int rule)
{
	const struct story_rule *r = oracle_rule(o, rule);
	const struct story_window *w = &r->window;
	struct period p = oracle_span(o->s);

	if (w->ending) {
		add_years_ending(o, rule);
		return;
	}
	switch (w->kind) {
	case WINDOW_EACH_YEAR:
		add_years(o, rule, 0);
		return;
	case WINDOW_EACH_CALENDAR:
		add_years(o, rule, 1);
		return;
	case WINDOW_EACH_SCHOOL:
		add_years(o, rule, 7);
		return;
	case WINDOW_LAST:
		p.from = date_add_months(p.to + 1, -w->months);
		break;
	case WINDOW_LAST_TO_NOW:
		p = (struct period){date_add_months(o->s->day + 1, -w->months),
				    o->s->day};
		break;
	case WINDOW_BEFORE:
		p.from = date_add_months(p.from, -w->months);
		break;
	case WINDOW_FIXED:
		p = w->fixed;
		break;
	case WINDOW_SINCE_ISSUE:
		p.from = o->s->issued;
		break;
	case WINDOW_EVER:
		p.from = DATE_NONE;
		break;
	default:
		break;
	}
	civil_day due = date_add_months(o->s->period.to, -3);
	if (r->due && due < p.to)
		p.to = due;
	add_turn(o, rule, p.from, p.to);
}

bool oracle_takes(const struct oracle *o, const struct oracle_turn *t, int part)
{
	return oracle_selects(o, &oracle_rule(o, t->rule)->where, part) &&
	       oracle_is_within(t->days, oracle_entry(o, part)->day);
}

static bool is_distinct(const struct oracle *o, const struct oracle_turn *t,
			unsigned topic)
{
	unsigned asked = oracle_rule(o, t->rule)->where.topics;

	if (asked && !(asked >> topic & 1))
		return false;
	for (int p = 0; p < o->n; p++)
		if (o->value[p] > 0 && oracle_takes(o, t, p) &&
		    (o->topics[p] >> topic & 1))
			return true;
	return false;
}

static bool is_served_by(const struct oracle *o, const struct oracle_turn *t, int entry)
{
	for (int p = 0; p < o->n; p++)
		if (o->entry[p] == entry && o->value[p] > 0 && oracle_takes(o, t, p))
			return true;
	return false;
}

static void count_things(struct oracle *o, struct oracle_turn *t)
{
	const struct story_rule *r = oracle_rule(o, t->rule);

	for (int i = 0; r->measure == MEASURE_ACTIVITIES && i < o->s->entry_count; i++)
		t->have += is_served_by(o, t, i);
	for (unsigned k = 0; r->measure == MEASURE_DISTINCT && k < STORY_TOPICS; k++)
		t->have += is_distinct(o, t, k);
}

void oracle_turns(struct oracle *o)
{
	find_required(o);
	for (int r = 0; r < o->s->n; r++)
		if ((oracle_rule(o, r)->verb == RULE_NEED ||
		     oracle_rule(o, r)->verb == RULE_LIMIT) &&
		    oracle_holds(o, r) && !oracle_rule(o, r)->alternatives)
			add_turns(o, r);
	for (int t = 0; t < o->turn_count; t++)
		if (oracle_rule(o, o->turns[t].rule)->verb == RULE_NEED)
			count_things(o, &o->turns[t]);
}
