/* What bounds the worth of an activity: what counts once, how much of it at least and at
 * most, in which steps, and what the period before used of it. */
#include "daemon/rules/worth_parts.h"

#include <string.h>

/* The word that a credit remembers, such as that of its course; NULL where there is none to
 * remember. */
static const char *once_word(const struct worker *w, const struct rule *r, size_t entry)
{
	const struct entry *e = &w->j->c->entries[entry];
	const char *word = "";

	if (r->worth.once_by != ATTR_COUNT) {
		enum rule_attr by = (enum rule_attr)r->worth.once_by;
		const struct rule_words *all = &w->j->c->classes[e->class].attr[by];
		word = all->n ? when_spelled(w->j, by, all->v[0]) : NULL;
	}
	return word && !r->worth.once_ever ? tally_word(w->j, word, e->done_on) : word;
}

/* Refuses what is done again. The parts of one activity are one attempt. */
static void refuse_again(struct worker *w, const struct rule *r, const struct whole *all)
{
	const struct taken t = worth_not_nothing(worth_taken(w, r, all), w->j);
	for (size_t k = 0; k < t.n; k++) {
		const char *word = once_word(w, r, t.v[k]);
		const struct tally *before =
			word ? tally_find(&w->courses, r, word) : NULL;
		if (!before)
			continue;
		worth_refuse(w, t.v[k], r);
		if (w->parts)
			w->parts[t.v[k]].again = before->entry + 1;
	}
}

/* An attempt that came to nothing uses nothing up. */
static void remember(struct worker *w, const struct rule *r, const struct whole *all)
{
	const struct taken t = worth_not_nothing(worth_taken(w, r, all), w->j);
	for (size_t k = 0; k < t.n; k++) {
		const char *word = once_word(w, r, t.v[k]);
		if (word)
			(void)tally_of(&w->courses, r, word, t.v[k], w->j->a);
	}
}

/* ---- bounds ------------------------------------------------------------------------------- */

static int64_t rounded(int64_t v, const struct worth_rule *r)
{
	int64_t rest = v > r->first ? v - r->first : 0;
	int64_t steps = rest / r->step, over = rest % r->step;

	if (v < r->first)
		return r->round == ROUND_UP ||
				       (r->round == ROUND_NEAREST && 2 * v >= r->first)
			       ? r->first
			       : 0;
	if (r->round == ROUND_UP)
		steps += over > 0;
	else if (r->round == ROUND_NEAREST)
		steps += over >= r->step - over;
	return saturated((int128)steps * r->step + r->first);
}

/* Of what is bounded together tally.c tells whether there is the least of it. */
static int64_t bounded(int64_t v, const struct worth_rule *w)
{
	if (v < w->least && w->per == ATTR_COUNT)
		return 0;
	if (v < w->floor)
		v = w->floor;
	if (w->most && v > w->most)
		v = w->most;
	return w->step ? rounded(v, w) : v;
}

/* The same for all entries of a period with one word together: what these add. */
static int64_t bounded_together(struct worker *w, const struct rule *r, const char *word,
				size_t entry, int64_t v)
{
	struct tally *t = tally_of(&w->together, r, word, entry, w->j->a);
	int64_t before = t->sum > 0 ? bounded(t->sum, &r->worth) : 0;

	t->sum = added(t->sum, v);
	int64_t now = bounded(t->sum, &r->worth);
	return now > before ? now - before : 0;
}

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Puts those first that have the word of the first. */
static struct taken of_one_word(const struct worker *w, const struct taken *t,
				const char *word)
{
	struct taken same = {t->rule, t->v, 1};

	for (size_t k = 1; k < t->n; k++)
		if (is_same(word, tally_word_of(w->j, t->rule, t->v[k]))) {
			size_t entry = t->v[k];
			t->v[k] = t->v[same.n];
			t->v[same.n++] = entry;
		}
	return same;
}

/* Those of one word are bounded together with all of it, those without one by themselves. */
static void bound(struct worker *w, const struct rule *r, const struct whole *all)
{
	struct taken left = worth_not_nothing(worth_taken(w, r, all), w->j);

	while (left.n) {
		const char *word = tally_word_of(w->j, r, left.v[0]);
		const struct taken same = of_one_word(w, &left, word);
		int64_t sum = worth_sum(w->j, &same);
		int64_t now = word ? bounded_together(w, r, word, same.v[0], sum)
				   : bounded(sum, &r->worth);
		if (now != sum)
			worth_share(w, &same, now);
		left.v += same.n;
		left.n -= same.n;
	}
}

/* A part of whose words there is too little in all counts nothing. */
static void drop_little(struct worker *w, const struct rule *r, const struct whole *all)
{
	int64_t alone = 0;

	const struct taken t = worth_not_nothing(worth_taken(w, r, all), w->j);
	for (size_t k = 0; k < t.n; k++)
		if (!tally_word_of(w->j, r, t.v[k]))
			alone = added(alone, w->j->value[t.v[k]]);
	for (size_t k = 0; k < t.n; k++)
		if (alone < r->worth.least &&
		    tally_most(w->j, &w->little, r, t.v[k]) < r->worth.least)
			worth_set(w, r, t.v[k], 0);
}

/* What the period before has used of an entry counts there and not here. */
static void hold_back(struct worker *w, const struct whole *all)
{
	struct judgement *j = w->j;
	int64_t left = 0;

	for (size_t i = 0; i < j->c->held_back_count; i++)
		if (j->c->held_back[i].id == j->c->entries[all->from].id)
			left = added(left, j->c->held_back[i].amount);
	for (size_t i = all->from; i < all->to && left > 0; i++) {
		int64_t part = left < j->value[i] ? left : j->value[i];
		left -= part;
		j->value[i] -= part;
		w->v->held_back = added(w->v->held_back, part);
		if (w->parts)
			w->parts[i].held_back = part;
	}
}

static void finish(struct worker *w, const struct whole *all)
{
	for (size_t i = all->from; w->parts && i < all->to; i++) {
		struct judged_part *p = &w->parts[i];
		p->value = p->counted = w->j->value[i];
		if (p->value == 0 && !p->held_back && p->rule && p->state == PART_COUNTED)
			p->state = PART_REFUSED;
	}
}

void bound_worth(struct worker *w, const struct whole *all)
{
	const struct rule *rules = w->j->c->rules->rules;

	for (uint64_t left = all->credits & w->once; left; left &= left - 1)
		refuse_again(w, &rules[__builtin_ctzll(left)], all);
	for (uint64_t left = all->credits & w->ask_together; left; left &= left - 1)
		drop_little(w, &rules[__builtin_ctzll(left)], all);
	for (uint64_t left = all->credits & w->bound; left; left &= left - 1)
		bound(w, &rules[__builtin_ctzll(left)], all);
	for (uint64_t left = all->credits & w->once; left; left &= left - 1)
		remember(w, &rules[__builtin_ctzll(left)], all);
	hold_back(w, all);
	finish(w, all);
}
