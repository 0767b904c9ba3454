/* Which hours count where limits leave a choice: those that leave the least missing.
 *
 * Only cells under a limit that may cut are in question; all others count whole. The
 * question is a linear programme: a column for what counts of each such cell, a column
 * for what of a cell serves one need where it cannot serve all, and a column for how far
 * each need is met; first the needs are met as far as can be, then as much as possible is
 * counted. A share of what counts is a row like any other limit: what it is a share of is
 * chosen with it.
 */
#include "daemon/rules/choose_parts.h"

#include <string.h>

bool choose_is_need(const struct instance *i)
{
	return i->rule && i->rule->verb == RULE_NEED &&
	       i->rule->measure == MEASURE_CREDIT;
}

bool choose_steers(const struct chooser *ch, const struct instance *i)
{
	if (ch->leave)
		return choose_is_need(i) && i->amount > 0;
	if (!choose_is_need(i) || i->unknown || i->rule->alternatives)
		return false;
	if (i->rule->is_alternative)
		return ch->among >> (i->rule - ch->j->c->rules->rules) & 1;
	return i->rule->level != LEVEL_SHOULD;
}

static int64_t sum_of(const struct judgement *j, size_t instance)
{
	int64_t sum = 0;

	for (size_t c = 0; c < j->cell_count; c++)
		if (set_has(&j->cells[c].in, instance))
			sum = added(sum, j->cells[c].available);
	return sum;
}

/* Whether a limit may take something of a cell. */
static bool is_capped(const struct chooser *ch, size_t cell)
{
	for (size_t i = 1; i < ch->j->n; i++)
		if (ch->cuts[i] && ch->j->instances[i].rule->toward == NO_RULE &&
		    set_has(&ch->j->cells[cell].in, i))
			return true;
	return false;
}

/* x <= share of (x + rest) is x * (den - num) <= num * rest. */
static int64_t most_of_counted(const struct amount *m, int64_t rest)
{
	int64_t other = m->share.den - m->share.num;

	return other > 0 ? scaled(rest, m->share.num, other) : INT64_MAX;
}

int64_t choose_most_beside(const struct judgement *j, size_t limit, const bool *sure)
{
	int64_t sum = 0;

	for (size_t c = 0; c < j->cell_count; c++)
		if (beside(j, &j->cells[c], limit))
			sum = added(sum, !sure	   ? j->cells[c].counted
					 : sure[c] ? j->cells[c].available
						   : 0);
	return most_of_counted(&j->instances[limit].rule->amount, sum);
}

/* A share that holds whatever else is cut cuts nothing. */
static void find_shares(struct chooser *ch)
{
	struct judgement *j = ch->j;
	bool *sure = arena_array(j->a, j->cell_count, sizeof(*sure));

	for (size_t i = 1; i < j->n; i++)
		if (is_limit(&j->instances[i]) && is_share(&j->instances[i]))
			ch->cuts[i] = j->instances[i].logged > 0;
	for (size_t c = 0; c < j->cell_count; c++)
		sure[c] = !ch->leave && !is_capped(ch, c);
	for (size_t i = 1; i < j->n; i++)
		if (is_limit(&j->instances[i]) && is_share(&j->instances[i]) &&
		    j->instances[i].logged <= choose_most_beside(j, i, sure))
			ch->cuts[i] = false;
}

static void find_cuts(struct chooser *ch)
{
	struct judgement *j = ch->j;

	for (size_t i = 1; i < j->n; i++) {
		struct instance *in = &j->instances[i];
		if (!is_limit(in))
			continue;
		in->logged = sum_of(j, i);
		ch->cuts[i] = !is_share(in) && in->logged > in->amount;
	}
	find_shares(ch);
	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		ch->divides = ch->divides ||
			      (choose_is_need(in) && in->rule->exclusive) ||
			      (ch->cuts[i] && need_of(j, in));
	}
}

/* ---- columns ---------------------------------------------------------------------------- */

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
		if (n->rule->exclusive && choose_is_need(other) &&
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
		bool open = ch->leave || is_capped(ch, c);
		ch->column[c] = open ? (int)ch->columns++ : NONE;
		for (size_t i = 1; i < j->n; i++) {
			*choose_use(ch, c, i) = NONE;
			if (choose_steers(ch, &j->instances[i]) &&
			    set_has(&j->cells[c].in, i) && is_choice(ch, c, i))
				*choose_use(ch, c, i) = (int)ch->columns++;
		}
	}
	for (size_t i = 1; i < j->n; i++)
		ch->met[i] =
			choose_steers(ch, &j->instances[i]) && j->instances[i].amount > 0
				? (int)ch->columns++
				: NONE;
}

/* ---- the programme --------------------------------------------------------------- */

/* Whether anything is left to choose. */
static bool must_choose(const struct chooser *ch)
{
	for (size_t c = 0; c < ch->j->cell_count; c++) {
		if (ch->column[c] != NONE)
			return true;
		for (size_t i = 1; i < ch->j->n; i++)
			if (*choose_use(ch, c, i) != NONE)
				return true;
	}
	return false;
}

static void begin(struct chooser *ch)
{
	struct judgement *j = ch->j;

	ch->cuts = arena_array(j->a, j->n, sizeof(*ch->cuts));
	ch->column = arena_array(j->a, j->cell_count, sizeof(*ch->column));
	ch->use = arena_array(j->a, j->cell_count * j->n, sizeof(*ch->use));
	ch->met = arena_array(j->a, j->n, sizeof(*ch->met));
	find_cuts(ch);
	name_columns(ch);
}

/* First the needs; then what counts of the total, and then of other windows. */
static bool solve(struct chooser *ch)
{
	const struct judgement *j = ch->j;
	size_t total = 0;

	choose_rows(ch);
	for (size_t i = 1; i < j->n; i++) {
		if (ch->met[i] != NONE)
			simplex_goal(&ch->s, 0, (size_t)ch->met[i], 1);
		if (j->total && j->instances[i].rule == j->total)
			total = i;
	}
	for (size_t c = 0; c < j->cell_count && !ch->leave; c++)
		if (ch->column[c] != NONE)
			simplex_goal(&ch->s, set_has(&j->cells[c].in, total) ? 1 : 2,
				     (size_t)ch->column[c], 1);
	for (size_t k = 0; ch->leave && k < ch->leave->n; k++) {
		const struct leaving *l = &ch->leave->v[k];
		simplex_goal(&ch->s, 1, (size_t)l->column, 1);
		simplex_goal(&ch->s, 2, (size_t)l->column, l->late);
	}
	return simplex_solve(&ch->s);
}

void choose_with(struct judgement *j, uint64_t among)
{
	struct chooser ch = {.j = j, .among = among};

	begin(&ch);
	ch.solved = must_choose(&ch) && solve(&ch);
	choose_whole(&ch);
}

bool choose_leaving(struct judgement *j, struct leave *leave)
{
	struct chooser ch = {.j = j, .leave = leave};

	begin(&ch);
	for (size_t k = 0; k < leave->n; k++)
		leave->v[k].column = (int)ch.columns++;
	if (!solve(&ch))
		return false;
	for (size_t k = 0; k < leave->n; k++)
		leave->v[k].goes = simplex_value(&ch.s, (size_t)leave->v[k].column);
	return true;
}
