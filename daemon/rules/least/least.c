/* The fewest hours: the programme, the rules' verdict on its answer, and what that says. */
#include "daemon/rules/least/parts.h"

#include <string.h>

enum { TRIES = 8 }; /* how often what rounding took away is added */

/* About how many hours of work one of a unit is. */
static int64_t hours_of_unit(enum credit_unit unit)
{
	static const int64_t hours[UNIT_COUNT] = {
		[UNIT_HOUR] = 1,	  [UNIT_CEU] = 10,  [UNIT_SEMESTER_HOUR] = 15,
		[UNIT_QUARTER_HOUR] = 10, [UNIT_POINT] = 1, [UNIT_CONTACT_HOUR] = 1,
	};

	return hours[unit];
}

int64_t least_hours(const struct least *l, size_t offer)
{
	enum { PAPER = 40 }; /* a week's work, where nobody knows */
	const struct least_kind *kind = &l->q->kinds[l->offers[offer].kind];

	if (kind->by_piece)
		return PAPER;
	return kind->unit == UNIT_HOUR ? l->q->piece / CREDIT_ONE
				       : hours_of_unit(kind->unit);
}

/* ---- the rules' verdict on it ----------------------------------------------------------- */

int64_t least_amount(const struct least *l, size_t offer, int64_t pieces)
{
	bool hours = l->q->kinds[l->offers[offer].kind].unit == UNIT_HOUR;

	return scaled(pieces, hours ? l->q->piece : CREDIT_ONE, CREDIT_ONE);
}

#ifdef PDH_CHECKED
#include <stdlib.h>

static bool is_wanted(const struct view *v, const struct rule *r)
{
	for (size_t i = 0; i < v->j.n; i++)
		if (v->wanted[i] && v->base.instances[i].rule == r)
			return true;
	return false;
}

/* What is not told to be open is met. */
static void check_met(const struct view *v, const struct verdict *verdict)
{
	for (size_t i = 0; i < v->j.n; i++)
		if (v->open[i])
			return;
	for (size_t i = 0; i < verdict->need_count; i++) {
		const struct judged_need *n = &verdict->needs[i];
		if (n->state == JUDGED_SHORT && is_wanted(v, n->rule))
			abort();
	}
	if (!verdict->total_met && is_wanted(v, v->base.total))
		abort();
}
#else
static void check_met(const struct view *v, const struct verdict *verdict)
{
	(void)v;
	(void)verdict;
}
#endif

/* Judges the answer in one case, and finds what it leaves missing; false where that is
 * more than what no hours can meet. Which of several needs is short then is for the rules
 * to choose. */
static bool judge_answer(struct least *l, struct view *v)
{
	AUTO_ARENA scratch = {NULL};
	struct rules_case with = *v->c;
	struct judgement j;
	struct verdict verdict;
	int128 missing = 0, beyond = 0;

	with.entries = least_with_parts(l, v, &scratch, &with.n);
	judge_reading(&with, &scratch, v->holds, &j, &verdict);
	for (size_t i = 0; i < v->j.n; i++) {
		if (!v->wanted[i])
			continue;
		int64_t asked = least_asked(v, i), have = least_have(v, &j, &verdict, i);
		v->left[i] = asked > have ? asked - have : 0;
		v->open[i] = v->left[i] > 0;
		missing += v->left[i];
		beyond += v->beyond[i];
	}
	if (missing <= beyond)
		check_met(v, &verdict);
	return missing <= beyond;
}

static bool judge_answers(struct least *l)
{
	bool enough = true;

	least_list(l);
	for (size_t k = 0; k < l->q->n; k++)
		if (is_asked(l, k) && !judge_answer(l, &l->views[k]))
			enough = false;
	return enough;
}

/* ---- where entries are bounded and rounded ------------------------------------------------ */

/* Whole pieces are worth what the programme took them for; parts of one may be worth less. */
static bool try_whole(struct least *l)
{
	int64_t *exact = arena_array(l->a, l->n, sizeof(*exact));

	for (size_t o = 0; o < l->n; o++) {
		exact[o] = l->offers[o].pieces;
		int64_t over = exact[o] % CREDIT_ONE;
		l->offers[o].pieces += over ? CREDIT_ONE - over : 0;
	}
	if (judge_answers(l))
		return true;
	for (size_t o = 0; o < l->n; o++)
		l->offers[o].pieces = exact[o];
	(void)judge_answers(l);
	return false;
}

/* As much more is wanted as was missing. */
static void want_more(struct least *l)
{
	for (size_t k = 0; k < l->q->n; k++) {
		struct view *v = &l->views[k];
		for (size_t i = 0; is_asked(l, k) && i < v->j.n; i++)
			if (v->wanted[i] && v->beyond[i] == 0)
				v->want[i] = added(v->want[i], v->left[i]);
	}
}

/* What the answer leaves missing, all in all. */
static int128 all_missing(const struct least *l)
{
	int128 sum = 0;

	for (size_t k = 0; k < l->q->n; k++)
		for (size_t i = 0; is_asked(l, k) && i < l->views[k].j.n; i++)
			sum += l->views[k].left[i];
	return sum;
}

/* Adds what the rules' verdict finds missing, as long as that helps; false where the programme has
 * no answer. */
static bool make_enough(struct least *l, bool *ret_inexact)
{
	int128 before = INT64_MAX;

	for (int tries = TRIES; !judge_answers(l); tries--) {
		int128 missing = all_missing(l);
		*ret_inexact = true;
		if (try_whole(l) || tries == 0 ||
		    (tries < TRIES - 1 && missing >= before))
			return true;
		before = missing;
		want_more(l);
		if (!least_programme(l))
			return false;
	}
	return true;
}

/* ---- the whole ---------------------------------------------------------------------------- */

struct least *least_begin(const struct least_question *q, struct arena *a)
{
	struct least *l = arena_alloc(a, sizeof(*l));

	*l = (struct least){.q = q, .a = a};
	least_look(l);
	return l;
}

void least_done(struct least *l)
{
	arena_done(&l->programme);
}

bool least_is_bounded(const struct least *l)
{
	return l->bounded;
}

void least_solve(struct least *l, uint64_t cases, struct least_answer *ret)
{
	*ret = (struct least_answer){0};
	l->cases = cases;
	least_keep_best(l);
	ret->solved = least_choose(l);
	if (ret->solved) {
		least_keep_plain(l);
		ret->solved = least_programme(l) && make_enough(l, &ret->inexact);
	}
	if (!ret->solved)
		return;
	least_shorten(l, ret->inexact);
	ret->parts = l->parts;
	ret->n = l->n_parts;
	least_tell_open(l, ret);
}
