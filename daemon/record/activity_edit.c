/* activity.edit and activity.remove */
#include "common/similar.h"
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

/* A topic by another name, and the part of the hours that is of it alone. */
static void rename_one(struct work *w, const char *old, const char *new,
		       struct activity *a)
{
	for (size_t i = 0; i < a->topics.n; i++)
		if (similar_same(a->topics.v[i], old))
			a->topics.v[i] = new;
	for (size_t i = 0; i < a->split.n; i++) {
		size_t n = credit_part_topic(a->split.v[i]);
		const char *topic = arena_dup_n(w->arena, a->split.v[i], n);
		if (similar_same(topic, old))
			a->split.v[i] =
				arena_printf(w->arena, "%s%s", new, a->split.v[i] + n);
	}
}

static int rename_topics(struct work *w, const struct texts *pairs, struct activity *a,
			 struct err *e)
{
	const size_t most = kind_row(KIND_TOPIC)->most;

	if (!pairs->n)
		return 0;
	a->topics = copy(&a->topics, w->arena);
	a->split = a->split.v ? copy(&a->split, w->arena) : a->split;
	for (size_t i = 0; i < pairs->n; i++) {
		const char *equals = strchr(pairs->v[i], '=');
		if (!equals || equals == pairs->v[i] || !equals[1])
			return err_set(
				e, -PDH_USAGE, "rename",
				"is a topic and its new name, as litaracy=literacy, not "
				"\"%.40s\"",
				pairs->v[i]);
		if (strlen(equals + 1) > most)
			return err_set(e, -PDH_TOO_LARGE, "rename",
				       "a topic is too long: at most %zu bytes", most);
		rename_one(w,
			   arena_dup_n(w->arena, pairs->v[i],
				       (size_t)(equals - pairs->v[i])),
			   equals + 1, a);
	}
	return 0;
}

/* Fills `a`, a copy of what it was, with what it is. `tell`: the ledgers, which is good for a few: of many they are sooner read
 * again. */
static int apply(struct work *w, const struct activity_edit_params *p,
		 const struct held_list *held, const struct activity *before, bool tell,
		 struct activity *a, struct err *e)
{
	if (p->done > 0 && p->planned > 0)
		return err_set(e, -PDH_USAGE, "done",
			       "and --planned contradict each other");
	take_given(w, p, a);
	int r = rename_topics(w, &p->rename, a, e);
	if (r < 0)
		return r;
	if (p->done > 0)
		a->planned = 0;
	if (p->done > 0 && a->done_on > w->today) {
		err_set(e, -PDH_REFUSED, "done", "this activity is in the future, on %s",
			texts_day(w->arena, a->done_on));
		return err_hint(
			e, "if it was done earlier: pdh edit %lld --done --date today",
			(long long)a->id);
	}
	r = activity_check(w, held, a, e);
	if (r < 0)
		return r;
	bool told = tell && ledger_may_tell(w, a->id);
	r = activity_save(w, held, a, e);
	if (r == 0)
		r = activity_read(w, a->id, a, e);
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

enum { TOLD_MOST = 64 };

/* The numbers that are meant; the one of `id`, or those of `ids`. */
static int read_ids(const struct activity_edit_params *p, struct ids *ret, struct err *e)
{
	if (p->filter)
		return err_set(e, -PDH_USAGE, "filter", "is looked for by pdh; send ids");
	if ((p->id == INT_NONE) == (p->ids.n == 0))
		return err_set(e, -PDH_USAGE, "ids", "needs the number of an activity");
	*ret = p->ids;
	if (p->id != INT_NONE)
		*ret = (struct ids){1, (int64_t *)(uintptr_t)&p->id};
	return 0;
}

/* Edits one, and adds what changed of it to the answer. */
static int edit_one(struct work *w, const struct activity_edit_params *p,
		    const struct held_list *held, bool tell, struct activity *a,
		    struct edited *ret, struct err *e)
{
	struct activity before = *a;
	struct list changed;

	int r = apply(w, p, held, &before, tell, a, e);
	if (r == 0)
		r = standing_submit(w, held, a->id, &p->submitted, e);
	if (r < 0)
		return r;
	difference_of(&shape_activity, &before, a, w->arena, &changed);
	if (!changed.n)
		return 0;
	ret->entries.v = arena_grow(w->arena, ret->entries.v, ret->entries.n,
				    sizeof(*ret->entries.v));
	struct edited_entry *one = &ret->entries.v[ret->entries.n++];
	*one = (struct edited_entry){.id = a->id, .title = a->title};
	memcpy(&one->changed, &changed, sizeof(changed));
	return 0;
}

static int note_words(struct work *w, const struct activity_edit_params *p,
		      const struct activity *v, size_t n, struct texts *notes,
		      struct err *e)
{
	int r = 0;

	if (n == 1 && (p->topics.v || p->rename.n || p->credit.unit))
		r = activity_notes(w, v, notes, e);
	if (r == 0 && (p->topics.v || p->rename.n || p->credit.unit || p->kind ||
		       p->format || p->role))
		r = activity_words(w, v, n, notes, e);
	return r;
}

static const char *tell_what(struct work *w, const struct edited *r, size_t n)
{
	if (n > 1)
		return arena_printf(w->arena, "edit %zu entries, #%lld first", n,
				    (long long)r->activity->id);
	struct list changed;
	memcpy(&changed, &r->changed, sizeof(changed));
	return arena_printf(w->arena, "edit #%lld %s", (long long)r->activity->id,
			    difference_names(&changed, w->arena));
}

static int read_edited(struct work *w, const struct ids *ids, struct activity *v,
		       civil_day *ret_first, struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < ids->n; i++) {
		r = activity_read(w, ids->v[i], &v[i], e);
		if (r == 0)
			*ret_first = i ? earlier(*ret_first, v[i].done_on) : v[i].done_on;
	}
	return r;
}

int method_activity_edit(struct work *w, const struct activity_edit_params *p,
			 struct edited *ret, struct err *e)
{
	civil_day first = w->today;
	struct closed_before closed;
	struct effect_before was;
	struct list effects;
	struct ids ids = {0, NULL};

	int r = read_ids(p, &ids, e);
	if (r < 0)
		return r;
	struct activity *v = arena_array(w->arena, ids.n, sizeof(*v));
	r = read_edited(w, &ids, v, &first, e);
	if (r == 0)
		r = effect_before(w, &was, e);
	if (r == 0)
		r = recarry_before(w, earlier(first, p->done_on), &closed, e);
	for (size_t i = 0; r == 0 && i < ids.n; i++) {
		r = edit_one(w, p, &was.held, ids.n <= TOLD_MOST, &v[i], ret, e);
		db_tell_far(w->db, (struct db_part){0, 800}, i, ids.n);
	}
	was.notes = &ret->notes;
	if (r == 0)
		r = note_words(w, p, v, ids.n, &ret->notes, e);
	if (r == 0)
		r = recarry_since(w, &closed, &ret->notes, e);
	if (r == 0)
		r = effect_counts(w, &was.held, v, ids.n, e);
	if (r == 0)
		r = effect_since(w, &was, v, ids.n, false, &effects, e);
	if (r < 0)
		return r;
	ret->dry_run = w->dry_run;
	ret->activity = v;
	if (ret->entries.n && ret->entries.v[0].id == v[0].id)
		memcpy(&ret->changed, &ret->entries.v[0].changed, sizeof(ret->changed));
	if (ids.n == 1)
		ret->entries.n = 0;
	w->what = tell_what(w, ret, ids.n);
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
	struct closed_before closed;
	struct effect_before was;
	struct list effects;
	civil_day first;

	if (p->filter)
		return err_set(e, -PDH_USAGE, "filter", "is looked for by pdh; send ids");
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
