/* plan.get and plan.save */
#include "daemon/plan/plan.h"

#include "daemon/method.h"

#include <stdio.h>
#include <string.h>

/* All credentials, and those asked for, each once. */
struct asked {
	struct held_list all, held;
};

static int choose(struct work *w, const struct texts *names, struct asked *ret,
		  struct err *e)
{
	struct held_list *held = &ret->held;
	size_t n = 0;

	int r = held_all(w, DATE_NONE, &ret->all, e);
	if (r == 0)
		r = held_choose(w, &ret->all, names, w->today, held, e);
	if (r < 0)
		return r;
	for (size_t i = 0; i < held->n; i++) {
		bool seen = false;
		for (size_t k = 0; k < n; k++)
			seen = seen || held->v[k].id == held->v[i].id;
		if (!seen)
			held->v[n++] = held->v[i];
	}
	held->n = n;
	return 0;
}

static int fill_goals(struct work *w, const struct held_list *held, struct plan *ret,
		      struct err *e)
{
	struct verdict *verdicts = arena_array(w->arena, held->n + 1, sizeof(*verdicts));
	int r = 0;

	ret->as_of = w->today;
	ret->credentials.n = held->n;
	ret->credentials.v = arena_array(w->arena, held->n + 1, sizeof(struct goal));
	for (size_t i = 0; r == 0 && i < held->n; i++)
		r = plan_goal(w, &held->v[i], &ret->credentials.v[i], &verdicts[i], e);
	return r < 0 ? r : plan_fewest(w, held, verdicts, ret, e);
}

static int fill_what_if(struct work *w, const struct asked *asked,
			const struct texts *add, struct plan *ret, struct err *e)
{
	struct list added;
	int r = plan_add(w, &asked->all, &asked->held, add, &added, &ret->notes, e);

	if (r < 0)
		return r;
	memcpy(&ret->added, &added, sizeof(added));
	return plan_outlooks(w, &asked->held, ret, e);
}

static int look(struct work *w, const struct texts *credentials, const struct texts *add,
		struct plan *ret, struct err *e)
{
	struct asked asked;
	int r = choose(w, credentials, &asked, e);

	if (r == 0)
		r = fill_goals(w, &asked.held, ret, e);
	return r < 0 || !add->v ? r : fill_what_if(w, &asked, add, ret, e);
}

int method_plan_get(struct work *w, const struct plan_get_params *p, struct plan *ret,
		    struct err *e)
{
	return look(w, &p->credentials, &p->add, ret, e);
}

/* ---- planned for real ------------------------------------------------------------------- */

static void take_activity(const struct activity *a, struct activity_add_params *p)
{
	shape_none(&shape_activity_add_params, p);
	p->credit = a->credit;
	p->title = a->title;
	p->done_on = a->done_on;
	p->kind = a->kind;
	p->format = a->format;
	p->role = a->role;
	p->provider = a->provider;
	p->approval = a->approval;
	p->course = a->course;
	p->topics = a->topics;
	p->duty = a->duty;
	p->planned = 1;
}

static int save(struct work *w, struct plan *ret, struct err *e)
{
	size_t n = ret->added.n;
	struct activity_add_params *v = arena_array(w->arena, n, sizeof(*v));
	struct activity_import_params all;
	struct logged logged;

	for (size_t i = 0; i < n; i++)
		take_activity(&ret->added.v[i], &v[i]);
	shape_none(&shape_activity_import_params, &all);
	all.activities.v = v;
	all.activities.n = n;
	shape_none(&shape_logged, &logged);
	int r = method_activity_import(w, &all, &logged, e);
	if (r < 0) {
		snprintf(e->field, sizeof(e->field), "add");
		if (r == -PDH_DUPLICATE)
			err_hint(e, "really twice? give it another title, in quotes");
		return r;
	}
	long long first = logged.activities.v[0].id, last = first + (long long)n - 1;
	w->what = n == 1 ? arena_printf(w->arena, "plan #%lld %s", first, v[0].title)
			 : arena_printf(w->arena, "plan %zu entries, #%lld to #%lld", n,
					first, last);
	ret->dry_run = logged.dry_run;
	memcpy(&ret->added, &logged.activities, sizeof(ret->added));
	return 0;
}

int method_plan_save(struct work *w, const struct plan_save_params *p, struct plan *ret,
		     struct err *e)
{
	int r = look(w, &p->credentials, &p->add, ret, e);

	return r < 0 ? r : save(w, ret, e);
}
