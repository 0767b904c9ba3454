#include "daemon/judge/proof.h"

#include "daemon/judge/duty.h"
#include "daemon/judge/judge.h"

#include <stdlib.h>
#include <string.h>

int proof_any(struct work *w, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_any, &s, e);

	return r < 0 ? r : db_step(w->db, s, e);
}

/* ---- entries without one ------------------------------------------------------------------------ */

struct ids_set {
	int64_t *v;
	size_t n;
};

static int read_proved(struct work *w, struct ids_set *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_activities, &s, e);

	*ret = (struct ids_set){NULL, 0};
	if (r < 0)
		return r;
	while ((r = db_step(w->db, s, e)) > 0) {
		ret->v = arena_grow(w->arena, ret->v, ret->n, sizeof(*ret->v));
		ret->v[ret->n++] = db_int(s, 0);
	}
	return r;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool has(const struct ids_set *s, int64_t id)
{
	return s->n && bsearch(&id, s->v, s->n, sizeof(*s->v), by_number);
}

/* What the person calls it; 0 for an opening balance, of which there is no proof to have. */
static int describe(struct work *w, int64_t id, struct unproved *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_proof_entry, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", id);
	r = db_step(w->db, s, e);
	if (r <= 0 || strcmp(db_word(s, 1), "opening") == 0)
		return r < 0 ? r : 0;
	ret->title = db_text(s, 0, w->arena);
	return 1;
}

static int add(struct work *w, const struct held *h, const struct entry *entry,
	       struct list *to, struct err *e)
{
	struct unproved one;

	shape_none(&shape_unproved, &one);
	int r = describe(w, entry->id, &one, e);
	if (r <= 0)
		return r;
	one.id = entry->id;
	one.done_on = entry->done_on;
	one.credential = h->alias;
	to->v = arena_grow(w->arena, to->v, to->n, sizeof(one));
	((struct unproved *)to->v)[to->n++] = one;
	return 0;
}

static bool counts(const struct judged_part *p)
{
	return p->counted > 0 && p->state != PART_CARRIED && p->state != PART_LATE;
}

/* Parts of one entry stand together. */
static int add_missing(struct work *w, const struct held *h, const struct judged_cycle *j,
		       const struct ids_set *proved, struct list *to, struct err *e)
{
	int64_t last = INT_NONE;
	int r = 0;

	for (size_t i = 0; r == 0 && i < j->n; i++) {
		const struct entry *entry = &j->entries[i];
		if (entry->id == last || !counts(&j->verdict.parts[i]) ||
		    has(proved, entry->id))
			continue;
		last = entry->id;
		r = add(w, h, entry, to, e);
	}
	return r;
}

int proof_missing(struct work *w, const struct held *h, struct list *ret, struct err *e)
{
	const struct judge_question question = {.day = DATE_NONE, .parts = true};
	struct judged_cycle j;
	struct ids_set proved;
	civil_day keep;

	int r = duties_keep_proof(w, h, &keep, e);
	if (r < 0 || keep == DATE_NONE)
		return r;
	r = read_proved(w, &proved, e);
	if (r == 0)
		r = judge_cycle(w, h, &question, &j, e);
	return r < 0 ? r : add_missing(w, h, &j, &proved, ret, e);
}

static int by_id(const void *a, const void *b)
{
	return by_number(&((const struct unproved *)a)->id,
			 &((const struct unproved *)b)->id);
}

int proof_missing_all(struct work *w, struct list *ret, struct err *e)
{
	struct held_list held;
	struct list all = {0, NULL};
	size_t n = 0;

	int r = held_all(w, DATE_NONE, &held, e);
	for (size_t i = 0; r == 0 && i < held.n; i++)
		if (held_counts_hours(&held.v[i], w->today))
			r = proof_missing(w, &held.v[i], &all, e);
	if (r < 0)
		return r;
	struct unproved *v = all.v;
	if (all.n)
		qsort(v, all.n, sizeof(*v), by_id);
	for (size_t i = 0; i < all.n; i++)
		if (n == 0 || v[n - 1].id != v[i].id)
			v[n++] = v[i];
	*ret = (struct list){n, v};
	return 0;
}

/* ---- for how long ------------------------------------------------------------------------------- */

static int add_cycles(struct work *w, const struct held *h, struct proof_days *to,
		      struct err *e)
{
	struct held_cycle *cycles;
	struct held one = *h;
	civil_day keep;
	size_t n;

	int r = held_cycles(w, h->id, &cycles, &n, e);
	for (size_t i = 0; r == 0 && i < n; i++) {
		one.cycle = cycles[i];
		r = duties_keep_proof(w, &one, &keep, e);
		if (r < 0 || keep == DATE_NONE)
			continue;
		to->v = arena_grow(w->arena, to->v, to->n, sizeof(*to->v));
		to->v[to->n++] = (struct proof_cycle){h->id, h->alias, cycles[i].begins,
						      cycles[i].ends, keep};
	}
	return r;
}

int proof_days(struct work *w, struct proof_days *ret, struct err *e)
{
	struct held_list held;
	int r = held_all(w, DATE_NONE, &held, e);

	*ret = (struct proof_days){NULL, 0};
	for (size_t i = 0; r == 0 && i < held.n; i++)
		r = add_cycles(w, &held.v[i], ret, e);
	return r;
}
