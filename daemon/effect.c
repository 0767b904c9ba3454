#include "daemon/effect.h"

#include "daemon/activity.h"
#include "daemon/progress.h"

#include <string.h>

static bool counts_hours(const struct work *w, const struct held *h)
{
	bool retired = h->retired_on != DATE_NONE && h->retired_on <= w->today;

	return !retired && h->cycle.rules.has_total;
}

static bool names(const struct texts *t, const char *alias)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i], alias) == 0)
			return true;
	return false;
}

/* Why no part of an activity counts in this cycle whatever its unit; NULL if nothing
 * forbids it. */
static const char *gate(struct work *w, const struct held *h, const struct activity *a)
{
	const struct held_cycle *c = &h->cycle;

	if (a->only.v && !names(&a->only, h->alias))
		return a->only.n ? arena_printf(w->arena, "counts for %s only",
						a->only.v[0])
				 : "counts only for a credential that is gone";
	if (names(&a->except, h->alias))
		return "kept from it by --not";
	if (a->planned > 0)
		return "planned, not done yet";
	if (c->begins != DATE_NONE && a->done_on < c->begins)
		return arena_printf(w->arena, "done before this cycle, which began %s",
				    activity_day_text(w->arena, c->begins));
	if (c->ends != DATE_NONE && a->done_on > c->ends)
		return arena_printf(w->arena, "done after this cycle, which ended %s",
				    activity_day_text(w->arena, c->ends));
	return NULL;
}

static void count_one(struct work *w, const struct held *h, const struct activity *a,
		      struct count *ret)
{
	const struct ruleset *rules = &h->cycle.rules;
	enum credit_unit unit = credit_unit_number(a->credit.unit);
	int64_t worth = 0;

	shape_none(&shape_count, ret);
	ret->alias = h->alias;
	ret->rule = rules->total_id ? rules->total_id : "total";
	ret->why = gate(w, h, a);
	bool known = rules_worth(rules, unit, a->credit.exact, &worth);
	if (!known && !ret->why)
		ret->why = arena_printf(w->arena, "a %s is worth nothing in its rules",
					a->credit.unit);
	ret->counted = progress_amount(&h->cycle, ret->why ? 0 : worth);
	ret->cut = progress_amount(&h->cycle, ret->why ? worth : 0);
}

void effect_counts(struct work *w, const struct held_list *held, struct activity *a)
{
	struct count *v = arena_array(w->arena, held->n ? held->n : 1, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < held->n; i++)
		if (counts_hours(w, &held->v[i]))
			count_one(w, &held->v[i], a, &v[n++]);
	a->counts.v = v;
	a->counts.n = n;
}

int effect_before(struct work *w, struct effect_before *ret, struct err *e)
{
	struct verdict v;
	int r = held_all(w, DATE_NONE, &ret->held, e);

	if (r < 0)
		return r;
	ret->counted =
		arena_array(w->arena, ret->held.n ? ret->held.n : 1, sizeof(int64_t));
	for (size_t i = 0; i < ret->held.n; i++) {
		r = progress_verdict(w, &ret->held.v[i], DATE_NONE, false, &v, e);
		if (r < 0)
			return r;
		ret->counted[i] = v.counted;
	}
	return 0;
}

/* The distinct reasons for which activities do not count for `alias`. */
static void reasons(struct work *w, const char *alias, const struct activity *activities,
		    size_t n, struct effect *ret)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < activities[i].counts.n; j++) {
			const struct count *c = &activities[i].counts.v[j];
			if (c->why && strcmp(c->alias, alias) == 0 &&
			    !names(&ret->why_not, c->why))
				texts_add(&ret->why_not, c->why, w->arena);
		}
	}
}

static int fill(struct work *w, const struct held *h, int64_t added,
		const struct activity *activities, size_t n, struct effect *ret,
		struct err *e)
{
	struct verdict v;
	int r = progress_verdict(w, h, DATE_NONE, false, &v, e);

	if (r < 0)
		return r;
	shape_none(&shape_effect, ret);
	ret->alias = h->alias;
	ret->title = h->title;
	ret->added = progress_amount(&h->cycle, added);
	ret->counted = progress_amount(&h->cycle, v.counted);
	if (h->cycle.rules.has_total)
		ret->required = progress_amount(&h->cycle, h->cycle.rules.total);
	reasons(w, h->alias, activities, n, ret);
	return 0;
}

static int64_t counted_before(const struct effect_before *b, int64_t credential_id)
{
	for (size_t i = 0; i < b->held.n; i++)
		if (b->held.v[i].id == credential_id)
			return b->counted[i];
	return 0;
}

int effect_since(struct work *w, const struct effect_before *before,
		 const struct activity *activities, size_t n, bool all, struct list *ret,
		 struct err *e)
{
	struct held_list held;
	size_t count = 0;

	int r = held_all(w, DATE_NONE, &held, e);
	if (r < 0)
		return r;
	struct effect *v = arena_array(w->arena, held.n ? held.n : 1, sizeof(*v));
	for (size_t i = 0; i < held.n; i++) {
		if (!counts_hours(w, &held.v[i]))
			continue;
		r = fill(w, &held.v[i], 0, activities, n, &v[count], e);
		if (r < 0)
			return r;
		v[count].added.exact =
			v[count].counted.exact - counted_before(before, held.v[i].id);
		count += all || v[count].added.exact != 0;
	}
	*ret = (struct list){count, v};
	return 0;
}

static int64_t added_to(const char *alias, const struct activity *activities, size_t n)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < activities[i].counts.n; j++)
			if (strcmp(activities[i].counts.v[j].alias, alias) == 0)
				sum += activities[i].counts.v[j].counted.exact;
	return sum;
}

int effect_added(struct work *w, const struct held_list *held,
		 const struct activity *activities, size_t n, struct list *ret,
		 struct err *e)
{
	struct effect *v = arena_array(w->arena, held->n ? held->n : 1, sizeof(*v));
	size_t count = 0;

	for (size_t i = 0; i < held->n; i++) {
		const struct held *h = &held->v[i];
		if (!counts_hours(w, h))
			continue;
		int r = fill(w, h, added_to(h->alias, activities, n), activities, n,
			     &v[count], e);
		if (r < 0)
			return r;
		count++;
	}
	*ret = (struct list){count, v};
	return 0;
}
