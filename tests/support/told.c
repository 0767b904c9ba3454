#include "tests/support/told.h"

#include "daemon/explain/explain.h"

struct told {
	const char *what;
	int64_t is, told;
};

static const char *first_other(const struct told *v, size_t n, const char *of,
			       struct arena *a)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].is != v[i].told)
			return arena_printf(a, "%s: %s is %lld, and %lld is told", of,
					    v[i].what, (long long)v[i].is,
					    (long long)v[i].told);
	return NULL;
}

#define FIRST_OTHER(v, of, a) first_other(v, sizeof(v) / sizeof((v)[0]), of, a)

static bool is_brought(const struct judged_part *p)
{
	return p->state == PART_CARRIED || p->state == PART_LATE;
}

/* Every hour of a part is in one place. */
static const char *other_part(const struct verdict *v, size_t i, struct arena *a)
{
	const struct judged_part *p = &v->parts[i];
	const struct places s = explain_places(p);
	const struct told sums[] = {
		{"what counts", p->counted, s.counted + s.aside},
		{"what is of the total", p->of_total, s.counted},
		{"what is cut", p->value - p->counted, s.cut},
		{"what was logged", p->base,
		 s.counted + s.aside + s.cut + s.refused + s.held + s.changed},
	};

	return is_brought(p) || p->state == PART_UNIT
		       ? NULL
		       : FIRST_OTHER(sums, arena_printf(a, "part %zu", i), a);
}

static const char *other_total(const struct verdict *v, const struct explaining *x,
			       struct arena *a)
{
	struct explain_tally t;
	int64_t all = 0;

	explain_count(x, &t);
	for (int i = 0; i < PLACES; i++)
		all += t.v[i];
	const struct told sums[] = {
		{"what counts", v->counted, t.v[PLACE_COUNTED]},
		{"what was logged", v->logged, t.logged},
		{"all places", v->logged, all},
		{"what was held back", v->held_back, t.v[PLACE_HELD]},
	};
	return FIRST_OTHER(sums, "the cycle", a);
}

/* What comes under a limit, and what of it counts. */
static const char *other_limit(const struct verdict *v, const struct explaining *x,
			       const struct judged_limit *l, struct arena *a)
{
	int64_t logged = 0, used = 0;

	for (size_t i = 0; i < x->j.n; i++) {
		if (!explain_is_under(x, l, i))
			continue;
		logged += v->parts[i].value;
		used += v->parts[i].counted;
	}
	const struct told sums[] = {
		{"what comes under it", l->logged, logged},
		{"what it let in", l->used,
		 l->rule->toward != NO_RULE && used > l->most ? l->most : used},
	};
	return FIRST_OTHER(sums, l->rule->id, a);
}

static bool has_limit_inside(const struct rules_case *c, const struct rule *need)
{
	bool any = need->exclusive > 0;

	for (size_t i = 0; i < c->rules->n; i++)
		any = any || c->rules->rules[i].toward == need - c->rules->rules;
	return any;
}

/* What serves a need is what it has, where an hour of it can serve no other instead. */
static const char *other_need(const struct rules_case *c, const struct explaining *x,
			      const struct judged_need *n, struct arena *a)
{
	int64_t have = 0;

	if (n->rule->alternatives || n->state == JUDGED_NOT_APPLYING ||
	    n->rule->measure == MEASURE_DISTINCT ||
	    n->rule->measure == MEASURE_ACTIVITIES || has_limit_inside(c, n->rule))
		return NULL;
	for (size_t i = 0; i < x->j.n; i++)
		if (explain_fits_in(x, n, i))
			have += n->rule->measure == MEASURE_UNIT
					? c->entries[i].amount
					: x->j.verdict.parts[i].counted;
	const int64_t rounded = n->have - have;
	const struct told sums[] = {
		{"what it has", rounded > 0 && rounded <= (int64_t)c->n ? have : n->have,
		 have},
	};
	return FIRST_OTHER(sums, n->rule->id, a);
}

const char *told_otherwise(const struct rules_case *c, const struct verdict *v,
			   struct arena *a)
{
	const struct explaining x = {.j = {*v, c->entries, c->n}};
	const char *other = other_total(v, &x, a);

	for (size_t i = 0; !other && i < c->n; i++)
		other = other_part(v, i, a);
	for (size_t i = 0; !other && i < v->limit_count; i++)
		other = other_limit(v, &x, &v->limits[i], a);
	for (size_t i = 0; !other && i < v->need_count; i++)
		other = other_need(c, &x, &v->needs[i], a);
	return other;
}
