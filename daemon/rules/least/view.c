/* What may still be done, as each credential's rules would see it. */
#include "daemon/rules/least/parts.h"

#include <stdlib.h>
#include <string.h>

enum { PLAIN_MAX = 96 }; /* plainer offers that are looked at once more */

/* ---- needs ------------------------------------------------------------------------------ */

static bool is_own_total(const struct view *v)
{
	return v->c->rules->own_total && !v->base.total;
}

static bool is_over(const struct least *l, const struct instance *i)
{
	return i->window.to != DATE_NONE && i->window.to < l->q->from;
}

static bool is_wanted(const struct least *l, const struct view *v, size_t instance)
{
	const struct instance *i = &v->base.instances[instance];
	const struct rule *r = i->rule;

	if (is_over(l, i))
		return false;
	if (instance == 0)
		return is_own_total(v);
	if (!r || r->verb != RULE_NEED || r->alternatives || i->unknown ||
	    r->level == LEVEL_SHOULD ||
	    (r->measure != MEASURE_CREDIT && r->measure != MEASURE_ACTIVITIES))
		return false;
	return !r->is_alternative || (v->chosen >> (r - v->c->rules->rules) & 1);
}

int64_t least_asked(const struct view *v, size_t instance)
{
	int64_t amount = instance ? v->base.instances[instance].amount : v->base.required;

	return counts_credit(v, instance) ? amount : scaled(amount, CREDIT_ONE, 1);
}

int64_t least_have(const struct view *v, const struct judgement *j,
		   const struct verdict *verdict, size_t instance)
{
	int64_t have = instance ? j->instances[instance].have : verdict->counted;

	return counts_credit(v, instance) ? have : scaled(have, CREDIT_ONE, 1);
}

void least_want(const struct least *l, struct view *v)
{
	for (size_t i = 0; i < v->base.n; i++) {
		v->wanted[i] = is_wanted(l, v, i);
		v->want[i] = least_asked(v, i);
		v->open[i] = false;
		v->beyond[i] = 0;
		v->left[i] = 0;
	}
}

/* ---- stretches of time ------------------------------------------------------------------ */

static int by_day(const void *a, const void *b)
{
	civil_day x = *(const civil_day *)a, y = *(const civil_day *)b;

	return (x > y) - (x < y);
}

/* First days of stretches in which the same windows are open in every case. */
static size_t cut_time(const struct least *l, civil_day **ret)
{
	civil_day *v = NULL;
	size_t n = 0, kept = 0;

	v = arena_grow(l->a, v, n, sizeof(*v));
	v[n++] = l->q->from;
	for (size_t i = 0; i < l->q->n; i++)
		for (size_t s = 0; s < l->views[i].base.segments; s++) {
			civil_day edge = l->views[i].base.edges[s];
			if (edge == DATE_NONE || edge <= l->q->from)
				continue;
			v = arena_grow(l->a, v, n, sizeof(*v));
			v[n++] = edge;
		}
	qsort(v, n, sizeof(*v), by_day);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || v[i] != v[kept - 1])
			v[kept++] = v[i];
	*ret = v;
	return kept;
}

/* Each kind in each stretch; the stretches of one kind follow each other. */
static void make_offers(struct least *l)
{
	civil_day *days;
	size_t stretches = cut_time(l, &days), kinds = l->q->kind_count;

	if (stretches > LEAST_OFFERS_MAX)
		stretches = LEAST_OFFERS_MAX;
	if (kinds > LEAST_OFFERS_MAX / stretches) {
		kinds = LEAST_OFFERS_MAX / stretches;
		l->bounded = true;
	}
	l->offers = arena_array(l->a, kinds * stretches, sizeof(*l->offers));
	for (size_t k = 0; k < kinds; k++)
		for (size_t s = 0; s < stretches; s++)
			l->offers[l->n++] = (struct offer){
				.kind = k,
				.days = {days[s],
					 s + 1 < stretches ? days[s + 1] - 1 : DATE_NONE},
				.column = NO_COLUMN,
			};
}

/* ---- what an offer is worth ------------------------------------------------------------- */

static int by_day_and_number(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->done_on != y->done_on)
		return x->done_on < y->done_on ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

const struct entry *least_merge(const struct rules_case *c, const struct entry *more,
				size_t n, struct arena *a)
{
	struct entry *all = arena_array(a, c->n + n, sizeof(*all));
	struct entry *sorted = arena_array(a, n, sizeof(*sorted));
	size_t to = 0, from = 0;

	for (size_t i = 0; i < n; i++)
		sorted[i] = more[i];
	if (n)
		qsort(sorted, n, sizeof(*sorted), by_day_and_number);
	for (size_t i = 0; i < n; i++) {
		while (from < c->n && c->entries[from].done_on <= sorted[i].done_on)
			all[to++] = c->entries[from++];
		all[to++] = sorted[i];
	}
	while (from < c->n)
		all[to++] = c->entries[from++];
	return all;
}

/* Numbers that no activity has. */
static int64_t number_of(size_t offer)
{
	return INT64_MAX - LEAST_OFFERS_MAX + (int64_t)offer;
}

static void look(struct least *l, struct view *v)
{
	struct entry *pieces = arena_array(l->a, l->n, sizeof(*pieces));
	struct rules_case with = *v->c;
	struct verdict ignored;

	for (size_t i = 0; i < l->n; i++) {
		const struct least_kind *k = &l->q->kinds[l->offers[i].kind];
		pieces[i] = (struct entry){
			.id = number_of(i),
			.amount = k->unit == UNIT_HOUR ? l->q->piece : CREDIT_ONE,
			.done_on = l->offers[i].days.from,
			.unit = (int)k->unit,
			.class = k->class,
		};
	}
	with.entries = least_merge(v->c, pieces, l->n, l->a);
	with.n += l->n;
	struct rules_case *kept = arena_alloc(l->a, sizeof(*kept));
	*kept = with;
	rules_cells(kept, l->a, v->holds, &v->j, &ignored);
	v->cell = arena_array(l->a, l->n, sizeof(*v->cell));
	v->value = arena_array(l->a, l->n, sizeof(*v->value));
	v->logged = arena_array(l->a, v->j.cell_count, sizeof(*v->logged));
	for (size_t c = 0; c < v->j.cell_count; c++)
		v->logged[c] = v->j.cells[c].available;
	for (size_t i = 0; i < kept->n; i++) {
		if (kept->entries[i].id < number_of(0))
			continue;
		size_t offer = (size_t)(kept->entries[i].id - number_of(0));
		int32_t cell = v->j.entry_cell[i];
		if (cell >= 0)
			v->logged[cell] -= v->j.value[i];
		if (!least_serves(l, offer, v))
			cell = -1;
		v->cell[offer] = cell;
		v->value[offer] = cell < 0 ? 0 : v->j.value[i];
	}
}

/* ---- which offers are compared ---------------------------------------------------------- */

/* Whether an instance is better not to be in: a limit, and not what stands behind it. */
static bool is_burden(const struct view *v, size_t instance)
{
	return is_limit(&v->j.instances[instance]);
}

/* Whether `a` does for one case whatever `b` does. */
static bool does_all(const struct view *v, size_t a, size_t b)
{
	if (v->value[b] == 0)
		return true;
	if (v->value[a] < v->value[b])
		return false;
	const struct instance_set *x = &v->j.cells[v->cell[a]].in,
				  *y = &v->j.cells[v->cell[b]].in;
	for (size_t i = 0; i < v->j.n; i++) {
		if (is_burden(v, i) ? set_has(x, i) && !set_has(y, i)
				    : set_has(y, i) && !set_has(x, i))
			return false;
	}
	return true;
}

static bool replaces(const struct least *l, size_t a, size_t b)
{
	const struct least_kind *x = &l->q->kinds[l->offers[a].kind],
				*y = &l->q->kinds[l->offers[b].kind];

	for (size_t i = 0; i < l->q->n; i++)
		if (!does_all(&l->views[i], a, b))
			return false;
	return x->unit == y->unit && x->by_piece <= y->by_piece;
}

static bool is_worth_something(const struct least *l, size_t offer)
{
	for (size_t i = 0; i < l->q->n; i++)
		if (l->views[i].value[offer] > 0)
			return true;
	return false;
}

/* Of two that do the same the first, which is the plainer and the earlier one. */
static void find_best(struct least *l)
{
	for (size_t i = 0; i < l->n; i++) {
		bool replaced = !is_worth_something(l, i);
		for (size_t k = 0; k < i && !replaced; k++)
			replaced = l->offers[k].best && replaces(l, k, i);
		for (size_t k = 0; k < i && !replaced; k++)
			l->offers[k].best = l->offers[k].best && !replaces(l, i, k);
		l->offers[i].best = !replaced;
	}
}

static bool helps(const struct least *l, size_t offer)
{
	for (size_t i = 0; i < l->q->n; i++)
		if (is_asked(l, i) && l->views[i].value[offer] > 0)
			return true;
	return false;
}

void least_keep_best(struct least *l)
{
	for (size_t i = 0; i < l->n; i++)
		l->offers[i].kept = l->offers[i].best && helps(l, i);
}

static bool does_a_part(const struct least *l, size_t offer)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->offers[i].pieces > 0 && replaces(l, i, offer))
			return true;
	return false;
}

void least_keep_plain(struct least *l)
{
	size_t more = 0;

	for (size_t i = 0; i < l->n; i++) {
		bool chosen = l->offers[i].pieces > 0;
		bool plain =
			!chosen && more < PLAIN_MAX && helps(l, i) && does_a_part(l, i);
		l->offers[i].kept = chosen || plain;
		more += plain;
	}
}

void least_look(struct least *l)
{
	l->views = arena_array(l->a, l->q->n, sizeof(*l->views));
	for (size_t i = 0; i < l->q->n; i++) {
		struct view *v = &l->views[i];
		v->c = &l->q->cases[i];
		v->holds = l->q->hopeful ? READING_ALL : rules_certain(v->c, l->a);
		judge_reading(v->c, l->a, v->holds, &v->base, &v->verdict);
		v->wanted = arena_array(l->a, v->base.n, sizeof(*v->wanted));
		v->want = arena_array(l->a, v->base.n, sizeof(*v->want));
		v->open = arena_array(l->a, v->base.n, sizeof(*v->open));
		v->beyond = arena_array(l->a, v->base.n, sizeof(*v->beyond));
		v->left = arena_array(l->a, v->base.n, sizeof(*v->left));
		v->rest = arena_array(l->a, v->base.n, sizeof(*v->rest));
	}
	make_offers(l);
	for (size_t i = 0; i < l->q->n; i++)
		look(l, &l->views[i]);
	find_best(l);
}
