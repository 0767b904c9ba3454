/* cycle.add: an earlier cycle is entered as it stood when it was closed, with what the person knows of it. */
#include "common/texts.h"
#include "daemon/judge/facts.h"
#include "daemon/judge/judge.h"
#include "daemon/judge/standing.h"
#include "daemon/method.h"
#include "daemon/record/carry.h"
#include "daemon/record/credential.h"
#include "daemon/record/opening.h"

struct entering {
	struct held h;		/* held in the cycle that is entered */
	struct held_cycle next; /* the one after it */
	struct period days;
};

static int check_days(struct work *w, const struct held *h, const struct period *days,
		      const struct held_cycle *v, size_t n, struct err *e)
{
	if (days->from >= days->to)
		return err_set(
			e, -PDH_REFUSED, "begins", "the first day is %s, the last %s",
			texts_day(w->arena, days->from), texts_day(w->arena, days->to));
	if (days->from > h->cycle.begins)
		return err_set(e, -PDH_REFUSED, "begins",
			       "the open cycle of %s began %s, which is earlier",
			       h->alias, texts_day(w->arena, h->cycle.begins));
	for (size_t i = 0; i < n; i++) {
		bool before = v[i].ends != DATE_NONE && v[i].ends < days->from;
		bool after = v[i].begins != DATE_NONE && v[i].begins > days->to;
		if (before || after)
			continue;
		return err_set(e, -PDH_REFUSED, "begins",
			       "%s to %s overlaps the cycle of %s that ends %s",
			       texts_day(w->arena, days->from),
			       texts_day(w->arena, days->to), h->alias,
			       v[i].ends == DATE_NONE ? "never"
						      : texts_day(w->arena, v[i].ends));
	}
	return 0;
}

/* Its first day by the calendar of the pack, where it was not said. */
static int find_begin(struct work *w, const struct held *h, const struct pack *pack,
		      civil_day said, struct period *days, struct err *e)
{
	struct texts facts;

	days->from = said;
	if (said != DATE_NONE)
		return 0;
	int r = facts_told(w, h->id, days->to, &facts, e);
	if (r < 0)
		return r;
	days->from = pack_cycle_begin(pack, &facts, h->issued, days->to);
	if (days->from != DATE_NONE)
		return 0;
	err_set(e, -PDH_USAGE, "begins",
		"When did that cycle begin? Give its first day.");
	return err_hint(e, "such as --begins 2017-09-01");
}

/* The days that are meant, and the cycle after them. */
static int find_days(struct work *w, const struct cycle_add_params *p,
		     struct entering *ret, struct err *e)
{
	const struct held *h = &ret->h;
	struct held_cycle *v;
	size_t n;
	int r = held_cycles(w, h->id, &v, &n, e);

	if (r < 0)
		return r;
	if (v[n - 1].begins == DATE_NONE)
		return err_set(e, -PDH_REFUSED, "credential",
			       "%s has a cycle without a first day, before which nothing "
			       "lies; give it one with pdh credential edit %s --begins",
			       h->alias, h->alias);
	ret->days.to = p->ends == DATE_NONE ? v[n - 1].begins - 1 : p->ends;
	r = find_begin(w, h, v[n - 1].pack, p->begins, &ret->days, e);
	if (r == 0)
		r = check_days(w, h, &ret->days, v, n, e);
	for (size_t i = 0; r == 0 && i < n; i++)
		if (v[i].begins > ret->days.to)
			ret->next = v[i];
	return r;
}

/* Stores it, and holds the credential in it. */
static int enter(struct work *w, const struct cycle_add_params *p, struct entering *x,
		 struct err *e)
{
	int64_t rule_set, required = x->next.required;
	struct held_cycle *v;
	size_t n;

	int r = p->required.unit ? credential_amount(&x->next.rules, p->required,
						     "required", &required, e)
				 : 0;
	if (r == 0)
		r = credential_rule_set(w, x->next.pack, &rule_set, e);
	if (r == 0)
		r = DB_DO(w->db, Q_cycle_enter, e, DB_INT(":credential_id", x->h.id),
			  DB_INT(":rule_set_id", rule_set),
			  DB_DATE(":begins", x->days.from), DB_DATE(":ends", x->days.to),
			  DB_INT(":required", required));
	int64_t id = db_last_id(w->db);
	if (r == 0)
		r = held_cycles(w, x->h.id, &v, &n, e);
	for (size_t i = 0; r == 0 && i < n; i++)
		if (v[i].id == id)
			x->h.cycle = v[i];
	return r;
}

static int judge(struct work *w, const struct held *h, struct verdict *ret, struct err *e)
{
	const struct judge_question question = {.day = DATE_NONE};
	struct judged_cycle j;
	int r = judge_cycle(w, h, &question, &j, e);

	if (r == 0)
		*ret = j.verdict;
	return r;
}

static const char *amount_text(struct work *w, const struct held *h, int64_t exact)
{
	return texts_credit(w->arena, standing_amount(&h->cycle, exact));
}

static int64_t share(int64_t amount, int64_t part, int64_t whole)
{
	return (int64_t)((int128)amount * part / whole);
}

/* What the entries of its days do not account for becomes an opening balance. */
static int add_counted(struct work *w, const struct held *h, const struct period *days,
		       struct credit counted, struct texts *notes, struct err *e)
{
	struct verdict v = {0};
	int64_t told = 0, id;

	if (!counted.unit || counted.exact == 0)
		return 0;
	int r = credential_amount(&h->cycle.rules, counted, "counted", &told, e);
	if (r == 0)
		r = judge(w, h, &v, e);
	if (r < 0 || v.counted == told)
		return r;
	if (v.counted > told) {
		texts_add(notes,
			  arena_printf(
				  w->arena,
				  "what is logged in these days counts %s, more than "
				  "the %s that you told",
				  amount_text(w, h, v.counted), amount_text(w, h, told)),
			  w->arena);
		return 0;
	}
	struct credit_opening rest = {.total = counted};
	rest.total.exact = share(counted.exact, told - v.counted, told);
	const struct opening_list list = {&rest, 1};
	return opening_store(w, h->alias, days, &list, &id, e);
}

static int add_carried(struct work *w, const struct entering *x, struct credit carried,
		       struct err *e)
{
	int64_t amount = 0;

	if (!carried.unit || carried.exact == 0)
		return 0;
	int r = credential_amount(&x->next.rules, carried, "carried", &amount, e);
	return r < 0 ? r : carry_told(w, &x->h, x->next.id, amount, e);
}

static const char *done_text(struct work *w, const struct entering *x,
			     const struct verdict *v, struct credit carried)
{
	const char *of = "", *over = "";

	if (v->required)
		of = arena_printf(w->arena, " (%s of %s)",
				  amount_text(w, &x->h, v->counted),
				  amount_text(w, &x->h, v->required));
	if (carried.unit && carried.exact)
		over = arena_printf(w->arena, ", %s carried over",
				    texts_credit(w->arena, carried));
	return arena_printf(w->arena, "entered %s to %s, closed%s%s",
			    texts_day(w->arena, x->days.from),
			    texts_day(w->arena, x->days.to), of, over);
}

int method_cycle_add(struct work *w, const struct cycle_add_params *p,
		     struct credential_changed *ret, struct err *e)
{
	struct texts notes = {0, NULL};
	struct entering x = {0};
	struct verdict v = {0};

	int r = held_find(w, p->credential, "credential", &x.h, e);
	if (r < 0)
		return r;
	const char *alias = x.h.alias;
	if (x.h.pursued)
		return err_set(e, -PDH_REFUSED, "credential",
			       "%s is not held yet and has no cycle", alias);
	r = find_days(w, p, &x, e);
	if (r == 0)
		r = enter(w, p, &x, e);
	if (r == 0)
		r = add_counted(w, &x.h, &x.days, p->counted, &notes, e);
	if (r == 0)
		r = add_carried(w, &x, p->carried, e);
	if (r == 0)
		r = judge(w, &x.h, &v, e);
	if (r == 0)
		r = credential_sync(w, alias, e);
	if (r == 0)
		r = credential_answer(w, alias, done_text(w, &x, &v, p->carried), ret, e);
	if (r < 0)
		return r;
	for (size_t i = 0; i < notes.n; i++)
		texts_add(&ret->notes, notes.v[i], w->arena);
	w->what = arena_printf(w->arena, "credential cycle add %s to %s", alias,
			       texts_day(w->arena, x.days.to));
	return 0;
}
