/* activity.add and activity.import */
#include "common/texts.h"
#include "daemon/judge/ledger.h"
#include "daemon/method.h"
#include "daemon/record/activity.h"
#include "daemon/record/effect.h"
#include "daemon/record/recarry.h"

#include <stdio.h>
#include <string.h>

static int take_again(struct work *w, int64_t id, struct activity *a, struct err *e)
{
	int r = activity_read(w, id, a, e);

	if (r < 0) {
		snprintf(e->field, sizeof(e->field), "again");
		return r;
	}
	a->id = INT_NONE;
	a->done_on = a->from = DATE_NONE;
	a->note = NULL;
	a->planned = BOOL_NONE;
	return 0;
}

/* What was given replaces what `again` brought. */
static void take_given(const struct activity_add_params *p, struct activity *a)
{
#define TAKE(name, kind)                          \
	if (!kind_is_none(KIND_##kind, &p->name)) \
		a->name = p->name;
	TAKE(credit, CREDIT)
	TAKE(title, TEXT)
	TAKE(done_on, DATE)
	TAKE(from, DATE)
	TAKE(topics, TOPICS)
	TAKE(kind, WORD)
	TAKE(format, WORD)
	TAKE(role, WORD)
	TAKE(provider, PROVIDER)
	TAKE(provider_id, WORD)
	TAKE(place, TEXT)
	TAKE(approval, WORD)
	TAKE(course, TEXT)
	TAKE(split, TEXTS)
	TAKE(note, NOTE)
	TAKE(planned, BOOL)
	TAKE(duty, BOOL)
	TAKE(only, ALIASES)
	TAKE(except, ALIASES)
#undef TAKE
	if (a->from == DATE_CLEAR)
		a->from = DATE_NONE;
	/* Naming one side of the scope replaces the other. */
	if (p->only.v && !p->except.v)
		a->except = (struct texts){0, NULL};
	if (p->except.v && !p->only.v)
		a->only = (struct texts){0, NULL};
	if (a->only.n == 0)
		a->only.v = NULL;
	if (a->except.n == 0)
		a->except.v = NULL;
}

static int prepare(struct work *w, const struct activity_add_params *p,
		   struct activity *a, struct err *e)
{
	shape_none(&shape_activity, a);
	if (p->again != INT_NONE) {
		int r = take_again(w, p->again, a, e);
		if (r < 0)
			return r;
	}
	take_given(p, a);
	if (!a->credit.unit)
		return err_set(e, -PDH_USAGE, "credit",
			       "is needed: how much, such as 1.5h or 90m");
	if (!a->title || !*a->title)
		return err_set(e, -PDH_USAGE, "title", "is needed: say what you did");
	if (a->done_on == DATE_NONE)
		a->done_on = w->today;
	return 0;
}

static int add_one(struct work *w, const struct held_list *held,
		   const struct activity_add_params *p, bool similar, struct activity *a,
		   struct err *e)
{
	int r = prepare(w, p, a, e);

	if (r == 0)
		r = activity_check(w, held, a, e);
	if (r == 0 && !similar)
		r = activity_refuse_similar(w, a, e);
	if (r < 0)
		return r;
	bool tells = ledgers_are_right(w);
	r = activity_save(w, held, a, e);
	if (r < 0)
		return r;
	if (tells)
		ledgers_add(w, held, a);
	return 0;
}

static int answer(struct work *w, const struct effect_before *before, struct activity *v,
		  size_t n, struct logged *ret, struct err *e)
{
	struct list effects;
	int r = effect_counts(w, &before->held, v, n, e);

	if (r == 0)
		r = effect_added(w, before, v, n, &effects, e);
	if (r < 0)
		return r;
	memcpy(&ret->effects, &effects, sizeof(effects));
	ret->activities.v = v;
	ret->activities.n = n;
	ret->dry_run = w->dry_run;
	return 0;
}

static civil_day day_of(struct work *w, const struct activity_add_params *p)
{
	return p->done_on == DATE_NONE ? w->today : p->done_on;
}

int method_activity_add(struct work *w, const struct activity_add_params *p,
			struct logged *ret, struct err *e)
{
	struct activity *a = arena_alloc(w->arena, sizeof(*a));
	struct effect_before before;
	struct closed_before closed;

	int r = effect_before_adding(w, &before, e);
	if (r == 0)
		r = recarry_before(w, day_of(w, p), &closed, e);
	if (r == 0)
		r = add_one(w, &before.held, p, p->similar > 0, a, e);
	if (r == 0)
		r = activity_notes(w, a, &ret->notes, e);
	if (r == 0)
		r = recarry_since(w, &closed, &ret->notes, e);
	if (r < 0)
		return r;
	w->what = arena_printf(w->arena, "%s #%lld %s %s",
			       a->planned > 0 ? "plan" : "log", (long long)a->id,
			       texts_credit(w->arena, a->credit), a->title);
	return answer(w, &before, a, 1, ret, e);
}

/* Which of the activities is at fault, in front of the field. */
static int blame(size_t i, int r, struct err *e)
{
	struct err inner = *e;

	snprintf(e->field, sizeof(e->field), "activities[%u].%.24s", (unsigned)i,
		 inner.field);
	return r;
}

int method_activity_import(struct work *w, const struct activity_import_params *p,
			   struct logged *ret, struct err *e)
{
	size_t n = p->activities.n;
	struct effect_before before;
	struct closed_before closed;
	civil_day first = w->today;

	if (n == 0)
		return err_set(e, -PDH_USAGE, "activities",
			       "is needed: at least one activity");
	struct activity *v = arena_array(w->arena, n, sizeof(*v));
	for (size_t i = 0; i < n; i++)
		if (day_of(w, &p->activities.v[i]) < first)
			first = day_of(w, &p->activities.v[i]);
	int r = effect_before_adding(w, &before, e);
	if (r == 0)
		r = recarry_before(w, first, &closed, e);
	for (size_t i = 0; r == 0 && i < n; i++) {
		const struct activity_add_params *one = &p->activities.v[i];
		r = add_one(w, &before.held, one, p->similar > 0 || one->similar > 0,
			    &v[i], e);
		if (r < 0)
			return blame(i, r, e);
	}
	if (r == 0)
		r = recarry_since(w, &closed, &ret->notes, e);
	if (r < 0)
		return r;
	w->what = arena_printf(w->arena, "log %zu %s, #%lld to #%lld", n,
			       n == 1 ? "entry" : "entries", (long long)v[0].id,
			       (long long)v[n - 1].id);
	return answer(w, &before, v, n, ret, e);
}
