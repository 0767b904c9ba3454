/* Which hours count where limits leave a choice: those that leave the least missing.
 *
 * Only cells under a limit that cuts are in question; all others count whole. The
 * question is a linear programme: a column for what counts of each such cell, a column
 * for what of a cell serves one need where it cannot serve all, and a column for how far
 * each need is met; first the needs are met as far as can be, then as much as possible is
 * counted. */
#include "daemon/rules_parts.h"
#include "daemon/rules_simplex.h"

#include <string.h>

enum { NONE = -1 };

struct chooser {
	struct judgement *j;
	bool *cuts;   /* by instance: a limit that cuts */
	bool divides; /* some need is one of a group, or has a limit inside it */
	int *column;  /* by cell: its column, or NONE if it counts whole */
	int *use;     /* by cell and instance: the column of that use, or NONE */
	int *met;     /* by instance: the column of how far it is met, or NONE */
	size_t columns, rows;
	struct simplex s;
};

static bool is_need(const struct instance *i)
{
	return i->rule && i->rule->verb == RULE_NEED &&
	       i->rule->measure == MEASURE_CREDIT;
}

/* A need that the choice is to serve. */
static bool steers(const struct instance *i)
{
	return is_need(i) && i->rule->level != LEVEL_SHOULD && !i->rule->is_alternative &&
	       !i->rule->alternatives && !i->unknown;
}

static int64_t sum_of(const struct judgement *j, size_t instance)
{
	int64_t sum = 0;

	for (size_t c = 0; c < j->cell_count; c++)
		if (set_has(&j->cells[c].in, instance))
			sum = added(sum, j->cells[c].available);
	return sum;
}

static int64_t sum_beside(const struct judgement *j, size_t limit)
{
	int64_t sum = 0;

	for (size_t c = 0; c < j->cell_count; c++)
		if (beside(j, &j->cells[c], limit))
			sum = added(sum, j->cells[c].available);
	return sum;
}

/* x <= share of (x + rest) is x * (den - num) <= num * rest. */
static int64_t most_of_counted(const struct amount *m, int64_t rest)
{
	int64_t other = m->share.den - m->share.num;

	return other > 0 ? scaled(rest, m->share.num, other) : INT64_MAX;
}

static void find_cuts(struct chooser *ch)
{
	struct judgement *j = ch->j;

	for (size_t i = 1; i < j->n; i++) {
		struct instance *in = &j->instances[i];
		if (!is_limit(in))
			continue;
		in->logged = sum_of(j, i);
		if (in->rule->amount.kind == AMOUNT_OF_COUNTED)
			in->amount = most_of_counted(&in->rule->amount, sum_beside(j, i));
		ch->cuts[i] = in->logged > in->amount;
	}
	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		ch->divides = ch->divides || (is_need(in) && in->rule->exclusive) ||
			      (ch->cuts[i] && need_of(j, in));
	}
}

/* ---- columns ---------------------------------------------------------------------------- */

static int *use_of(struct chooser *ch, size_t cell, size_t instance)
{
	return &ch->use[cell * ch->j->n + instance];
}

/* Whether what a cell gives to this need is a matter of choice: it might serve another of
 * the group instead, or a limit holds inside the need. */
static bool is_choice(const struct chooser *ch, size_t cell, size_t need)
{
	const struct judgement *j = ch->j;
	const struct instance *n = &j->instances[need];

	for (size_t i = 1; ch->divides && i < j->n; i++) {
		const struct instance *other = &j->instances[i];
		if (!set_has(&j->cells[cell].in, i) || i == need)
			continue;
		if (is_limit(other) && ch->cuts[i] && need_of(j, other) == n->rule)
			return true;
		if (n->rule->exclusive && is_need(other) &&
		    other->rule->exclusive == n->rule->exclusive &&
		    other->rule != n->rule)
			return true;
	}
	return false;
}

static void name_columns(struct chooser *ch)
{
	struct judgement *j = ch->j;

	for (size_t c = 0; c < j->cell_count; c++) {
		ch->column[c] = NONE;
		for (size_t i = 1; i < j->n && ch->column[c] == NONE; i++)
			if (ch->cuts[i] && j->instances[i].rule->toward == NO_RULE &&
			    set_has(&j->cells[c].in, i))
				ch->column[c] = (int)ch->columns++;
		for (size_t i = 1; i < j->n; i++) {
			*use_of(ch, c, i) = NONE;
			if (steers(&j->instances[i]) && set_has(&j->cells[c].in, i) &&
			    is_choice(ch, c, i))
				*use_of(ch, c, i) = (int)ch->columns++;
		}
	}
	for (size_t i = 1; i < j->n; i++)
		ch->met[i] = steers(&j->instances[i]) && j->instances[i].amount > 0
				     ? (int)ch->columns++
				     : NONE;
}

/* ---- rows ------------------------------------------------------------------------------- */

/* The first call counts rows, the second writes them. */
struct writer {
	struct chooser *ch;
	bool writes;
	size_t row;
};

static void put(struct writer *w, int column, int64_t coefficient)
{
	if (w->writes && column != NONE)
		simplex_set(&w->ch->s, w->row, (size_t)column, coefficient);
}

static void end_row(struct writer *w, int64_t limit)
{
	if (w->writes)
		simplex_limit(&w->ch->s, w->row, limit);
	w->row++;
}

/* A cell counts at most whole; what of it serves one need of a group serves no other. */
static void write_cell(struct writer *w, size_t c)
{
	struct chooser *ch = w->ch;
	const struct judgement *j = ch->j;
	int whole = ch->column[c];
	int64_t available = j->cells[c].available;

	if (whole != NONE) {
		put(w, whole, 1);
		end_row(w, available);
	}
	for (size_t i = 1; i < j->n; i++) {
		if (*use_of(ch, c, i) == NONE)
			continue;
		int group = j->instances[i].rule->exclusive;
		bool first = true;
		for (size_t k = 1; group && k < i; k++)
			first = first && (*use_of(ch, c, k) == NONE ||
					  j->instances[k].rule->exclusive != group);
		if (!first)
			continue;
		for (size_t k = i; k < j->n; k++)
			if (k == i || (group && *use_of(ch, c, k) != NONE &&
				       j->instances[k].rule->exclusive == group))
				put(w, *use_of(ch, c, k), 1);
		put(w, whole, -1);
		end_row(w, whole == NONE ? available : 0);
	}
}

/* A limit on a share of what counts: (den - num) * inside - num * beside <= 0. */
static void write_share(struct writer *w, size_t limit)
{
	struct chooser *ch = w->ch;
	const struct judgement *j = ch->j;
	struct ratio share = j->instances[limit].rule->amount.share;
	int128 whole = 0;

	for (size_t c = 0; c < j->cell_count; c++) {
		if (set_has(&j->cells[c].in, limit)) {
			put(w, ch->column[c], share.den - share.num);
		} else if (beside(j, &j->cells[c], limit)) {
			put(w, ch->column[c], -share.num);
			if (ch->column[c] == NONE)
				whole += (int128)j->cells[c].available * share.num;
		}
	}
	end_row(w, saturated(whole));
}

static void write_limit(struct writer *w, size_t limit)
{
	struct chooser *ch = w->ch;
	const struct judgement *j = ch->j;
	const struct instance *in = &j->instances[limit];
	const struct rule *need = need_of(j, in);

	if (!need && in->rule->amount.kind == AMOUNT_OF_COUNTED) {
		write_share(w, limit);
		return;
	}
	for (size_t c = 0; c < j->cell_count; c++) {
		if (!set_has(&j->cells[c].in, limit))
			continue;
		if (!need)
			put(w, ch->column[c], 1);
		for (size_t i = 1; need && i < j->n; i++)
			if (j->instances[i].rule == need)
				put(w, *use_of(ch, c, i), 1);
	}
	end_row(w, in->amount);
}

/* How far a need is met is at most what serves it, and at most all it asks for. */
static void write_need(struct writer *w, size_t need)
{
	struct chooser *ch = w->ch;
	const struct judgement *j = ch->j;
	int64_t whole = 0;

	for (size_t c = 0; c < j->cell_count; c++) {
		if (!set_has(&j->cells[c].in, need))
			continue;
		int use = *use_of(ch, c, need);
		put(w, use != NONE ? use : ch->column[c], -1);
		if (use == NONE && ch->column[c] == NONE)
			whole = added(whole, j->cells[c].available);
	}
	put(w, ch->met[need], 1);
	end_row(w, whole);
	put(w, ch->met[need], 1);
	end_row(w, j->instances[need].amount);
}

static void write_rows(struct writer *w)
{
	struct chooser *ch = w->ch;
	struct judgement *j = ch->j;

	w->row = 0;
	for (size_t c = 0; c < j->cell_count; c++)
		write_cell(w, c);
	for (size_t i = 1; i < j->n; i++) {
		if (ch->cuts[i])
			write_limit(w, i);
		if (ch->met[i] != NONE)
			write_need(w, i);
	}
}

/* ---- the answer ------------------------------------------------------------------------- */

/* What a limit has left for a cell. */
static int64_t room(const struct chooser *ch, size_t limit)
{
	const struct judgement *j = ch->j;
	const struct instance *in = &j->instances[limit];
	int64_t used = 0, rest = 0;

	for (size_t c = 0; c < j->cell_count; c++) {
		if (set_has(&j->cells[c].in, limit))
			used = added(used, j->cells[c].counted);
		else if (in->rule->amount.kind == AMOUNT_OF_COUNTED &&
			 beside(j, &j->cells[c], limit))
			rest = added(rest, j->cells[c].counted);
	}
	int64_t most = in->rule->amount.kind == AMOUNT_OF_COUNTED
			       ? most_of_counted(&in->rule->amount, rest)
			       : in->amount;
	return most > used ? most - used : 0;
}

/* What rounding left over, and everything if there was no solution: cell by cell, as far
 * as its limits allow. */
static void top_up(struct chooser *ch)
{
	struct judgement *j = ch->j;

	for (size_t c = 0; c < j->cell_count; c++) {
		int64_t more = j->cells[c].available - j->cells[c].counted;
		for (size_t i = 1; more > 0 && i < j->n; i++)
			if (ch->cuts[i] && j->instances[i].rule->toward == NO_RULE &&
			    set_has(&j->cells[c].in, i)) {
				int64_t left = room(ch, i);
				more = left < more ? left : more;
			}
		j->cells[c].counted = added(j->cells[c].counted, more);
	}
}

static void read_answer(struct chooser *ch, bool solved)
{
	struct judgement *j = ch->j;

	for (size_t c = 0; c < j->cell_count; c++) {
		struct cell *cell = &j->cells[c];
		if (ch->column[c] == NONE)
			cell->counted = cell->available;
		else
			cell->counted =
				solved ? simplex_value(&ch->s, (size_t)ch->column[c]) : 0;
	}
	top_up(ch);
	for (size_t i = 1; i < j->n; i++) {
		struct instance *in = &j->instances[i];
		if (!is_need(in))
			continue;
		in->have = 0;
		for (size_t c = 0; c < j->cell_count; c++) {
			int use = *use_of(ch, c, i);
			if (set_has(&j->cells[c].in, i))
				in->have = added(
					in->have,
					use == NONE ? j->cells[c].counted
					: solved    ? simplex_value(&ch->s, (size_t)use)
						    : 0);
		}
	}
}

/* Whether anything is left to choose. */
static bool must_choose(const struct chooser *ch)
{
	for (size_t c = 0; c < ch->j->cell_count; c++) {
		if (ch->column[c] != NONE)
			return true;
		for (size_t i = 1; i < ch->j->n; i++)
			if (ch->use[c * ch->j->n + i] != NONE)
				return true;
	}
	return false;
}

void judge_limits(struct judgement *j)
{
	struct chooser ch = {.j = j};
	struct writer w = {.ch = &ch};
	bool solved = true;

	ch.cuts = arena_array(j->a, j->n, sizeof(*ch.cuts));
	ch.column = arena_array(j->a, j->cell_count, sizeof(*ch.column));
	ch.use = arena_array(j->a, j->cell_count * j->n, sizeof(*ch.use));
	ch.met = arena_array(j->a, j->n, sizeof(*ch.met));
	find_cuts(&ch);
	name_columns(&ch);
	if (must_choose(&ch)) {
		write_rows(&w);
		simplex_init(&ch.s, ch.columns, w.row, j->a);
		w.writes = true;
		write_rows(&w);
		for (size_t i = 1; i < j->n; i++)
			if (ch.met[i] != NONE)
				simplex_goal(&ch.s, 0, (size_t)ch.met[i], 1);
		for (size_t c = 0; c < j->cell_count; c++)
			if (ch.column[c] != NONE)
				simplex_goal(&ch.s, 1, (size_t)ch.column[c], 1);
		solved = simplex_solve(&ch.s);
	}
	read_answer(&ch, solved);
}
