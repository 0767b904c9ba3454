/* Where a need is met by any of its alternatives, every choice among them is a programme
 * of its own, and the best is taken. */
#include "daemon/rules/least/parts.h"

enum {
	CHOICES_MAX =
		32, /* ways to choose; beyond it those are taken that are best for a case
			     alone, where that was asked, or the first alternatives */
	FEW_CASES = 4,	 /* of more cases each way is a long programme, */
	FEW_CHOICES = 4, /* and few are tried */
	ALTERNATIVES_MAX = 8,
};

/* A need that some of its alternatives meet. */
struct choice {
	struct view *view;
	size_t first;
	uint64_t options[CHOICES_MAX]; /* which of them, as bits; there is one */
	size_t n;
};
struct choices {
	struct choice *v;
	size_t n, ways;
};

/* Whether all of some alternatives are such that hours are planned for. */
static bool is_planned(const struct rule *r, unsigned mask)
{
	for (; mask; mask &= mask - 1) {
		enum measure m = r[1 + __builtin_ctz(mask)].measure;
		if (m != MEASURE_CREDIT && m != MEASURE_ACTIVITIES)
			return false;
	}
	return true;
}

/* All of them, or each way to have so many of the first. */
static void list_options(struct least *l, struct choice *c, const struct rule *r)
{
	unsigned count = (unsigned)r->alternatives;

	if (r->alternatives_needed >= r->alternatives) {
		c->options[c->n++] = (UINT64_C(1) << count) - 1;
		return;
	}
	if (count > ALTERNATIVES_MAX) {
		count = ALTERNATIVES_MAX;
		l->bounded = true;
	}
	for (unsigned mask = 1; mask < 1U << count && c->n < CHOICES_MAX; mask++)
		if (__builtin_popcount(mask) == r->alternatives_needed &&
		    is_planned(r, mask))
			c->options[c->n++] = mask;
	if (c->n == 0)
		c->options[c->n++] = (UINT64_C(1) << r->alternatives_needed) - 1;
}

static size_t most_ways(const struct least *l)
{
	return __builtin_popcountll(l->cases) > FEW_CASES ? FEW_CHOICES : CHOICES_MAX;
}

/* The option that was best for the case alone; else the first. */
static void keep_best(struct choice *c)
{
	for (size_t i = 0; i < c->n; i++)
		if ((c->view->alone >> c->first & c->options[i]) == c->options[i])
			c->options[0] = c->options[i];
	c->n = 1;
}

static void add_choice(struct least *l, struct view *v, const struct rule *r,
		       struct choices *to)
{
	to->v = arena_grow(l->a, to->v, to->n, sizeof(*to->v));
	struct choice *c = &to->v[to->n++];
	*c = (struct choice){.view = v, .first = (size_t)(r - v->c->rules->rules) + 1};
	list_options(l, c, r);
	if (to->ways * c->n > most_ways(l)) {
		keep_best(c);
		l->bounded = true;
	}
	to->ways *= c->n;
}

/* Whether more hours may change which of those there are count, and so what is met. */
static bool may_turn(const struct ruleset *rules)
{
	for (size_t i = 0; i < rules->n; i++)
		if (rules->rules[i].verb == RULE_LIMIT || rules->rules[i].exclusive)
			return true;
	return false;
}

static bool is_to_be_met(const struct view *v, const struct judged_need *n)
{
	return n->rule->alternatives && n->rule->level != LEVEL_SHOULD &&
	       (n->state == JUDGED_SHORT ||
		(n->state == JUDGED_MET && may_turn(v->c->rules)));
}

static void list_choices(struct least *l, struct choices *ret)
{
	*ret = (struct choices){.ways = 1};
	for (size_t k = 0; k < l->q->n; k++) {
		struct view *v = &l->views[k];
		v->chosen = 0;
		for (size_t i = 0; is_asked(l, k) && i < v->verdict.need_count; i++) {
			const struct judged_need *n = &v->verdict.needs[i];
			if (is_to_be_met(v, n))
				add_choice(l, v, n->rule, ret);
		}
	}
}

/* The way of this number, of all that there are. */
static void choose(struct least *l, struct choices *all, size_t way)
{
	for (size_t k = 0; k < l->q->n; k++)
		l->views[k].chosen = 0;
	for (size_t i = 0; i < all->n; i++) {
		struct choice *c = &all->v[i];
		c->view->chosen |= c->options[way % c->n] << c->first;
		way /= c->n;
	}
	for (size_t k = 0; k < l->q->n; k++)
		least_want(l, &l->views[k]);
}

/* How good an answer is: what it leaves open first, then what is not done by the hour, then
 * its hours. */
struct price {
	int open;
	int128 courses, hours;
};

static struct price price_of(const struct least *l)
{
	struct price p = {0};

	for (size_t k = 0; k < l->q->n; k++)
		for (size_t i = 0; is_asked(l, k) && i < l->views[k].j.n; i++)
			p.open += l->views[k].beyond[i] > 0;
	for (size_t o = 0; o < l->n; o++) {
		const struct offer *offer = &l->offers[o];
		int128 hours = (int128)offer->pieces * least_hours(l, o);
		if (is_by_the_hour(&l->q->kinds[offer->kind]))
			p.hours += hours;
		else
			p.courses += hours;
	}
	return p;
}

static bool is_less(const struct price *a, const struct price *b)
{
	if (a->open != b->open)
		return a->open < b->open;
	return a->courses != b->courses ? a->courses < b->courses : a->hours < b->hours;
}

bool least_choose(struct least *l)
{
	struct choices all;
	struct price least = {0};
	size_t best = 0;
	bool found = false;

	list_choices(l, &all);
	for (size_t way = 0; way < all.ways && all.ways > 1; way++) {
		choose(l, &all, way);
		if (!least_programme(l))
			continue;
		struct price p = price_of(l);
		if (!found || is_less(&p, &least)) {
			least = p;
			best = way;
		}
		found = true;
	}
	choose(l, &all, best);
	for (size_t k = 0; k < l->q->n; k++)
		if (l->cases == UINT64_C(1) << k)
			l->views[k].alone = l->views[k].chosen;
	return least_programme(l);
}
