/* The answer in whole numbers.
 *
 * What the programme says is exact, and may lie between two of our 1/3,600,000. What counts
 * of each cell is rounded down; shares are then held against these whole numbers, and what
 * that left over is given to the first cells that have room. Where this would leave a need
 * short that the exact answer meets, or shares hang on each other in a circle so that no
 * whole numbers keep to them, cells stay as rounded, up where a need wants it: a share is
 * passed then, by less than 1/3,600,000 for each cell. */
#include "daemon/rules/choose_parts.h"

/* Rounding one share down may take from another that it is beside, and so on. In a circle
 * this grows until nothing is left; a ten-thousandth of an hour is where it is given up. */
enum { TRIM_MOST = 360, TRIM_ROUNDS = 64, TOP_UP_ROUNDS = 16 };

/* What a limit has left. */
static int64_t room(const struct judgement *j, size_t limit)
{
	const struct instance *in = &j->instances[limit];
	int64_t most = is_share(in) ? choose_most_beside(j, limit, NULL) : in->amount,
		used = 0;

	for (size_t c = 0; c < j->cell_count; c++)
		if (set_has(&j->cells[c].in, limit))
			used = added(used, j->cells[c].counted);
	return most == INT64_MAX ? most : most - used;
}

/* Takes back, of the last cells first, what shares have too much; returns how much. */
static int64_t trim(struct chooser *ch)
{
	struct judgement *j = ch->j;
	int64_t sum = 0;

	for (size_t i = 1; i < j->n; i++) {
		int64_t less = ch->cuts[i] && is_share(&j->instances[i]) ? room(j, i) : 0;
		for (size_t c = j->cell_count; less < 0 && c-- > 0;) {
			struct cell *cell = &j->cells[c];
			int64_t part = cell->counted < -less ? cell->counted : -less;
			if (!set_has(&cell->in, i))
				continue;
			cell->counted -= part;
			less += part;
			sum += part;
		}
	}
	return sum;
}

/* Gives every cell what its limits have left for it; false if nothing was. */
static bool top_up(struct chooser *ch)
{
	struct judgement *j = ch->j;
	bool any = false;

	for (size_t c = 0; c < j->cell_count; c++) {
		int64_t more = j->cells[c].available - j->cells[c].counted;
		for (size_t i = 1; more > 0 && i < j->n; i++)
			if (ch->cuts[i] && j->instances[i].rule->toward == NO_RULE &&
			    set_has(&j->cells[c].in, i)) {
				int64_t left = room(j, i);
				more = left < more ? left : more;
			}
		if (more <= 0)
			continue;
		j->cells[c].counted += more;
		any = true;
	}
	return any;
}

/* Whether the exact answer meets a need. */
static bool is_met(const struct chooser *ch, size_t need)
{
	return ch->solved && ch->met[need] != NONE &&
	       simplex_value(&ch->s, (size_t)ch->met[need]) ==
		       ch->j->instances[need].amount;
}

/* What of a cell serves a need; of what serves one of a group alone the exact answer has so
 * much. */
static int64_t serves(const struct chooser *ch, size_t c, size_t need)
{
	const struct cell *cell = &ch->j->cells[c];
	int use = *choose_use(ch, c, need);
	int64_t some;

	if (!set_has(&cell->in, need))
		return 0;
	if (use == NONE)
		return cell->counted;
	some = !ch->solved	  ? 0
	       : is_met(ch, need) ? simplex_value_up(&ch->s, (size_t)use)
				  : simplex_value(&ch->s, (size_t)use);
	return some < cell->counted ? some : cell->counted;
}

static int64_t served(const struct chooser *ch, size_t need)
{
	int64_t sum = 0;

	for (size_t c = 0; c < ch->j->cell_count; c++)
		sum = added(sum, serves(ch, c, need));
	return sum;
}

/* Whether rounding took something from a need that is met. */
static bool is_short(const struct chooser *ch)
{
	for (size_t i = 1; i < ch->j->n; i++)
		if (is_met(ch, i) && served(ch, i) < ch->j->instances[i].amount)
			return true;
	return false;
}

static bool has_room(const struct chooser *ch, size_t cell)
{
	const struct judgement *j = ch->j;

	for (size_t i = 1; i < j->n; i++)
		if (ch->cuts[i] && set_has(&j->cells[cell].in, i) &&
		    j->instances[i].rule->toward == NO_RULE &&
		    !is_share(&j->instances[i]) && room(j, i) <= 0)
			return false;
	return true;
}

/* Rounds cells up where a need that is met wants it. */
static void round_up(struct chooser *ch)
{
	struct judgement *j = ch->j;

	for (size_t i = 1; i < j->n; i++)
		for (size_t c = 0; c < j->cell_count && is_met(ch, i); c++) {
			int64_t up =
				ch->column[c] == NONE
					? 0
					: simplex_value_up(&ch->s, (size_t)ch->column[c]);
			if (set_has(&j->cells[c].in, i) && j->cells[c].counted < up &&
			    served(ch, i) < j->instances[i].amount && has_room(ch, c))
				j->cells[c].counted = up;
		}
}

static void round_down(struct chooser *ch)
{
	for (size_t c = 0; c < ch->j->cell_count; c++) {
		struct cell *cell = &ch->j->cells[c];
		cell->counted = ch->column[c] == NONE ? cell->available
				: ch->solved
					? simplex_value(&ch->s, (size_t)ch->column[c])
					: 0;
	}
}

static void top_up_all(struct chooser *ch)
{
	for (int n = 0; n < TOP_UP_ROUNDS && top_up(ch);)
		n++;
}

static bool trim_all(struct chooser *ch)
{
	int64_t sum = 0, more;

	for (int n = 0; n < TRIM_ROUNDS; n++) {
		more = trim(ch);
		sum = added(sum, more);
		if (more == 0 || sum > TRIM_MOST)
			return more == 0;
	}
	return false;
}

/* Of what was rounded up for a need less than one for each cell may still be missing,
 * where a limit stood in the way. */
static int64_t have(const struct chooser *ch, size_t need)
{
	int64_t sum = served(ch, need), amount = ch->j->instances[need].amount;

	return is_met(ch, need) && sum < amount ? amount : sum;
}

void choose_whole(struct chooser *ch)
{
	struct judgement *j = ch->j;

	round_down(ch);
	bool whole = trim_all(ch);
	top_up_all(ch);
	if (!whole || is_short(ch)) {
		round_down(ch);
		round_up(ch);
		top_up_all(ch);
	}
	for (size_t i = 1; i < j->n; i++) {
		struct instance *in = &j->instances[i];
		if (choose_is_need(in))
			in->have = have(ch, i);
		if (!is_limit(in))
			continue;
		if (is_share(in))
			in->amount = choose_most_beside(j, i, NULL);
		in->full = in->rule->toward == NO_RULE &&
			   room(j, i) <= (int64_t)j->cell_count;
	}
	size_t total = total_instance(j);
	for (size_t c = 0; c < j->cell_count; c++)
		j->cells[c].of_total = total ? serves(ch, c, total)
				       : set_has(&j->cells[c].in, 0) ? j->cells[c].counted
								     : 0;
}
