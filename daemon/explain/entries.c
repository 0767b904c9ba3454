/* Which entries are explained: the one asked about, or those of a credential that do not count whole. */
#include "daemon/explain/explain.h"

#include "common/texts.h"
#include "daemon/judge/why.h"
#include "daemon/record/activity.h"

#include <string.h>

enum { ENTRIES_MOST = 1000 }; /* of one answer */

/* ---- its entries ------------------------------------------------------------------------ */

/* Of a list whose length is bounded. */
static struct entry_explained *push(struct explaining *x,
				    struct credential_explained *ret)
{
	if (ret->entries.n == ENTRIES_MOST) {
		ret->more++;
		return NULL;
	}
	ret->entries.v = arena_grow(x->w->arena, ret->entries.n ? ret->entries.v : NULL,
				    ret->entries.n, sizeof(*ret->entries.v));
	return &ret->entries.v[ret->entries.n++];
}

static int add_entry(struct explaining *x, int64_t id, struct credential_explained *ret,
		     struct err *e)
{
	struct activity a;
	struct entry_explained *one = push(x, ret);
	int r = one ? activity_read(x->w, id, &a, e) : 0;

	if (one && r == 0)
		explain_entry(x, &a, one);
	return r;
}

static bool counts_whole(const struct explaining *x, size_t i)
{
	const struct judged_part *p = &x->j.verdict.parts[i];

	return p->state != PART_UNIT && p->base == explain_places(p).counted;
}

/* Those of the cycle that do not count whole. */
static int add_judged(struct explaining *x, struct credential_explained *ret,
		      struct err *e)
{
	int r = 0;

	for (size_t i = 0, to; r == 0 && i < x->j.n; i = to) {
		const struct entry *one = &x->j.entries[i];
		bool whole = true;
		for (to = i; to < x->j.n && x->j.entries[to].id == one->id; to++)
			whole = whole && counts_whole(x, to);
		if (!whole && period_has(x->j.verdict.span, one->done_on))
			r = add_entry(x, one->id, ret, e);
	}
	return r;
}

static int read_left_out(struct explaining *x, struct ids *ret, struct err *e)
{
	const struct period span = x->j.verdict.span;
	bool unnamed;
	AUTO_STMT s = NULL;

	int r = judge_takes_unnamed(x->w, x->h, &unnamed, e);
	if (r == 0)
		r = db_query(x->w->db, Q_left_out, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":unnamed", unnamed);
	db_bind_int(s, ":credential_id", x->h->id);
	db_bind_date(s, ":begins", span.from);
	db_bind_date(s, ":ends", span.to);
	db_bind_date(s, ":day", x->day);
	while ((r = db_step(x->w->db, s, e)) > 0) {
		ret->v = arena_grow(x->w->arena, ret->v, ret->n, sizeof(*ret->v));
		ret->v[ret->n++] = db_int(s, 0);
	}
	return r;
}

/* Those that no cycle judges; they are not bounded before they are summed up. */
static int explain_left_out(struct explaining *x, struct entry_explained **ret,
			    size_t *ret_n, struct err *e)
{
	struct ids left = {0, NULL};
	size_t n = 0;
	int r = read_left_out(x, &left, e);

	struct entry_explained *v = arena_array(x->w->arena, left.n + 1, sizeof(*v));
	for (size_t i = 0; r == 0 && i < left.n; i++) {
		struct activity a;
		r = activity_read(x->w, left.v[i], &a, e);
		if (r == 0)
			explain_entry(x, &a, &v[n++]);
	}
	*ret = v;
	*ret_n = n;
	return r;
}

int explain_sums_only(struct explaining *x, struct credential_explained *ret,
		      struct err *e)
{
	struct entry_explained *v;
	size_t n;
	int r = explain_left_out(x, &v, &n, e);

	if (r == 0)
		explain_sums(x, v, n, ret);
	return r;
}

static int add_left_out(struct explaining *x, struct credential_explained *ret,
			struct err *e)
{
	struct entry_explained *v;
	size_t n;
	int r = explain_left_out(x, &v, &n, e);

	for (size_t i = 0; r == 0 && i < n; i++) {
		struct entry_explained *one = push(x, ret);
		if (one)
			*one = v[i];
	}
	if (r == 0)
		explain_sums(x, v, n, ret);
	return r;
}

int explain_entries(struct explaining *x, struct credential_explained *ret, struct err *e)
{
	int r = add_judged(x, ret, e);

	return r < 0 ? r : add_left_out(x, ret, e);
}

/* ---- the activity ----------------------------------------------------------------------- */

/* Another cycle of the credential may have what this one has not. */
static int tell_other_cycle(struct explaining *x, const struct activity *a,
			    struct credential_explained *ret, struct err *e)
{
	struct held_cycle *cycles;
	enum hours_place place;
	size_t n, first;

	if (!why_gate(x->w, x->h, &x->j, a, &place, &first, &n) ||
	    (place != PLACE_EARLY && place != PLACE_LATE))
		return 0;
	int r = held_cycles(x->w, x->h->id, &cycles, &n, e);
	for (size_t i = 0; r == 0 && i < n; i++) {
		const struct period days = {cycles[i].begins, cycles[i].ends};
		civil_day last = x->w->today - 1; /* from today on it is the open one */
		char day[DATE_ISO_SIZE];
		if (days.to != DATE_NONE && days.to < last)
			last = days.to;
		if (!period_has(days, a->done_on) || a->done_on > last)
			continue;
		date_format_iso(last, day);
		texts_add(&ret->notices,
			  arena_printf(x->w->arena,
				       "It lies in another cycle of %s: pdh explain "
				       "%lld %s --as-of %s",
				       x->h->alias, (long long)a->id, x->h->alias, day),
			  x->w->arena);
		break;
	}
	return r;
}

int explain_activity(struct explaining *x, const struct activity *a,
		     struct credential_explained *ret, struct err *e)
{
	struct entry_explained *one = push(x, ret);
	size_t first;

	explain_entry(x, a, one);
	bool outside = judge_find(&x->j, a->done_on, a->id, &first) == 0 ||
		       !period_has(x->j.verdict.span, a->done_on);
	explain_sums(x, one, outside, ret);
	ret->logged = one->logged;
	ret->counted = one->counted;
	return tell_other_cycle(x, a, ret, e);
}
