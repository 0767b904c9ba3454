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

/* Whether hours of this kind are planned in another stretch of time too. */
static bool is_spread(const struct least *l, size_t offer)
{
	for (size_t o = 0; o < l->n; o++)
		if (o != offer && l->offers[o].kind == l->offers[offer].kind &&
		    l->offers[o].pieces > 0)
			return true;
	return false;
}

/* Hours that are spread over years keep to the limits of theirs. */
static void keep_to_limits(const struct view *v, size_t offer, struct period *p)
{
	for (size_t i = 1; v->value[offer] > 0 && i < v->j.n; i++) {
		const struct instance *in = &v->j.instances[i];
		if (is_limit(in) && set_has(&v->j.cells[v->cell[offer]].in, i) &&
		    is_later(p->to, in->window.to))
			p->to = in->window.to;
	}
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
	for (size_t k = 0; is_spread(l, offer) && k < l->q->n; k++)
		if (is_asked(l, k))
			keep_to_limits(&l->views[k], offer, &p);
	return p;
}

/* How many activities some needs still ask for of so many pieces; 1 where none does. */
static size_t things_of(const struct service *v, size_t n, size_t offer, int64_t pieces)
{
	int64_t most = 1;

	for (size_t i = 0; i < n; i++) {
		if (counts_credit(v[i].view, v[i].need))
			continue;
		int64_t own = wanted_pieces(v[i].view, offer, v[i].need, pieces);
		own = (own + CREDIT_ONE - 1) / CREDIT_ONE;
		most = own > most ? own : most;
	}
	return (size_t)most;
}

/* Pieces of an offer that are to be done by the first day by which some are. */
static int64_t first_pieces(const struct service *v, size_t n, size_t offer,
			    civil_day first, int64_t left)
{
	int64_t pieces = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t own = wanted_pieces(v[i].view, offer, v[i].need, left);
		if (v[i].instance->window.to == first && own > pieces)
			pieces = own;
	}
	return pieces ? pieces : left;
}

static void add_part(struct least *l, size_t offer, int64_t pieces, size_t things,
		     const struct service *v, size_t n)
{
	struct least_need *serves = arena_array(l->a, n, sizeof(*serves));

	l->parts = arena_grow(l->a, l->parts, l->n_parts, sizeof(*l->parts));
	struct least_part *part = &l->parts[l->n_parts++];
	*part = (struct least_part){.kind = l->offers[offer].kind,
				    .days = days_of(l, offer, v, n),
				    .serves = serves,
				    .serve_count = n};
	for (size_t i = 0; i < n; i++) {
		serves[i] =
			(struct least_need){.of = v[i].of, .rule = v[i].instance->rule};
		part->worth = scaled(v[i].view->value[offer], pieces, CREDIT_ONE);
	}
	least_divide(l, offer, pieces, things, part);
}

/* The hours of an offer, in as many parts as there are days by which some of them must be
 * done. What serves nothing fills up an activity that does. */
static void list_offer(struct least *l, size_t offer)
{
	int64_t left = l->offers[offer].pieces;

	while (left > 0) {
		struct service *v, *ignored;
		size_t n = list_services(l, offer, &v);
		civil_day first = days_of(l, offer, v, n).to;
		int64_t pieces = first_pieces(v, n, offer, first, left);
		size_t things = things_of(v, n, offer, pieces);
		for (size_t i = 0; i < n; i++)
			take_off(v[i].view, offer, v[i].need, pieces);
		left -= pieces;
		if (left > 0 && list_services(l, offer, &ignored) == 0) {
			pieces += left;
			left = 0;
		}
		add_part(l, offer, pieces, things, v, n);
	}
}

void least_list(struct least *l)
{
	for (size_t k = 0; k < l->q->n; k++) {
		struct view *v = &l->views[k];
		for (size_t i = 0; i < v->j.n; i++)
			v->rest[i] = least_asked(v, i) -
				     least_have(v, &v->base, &v->verdict, i);
	}
	l->parts = NULL;
	l->n_parts = 0;
	/* What is particular is told first, and what is plain fills up. */
	for (size_t o = l->n; o-- > 0;)
		list_offer(l, o);
}

void least_tell_open(const struct least *l, struct least_answer *ret)
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
