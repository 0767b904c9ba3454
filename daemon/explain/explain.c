/* explain.get */
#include "daemon/explain/explain.h"

#include "common/ascii.h"
#include "common/texts.h"
#include "daemon/judge/held_in.h"
#include "daemon/judge/standing.h"
#include "daemon/judge/why.h"
#include "daemon/method.h"
#include "daemon/record/activity.h"
#include "daemon/record/effect.h"

#include <stdio.h>
#include <string.h>

/* ---- one credential --------------------------------------------------------------------- */

int explain_begin(struct work *w, const struct held *h, civil_day day,
		  const int64_t *about, struct explaining *ret, struct err *e)
{
	const struct judge_question question = {.day = day, .parts = true};

	*ret = (struct explaining){.w = w, .h = h, .day = day, .about = about};
	int r = judge_cycle(w, h, &question, &ret->j, e);
	if (r == 0)
		r = standing_judged(w, h, day, &ret->j.verdict, &ret->standing, e);
	ret->own_total = h->cycle.rules.own_total && h->cycle.rules.total_rule == NO_RULE;
	return r;
}

void explain_head(const struct explaining *x, struct credential_explained *ret)
{
	const struct standing *s = &x->standing;
	const struct pack *p = x->h->cycle.pack;

	shape_none(&shape_credential_explained, ret);
	ret->alias = s->alias;
	ret->title = s->title;
	ret->state = s->state;
	ret->cycle = s->cycle;
	ret->authority = p->authority;
	ret->read = p->read;
	ret->undecided = x->j.verdict.undecided;
	ret->otherwise = s->otherwise;
	ret->more = 0;
}

/* ---- the answer ------------------------------------------------------------------------- */

void explain_tell_begin(const struct explaining *x, struct credential_explained *ret)
{
	civil_day begins = x->h->cycle.begins;

	if (begins == DATE_NONE || x->day >= begins)
		return;
	const char *first = texts_day(x->w->arena, begins);
	texts_add(
		&ret->notices,
		x->day >= x->w->today
			? arena_printf(x->w->arena,
				       "It begins on %s; --as-of a day before today asks "
				       "about the cycle before",
				       first)
			: arena_printf(x->w->arena,
				       "%s lies before its first cycle, which began %s",
				       texts_day(x->w->arena, x->day), first),
		x->w->arena);
}

/* What the activity counts for. */
static void add_count(struct work *w, const struct held *h, const struct judged_cycle *j,
		      struct activity *a)
{
	effect_count(w, h, j, a, &a->counts.v[a->counts.n++]);
}

/* The same of a credential that is not explained. */
static int count_only(struct work *w, const struct held *h, civil_day day,
		      struct activity *a, struct err *e)
{
	const struct judge_question question = {.day = day, .parts = true};
	struct judged_cycle j;
	int r = judge_cycle(w, h, &question, &j, e);

	if (r == 0)
		add_count(w, h, &j, a);
	return r;
}

static int explain_one(struct work *w, const struct held *h, civil_day day,
		       struct activity *a, struct credential_explained *ret,
		       struct err *e)
{
	struct explaining x;
	int r = explain_begin(w, h, day, a ? &a->id : NULL, &x, e);

	if (r < 0)
		return r;
	if (a)
		add_count(w, h, &x.j, a);
	explain_head(&x, ret);
	r = a ? explain_activity(&x, a, ret, e) : explain_entries(&x, ret, e);
	if (r == 0)
		r = explain_needs(&x, ret, e);
	if (r == 0)
		r = explain_limits(&x, ret, e);
	explain_rulings(&x, ret);
	explain_tell_begin(&x, ret);
	return r;
}

/* A number is an activity, all else a credential. */
struct subject {
	struct activity *activity; /* NULL: a credential */
	const char *alias;	   /* NULL: every credential that counts hours */
};

static int read_subject(struct work *w, const struct explain_get_params *p,
			struct subject *ret, struct err *e)
{
	const struct kind_context c = {.arena = w->arena, .today = w->today};
	const char *text = p->subject;
	int64_t id;
	bool number = ascii_is_digit(text[*text == '#']);

	if (kind_from_text(number ? KIND_ID : KIND_ALIAS, text, &c,
			   number ? (void *)&id : (void *)&ret->alias, e) < 0)
		return err_set(e, -PDH_USAGE, "subject",
			       "\"%.60s\" is neither the number of an activity nor the "
			       "short name of a credential",
			       text);
	if (!number && p->credential)
		return err_set(e, -PDH_USAGE, "credential",
			       "one credential is enough; before it comes the number of "
			       "an activity");
	if (!number)
		return 0;
	ret->alias = p->credential;
	ret->activity = arena_alloc(w->arena, sizeof(*ret->activity));
	int r = activity_read(w, id, ret->activity, e);
	if (r == -PDH_NOT_FOUND)
		(void)snprintf(e->field, sizeof(e->field), "subject");
	return r;
}

static int explain_all(struct work *w, const struct explain_get_params *p,
		       const struct subject *s, struct held_list *held,
		       struct explained *ret, struct err *e)
{
	const char *field = s->activity ? "credential" : "subject";
	struct held *named = NULL;
	int r = 0;

	if (s->alias && (r = held_pick(held, s->alias, field, &named, e)) < 0)
		return r;
	r = named ? held_in(w, p->cycle, named, e)
		  : held_in_each(w, p->cycle, false, held, e);
	if (r == 0 && p->cycle && (named || held->n))
		ret->as_of = held_in_day(w, named ? named : &held->v[0], p->as_of);
	ret->credentials.v =
		arena_array(w->arena, held->n + 1, sizeof(struct credential_explained));
	if (s->activity)
		s->activity->counts.v =
			arena_array(w->arena, held->n + 1, sizeof(struct count));
	for (size_t i = 0; r == 0 && i < held->n; i++) {
		const struct held *h = &held->v[i];
		civil_day day = p->cycle ? held_in_day(w, h, p->as_of) : ret->as_of;
		bool counts = held_counts_hours(h, day);
		if (named ? h == named : counts)
			r = explain_one(w, h, day, s->activity,
					&ret->credentials.v[ret->credentials.n++], e);
		else if (s->activity && counts)
			r = count_only(w, h, day, s->activity, e);
	}
	return r;
}

int method_explain_get(struct work *w, const struct explain_get_params *p,
		       struct explained *ret, struct err *e)
{
	struct subject subject = {NULL, NULL};
	struct held_list held;

	int r = read_subject(w, p, &subject, e);
	if (r == 0)
		r = held_as_of(w, p->as_of, &ret->as_of, &held, e);
	if (r == 0)
		r = explain_all(w, p, &subject, &held, ret, e);
	ret->activity = subject.activity;
	return r;
}
