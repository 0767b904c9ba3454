/* activity.add and activity.import */
#include "common/texts.h"
#include "daemon/judge/ledger.h"
#include "daemon/method.h"
#include "daemon/record/activity.h"
#include "daemon/record/effect.h"
#include "daemon/record/import_plan.h"
#include "daemon/record/recarry.h"
#include "daemon/record/repeat.h"

#include <stdio.h>
#include <string.h>

/* What another activity has, but for its days. */
static int take_from(struct work *w, int64_t id, const char *field, struct activity *a,
		     struct err *e)
{
	int r = activity_read(w, id, a, e);

	if (r < 0) {
		snprintf(e->field, sizeof(e->field), "%s", field);
		return r;
	}
	a->id = INT_NONE;
	a->done_on = a->from = DATE_NONE;
	a->planned = BOOL_NONE;
	return 0;
}

static int take_other(struct work *w, const struct activity_add_params *p,
		      struct activity *a, struct err *e)
{
	if (p->again != INT_NONE && p->like != INT_NONE)
		return err_set(e, -PDH_USAGE, "like",
			       "cannot be given with --again; give one of the two");
	if (p->like != INT_NONE)
		return take_from(w, p->like, "like", a, e);
	if (p->again == INT_NONE)
		return 0;
	int r = take_from(w, p->again, "again", a, e);
	if (r == 0)
		a->note = NULL;
	return r;
}

/* What was given replaces what `again` or `like` brought. */
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
	int r = take_other(w, p, a, e);
	if (r < 0)
		return r;
	take_given(p, a);
	if (!a->credit.unit)
		return err_set(e, -PDH_USAGE, "credit",
			       "How much? Give an amount, such as 1.5h or 90m.");
	if (!a->title || !*a->title)
		return err_set(e, -PDH_USAGE, "title", "What did you do? Give a title.");
	if (a->done_on == DATE_NONE)
		a->done_on = w->today;
	return 0;
}

/* One of several is one. */
static int refuse_repeat(const struct activity_add_params *p, struct err *e)
{
	return p->repeat
		       ? err_set(e, -PDH_USAGE, "repeat", "is for one activity at a time")
		       : repeat_check_none(p, e);
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

/* Days that are over are done, others are planned. */
static int add_days(struct work *w, const struct held_list *held,
		    const struct activity_add_params *p, const struct repeat_days *days,
		    struct activity *v, struct err *e)
{
	char iso[DATE_ISO_SIZE];
	int r = 0;

	for (size_t i = 0; r == 0 && i < days->n; i++) {
		struct activity_add_params one = *p;
		one.done_on = days->v[i];
		if (one.planned == BOOL_NONE)
			one.planned = one.done_on > w->today;
		r = add_one(w, held, &one, p->similar > 0, &v[i], e);
		date_format_iso(one.done_on, iso);
		if (r == -PDH_DUPLICATE)
			err_hint(e,
				 "leave that day out with --except %s; really two? add "
				 "--allow-similar",
				 iso);
	}
	return r;
}

static void note_days(struct work *w, const struct repeat_days *days,
		      const struct activity *v, struct texts *notes)
{
	size_t planned = 0;

	for (size_t i = 0; i < days->n; i++)
		planned += v[i].planned > 0;
	texts_add(notes,
		  arena_printf(w->arena, "%zu %s from %s to %s: %zu done, %zu planned",
			       days->n, days->n == 1 ? "activity" : "activities",
			       texts_day(w->arena, days->v[0]),
			       texts_day(w->arena, days->v[days->n - 1]),
			       days->n - planned, planned),
		  w->arena);
	if (days->moved)
		texts_add(
			notes,
			arena_printf(w->arena,
				     "%zu of them %s on the last day of a month that is "
				     "too short",
				     days->moved, days->moved == 1 ? "is" : "are"),
			w->arena);
}

static int add_repeated(struct work *w, const struct activity_add_params *p,
			struct logged *ret, struct err *e)
{
	struct effect_before before;
	struct closed_before closed;
	struct repeat_days days;

	int r = repeat_days(p, day_of(w, p), w->arena, &days, e);
	if (r < 0)
		return r;
	struct activity *v = arena_array(w->arena, days.n, sizeof(*v));
	r = effect_before_adding(w, &before, e);
	if (r == 0)
		r = recarry_before(w, days.v[0] < w->today ? days.v[0] : w->today,
				   &closed, e);
	if (r == 0)
		r = add_days(w, &before.held, p, &days, v, e);
	if (r < 0)
		return r;
	note_days(w, &days, v, &ret->notes);
	r = activity_words(w, v, days.n, &ret->notes, e);
	if (r == 0)
		r = recarry_since(w, &closed, &ret->notes, e);
	if (r < 0)
		return r;
	w->what = arena_printf(w->arena, "log %zu %s, #%lld to #%lld: %s", days.n,
			       days.n == 1 ? "entry" : "entries", (long long)v[0].id,
			       (long long)v[days.n - 1].id, v[0].title);
	return answer(w, &before, v, days.n, ret, e);
}

int method_activity_add(struct work *w, const struct activity_add_params *p,
			struct logged *ret, struct err *e)
{
	struct activity *a = arena_alloc(w->arena, sizeof(*a));
	struct effect_before before;
	struct closed_before closed;

	int r = repeat_check_none(p, e);
	if (r < 0)
		return r;
	if (p->repeat)
		return add_repeated(w, p, ret, e);
	r = effect_before_adding(w, &before, e);
	before.notes = &ret->notes;
	if (r == 0)
		r = recarry_before(w, day_of(w, p), &closed, e);
	if (r == 0)
		r = add_one(w, &before.held, p, p->similar > 0, a, e);
	if (r == 0)
		r = activity_notes(w, a, &ret->notes, e);
	if (r == 0)
		r = activity_words(w, a, 1, &ret->notes, e);
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

/* All of them, or none; `v` has room for each. */
static int add_all(struct work *w, const struct activity_import_params *p,
		   struct activity *v, struct logged *ret, struct err *e)
{
	size_t n = p->activities.n;
	struct effect_before before;
	struct closed_before closed;
	civil_day first = w->today;

	if (n == 0)
		return err_set(e, -PDH_USAGE, "activities",
			       "needs at least one activity");
	for (size_t i = 0; i < n; i++)
		if (day_of(w, &p->activities.v[i]) < first)
			first = day_of(w, &p->activities.v[i]);
	int r = effect_before_adding(w, &before, e);
	if (r == 0)
		r = recarry_before(w, first, &closed, e);
	for (size_t i = 0; r == 0 && i < n; i++) {
		const struct activity_add_params *one = &p->activities.v[i];
		r = refuse_repeat(one, e);
		if (r == 0)
			r = add_one(w, &before.held, one,
				    p->similar > 0 || one->similar > 0, &v[i], e);
		if (r < 0)
			return blame(i, r, e);
	}
	if (r == 0)
		r = activity_words(w, v, n, &ret->notes, e);
	if (r == 0)
		r = recarry_since(w, &closed, &ret->notes, e);
	if (r < 0)
		return r;
	w->what = arena_printf(w->arena, "log %zu %s, #%lld to #%lld", n,
			       n == 1 ? "entry" : "entries", (long long)v[0].id,
			       (long long)v[n - 1].id);
	return answer(w, &before, v, n, ret, e);
}

/* Lines that were sent are more than one answer holds: a note names what became of them. */
static int add_sent(struct work *w, const struct activity_import_params *p,
		    struct import_plan *sent, struct logged *ret, struct err *e)
{
	struct activity_import_params all = *p;
	struct upload_file file;
	int r = upload_open(w, p->upload, "import", &file, e);

	while (r == 0 && (r = import_rows_read(w, &file, sent, e)) > 0)
		r = 0;
	if (r < 0)
		return r;
	all.activities.n = sent->n;
	all.activities.v = sent->rows;
	struct activity *v = arena_array(w->arena, sent->n + 1, sizeof(*v));
	r = add_all(w, &all, v, ret, e);
	if (r < 0)
		return r;
	ret->activities.n = 0;
	texts_add(&ret->notes,
		  arena_printf(w->arena, "%zu activities, #%lld to #%lld", sent->n,
			       (long long)v[0].id, (long long)v[sent->n - 1].id),
		  w->arena);
	return 0;
}

int method_activity_import(struct work *w, const struct activity_import_params *p,
			   struct logged *ret, struct err *e)
{
	struct import_plan sent = {.token = ""};

	if (p->upload && p->activities.n)
		return err_set(e, -PDH_USAGE, "upload",
			       "cannot be given with activities; give one of the two");
	if (!p->upload)
		return add_all(w, p,
			       arena_array(w->arena, p->activities.n + 1,
					   sizeof(struct activity)),
			       ret, e);
	int r = add_sent(w, p, &sent, ret, e);
	import_plan_done(&sent);
	return r;
}
