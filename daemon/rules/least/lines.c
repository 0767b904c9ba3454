/* The answer as it is logged: how many activities of what length, as entries that the rules
 * judge, and none of them more than is needed. */
#include "daemon/rules/least/parts.h"

/* ---- entries ------------------------------------------------------------------------------ */

size_t least_entries(const struct least_kind *kind, const struct least_part *part,
		     int64_t first, struct arena *a, struct entry **ret)
{
	struct entry *v = arena_array(a, part->count, sizeof(*v));

	for (size_t i = 0; i < part->count; i++)
		v[i] = (struct entry){
			.id = first + (int64_t)i,
			.amount = part->amount,
			.done_on = part->days.from,
			.unit = (int)kind->unit,
			.class = kind->class,
		};
	*ret = v;
	return part->count;
}

static bool serves(const struct least *l, const struct least_part *part,
		   const struct view *v)
{
	return !(l->q->kinds[part->kind].not_for >> (v - l->views) & 1);
}

const struct entry *least_with_parts(const struct least *l, const struct view *v,
				     struct arena *a, size_t *ret_n)
{
	struct entry *all, *some;
	size_t n = 0, at = 0;

	for (size_t i = 0; i < l->n_parts; i++)
		n += serves(l, &l->parts[i], v) ? l->parts[i].count : 0;
	all = arena_array(a, n, sizeof(*all));
	for (size_t i = 0; i < l->n_parts; i++) {
		const struct least_part *part = &l->parts[i];
		if (!serves(l, part, v))
			continue;
		size_t more = least_entries(&l->q->kinds[part->kind], part,
					    INT64_MAX / 2 + (int64_t)at, a, &some);
		for (size_t k = 0; k < more; k++)
			all[at++] = some[k];
	}
	*ret_n = v->c->n + n;
	return least_merge(v->c, all, n, a);
}

/* ---- how many ----------------------------------------------------------------------------- */

static int64_t in_steps(int64_t amount)
{
	return (amount + LEAST_STEP - 1) / LEAST_STEP * LEAST_STEP;
}

/* Whether some credit looks at single entries. */
static bool bounds_entries(const struct ruleset *rules)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct worth_rule *w = &rules->rules[i].worth;
		if (rules->rules[i].verb == RULE_CREDIT &&
		    (w->least || w->floor || w->most || w->step))
			return true;
	}
	return false;
}

/* What one activity of this length is worth by itself. */
static int64_t worth_alone(const struct least *l, const struct view *v, size_t offer,
			   int64_t amount)
{
	AUTO_ARENA scratch = {NULL};
	const struct least_part one = {
		.count = 1, .amount = amount, .days = l->offers[offer].days};
	struct rules_case alone = *v->c;
	struct entry *entry;
	struct judgement j;
	struct verdict ignored;

	alone.n = least_entries(&l->q->kinds[l->offers[offer].kind], &one, INT64_MAX / 2,
				&scratch, &entry);
	alone.entries = entry;
	rules_cells(&alone, &scratch, v->holds, &j, &ignored);
	return j.value[0];
}

/* Whether so many activities are worth what the programme takes their hours for. */
static bool is_worth_it(const struct least *l, size_t offer, int64_t pieces, size_t count)
{
	int64_t amount = in_steps((least_amount(l, offer, pieces) + (int64_t)count - 1) /
				  (int64_t)count);

	for (size_t k = 0; k < l->q->n; k++) {
		const struct view *v = &l->views[k];
		if (!is_asked(l, k) || v->value[offer] == 0 ||
		    !bounds_entries(v->c->rules))
			continue;
		int64_t worth = worth_alone(l, v, offer, amount);
		if ((int128)worth * (int64_t)count <
		    scaled(v->value[offer], pieces, CREDIT_ONE))
			return false;
	}
	return true;
}

/* The least number of activities that will do, up to one for each piece. */
static size_t count_of(const struct least *l, size_t offer, int64_t pieces, size_t least)
{
	size_t high = (size_t)((pieces + CREDIT_ONE - 1) / CREDIT_ONE), low = least;

	if (high > LEAST_ACTIVITIES_MAX)
		high = LEAST_ACTIVITIES_MAX;
	if (l->q->kinds[l->offers[offer].kind].by_piece)
		return high;
	if (low >= high || !is_worth_it(l, offer, pieces, high))
		return least;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (is_worth_it(l, offer, pieces, middle))
			high = middle;
		else
			low = middle + 1;
	}
	return high;
}

void least_divide(const struct least *l, size_t offer, int64_t pieces, size_t least,
		  struct least_part *ret)
{
	int64_t amount = least_amount(l, offer, pieces);

	if (l->q->kinds[l->offers[offer].kind].by_piece) {
		int64_t whole = (pieces + CREDIT_ONE - 1) / CREDIT_ONE * CREDIT_ONE;
		amount = least_amount(l, offer, whole);
	}
	if (least > LEAST_ACTIVITIES_MAX)
		least = LEAST_ACTIVITIES_MAX;
	ret->count = count_of(l, offer, pieces, least);
	ret->amount = in_steps((amount + (int64_t)ret->count - 1) / (int64_t)ret->count);
}

/* ---- nothing too much ---------------------------------------------------------------------- */

/* What of each need is missing in one case, and of the total. */
struct lack {
	int64_t *v;
	size_t n;
};

static void add_lack(struct lack *k, int64_t missing)
{
	k->v[k->n++] = missing;
}

static int64_t missing_of(const struct judged_need *n)
{
	int64_t sum =
		n->state == JUDGED_SHORT || n->state == JUDGED_UNDECIDED ? n->missing : 0;

	for (size_t i = 0; i < n->coming_count; i++)
		sum = added(sum, n->coming[i].missing);
	return n->rule->level == LEVEL_SHOULD ? 0 : sum;
}

static struct lack lack_of(const struct least *l, const struct view *v, struct arena *a)
{
	struct rules_case with = *v->c;
	struct judgement j;
	struct verdict verdict;

	with.entries = least_with_parts(l, v, a, &with.n);
	judge_reading(&with, a, v->holds, &j, &verdict);
	struct lack k = {arena_array(a, verdict.need_count + 1, sizeof(int64_t)), 0};
	add_lack(&k, verdict.remaining);
	for (size_t i = 0; i < verdict.need_count; i++)
		add_lack(&k, missing_of(&verdict.needs[i]));
	return k;
}

static bool is_no_more(const struct lack *a, const struct lack *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (i >= b->n || a->v[i] > b->v[i])
			return false;
	return true;
}

/* Whether the parts leave no more missing than `whole` says of each case. */
static bool is_enough(const struct least *l, const struct lack *whole)
{
	bool enough = true;

	for (size_t k = 0; k < l->q->n && enough; k++) {
		AUTO_ARENA scratch = {NULL};
		if (!is_asked(l, k))
			continue;
		struct lack now = lack_of(l, &l->views[k], &scratch);
		enough = is_no_more(&now, &whole[k]);
	}
	return enough;
}

static void leave_out(struct least *l, const struct lack *whole)
{
	for (size_t i = l->n_parts; i-- > 0;) {
		struct least_part *p = &l->parts[i];
		while (p->count > 0) {
			p->count--;
			if (is_enough(l, whole))
				continue;
			p->count++;
			break;
		}
	}
}

/* The least amount of one part that will do, between nothing and what it has. */
static void cut_amount(struct least *l, struct least_part *p, const struct lack *whole)
{
	int64_t low = 0, high = p->amount / LEAST_STEP;

	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;
		p->amount = middle * LEAST_STEP;
		if (is_enough(l, whole))
			high = middle;
		else
			low = middle;
	}
	p->amount = high * LEAST_STEP;
}

void least_shorten(struct least *l, bool inexact)
{
	struct lack *whole = arena_array(l->a, l->q->n, sizeof(*whole));
	size_t kept = 0;

	for (size_t k = 0; k < l->q->n; k++)
		if (is_asked(l, k))
			whole[k] = lack_of(l, &l->views[k], l->a);
	leave_out(l, whole);
	for (size_t i = l->n_parts; inexact && i-- > 0;)
		if (l->parts[i].count)
			cut_amount(l, &l->parts[i], whole);
	for (size_t i = 0; i < l->n_parts; i++)
		if (l->parts[i].count)
			l->parts[kept++] = l->parts[i];
	l->n_parts = kept;
}
