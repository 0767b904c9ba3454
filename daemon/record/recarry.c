#include "daemon/record/recarry.h"

#include "common/texts.h"
#include "daemon/judge/judge.h"
#include "daemon/judge/standing.h"
#include "daemon/record/carry.h"

#include <string.h>

static int judge(struct work *w, const struct held *h, struct judged_cycle *ret,
		 struct err *e)
{
	const struct judge_question question = {.day = DATE_NONE};

	return judge_cycle(w, h, &question, ret, e);
}

static int carried_into(struct work *w, int64_t cycle_id, int64_t *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_carried_sum, &s, e, DB_INT(":cycle_id", cycle_id));

	*ret = r > 0 ? db_int(s, 0) : 0;
	return r < 0 ? r : 0;
}

/* The last day whose hours a closed cycle may have. */
static civil_day last_day(const struct held_cycle *c)
{
	return c->ends > c->closed_on ? c->ends : c->closed_on;
}

static int add_cycles(struct work *w, const struct held *h, civil_day day,
		      struct closed_before *ret, struct err *e)
{
	struct held_cycle *cycles;
	size_t n;

	int r = held_cycles(w, h->id, &cycles, &n, e);
	for (size_t i = r == 0 ? n : 0; i-- > 1;) {
		if (last_day(&cycles[i]) < day || !cycles[i].rules.has_total)
			continue;
		ret->v = arena_grow(w->arena, ret->v, ret->n, sizeof(*ret->v));
		struct closed_cycle *c = &ret->v[ret->n++];
		*c = (struct closed_cycle){.h = *h, .next_id = cycles[i - 1].id};
		c->h.cycle = cycles[i];
	}
	return r;
}

static int list_closed(struct work *w, civil_day day, struct closed_before *ret,
		       struct err *e)
{
	struct held_list held;
	AUTO_STMT s = NULL;

	*ret = (struct closed_before){NULL, 0};
	int r = DB_GET(w->db, Q_cycle_touched, &s, e, DB_DATE(":day", day));

	if (r <= 0)
		return r;
	r = held_all(w, DATE_NONE, &held, e);
	for (size_t i = 0; r == 0 && i < held.n; i++)
		r = add_cycles(w, &held.v[i], day, ret, e);
	return r;
}

int recarry_before(struct work *w, civil_day day, struct closed_before *ret,
		   struct err *e)
{
	struct judged_cycle j;
	int r = list_closed(w, day, ret, e);

	for (size_t i = 0; r == 0 && i < ret->n; i++) {
		struct closed_cycle *c = &ret->v[i];
		r = judge(w, &c->h, &j, e);
		if (r < 0)
			break;
		c->counted = j.verdict.counted;
		r = carried_into(w, c->next_id, &c->carried, e);
	}
	return r;
}

static int clear(struct work *w, int64_t cycle_id, enum entry_origin origin,
		 struct err *e)
{
	return DB_DO(w->db, Q_carried_clear, e, DB_INT(":cycle_id", cycle_id),
		     DB_TEXT(":origin", entry_origin_word(origin)));
}

/* As it was renewed, with what is known now. What a person said of a cycle that was over before is left as it is. */
static int carry_again(struct work *w, const struct closed_cycle *c,
		       struct carried_over *ret, struct err *e)
{
	struct held open = c->h;

	*ret = (struct carried_over){.amount = c->carried};
	if (c->h.cycle.told)
		return 0;
	open.cycle.closed_on = DATE_NONE;
	int r = clear(w, c->h.cycle.id, ORIGIN_LATE, e);
	if (r == 0)
		r = clear(w, c->next_id, ORIGIN_CARRIED, e);
	return r < 0 ? r
		     : carry_over(w, &open, c->next_id, last_day(&c->h.cycle), ret, e);
}

static const char *amount_text(struct work *w, const struct closed_cycle *c,
			       int64_t exact)
{
	return texts_credit(w->arena, standing_amount(&c->h.cycle, exact));
}

static void tell(struct work *w, const struct closed_cycle *c, const struct verdict *v,
		 int64_t carried, struct texts *notes)
{
	const char *of = "", *over = "";

	if (v->counted == c->counted && carried == c->carried)
		return;
	if (v->required)
		of = arena_printf(w->arena, " of %s", amount_text(w, c, v->required));
	if (carried != c->carried)
		over = arena_printf(w->arena, "; %s are carried over, %s before",
				    amount_text(w, c, carried),
				    amount_text(w, c, c->carried));
	texts_add(
		notes,
		arena_printf(w->arena,
			     "the closed cycle of %s to %s counts %s%s now, %s before%s",
			     c->h.alias, texts_day(w->arena, c->h.cycle.ends),
			     amount_text(w, c, v->counted), of,
			     amount_text(w, c, c->counted), over),
		w->arena);
}

int recarry_since(struct work *w, const struct closed_before *before, struct texts *notes,
		  struct err *e)
{
	struct carried_over over;
	struct judged_cycle j;
	int r = 0;

	for (size_t i = 0; r == 0 && i < before->n; i++) {
		const struct closed_cycle *c = &before->v[i];
		r = carry_again(w, c, &over, e);
		if (r == 0)
			r = judge(w, &c->h, &j, e);
		if (r == 0)
			tell(w, c, &j.verdict, over.amount, notes);
	}
	return r;
}

/* A cycle that was opened again by an undo keeps nothing that was done in its days of grace. */
static int clear_open(struct work *w, struct err *e)
{
	return DB_DO(w->db, Q_carried_late_clear, e, DB_NONE);
}

int recarry_again(struct work *w, civil_day day, struct err *e)
{
	struct closed_before closed;
	struct carried_over over;

	int r = clear_open(w, e);
	if (r == 0)
		r = list_closed(w, day, &closed, e);
	for (size_t i = 0; r == 0 && i < closed.n; i++)
		r = carry_again(w, &closed.v[i], &over, e);
	return r;
}
