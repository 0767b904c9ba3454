/* What an answer says: which hours, what they serve, and what they leave open. */
#include "daemon/rules/least/parts.h"

static bool is_served(const struct least *l, const struct view *v, size_t cell,
		      size_t need)
{
	if (!v->wanted[need] || !set_has(&v->j.cells[cell].in, need) ||
	    v->rest[need] <= 0)
		return false;
	int use = *use_of(v, cell, need);
	return use == NO_COLUMN || simplex_value_up(&l->s, (size_t)use) > 0;
}

/* Whether what an offer does for a need is all of its worth: no limit and no other need
 * decides how much of it counts. */
static bool is_whole(const struct view *v, size_t offer, size_t need)
{
	size_t cell = (size_t)v->cell[offer];

	return !counts_credit(v, need) ||
	       (!least_is_capped(v, cell) && *use_of(v, cell, need) == NO_COLUMN);
}

/* Pieces of an offer that a need still asks for, at most `most`. */
static int64_t wanted_pieces(const struct view *v, size_t offer, size_t need,
			     int64_t most)
{
	int64_t n = v->rest[need], value = v->value[offer];

	if (!is_whole(v, offer, need))
		return most;
	if (counts_credit(v, need))
		n = saturated(((int128)n * CREDIT_ONE + value - 1) / value);
	return n < most ? n : most;
}

static void take_off(struct view *v, size_t offer, size_t need, int64_t pieces)
{
	if (is_whole(v, offer, need))
		v->rest[need] -= counts_credit(v, need)
					 ? scaled(v->value[offer], pieces, CREDIT_ONE)
					 : pieces;
}

/* One need that an offer serves. */
struct service {
	struct view *view;
	size_t of, need;
	const struct instance *instance;
};

static size_t list_services(const struct least *l, size_t offer, struct service **ret)
{
	struct service *v = NULL;
	size_t n = 0;

	for (size_t k = 0; k < l->q->n; k++) {
		struct view *view = &l->views[k];
		if (!is_asked(l, k) || view->value[offer] == 0)
			continue;
		for (size_t i = 0; i < view->j.n; i++) {
			if (!is_served(l, view, (size_t)view->cell[offer], i))
				continue;
			v = arena_grow(l->a, v, n, sizeof(*v));
			v[n++] = (struct service){view, k, i, &view->base.instances[i]};
		}
	}
	*ret = v;
	return n;
}

static bool is_later(civil_day a, civil_day b)
{
	return b != DATE_NONE && (a == DATE_NONE || a > b);
}

/* The days in which hours serve all of it. */
static struct period days_of(const struct least *l, size_t offer, const struct service *v,
			     size_t n)
{
	struct period p = {l->offers[offer].days.from, DATE_NONE};

	for (size_t i = 0; i < n; i++) {
		const struct period *window = &v[i].instance->window;
		if (window->from > p.from)
			p.from = window->from;
		if (is_later(p.to, window->to))
			p.to = window->to;
	}
	return p;
}

static void fill_part(const struct least *l, size_t offer, int64_t pieces,
		      const struct service *v, size_t n, struct least_part *part)
{
	struct least_need *serves = arena_array(l->a, n, sizeof(*serves));

	*part = (struct least_part){.kind = l->offers[offer].kind,
				    .amount = least_amount(l, offer, pieces),
				    .days = days_of(l, offer, v, n),
				    .serves = serves,
				    .serve_count = n};
	for (size_t i = 0; i < n; i++) {
		serves[i] =
			(struct least_need){.of = v[i].of, .rule = v[i].instance->rule};
		part->worth = scaled(v[i].view->value[offer], pieces, CREDIT_ONE);
	}
}

/* The hours of an offer, in as many parts as there are days by which some of them must be
 * done. */
static void tell_offer(const struct least *l, size_t offer, struct least_answer *ret)
{
	int64_t left = l->offers[offer].pieces;

	while (left > 0) {
		struct service *v;
		size_t n = list_services(l, offer, &v);
		civil_day first = days_of(l, offer, v, n).to;
		int64_t pieces = 0;
		for (size_t i = 0; i < n; i++) {
			int64_t one = wanted_pieces(v[i].view, offer, v[i].need, left);
			if (v[i].instance->window.to == first && one > pieces)
				pieces = one;
		}
		if (pieces == 0)
			pieces = left;
		ret->parts = arena_grow(l->a, ret->parts, ret->n, sizeof(*ret->parts));
		fill_part(l, offer, pieces, v, n, &ret->parts[ret->n++]);
		for (size_t i = 0; i < n; i++)
			take_off(v[i].view, offer, v[i].need, pieces);
		left -= pieces;
	}
}

static void tell_open(const struct least *l, struct least_answer *ret)
{
	for (size_t k = 0; k < l->q->n; k++) {
		const struct view *v = &l->views[k];
		for (size_t i = 0; is_asked(l, k) && i < v->j.n; i++) {
			if (!v->open[i])
				continue;
			ret->open = arena_grow(l->a, ret->open, ret->open_count,
					       sizeof(*ret->open));
			bool credit = counts_credit(v, i);
			ret->open[ret->open_count++] = (struct least_need){
				.of = k,
				.rule = v->base.instances[i].rule,
				.missing = credit ? v->left[i] : v->left[i] / CREDIT_ONE};
		}
	}
}

void least_tell(const struct least *l, struct least_answer *ret)
{
	for (size_t k = 0; k < l->q->n; k++) {
		struct view *v = &l->views[k];
		for (size_t i = 0; i < v->j.n; i++)
			v->rest[i] = least_asked(v, i) -
				     least_have(v, &v->base, &v->verdict, i);
	}
	/* What is particular is told first, and what is plain fills up. */
	for (size_t o = l->n; o-- > 0;)
		tell_offer(l, o, ret);
	tell_open(l, ret);
}
