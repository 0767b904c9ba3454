/* What each part is worth, step by step as pdh-rules(5) says it. */
#include "tests/support/oracle_parts.h"

#include <string.h>

static bool is_in_force(const struct story_rule *r, civil_day day)
{
	return (r->from == DATE_NONE || day >= r->from) &&
	       (r->until == DATE_NONE || day <= r->until);
}

/* So many periods before this one; -1: behind it. */
static int period_of(const struct story *s, civil_day day)
{
	int n = 0;

	if (day > oracle_span(s).to)
		return -1;
	while (day < date_add_months(s->period.from, -n * s->months))
		n++;
	return n;
}

static void begin_parts(struct oracle *o)
{
	for (int i = 0; i < o->s->entry_count; i++)
		for (int k = 0; k < o->s->entries[i].n; k++) {
			const struct story_entry *e = &o->s->entries[i];
			int64_t hours = e->unit == UNIT_HOUR  ? 1
					: e->unit == UNIT_DAY ? 0
							      : 3;
			o->entry[o->n] = i;
			o->topics[o->n] = e->parts[k].topics;
			o->base[o->n] = e->parts[k].quarters * hours * (CREDIT_ONE / 4);
			o->value[o->n] = o->base[o->n];
			o->refused[o->n++] = hours == 0;
		}
}

/* The parts of an activity that a credit speaks of, and with `worthy` are worth anything. */
static int list_parts(const struct oracle *o, int rule, int entry, bool worthy, int *ret)
{
	const struct story_rule *r = oracle_rule(o, rule);
	int n = 0;

	for (int p = 0; p < o->n; p++)
		if (o->entry[p] == entry && !o->refused[p] &&
		    !oracle_entry(o, p)->carried && r->verb == RULE_CREDIT &&
		    oracle_holds(o, rule) && is_in_force(r, oracle_entry(o, p)->day) &&
		    oracle_selects(o, &r->where, p) && (!worthy || o->value[p] > 0))
			ret[n++] = p;
	return n;
}

static int64_t sum(const int64_t *v, const int *parts, int n)
{
	int64_t all = 0;

	for (int k = 0; k < n; k++)
		all += v[parts[k]];
	return all;
}

/* By what they are worth, or else by their units; rounded down, the last has the rest. */
static void share_out(struct oracle *o, const int *parts, int n, int64_t now)
{
	int64_t weight[STORY_PARTS], left = now;
	int64_t all = sum(o->value, parts, n);

	memcpy(weight, all > 0 ? o->value : o->base, sizeof(weight));
	all = sum(weight, parts, n);
	for (int k = 0; k < n; k++) {
		int64_t part = (int64_t)((int128)now * weight[parts[k]] / all);
		o->value[parts[k]] = k + 1 == n ? left : part;
		left -= part;
	}
}

static int64_t bounded(const struct story_rule *r, int64_t v)
{
	const int64_t quarter = CREDIT_ONE / 4;
	int64_t step = r->quarters_step * quarter;

	if (v < r->quarters_least * quarter && !r->per_provider)
		return 0;
	if (v < r->quarters_floor * quarter)
		v = r->quarters_floor * quarter;
	if (r->quarters_most && v > r->quarters_most * quarter)
		v = r->quarters_most * quarter;
	if (!step)
		return v;
	int64_t over = v % step;
	bool up = r->round == ROUND_UP	   ? over > 0
		  : r->round == ROUND_DOWN ? false
					   : 2 * over >= step;
	return v - over + (up ? step : 0);
}

static bool is_together(const struct oracle *o, const struct story_rule *r, int entry)
{
	const struct story_entry *e = &o->s->entries[entry];

	return r->per_provider && e->provider && period_of(o->s, e->day) >= 0;
}

/* What the activities before one come to, of the same provider in the same period, before
 * they were bounded: `before[rule]` of each. */
static int64_t together(const struct oracle *o, int entry, const int64_t *before)
{
	int64_t all = 0;

	for (int i = 0; i < entry; i++)
		if (o->s->entries[i].provider == o->s->entries[entry].provider &&
		    period_of(o->s, o->s->entries[i].day) ==
			    period_of(o->s, o->s->entries[entry].day))
			all += before[i];
	return all;
}

static void bound(struct oracle *o, int rule, int entry, int64_t *before)
{
	const struct story_rule *r = oracle_rule(o, rule);
	int parts[STORY_PARTS], n = list_parts(o, rule, entry, true, parts);
	int64_t v = sum(o->value, parts, n);

	if (!n)
		return;
	int64_t now = bounded(r, v);
	if (is_together(o, r, entry)) {
		int64_t was = together(o, entry, before);
		int64_t had = was > 0 ? bounded(r, was) : 0;
		now = bounded(r, was + v) - had;
		before[entry] = v;
		now = now > 0 ? now : 0;
	}
	if (now != v)
		share_out(o, parts, n, now);
}

/* Of one provider, all that any activity comes to before bounds. */
static void drop_little(struct oracle *o, int rule, int entry, const int64_t *all)
{
	const struct story_rule *r = oracle_rule(o, rule);
	int parts[STORY_PARTS], n = list_parts(o, rule, entry, true, parts);
	int64_t have = sum(o->value, parts, n);

	if (!r->per_provider || !r->quarters_least)
		return;
	if (is_together(o, r, entry)) {
		have = 0;
		for (int i = 0; i < o->s->entry_count; i++)
			if (o->s->entries[i].provider == o->s->entries[entry].provider &&
			    period_of(o->s, o->s->entries[i].day) ==
				    period_of(o->s, o->s->entries[entry].day))
				have += all[i];
	}
	for (int k = 0; k < n && have < r->quarters_least * (CREDIT_ONE / 4); k++)
		o->value[parts[k]] = 0;
}

/* Whether two activities are what counts once: of the same course, or the like. */
static bool is_again(const struct oracle *o, const struct story_rule *r, int a, int b)
{
	const struct story_entry *x = &o->s->entries[a], *y = &o->s->entries[b];
	bool same = r->once == ONCE_COURSE     ? x->course && x->course == y->course
		    : r->once == ONCE_KIND     ? x->kind == y->kind
		    : r->once == ONCE_PROVIDER ? x->provider && x->provider == y->provider
					       : r->once == ONCE_ACTIVITY;

	return same && period_of(o->s, x->day) >= 0 &&
	       period_of(o->s, x->day) == period_of(o->s, y->day);
}

static void refuse_again(struct oracle *o, int rule, int entry, const bool *counted)
{
	int parts[STORY_PARTS], n = list_parts(o, rule, entry, true, parts);
	bool again = false;

	for (int i = 0; i < entry; i++)
		again = again ||
			(counted[i] && is_again(o, oracle_rule(o, rule), i, entry));
	for (int k = 0; k < n && again && oracle_rule(o, rule)->once; k++) {
		o->value[parts[k]] = 0;
		o->refused[parts[k]] = true;
	}
}

static void multiply(struct oracle *o, int entry)
{
	int parts[STORY_PARTS], n;

	for (int r = 0; r < o->s->n; r++) {
		const struct story_rule *rule = oracle_rule(o, r);
		n = rule->gate && o->s->entries[entry].refused
			    ? list_parts(o, r, entry, false, parts)
			    : 0;
		for (int k = 0; k < n; k++) {
			o->refused[parts[k]] = true;
			o->value[parts[k]] = 0;
		}
	}
	for (int r = 0; r < o->s->n; r++) {
		const struct story_rule *rule = oracle_rule(o, r);
		n = list_parts(o, r, entry, false, parts);
		if (n && rule->fixed)
			share_out(o, parts, n, rule->fixed * CREDIT_ONE);
		if (n && rule->times_den)
			share_out(o, parts, n,
				  sum(o->value, parts, n) * rule->times_num /
					  rule->times_den);
	}
}

/* By rule and activity: what was there before bounds, what of a provider there is in all,
 * and whether an activity counted under a rule of courses. */
void oracle_worth(struct oracle *o)
{
	static int64_t before[STORY_RULES][STORY_ENTRIES],
		all[STORY_RULES][STORY_ENTRIES];
	static bool counted[STORY_RULES][STORY_ENTRIES];
	int parts[STORY_PARTS];

	memset(before, 0, sizeof(before));
	memset(counted, 0, sizeof(counted));
	begin_parts(o);
	for (int i = 0; i < o->s->entry_count; i++)
		multiply(o, i);
	for (int r = 0; r < o->s->n; r++)
		for (int i = 0; i < o->s->entry_count; i++)
			all[r][i] =
				sum(o->value, parts, list_parts(o, r, i, false, parts));
	for (int i = 0; i < o->s->entry_count; i++) {
		for (int r = 0; r < o->s->n; r++)
			refuse_again(o, r, i, counted[r]);
		for (int r = 0; r < o->s->n; r++)
			drop_little(o, r, i, all[r]);
		for (int r = 0; r < o->s->n; r++)
			bound(o, r, i, before[r]);
		for (int r = 0; r < o->s->n; r++)
			counted[r][i] = oracle_rule(o, r)->once &&
					list_parts(o, r, i, true, parts) > 0;
	}
}
