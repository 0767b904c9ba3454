/* What each entry is worth.
 *
 * The parts of an activity that was split are judged together: a credit speaks of those
 * that its selector takes, as of one amount, and they share what comes of it by what each
 * was worth before. */
#include "daemon/rules/worth_parts.h"

#include <string.h>

bool rules_worth(const struct ruleset *r, enum credit_unit unit, int64_t amount,
		 int64_t *ret)
{
	struct ratio worth = r->worth[unit];

	if (worth.den <= 0)
		return false;
	*ret = scaled(amount, worth.num, worth.den);
	return true;
}

static size_t index_of(const struct worker *w, const struct rule *r)
{
	return (size_t)(r - w->j->c->rules->rules);
}

static const struct class_credits *credits_of(const struct worker *w, size_t entry)
{
	return &w->j->credits[w->j->c->entries[entry].class];
}

/* Of some credits those that speak of what was done on a day. */
static uint64_t live_of(const struct worker *w, uint64_t credits, civil_day day)
{
	for (uint64_t left = credits & w->by_day; left; left &= left - 1) {
		size_t i = (size_t)__builtin_ctzll(left);
		if (!is_live(&w->j->c->rules->rules[i], day))
			credits &= ~(UINT64_C(1) << i);
	}
	return credits;
}

static struct whole whole_at(const struct worker *w, size_t from)
{
	struct whole all = {from, activity_end(w->j, from), 0};

	for (size_t i = all.from; i < all.to; i++)
		all.credits |= credits_of(w, i)->taken;
	all.credits = live_of(w, all.credits, w->j->c->entries[from].done_on);
	return all;
}

struct taken worth_taken(struct worker *w, const struct rule *r, const struct whole *all)
{
	struct taken t = {r, w->list, 0};

	for (size_t i = all->from; i < all->to; i++)
		if (!w->refused[i] && (credits_of(w, i)->taken >> index_of(w, r) & 1))
			t.v[t.n++] = i;
	return t;
}

struct taken worth_not_nothing(struct taken t, const struct judgement *j)
{
	size_t n = 0;

	for (size_t k = 0; k < t.n; k++)
		if (j->value[t.v[k]] > 0)
			t.v[n++] = t.v[k];
	t.n = n;
	return t;
}

void worth_refuse(struct worker *w, size_t entry, const struct rule *r)
{
	w->refused[entry] = true;
	w->j->value[entry] = 0;
	if (!w->parts)
		return;
	w->parts[entry].rule = r;
	w->parts[entry].changed = 0;
	w->parts[entry].unknown = NULL;
	w->parts[entry].state = PART_REFUSED;
}

void worth_set(struct worker *w, const struct rule *r, size_t entry, int64_t v)
{
	if (w->j->value[entry] == v)
		return;
	w->j->value[entry] = v;
	if (!w->parts)
		return;
	w->parts[entry].rule = r;
	w->parts[entry].changed |= UINT64_C(1) << index_of(w, r);
}

int64_t worth_sum(const struct judgement *j, const struct taken *t)
{
	int64_t sum = 0;

	for (size_t k = 0; k < t->n; k++)
		sum = added(sum, j->value[t->v[k]]);
	return sum;
}

/* The parts of one activity are logged in one unit. */
static int64_t weight(const struct judgement *j, size_t entry, bool as_logged)
{
	return as_logged ? j->c->entries[entry].amount : j->value[entry];
}

void worth_share(struct worker *w, const struct taken *t, int64_t now)
{
	bool as_logged = worth_sum(w->j, t) == 0;
	int64_t sum = 0, left = now;

	for (size_t k = 0; k < t->n; k++)
		sum = added(sum, weight(w->j, t->v[k], as_logged));
	for (size_t k = 0; k < t->n; k++) {
		int64_t part =
			k + 1 == t->n
				? left
				: scaled(now, weight(w->j, t->v[k], as_logged), sum);
		left -= part;
		worth_set(w, t->rule, t->v[k], part);
	}
}

/* ---- gates, and what multiplies --------------------------------------------------------- */

/* The rule that refuses an entry whatever its amount. */
static void pass_gates(struct worker *w, size_t entry, const struct whole *all)
{
	const struct class_credits *credits = credits_of(w, entry);
	const struct rule *rules = w->j->c->rules->rules;
	uint64_t shut = credits->shut & all->credits,
		 untold = credits->untold & all->credits;

	if (shut)
		worth_refuse(w, entry, &rules[__builtin_ctzll(shut)]);
	else if (untold && w->parts)
		w->parts[entry].unknown = &rules[63 - __builtin_clzll(untold)];
}

static void multiply(struct worker *w, const struct rule *r, const struct whole *all)
{
	const struct worth_rule *worth = &r->worth;
	struct taken t = worth_taken(w, r, all);
	if (t.n && worth->fixed)
		worth_share(w, &t, worth->fixed);
	if (t.n && worth->times.den)
		worth_share(
			w, &t,
			scaled(worth_sum(w->j, &t), worth->times.num, worth->times.den));
}

static void begin_part(struct worker *w, size_t i, bool inside)
{
	const struct entry *e = &w->j->c->entries[i];
	int64_t base = 0;

	w->refused[i] =
		!rules_worth(w->j->c->rules, (enum credit_unit)e->unit, e->amount, &base);
	w->j->value[i] = base;
	if (w->parts)
		w->parts[i] = (struct judged_part){
			.id = e->id,
			.base = base,
			.state = w->refused[i] ? PART_UNIT
				 : inside      ? PART_COUNTED
					       : PART_OUTSIDE,
		};
	if (w->refused[i] && inside)
		w->v->not_counted[e->unit] = added(w->v->not_counted[e->unit], e->amount);
	else if (inside)
		w->v->logged = added(w->v->logged, base);
}

/* What was carried over, or done late, is worth what it was worth where it came from. */
static void look_at_carried(struct worker *w, size_t i)
{
	const struct entry *e = &w->j->c->entries[i];

	w->j->value[i] = e->amount;
	w->refused[i] = true;
	if (class_is_carried(&w->j->c->classes[e->class]))
		w->v->carried = added(w->v->carried, e->amount);
	if (w->parts)
		w->parts[i] = (struct judged_part){
			.id = e->id,
			.value = e->amount,
			.counted = e->amount,
			.base = e->amount,
			.state = class_is_carried(&w->j->c->classes[e->class])
					 ? PART_CARRIED
					 : PART_LATE,
		};
}

/* Their worth after everything that multiplies. */
static void look_at(struct worker *w, const struct whole *all)
{
	const struct rule *rules = w->j->c->rules->rules;
	bool inside = in_span(w->j, w->j->c->entries[all->from].done_on);

	for (size_t i = all->from; i < all->to; i++) {
		begin_part(w, i, inside);
		if (!w->refused[i])
			pass_gates(w, i, all);
	}
	for (uint64_t left = all->credits & w->multiply; left; left &= left - 1)
		multiply(w, &rules[__builtin_ctzll(left)], all);
}

static void sort_credits(struct worker *w)
{
	const struct ruleset *rules = w->j->c->rules;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		const struct worth_rule *worth = &r->worth;
		uint64_t bit = UINT64_C(1) << i;
		if (r->verb != RULE_CREDIT)
			continue;
		w->by_day |= r->by == BY_ACTIVITY ? bit : 0;
		w->multiply |= worth->fixed || worth->times.den ? bit : 0;
		w->once |= worth->once || worth->once_ever ? bit : 0;
		w->ask_together |= tally_asks(r) ? bit : 0;
		w->bound |= worth->least || worth->floor || worth->most || worth->step
				    ? bit
				    : 0;
	}
}

static void begin(struct worker *w)
{
	struct judgement *j = w->j;

	sort_credits(w);
	size_t n = j->c->n, most = 0;

	j->value = arena_array(j->a, n, sizeof(*j->value));
	w->refused = arena_array(j->a, n, sizeof(*w->refused));
	for (size_t i = 0, to; i < n; i = to) {
		to = activity_end(j, i);
		most = to - i > most ? to - i : most;
	}
	w->list = arena_array(j->a, most, sizeof(*w->list));
}

/* What asks for the least of a word in all has to know all first. */
void worth_judge(struct judgement *j, struct verdict *v, struct judged_part *parts)
{
	struct worker w = {.j = j, .v = v, .parts = parts};
	struct whole all;

	begin(&w);
	for (size_t i = 0; i < j->c->n; i = all.to) {
		all = whole_at(&w, i);
		if (j->c->entries[i].unit == UNIT_CARRIED) {
			look_at_carried(&w, i);
			continue;
		}
		look_at(&w, &all);
		if (!w.ask_together)
			bound_worth(&w, &all);
	}
	if (!w.ask_together)
		return;
	tally_together(j, &w.little);
	for (size_t i = 0; i < j->c->n; i = all.to) {
		all = whole_at(&w, i);
		if (j->c->entries[i].unit != UNIT_CARRIED)
			bound_worth(&w, &all);
	}
}
