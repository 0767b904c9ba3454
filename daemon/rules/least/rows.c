/* The programme whose answer is the fewest hours: a column for how many pieces of each
 * offer, one for what counts of each cell that offers or limits touch, one for what of a
 * cell serves one need where it cannot serve all, and one for how far each need is met.
 * First the needs are met as far as can be, then with hours rather than with courses, then
 * the hours are few, then plain. */
#include "daemon/rules/least/parts.h"

#include <string.h>

/* The first pass over the rows counts them, the second writes them. */
struct writer {
	struct least *l;
	bool writes, too_large;
	size_t columns, rows;
};

static void put(struct writer *w, int column, int64_t by)
{
	if (w->writes && column != NO_COLUMN)
		simplex_set(&w->l->s, w->rows, (size_t)column, by);
}

static void end_row(struct writer *w, int64_t limit)
{
	if (w->writes)
		simplex_limit(&w->l->s, w->rows, limit);
	w->rows++;
}

/* ---- columns ---------------------------------------------------------------------------- */

bool least_is_capped(const struct view *v, size_t cell)
{
	for (size_t i = 1; i < v->j.n; i++)
		if (set_has(&v->j.cells[cell].in, i) && is_limit(&v->j.instances[i]) &&
		    !need_of(&v->j, &v->j.instances[i]))
			return true;
	return false;
}

static bool is_offered(const struct least *l, const struct view *v, size_t cell)
{
	for (size_t o = 0; o < l->n; o++)
		if (l->offers[o].kept && v->cell[o] == (int32_t)cell)
			return true;
	return false;
}

/* Whether what a cell gives to this need is a matter of choice. */
static bool is_choice(const struct view *v, size_t cell, size_t need)
{
	const struct instance *n = &v->j.instances[need];

	for (size_t i = 1; n->rule && i < v->j.n; i++) {
		const struct instance *other = &v->j.instances[i];
		if (!set_has(&v->j.cells[cell].in, i))
			continue;
		if (is_limit(other) && need_of(&v->j, other) == n->rule)
			return true;
		if (n->rule->exclusive && v->wanted[i] && other->rule != n->rule &&
		    other->rule->exclusive == n->rule->exclusive)
			return true;
	}
	return false;
}

static bool serves(const struct view *v, size_t cell, size_t need)
{
	return v->wanted[need] && set_has(&v->j.cells[cell].in, need);
}

static void name_columns(struct writer *w, struct view *v)
{
	size_t cells = v->j.cell_count, n = v->j.n;

	struct arena *a = &w->l->programme;

	v->counts = arena_array(a, cells, sizeof(*v->counts));
	v->use = arena_array(a, cells * n, sizeof(*v->use));
	v->met = arena_array(a, n, sizeof(*v->met));
	for (size_t c = 0; c < cells; c++) {
		bool touched = is_offered(w->l, v, c) || least_is_capped(v, c);
		v->counts[c] = touched ? (int)w->columns++ : NO_COLUMN;
		for (size_t i = 0; i < n; i++)
			*use_of(v, c, i) = serves(v, c, i) && counts_credit(v, i) &&
							   is_choice(v, c, i)
						   ? (int)w->columns++
						   : NO_COLUMN;
	}
	for (size_t i = 0; i < n; i++)
		v->met[i] = v->wanted[i] ? (int)w->columns++ : NO_COLUMN;
}

/* ---- rows ------------------------------------------------------------------------------- */

/* What makes the worth of every piece of a cell a whole number. */
static int64_t common_factor(const struct least *l, const struct view *v, size_t cell)
{
	int64_t factor = 1;

	for (size_t o = 0; o < l->n; o++) {
		if (!l->offers[o].kept || v->cell[o] != (int32_t)cell)
			continue;
		int64_t parts = CREDIT_ONE / ratio_divisor(v->value[o], CREDIT_ONE);
		factor = factor / ratio_divisor(factor, parts) * parts;
	}
	return factor; /* it divides CREDIT_ONE */
}

/* What counts of a cell is at most what is logged and what is offered. */
static void write_cell(struct writer *w, const struct view *v, size_t cell)
{
	const struct least *l = w->l;
	int64_t factor = common_factor(l, v, cell), limit;

	if (v->counts[cell] == NO_COLUMN)
		return;
	put(w, v->counts[cell], factor);
	for (size_t o = 0; o < l->n; o++)
		if (l->offers[o].kept && v->cell[o] == (int32_t)cell)
			put(w, l->offers[o].column,
			    -scaled(v->value[o], factor, CREDIT_ONE));
	w->too_large =
		w->too_large || __builtin_mul_overflow(v->logged[cell], factor, &limit);
	end_row(w, w->too_large ? 0 : limit);
}

/* What of a cell serves one need of a group serves no other of it. */
static void write_uses(struct writer *w, const struct view *v, size_t cell)
{
	for (size_t i = 1; i < v->j.n; i++) {
		if (*use_of(v, cell, i) == NO_COLUMN)
			continue;
		int group = v->j.instances[i].rule->exclusive;
		bool first = true;
		for (size_t k = 1; group && k < i; k++)
			first = first && (*use_of(v, cell, k) == NO_COLUMN ||
					  v->j.instances[k].rule->exclusive != group);
		if (!first)
			continue;
		for (size_t k = i; k < v->j.n; k++)
			if (k == i || (group && *use_of(v, cell, k) != NO_COLUMN &&
				       v->j.instances[k].rule->exclusive == group))
				put(w, *use_of(v, cell, k), 1);
		put(w, v->counts[cell], -1);
		end_row(w, v->counts[cell] == NO_COLUMN ? v->logged[cell] : 0);
	}
}

/* (den - num) * inside - num * beside <= 0 */
static void write_share(struct writer *w, const struct view *v, size_t limit)
{
	struct ratio share = v->j.instances[limit].rule->amount.share;
	int64_t common = ratio_divisor(share.den, share.num);
	int128 whole = 0;

	share.num /= common;
	share.den /= common;
	for (size_t c = 0; c < v->j.cell_count; c++) {
		if (set_has(&v->j.cells[c].in, limit)) {
			put(w, v->counts[c], share.den - share.num);
		} else if (beside(&v->j, &v->j.cells[c], limit)) {
			put(w, v->counts[c], -share.num);
			if (v->counts[c] == NO_COLUMN)
				whole += (int128)v->logged[c] * share.num;
		}
	}
	end_row(w, saturated(whole));
}

static void write_limit(struct writer *w, const struct view *v, size_t limit)
{
	const struct instance *in = &v->j.instances[limit];
	const struct rule *need = need_of(&v->j, in);

	if (!need && in->rule->amount.kind == AMOUNT_OF_COUNTED) {
		write_share(w, v, limit);
		return;
	}
	for (size_t c = 0; c < v->j.cell_count; c++) {
		if (!set_has(&v->j.cells[c].in, limit))
			continue;
		if (!need)
			put(w, v->counts[c], 1);
		for (size_t i = 1; need && i < v->j.n; i++)
			if (v->j.instances[i].rule == need)
				put(w, *use_of(v, c, i), 1);
	}
	end_row(w, in->amount);
}

/* Things are met piece by piece. */
static int64_t put_things(struct writer *w, const struct view *v, size_t need)
{
	const struct least *l = w->l;

	for (size_t o = 0; o < l->n; o++)
		if (l->offers[o].kept && v->value[o] > 0 &&
		    set_has(&v->j.cells[v->cell[o]].in, need))
			put(w, l->offers[o].column, -1);
	return least_have(v, &v->base, &v->verdict, need);
}

static int64_t put_credit(struct writer *w, const struct view *v, size_t need)
{
	int64_t whole = 0;

	for (size_t c = 0; c < v->j.cell_count; c++) {
		if (!set_has(&v->j.cells[c].in, need))
			continue;
		int use = *use_of(v, c, need);
		put(w, use != NO_COLUMN ? use : v->counts[c], -1);
		if (use == NO_COLUMN && v->counts[c] == NO_COLUMN)
			whole = added(whole, v->logged[c]);
	}
	return whole;
}

/* How far a need is met is at most what serves it, and at most all that is wanted. */
static void write_need(struct writer *w, const struct view *v, size_t need)
{
	int64_t whole =
		counts_credit(v, need) ? put_credit(w, v, need) : put_things(w, v, need);

	put(w, v->met[need], 1);
	end_row(w, whole);
	put(w, v->met[need], 1);
	end_row(w, v->want[need]);
}

static void write_rows(struct writer *w)
{
	struct least *l = w->l;

	w->rows = 0;
	for (size_t k = 0; k < l->q->n; k++) {
		const struct view *v = &l->views[k];
		for (size_t c = 0; is_asked(l, k) && c < v->j.cell_count; c++) {
			write_cell(w, v, c);
			write_uses(w, v, c);
		}
		for (size_t i = 0; is_asked(l, k) && i < v->j.n; i++) {
			if (is_limit(&v->j.instances[i]))
				write_limit(w, v, i);
			if (v->met[i] != NO_COLUMN)
				write_need(w, v, i);
		}
	}
}

/* ---- the answer ------------------------------------------------------------------------- */

static void set_goals(struct least *l)
{
	for (size_t k = 0; k < l->q->n; k++)
		for (size_t i = 0; is_asked(l, k) && i < l->views[k].j.n; i++)
			if (l->views[k].met[i] != NO_COLUMN)
				simplex_goal(&l->s, 0, (size_t)l->views[k].met[i], 1);
	for (size_t o = 0; o < l->n; o++) {
		const struct least_kind *kind = &l->q->kinds[l->offers[o].kind];
		size_t column = (size_t)l->offers[o].column;
		if (!l->offers[o].kept)
			continue;
		int64_t hours = least_hours(l, o);
		simplex_goal(&l->s, is_by_the_hour(kind) ? 2 : 1, column, -hours);
		simplex_goal(&l->s, 3, column, -kind->words - 1);
	}
}

static void read_answer(struct least *l)
{
	for (size_t o = 0; o < l->n; o++)
		l->offers[o].pieces =
			l->offers[o].kept
				? simplex_value_up(&l->s, (size_t)l->offers[o].column)
				: 0;
	for (size_t k = 0; k < l->q->n; k++) {
		struct view *v = &l->views[k];
		for (size_t i = 0; is_asked(l, k) && i < v->j.n; i++) {
			int64_t met = v->met[i] == NO_COLUMN
					      ? INT64_MAX
					      : simplex_value(&l->s, (size_t)v->met[i]);
			int64_t asked = least_asked(v, i);
			v->beyond[i] = met < asked ? asked - met : 0;
		}
	}
}

bool least_programme(struct least *l)
{
	struct writer w = {.l = l};

	arena_done(&l->programme);
	for (size_t o = 0; o < l->n; o++)
		l->offers[o].column = l->offers[o].kept ? (int)w.columns++ : NO_COLUMN;
	for (size_t k = 0; k < l->q->n; k++)
		if (is_asked(l, k))
			name_columns(&w, &l->views[k]);
	write_rows(&w);
	simplex_init(&l->s, w.columns, w.rows, &l->programme);
	w.writes = true;
	write_rows(&w);
	set_goals(l);
	if (w.too_large || !simplex_solve(&l->s))
		return false;
	read_answer(l);
	return true;
}
