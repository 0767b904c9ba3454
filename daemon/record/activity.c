#include "daemon/record/activity.h"

#include "common/similar.h"
#include "common/texts.h"
#include "daemon/record/activity_split.h"
#include "daemon/store/row.h"

#include <stdio.h>
#include <string.h>

enum { COLUMN_SCOPE = 13 }; /* in activity_get and activity_page */

static int read_texts(struct work *w, enum db_query q, int64_t id, struct texts *ret,
		      struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, q, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", id);
	return row_read_texts(w->db, s, w->arena, ret, e);
}

static int read_scope(struct work *w, enum activity_scope scope, struct activity *a,
		      struct err *e)
{
	if (scope == SCOPE_ALL)
		return 0;
	struct texts *names = scope == SCOPE_ONLY ? &a->only : &a->except;
	int r = read_texts(w, Q_scope_all, a->id, names, e);
	if (r == 0 && !names->v)
		names->v = arena_alloc(w->arena, sizeof(*names->v));
	return r;
}

/* The row a statement stands on, and what hangs on it. */
static int read_whole(struct work *w, struct sqlite3_stmt *s, struct activity *a,
		      struct err *e)
{
	shape_none(&shape_activity, a);
	row_read(s, &shape_activity, w->arena, a);
	int r = read_texts(w, Q_topic_all, a->id, &a->topics, e);
	if (r == 0)
		r = read_texts(w, Q_evidence_of_activity, a->id, &a->evidence, e);
	if (r == 0)
		r = activity_split_read(w, a, e);
	return r < 0 ? r
		     : read_scope(w, activity_scope_of(db_word(s, COLUMN_SCOPE)), a, e);
}

int activity_read(struct work *w, int64_t id, struct activity *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_activity_get, &s, e, DB_INT(":id", id));

	if (r < 0)
		return r;
	if (r == 0) {
		err_set(e, -PDH_NOT_FOUND, "id", "there is no activity #%lld",
			(long long)id);
		return err_hint(e, "pdh list shows them");
	}
	return read_whole(w, s, ret, e);
}

int activity_read_rows(struct work *w, struct sqlite3_stmt *s, struct list *ret,
		       struct err *e)
{
	struct activity *v = NULL;
	size_t n = 0;
	int r;

	while ((r = db_step(w->db, s, e)) > 0) {
		v = arena_grow(w->arena, v, n, sizeof(*v));
		r = read_whole(w, s, &v[n++], e);
		if (r < 0)
			return r;
	}
	if (r == 0)
		*ret = (struct list){n, v};
	return r;
}

static int check_names(const struct held_list *held, struct texts *names,
		       const char *field, struct err *e)
{
	for (size_t i = 0; i < names->n; i++) {
		struct held *h;
		int r = held_pick(held, names->v[i], field, &h, e);
		if (r < 0)
			return r;
		names->v[i] = h->alias;
	}
	return 0;
}

static void lower(const char **word, struct arena *a)
{
	if (*word)
		*word = **word ? similar_lower(*word, a) : NULL;
}

static int check_date(struct work *w, const struct activity *a, struct err *e)
{
	char human[DATE_HUMAN_SIZE];

	if (a->done_on < DATE_FIRST)
		return err_set(e, -PDH_REFUSED, "done_on", "an activity needs a date");
	if (a->done_on <= w->today || a->planned > 0)
		return 0;
	date_format_human(a->done_on, human);
	err_set(e, -PDH_REFUSED, "done_on", "%s is in the future", human);
	return err_hint(e, "add --planned to plan it");
}

int activity_check(struct work *w, const struct held_list *held, struct activity *a,
		   struct err *e)
{
	int r = check_date(w, a, e);

	if (r < 0)
		return r;
	if (a->only.n && a->except.n)
		return err_set(
			e, -PDH_REFUSED, "only",
			"name the credentials it counts for, or those it does not, not both");
	r = check_names(held, &a->only, "only", e);
	if (r == 0)
		r = check_names(held, &a->except, "except", e);
	if (r < 0)
		return r;
	lower(&a->kind, w->arena);
	lower(&a->format, w->arena);
	lower(&a->role, w->arena);
	if (a->provider && !*a->provider)
		a->provider = NULL;
	if (a->provider_id && !*a->provider_id)
		a->provider_id = NULL;
	if (a->place && !*a->place)
		a->place = NULL;
	if (a->note && !*a->note)
		a->note = NULL;
	for (size_t i = 0; i < a->topics.n; i++)
		a->topics.v[i] = similar_lower(a->topics.v[i], w->arena);
	if (a->course && !*a->course)
		a->course = NULL;
	lower(&a->approval, w->arena);
	a->planned = a->planned > 0;
	a->duty = a->duty > 0;
	return activity_split_check(w, a, e);
}

static int clear(struct work *w, enum db_query q, int64_t id, struct err *e)
{
	return DB_DO(w->db, q, e, DB_INT(":activity_id", id));
}

/* Of a new one there is nothing to clear. */
static int save_topics(struct work *w, const struct activity *a, bool is_new,
		       struct err *e)
{
	int r = is_new ? 0 : clear(w, Q_topic_clear, a->id, e);

	for (size_t i = 0; r == 0 && i < a->topics.n; i++) {
		AUTO_STMT s = NULL;
		r = db_query(w->db, Q_topic_insert, &s, e);
		if (r < 0)
			break;
		db_bind_int(s, ":activity_id", a->id);
		db_bind_text(s, ":topic", a->topics.v[i]);
		r = db_run(w->db, s, e);
	}
	return r;
}

static int save_scope(struct work *w, const struct held_list *held,
		      const struct activity *a, struct err *e)
{
	const struct texts *names = a->only.v ? &a->only : &a->except;
	int r = clear(w, Q_scope_clear, a->id, e);

	for (size_t i = 0; r == 0 && i < names->n; i++) {
		struct held *h;
		AUTO_STMT s = NULL;
		r = held_pick(held, names->v[i], "only", &h, e);
		if (r == 0)
			r = db_query(w->db, Q_scope_insert, &s, e);
		if (r < 0)
			break;
		db_bind_int(s, ":activity_id", a->id);
		db_bind_int(s, ":credential_id", h->id);
		r = db_run(w->db, s, e);
	}
	return r;
}

static bool same_texts(const struct texts *a, const struct texts *b)
{
	if (!a->v != !b->v || a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return true;
}

/* Whether the scope is as it was stored. It may name credentials that are gone, and does so again when they come back. */
static int scope_stays(struct work *w, const struct activity *a, bool *ret, struct err *e)
{
	struct activity was;

	*ret = false;
	if (a->id == INT_NONE)
		return 0;
	int r = activity_read(w, a->id, &was, e);
	*ret = r == 0 && same_texts(&a->only, &was.only) &&
	       same_texts(&a->except, &was.except);
	return r;
}

int activity_save(struct work *w, const struct held_list *held, struct activity *a,
		  struct err *e)
{
	bool is_new = a->id == INT_NONE, stays;
	AUTO_STMT s = NULL;

	int r = scope_stays(w, a, &stays, e);
	if (r == 0)
		r = db_query(w->db, is_new ? Q_activity_insert : Q_activity_update, &s,
			     e);
	if (r < 0)
		return r;
	row_bind(s, &shape_activity, a);
	db_bind_text(s, ":title_key", similar_key(a->title, w->arena));
	db_bind_text(s, ":scope",
		     activity_scope_word(a->only.v     ? SCOPE_ONLY
					 : a->except.v ? SCOPE_EXCEPT
						       : SCOPE_ALL));
	r = db_run(w->db, s, e);
	if (r < 0)
		return r;
	if (is_new)
		a->id = db_last_id(w->db);
	if (is_new && !a->topics.n && !a->only.n && !a->except.n && !a->split.n)
		return 0;
	r = save_topics(w, a, is_new, e);
	if (r == 0 && (!is_new || a->split.n))
		r = activity_split_save(w, a, e);
	if (r < 0 || stays || (is_new && !a->only.v && !a->except.v))
		return r;
	return save_scope(w, held, a, e);
}

int activity_refuse_similar(struct work *w, const struct activity *a, struct err *e)
{
	struct activity other;
	AUTO_STMT s = NULL;

	int r = DB_GET(w->db, Q_activity_similar, &s, e,
		       DB_TEXT(":title_key", similar_key(a->title, w->arena)),
		       DB_DATE(":done_on", a->done_on), DB_INT(":except", a->id));

	if (r <= 0)
		return r;
	r = activity_read(w, db_int(s, 0), &other, e);
	if (r < 0)
		return r;
	err_set(e, -PDH_DUPLICATE, "title",
		"looks like #%lld (same day, same title, %s%s); "
		"nothing was written",
		(long long)other.id, texts_credit(w->arena, other.credit),
		other.planned > 0 ? ", planned" : "");
	if (other.planned > 0)
		return err_hint(e, "done now? pdh edit %lld --no-planned",
				(long long)other.id);
	return err_hint(e, "really two? add --allow-similar");
}
