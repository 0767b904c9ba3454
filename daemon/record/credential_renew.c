/* credential.renew: the open cycle is closed as it stands, with its rules, and the next
 * is opened. */
#include "common/texts.h"
#include "daemon/judge/duty.h"
#include "daemon/judge/facts.h"
#include "daemon/judge/follow.h"
#include "daemon/judge/judge.h"
#include "daemon/judge/standing.h"
#include "daemon/method.h"
#include "daemon/record/carry.h"
#include "daemon/record/credential.h"
#include "daemon/record/credential_level.h"

#include <string.h>

static const char *span_text(struct arena *a, civil_day from, civil_day to)
{
	const char *end = to == DATE_NONE ? "no last day" : texts_day(a, to);

	return from == DATE_NONE ? arena_printf(a, "the cycle to %s", end)
				 : arena_printf(a, "%s to %s", texts_day(a, from), end);
}

/* The version in force: the library's, or the pinned one where the library has the pack
 * no longer. */
static const struct pack *pack_in_force(struct work *w, const struct held *h)
{
	const struct pack *pack;
	struct err ignored;

	if (pack_library_find(w->packs, h->cycle.pack->id, &pack, &ignored) < 0)
		return h->cycle.pack;
	return pack;
}

/* Where it ends with another credential, that one is renewed first. */
static int followed_end(struct work *w, const struct held *h, const struct pack *pack,
			civil_day *ret, struct err *e)
{
	const char *other;
	int r = follow_end(w, pack, h->id, &other, ret, e);

	if (r < 0 || !other || *ret > h->cycle.ends)
		return r;
	err_set(e, -PDH_REFUSED, "credential",
		"%s ends when %s does, and that one ends on %s still: renew it first",
		h->alias, other, texts_day(w->arena, *ret));
	return err_hint(e, "pdh credential renew %s, or --expires with the new last day",
			other);
}

/* Given, or that of the credential it follows, or as long as what is there is enough for. */
static int next_end(struct work *w, const struct held *h, const struct pack *pack,
		    const struct verdict *v, civil_day given, civil_day *ret,
		    struct err *e)
{
	struct texts facts;

	if (h->cycle.ends == DATE_LAST)
		return err_set(e, -PDH_REFUSED, "credential",
			       "%s never ends: its cycle has the last day there is",
			       h->alias);
	/* Its length may hang on the level, which is that of its first day. */
	int r = facts_told(w, h->id, h->cycle.ends + 1, &facts, e);
	if (r < 0)
		return r;
	*ret = given;
	if (given == DATE_NONE)
		r = followed_end(w, h, pack, ret, e);
	if (r < 0)
		return r;
	if (*ret == DATE_NONE && v->part_months)
		*ret = date_months_last(h->cycle.ends + 1, v->part_months);
	*ret = *ret != DATE_NONE ? *ret
				 : pack_next_end(pack, &facts, h->issued, h->cycle.ends);
	if (*ret == DATE_NONE) {
		err_set(e, -PDH_USAGE, "expires",
			"When does the new cycle end? Give its last day.");
		return err_hint(e, "such as --expires 2032-08-31");
	}
	if (*ret <= h->cycle.ends)
		return err_set(e, -PDH_REFUSED, "expires",
			       "the new cycle ends after the old one");
	return 0;
}

static int close_cycle(struct work *w, const struct held *h, struct err *e)
{
	return DB_DO(w->db, Q_cycle_close, e, DB_INT(":id", h->cycle.id),
		     DB_DATE(":closed_on", w->today));
}

static int open_cycle(struct work *w, const struct held *h, const struct pack *pack,
		      civil_day ends, int64_t *ret_id, struct err *e)
{
	int64_t rule_set;

	int r = credential_rule_set(w, pack, &rule_set, e);
	if (r == 0)
		r = DB_DO(w->db, Q_cycle_insert, e, DB_INT(":credential_id", h->id),
			  DB_INT(":rule_set_id", rule_set),
			  DB_DATE(":begins", h->cycle.ends + 1), DB_DATE(":ends", ends),
			  DB_INT(":required", h->cycle.required));
	*ret_id = db_last_id(w->db);
	return r;
}

static const char *amount_text(struct work *w, const struct held *h, int64_t exact)
{
	return texts_credit(w->arena, standing_amount(&h->cycle, exact));
}

/* What came over from the old cycle, or why nothing did. */
static void tell_carried(struct work *w, const struct held *h,
			 const struct carried_over *c, struct texts *notes)
{
	if (c->late)
		texts_add(notes,
			  arena_printf(w->arena,
				       "%s of the days of grace went to the closed cycle",
				       amount_text(w, h, c->late)),
			  w->arena);
	if (c->amount)
		texts_add(notes,
			  arena_printf(w->arena, "carried over: %s of the %s left over",
				       amount_text(w, h, c->amount),
				       amount_text(w, h, c->surplus)),
			  w->arena);
	else if (c->surplus)
		texts_add(notes,
			  arena_printf(w->arena,
				       "carried over: nothing of the %s left over; %s",
				       amount_text(w, h, c->surplus),
				       c->why ? c->why : "its rules carry nothing over"),
			  w->arena);
}

static void add_notes(struct work *w, const struct held *h, const struct verdict *v,
		      const struct pack *pack, struct texts *notes)
{
	if (v->remaining)
		texts_add(notes,
			  arena_printf(w->arena, "the closed cycle was short by %s",
				       amount_text(w, h, v->remaining)),
			  w->arena);
	if (h->cycle.ends >= w->today)
		texts_add(notes,
			  arena_printf(
				  w->arena,
				  "it is early: the closed cycle lasts to %s, and what "
				  "is logged until then still goes to it",
				  texts_day(w->arena, h->cycle.ends)),
			  w->arena);
	if (strcmp(pack->version, h->cycle.pack->version) != 0)
		texts_add(notes,
			  arena_printf(w->arena,
				       "rules %s %s apply from now on; before it was %s",
				       pack->id, pack->version, h->cycle.pack->version),
			  w->arena);
}

static const char *done_text(struct work *w, const struct held *h,
			     const struct verdict *v, civil_day ends)
{
	const struct held_cycle *c = &h->cycle;
	const char *counted = "";

	if (v->required)
		counted = arena_printf(
			w->arena, " (%s of %s)",
			texts_credit(w->arena, standing_amount(c, v->counted)),
			texts_credit(w->arena, standing_amount(c, v->required)));
	return arena_printf(w->arena, "closed %s as it stands%s, opened %s",
			    span_text(w->arena, c->begins, c->ends), counted,
			    span_text(w->arena, c->ends + 1, ends));
}

/* The one that is named, or the only one that is in use. */
static int find_held(struct work *w, const char *name, struct held *ret, struct err *e)
{
	const struct held *only = NULL;
	struct held_list all;
	size_t n = 0;

	if (name)
		return held_find(w, name, "credential", ret, e);
	int r = held_all(w, DATE_NONE, &all, e);
	if (r < 0)
		return r;
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].retired_on != DATE_NONE || all.v[i].pursued)
			continue;
		only = &all.v[i];
		n++;
	}
	if (n == 1) {
		*ret = *only;
		return 0;
	}
	err_set(e, -PDH_USAGE, "credential",
		"Which one was renewed? Give its short name.");
	return err_hint(e,
			n ? "pdh credential list shows them" : "add one with pdh init");
}

int method_credential_renew(struct work *w, const struct credential_renew_params *p,
			    struct credential_changed *ret, struct err *e)
{
	const struct judge_question question = {.day = DATE_NONE};
	struct texts levels = {0, NULL};
	struct carried_over carried;
	struct judged_cycle j;
	int64_t opened;
	struct held h;
	civil_day ends = DATE_NONE;

	int r = find_held(w, p->credential, &h, e);
	if (r < 0)
		return r;
	if (h.retired_on != DATE_NONE)
		return err_set(e, -PDH_REFUSED, "credential", "%s is retired", h.alias);
	if (h.cycle.ends == DATE_NONE)
		return err_set(
			e, -PDH_REFUSED, "credential",
			"%s has no last day; give it one with pdh credential edit %s "
			"--expires",
			h.alias, h.alias);
	const struct pack *pack = pack_in_force(w, &h);
	r = judge_cycle(w, &h, &question, &j, e);
	if (r == 0)
		r = credential_end_level(w, &h, &j.verdict, &levels, e);
	if (r == 0)
		r = next_end(w, &h, pack, &j.verdict, p->expires, &ends, e);
	if (r == 0)
		r = close_cycle(w, &h, e);
	if (r == 0)
		r = open_cycle(w, &h, pack, ends, &opened, e);
	if (r == 0)
		r = carry_over(w, &h, opened, w->today, &carried, e);
	if (r == 0)
		r = duty_sync_close(w, &h, e);
	if (r == 0)
		r = credential_sync(w, h.alias, e);
	if (r == 0)
		r = credential_answer(w, h.alias, done_text(w, &h, &j.verdict, ends), ret,
				      e);
	if (r < 0)
		return r;
	add_notes(w, &h, &j.verdict, pack, &ret->notes);
	tell_carried(w, &h, &carried, &ret->notes);
	for (size_t i = 0; i < levels.n; i++)
		texts_add(&ret->notes, levels.v[i], w->arena);
	w->what = arena_printf(w->arena, "credential renew %s to %s", h.alias,
			       texts_day(w->arena, ends));
	return 0;
}
