#include "tests/support/oracle_parts.h"

#include "tests/support/programme.h"

#include <string.h>

/* Being met goes before counting, by more than any hour can be worth. */
#define FIRST 1e5

#define HOURS(units) ((double)(units) / (double)CREDIT_ONE)

/* ---- which hours count ---------------------------------------------------------------------- */

/* Variables: what counts of each part, what of it serves each need, and how far each need
 * is met. */
struct choice {
	const struct oracle *o;
	struct programme p;
	int counts[STORY_PARTS], serves[STORY_PARTS][STORY_TURNS], met[STORY_TURNS];
};

static bool is_hours(const struct oracle *o, int turn)
{
	const struct story_rule *r = oracle_rule(o, o->turns[turn].rule);

	return r->verb == RULE_NEED && r->measure == MEASURE_CREDIT;
}

static bool is_limit(const struct oracle *o, int turn)
{
	return oracle_rule(o, o->turns[turn].rule)->verb == RULE_LIMIT;
}

static void put(struct choice *h, int row, int column, double by)
{
	h->p.row[row][column] += by;
}

static void add_limit(struct choice *h, int turn)
{
	const struct oracle *o = h->o;
	const struct oracle_turn *t = &o->turns[turn];
	const struct story_rule *r = oracle_rule(o, t->rule);
	bool share = r->percent && r->of == OF_COUNTED;
	int row = programme_row(&h->p, share ? 0 : t->amount);

	for (int p = 0; p < o->n; p++) {
		if (share && oracle_is_within(t->days, oracle_entry(o, p)->day))
			put(h, row, h->counts[p], -r->percent / 100.0);
		if (!oracle_takes(o, t, p))
			continue;
		if (r->toward < 0)
			put(h, row, h->counts[p], 1);
		for (int n = 0; r->toward >= 0 && n < o->turn_count; n++)
			if (o->turns[n].rule == r->toward && h->serves[p][n] >= 0)
				put(h, row, h->serves[p][n], 1);
	}
}

/* What serves one need of the group serves no other. */
static void add_part(struct choice *h, int part, double most)
{
	const struct oracle *o = h->o;

	put(h, programme_row(&h->p, most), h->counts[part], 1);
	int group = programme_row(&h->p, 0);
	put(h, group, h->counts[part], -1);
	for (int t = 0; t < o->turn_count; t++) {
		if (h->serves[part][t] < 0)
			continue;
		int row = programme_row(&h->p, 0);
		put(h, row, h->serves[part][t], 1);
		put(h, row, h->counts[part], -1);
		if (oracle_rule(o, o->turns[t].rule)->exclusive)
			put(h, group, h->serves[part][t], 1);
	}
}

static void add_need(struct choice *h, int turn, double wanted)
{
	int row = programme_row(&h->p, 0);

	put(h, row, h->met[turn], 1);
	for (int p = 0; p < h->o->n; p++)
		if (h->serves[p][turn] >= 0)
			put(h, row, h->serves[p][turn], -1);
	put(h, programme_row(&h->p, wanted), h->met[turn], 1);
}

/* `wanted`: hours of each turn that is a need, 0 of those that do not steer. */
static void begin_hours(struct choice *h, const struct oracle *o, const double *most,
			const double *wanted)
{
	h->o = o;
	programme_begin(&h->p);
	for (int p = 0; p < o->n; p++) {
		h->counts[p] = programme_column(&h->p);
		for (int t = 0; t < o->turn_count; t++)
			h->serves[p][t] = wanted[t] > 0 && most[p] > 0 &&
							  oracle_takes(o, &o->turns[t], p)
						  ? programme_column(&h->p)
						  : -1;
	}
	for (int p = 0; p < o->n; p++)
		add_part(h, p, most[p]);
	for (int t = 0; t < o->turn_count; t++) {
		if (is_limit(o, t))
			add_limit(h, t);
		if (wanted[t] <= 0)
			continue;
		h->met[t] = programme_column(&h->p);
		h->p.goal[h->met[t]] = FIRST;
		add_need(h, t, wanted[t]);
	}
}

static double met_of(const struct choice *h, const double *wanted)
{
	double all = 0;

	for (int t = 0; t < h->o->turn_count; t++)
		if (wanted[t] > 0)
			all += h->p.value[h->met[t]];
	return all;
}

static bool is_of_total(const struct oracle *o, int part)
{
	for (int t = 0; t < o->turn_count && o->s->total >= 0; t++)
		if (o->turns[t].rule == o->s->total)
			return oracle_takes(o, &o->turns[t], part);
	return oracle_is_within(oracle_span(o->s), oracle_entry(o, part)->day);
}

/* How much of the needs can be met, and then how much can count. */
static void choose(const struct oracle *o, const double *wanted, double *ret_met,
		   double *ret_counted)
{
	static struct choice h;
	double most[STORY_PARTS] = {0};

	for (int p = 0; p < o->n; p++)
		most[p] = HOURS(o->value[p]);
	begin_hours(&h, o, most, wanted);
	for (int p = 0; p < o->n; p++)
		if (is_of_total(o, p))
			h.p.goal[h.counts[p]] = 1;
	(void)programme_solve(&h.p);
	*ret_met = met_of(&h, wanted);
	*ret_counted = 0;
	for (int p = 0; p < o->n; p++)
		if (is_of_total(o, p))
			*ret_counted += h.p.value[h.counts[p]];
}

static double sum_of(const double *v, int n)
{
	double all = 0;

	for (int i = 0; i < n; i++)
		all += v[i];
	return all;
}

/* Whether needs that count things are met, but for alternatives. */
static bool has_things(const struct oracle *o)
{
	for (int t = 0; t < o->turn_count; t++) {
		const struct story_rule *r = oracle_rule(o, o->turns[t].rule);
		if (r->verb == RULE_NEED && r->measure != MEASURE_CREDIT && !r->should &&
		    !r->is_alternative && o->turns[t].have < o->turns[t].amount)
			return false;
	}
	return true;
}

/* Every way to pick alternatives, from rule `rule` on: whether all can be met with some. */
static bool can_be_done(const struct oracle *o, int rule, double *wanted)
{
	double met, counted;

	while (rule < o->s->n &&
	       !(oracle_rule(o, rule)->alternatives && oracle_holds(o, rule)))
		rule++;
	if (rule == o->s->n) {
		choose(o, wanted, &met, &counted);
		return met > sum_of(wanted, o->turn_count) - 1e-6;
	}
	const struct story_rule *r = oracle_rule(o, rule);
	for (unsigned set = 0; set < 1U << r->alternatives; set++) {
		double more[STORY_TURNS];
		bool things = __builtin_popcount(set) == r->needed;
		memcpy(more, wanted, sizeof(more));
		for (int t = 0; t < o->turn_count && things; t++) {
			int i = o->turns[t].rule - rule - 1;
			if (i < 0 || i >= r->alternatives || !(set >> i & 1))
				continue;
			if (is_hours(o, t))
				more[t] = o->turns[t].amount;
			else
				things = o->turns[t].have >= o->turns[t].amount;
		}
		if (things && can_be_done(o, rule + 1, more))
			return true;
	}
	return false;
}

void oracle_judge(struct oracle *o, const struct story *s, uint64_t unsure)
{
	double wanted[STORY_TURNS] = {0};

	*o = (struct oracle){.s = s, .unsure = unsure};
	oracle_worth(o);
	oracle_turns(o);
	for (int t = 0; t < o->turn_count; t++) {
		const struct story_rule *r = oracle_rule(o, o->turns[t].rule);
		if (is_hours(o, t) && !r->should && !r->is_alternative)
			wanted[t] = o->turns[t].amount;
	}
	choose(o, wanted, &o->met, &o->counted);
	o->missing = sum_of(wanted, o->turn_count) - o->met;
	o->done = has_things(o) && can_be_done(o, 0, wanted);
}

/* ---- what may be carried over ------------------------------------------------------------------ */

static const struct story_rule *carry_of(const struct oracle *o)
{
	for (int r = 0; r < o->s->n; r++)
		if (oracle_rule(o, r)->verb == RULE_CARRY)
			return oracle_rule(o, r);
	return NULL;
}

static bool may_go(const struct oracle *o, const struct story_rule *r, int part)
{
	const struct story_entry *e = oracle_entry(o, part);

	for (int t = 0; t < o->turn_count; t++) {
		const struct story_rule *need = oracle_rule(o, o->turns[t].rule);
		if (need->verb == RULE_NEED && need->measure != MEASURE_CREDIT &&
		    !need->should && oracle_takes(o, &o->turns[t], part))
			return false;
	}
	return !e->carried && oracle_is_within(oracle_span(o->s), e->day) &&
	       oracle_selects(o, &r->where, part) &&
	       (!r->earned || e->day >= date_add_months(o->s->period.to + 1, -r->earned));
}

double oracle_carry(const struct oracle *o, const double *counted, const double *have)
{
	static struct choice h;
	const struct story_rule *r = carry_of(o);
	double wanted[STORY_TURNS] = {0}, all = 0, gone = 0;

	for (int p = 0; p < o->n; p++)
		if (is_of_total(o, p))
			all += counted[p];
	double room = all - o->required;
	if (!r || room <= 0 || r->most == 0)
		return 0;
	room = r->most >= 0 && r->most < room ? r->most : room;
	for (int t = 0; t < o->turn_count; t++)
		if (is_hours(o, t) && !oracle_rule(o, o->turns[t].rule)->should)
			wanted[t] = have[t] < o->turns[t].amount ? have[t]
								 : o->turns[t].amount;
	begin_hours(&h, o, counted, wanted);
	int in_all = programme_row(&h.p, room), of_x = 0, goes[STORY_PARTS];
	if (r->part_most >= 0)
		of_x = programme_row(&h.p, r->part_most);
	for (int p = 0; p < o->n; p++) {
		goes[p] = programme_column(&h.p);
		h.p.goal[goes[p]] = 1;
		int row = programme_row(&h.p, may_go(o, r, p) ? counted[p] : 0);
		put(&h, row, goes[p], 1);
		/* What goes is not there any more. */
		row = programme_row(&h.p, counted[p]);
		put(&h, row, goes[p], 1);
		put(&h, row, h.counts[p], 1);
		put(&h, in_all, goes[p], 1);
		if (r->part_most >= 0 && oracle_entry(o, p)->kind == 'x')
			put(&h, of_x, goes[p], 1);
	}
	(void)programme_solve(&h.p);
	for (int p = 0; p < o->n; p++)
		gone += h.p.value[goes[p]];
	return met_of(&h, wanted) > sum_of(wanted, o->turn_count) - 1e-4 ? gone : -1;
}
