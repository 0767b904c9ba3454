/* activity.edit and activity.remove */
#include "common/texts.h"
#include "daemon/judge/ledger.h"
#include "daemon/method.h"
#include "daemon/record/activity.h"
#include "daemon/record/difference.h"
#include "daemon/record/effect.h"
#include "daemon/record/recarry.h"
#include "daemon/record/standing.h"

#include <string.h>

/* Lists are copied, since checking them writes into them. */
static struct texts copy(const struct texts *t, struct arena *a)
{
	struct texts c = {t->n, arena_array(a, t->n + 1, sizeof(char *))};

	if (t->n)
		memcpy(c.v, t->v, t->n * sizeof(char *));
	return c;
}

static void take_given(struct work *w, const struct activity_edit_params *p,
		       struct activity *a)
{
#define TAKE(name, kind)                          \
	if (!kind_is_none(KIND_##kind, &p->name)) \
		a->name = p->name;
	TAKE(credit, CREDIT)
	TAKE(title, TEXT)
	TAKE(done_on, DATE)
	TAKE(from, DATE)
	TAKE(kind, WORD)
	TAKE(format, WORD)
	TAKE(role, WORD)
	TAKE(provider, PROVIDER)
	TAKE(provider_id, WORD)
	TAKE(place, TEXT)
	TAKE(approval, WORD)
	TAKE(course, TEXT)
	TAKE(note, NOTE)
	TAKE(planned, BOOL)
	TAKE(duty, BOOL)
#undef TAKE
	if (p->topics.v)
		a->topics = copy(&p->topics, w->arena);
	if (p->split.v)
		a->split = copy(&p->split, w->arena);
	if (p->only.v || p->except.v) {
		a->only = p->only.n ? copy(&p->only, w->arena) : (struct texts){0, NULL};
		a->except = p->except.n ? copy(&p->except, w->arena)
					: (struct texts){0, NULL};
	}
}

/* Fills `a`, a copy of what it was, with what it is. */
static int apply(struct work *w, const struct activity_edit_params *p,
		 const struct held_list *held, const struct activity *before,
		 struct activity *a, struct err *e)
{
	if (p->done > 0 && p->planned > 0)
		return err_set(e, -PDH_USAGE, "done",
			       "and --planned contradict each other");
	take_given(w, p, a);
	if (p->done > 0)
		a->planned = 0;
	if (p->done > 0 && a->done_on > w->today) {
		err_set(e, -PDH_REFUSED, "done", "it lies ahead, on %s",
			texts_day(w->arena, a->done_on));
		return err_hint(e, "if it was earlier: pdh edit %lld --done --date today",
				(long long)p->id);
	}
	int r = activity_check(w, held, a, e);
	if (r < 0)
		return r;
	bool told = ledger_may_tell(w, p->id);
	r = activity_save(w, held, a, e);
	if (r == 0)
		r = activity_read(w, p->id, a, e);
	if (r == 0 && told) {
		ledgers_remove(w, before);
		ledgers_add(w, held, a);
	}
	return r;
}

static civil_day earlier(civil_day day, civil_day given)
{
	return given != DATE_NONE && given < day ? given : day;
}

int method_activity_edit(struct work *w, const struct activity_edit_params *p,
			 struct edited *ret, struct err *e)
{
	struct activity before, *a = arena_alloc(w->arena, sizeof(*a));
	struct list changed, effects;
	struct closed_before closed;
	struct effect_before was;

	int r = activity_read(w, p->id, &before, e);
	if (r == 0)
		r = effect_before(w, &was, e);
	if (r == 0)
		r = recarry_before(w, earlier(before.done_on, p->done_on), &closed, e);
	if (r < 0)
		return r;
	*a = before;
	r = apply(w, p, &was.held, &before, a, e);
	if (r == 0)
		r = standing_submit(w, &was.held, p->id, &p->submitted, e);
	was.notes = &ret->notes;
	if (r == 0 && (p->topics.v || p->credit.unit))
		r = activity_notes(w, a, &ret->notes, e);
	if (r == 0 && (p->topics.v || p->credit.unit || p->kind || p->format || p->role))
		r = activity_words(w, a, 1, &ret->notes, e);
	if (r == 0)
		r = recarry_since(w, &closed, &ret->notes, e);
	if (r == 0)
		r = effect_counts(w, &was.held, a, 1, e);
	if (r == 0)
		r = effect_since(w, &was, a, 1, false, &effects, e);
	if (r < 0)
		return r;
	difference_of(&shape_activity, &before, a, w->arena, &changed);
	w->what = arena_printf(w->arena, "edit #%lld %s", (long long)p->id,
			       difference_names(&changed, w->arena));
	ret->dry_run = w->dry_run;
	ret->activity = a;
	memcpy(&ret->changed, &changed, sizeof(changed));
	memcpy(&ret->effects, &effects, sizeof(effects));
	return 0;
}

static int first_day(struct work *w, const struct activity_remove_params *p,
		     civil_day *ret, struct err *e)
{
	struct activity a;
	int r = 0;

	*ret = w->today;
	for (size_t i = 0; r == 0 && i < p->ids.n; i++) {
		r = activity_read(w, p->ids.v[i], &a, e);
		if (r == 0)
			*ret = earlier(*ret, a.done_on);
	}
	return r;
}

/* `tell`: the ledgers, which is good for a few: of many they are sooner read again. */
static int remove_one(struct work *w, int64_t id, bool tell, struct activity *ret,
		      struct err *e)
{
	AUTO_STMT s = NULL;
	int r = activity_read(w, id, ret, e);

	if (r == 0)
		r = db_query(w->db, Q_activity_delete, &s, e);
	if (r < 0)
		return r;
	bool told = tell && ledger_may_tell(w, id);
	db_bind_int(s, ":id", id);
	r = db_run(w->db, s, e);
	if (r == 0 && told)
		ledgers_remove(w, ret);
	return r;
}

int method_activity_remove(struct work *w, const struct activity_remove_params *p,
			   struct logged *ret, struct err *e)
{
	enum { TOLD_MOST = 64 };
	struct closed_before closed;
	struct effect_before was;
	struct list effects;
	civil_day first;

	if (p->ids.n == 0)
		return err_set(e, -PDH_USAGE, "ids",
			       "Which activity? Give its number (pdh list).");
	struct activity *v = arena_array(w->arena, p->ids.n, sizeof(*v));
	int r = first_day(w, p, &first, e);
	if (r == 0)
		r = effect_before(w, &was, e);
	if (r == 0)
		r = recarry_before(w, first, &closed, e);
	for (size_t i = 0; r == 0 && i < p->ids.n; i++) {
		r = remove_one(w, p->ids.v[i], p->ids.n <= TOLD_MOST, &v[i], e);
		db_tell_far(w->db, (struct db_part){0, 800}, i, p->ids.n);
	}
	if (r == 0)
		r = recarry_since(w, &closed, &ret->notes, e);
	if (r == 0)
		r = effect_since(w, &was, NULL, 0, false, &effects, e);
	if (r < 0)
		return r;
	w->what = p->ids.n == 1 ? arena_printf(w->arena, "rm #%lld %s",
					       (long long)v[0].id, v[0].title)
				: arena_printf(w->arena, "rm %zu entries, #%lld first",
					       p->ids.n, (long long)v[0].id);
	ret->dry_run = w->dry_run;
	ret->activities.v = v;
	ret->activities.n = p->ids.n;
	memcpy(&ret->effects, &effects, sizeof(effects));
	return 0;
}
