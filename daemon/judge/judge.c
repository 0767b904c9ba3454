#include "daemon/judge/judge.h"

#include "daemon/judge/facts.h"
#include "daemon/judge/ledger.h"
#include "daemon/store/row.h"

#include <string.h>

/* ---- pauses ----------------------------------------------------------------------------- */

int judge_pauses(struct work *w, int64_t credential_id, struct list *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_pause_all, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	return row_read_all(w->db, s, &shape_pause, w->arena, ret, e);
}

int64_t judge_paused_days(const struct list *pauses, civil_day from, civil_day to)
{
	const struct pause *p = pauses->v;
	int64_t days = 0;

	for (size_t i = 0; i < pauses->n; i++) {
		civil_day a = p[i].from > from ? p[i].from : from;
		civil_day b = p[i].to != DATE_NONE && p[i].to < to ? p[i].to : to;
		if (a <= b)
			days += b - a + 1;
	}
	return days;
}

/* ---- facts ------------------------------------------------------------------------------ */

static void take_leaves(struct work *w, const struct list *pauses, struct rule_facts *f)
{
	struct period *v = arena_array(w->arena, pauses->n, sizeof(*v));
	const struct pause *p = pauses->v;

	for (size_t i = 0; i < pauses->n; i++)
		v[i] = (struct period){p[i].from, p[i].to};
	f->leaves = v;
	f->leave_count = pauses->n;
}

static int read_named(struct work *w, const struct held *h, struct rule_facts *f,
		      struct err *e)
{
	const struct period days = {h->cycle.begins, h->cycle.ends};
	struct rule_fact *named;

	if (h->trial) {
		f->named = h->trial->facts;
		f->n = h->trial->n;
		return 0;
	}
	int r = facts_of_cycle(w, h->id, h->cycle.pack, days, &named, &f->n, e);
	f->named = named;
	return r;
}

/* The calendar asks for facts as a person tells them; a later value comes behind an earlier
 * one, and the calendar takes the first of a name. */
static int cycle_number(struct work *w, const struct held *h, struct rule_facts *f,
			struct err *e)
{
	struct texts told = {f->n, arena_array(w->arena, f->n, sizeof(*told.v))};
	const struct period days = {h->cycle.begins, h->cycle.ends};
	struct period *cycles;
	size_t n;
	int r = facts_cycles(w, h->trial ? 0 : h->id, days, &cycles, &n, e);

	if (r < 0)
		return r;
	for (size_t i = 0; i < f->n; i++)
		told.v[f->n - 1 - i] = arena_printf(w->arena, "%s=%s", f->named[i].name,
						    f->named[i].value);
	f->period_number = pack_cycle_number(h->cycle.pack, &told, h->issued, cycles, n);
	return 0;
}

static int read_endorsements(struct work *w, const struct held *h, struct rule_facts *f,
			     struct err *e)
{
	struct texts words = {0, NULL};
	AUTO_STMT s = NULL;

	int r = db_query(w->db, Q_endorsement_all, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", h->id);
	r = row_read_texts(w->db, s, w->arena, &words, e);
	if (r < 0)
		return r;
	const char **folded = arena_array(w->arena, words.n, sizeof(*folded));
	for (size_t i = 0; i < words.n; i++)
		folded[i] = rules_fold(words.v[i], w->arena);
	f->endorsements = (struct rule_words){folded, words.n};
	return 0;
}

/* A period that is over and was not renewed. Whether there are days of grace the rules
 * know. */
static void tell_lapse(const struct held_cycle *c, civil_day day, struct rule_facts *f)
{
	if (c->closed_on != DATE_NONE || c->ends == DATE_NONE || day <= c->ends)
		return;
	f->lapsed = true;
	f->months_lapsed = date_months_between(c->ends + 1, day);
}

/* Whether another credential of the same authority comes before this one by its short name. */
static int find_further(struct work *w, const struct held *h, bool *ret, struct err *e)
{
	const char *authority = h->cycle.pack->authority;
	struct held_list all;

	*ret = false;
	int r = held_all(w, DATE_NONE, &all, e);
	for (size_t i = 0; r == 0 && i < all.n && !*ret; i++) {
		const struct held *other = &all.v[i];
		const char *of = other->cycle.pack->authority;
		if (other->id == h->id)
			return 0;
		*ret = other->retired_on == DATE_NONE && !other->pursued && of &&
		       authority && strcmp(of, authority) == 0;
	}
	return r;
}

int judge_facts(struct work *w, const struct held *h, civil_day day, struct rule_facts *f,
		struct err *e)
{
	struct list pauses;

	*f = (struct rule_facts){.issued = h->issued};
	f->level = h->level;
	tell_lapse(&h->cycle, day, f);
	int r = read_named(w, h, f, e);
	if (r == 0)
		r = read_endorsements(w, h, f, e);
	if (r == 0)
		r = judge_pauses(w, h->id, &pauses, e);
	if (r == 0)
		r = cycle_number(w, h, f, e);
	if (r == 0 && h->cycle.rules.asks_further)
		r = find_further(w, h, &f->further, e);
	if (r < 0)
		return r;
	take_leaves(w, &pauses, f);
	return 0;
}

/* ---- entries ---------------------------------------------------------------------------- */

/* Where an hour may serve one credential of an authority alone, it serves the first by
 * name, unless it names another. */
int judge_takes_unnamed(struct work *w, const struct held *h, bool *ret, struct err *e)
{
	const char *authority = h->cycle.pack->authority;
	struct held_list all;

	*ret = true;
	if (!h->cycle.rules.shared_once)
		return 0;
	int r = held_all(w, DATE_NONE, &all, e);
	for (size_t i = 0; r == 0 && i < all.n; i++) {
		const struct held *other = &all.v[i];
		const struct pack *p = other->cycle.pack;
		if (other->id == h->id)
			return 0;
		if (p->rules.shared_once && other->retired_on == DATE_NONE &&
		    p->authority && authority && strcmp(p->authority, authority) == 0)
			*ret = false;
	}
	return r;
}

/* What was carried over is there from the renewal on, though it lies on the first day of its cycle, which may be yet to
 * come. */
static bool is_done_by(const struct entry *one, civil_day day)
{
	return day == DATE_NONE || one->done_on <= day || one->unit == UNIT_CARRIED;
}

/* The entries that a question is about; without `to` they are only counted. */
static size_t choose(const struct ledger *l, const struct judge_question *q, bool alone,
		     struct entry *to)
{
	struct ledger_walk walk = {.l = l};
	const struct ledger_entry *one;
	size_t n = 0;

	while ((one = ledger_next(&walk))) {
		if (one->planned || (!alone && !one->scoped) ||
		    !is_done_by(&one->entry, q->day))
			continue;
		if (to)
			to[n] = one->entry;
		n++;
	}
	return n;
}

static struct rule_words copy_words(const struct rule_words *w, struct arena *a)
{
	const char **v = arena_array(a, w->n, sizeof(*v));

	for (size_t i = 0; i < w->n; i++)
		v[i] = arena_dup(a, w->v[i]);
	return (struct rule_words){v, w->n};
}

/* Puts the extra classes in front of copies of those there are. */
static void add_classes(const struct judge_extra *extra, struct arena *a,
			struct rules_case *c)
{
	size_t n = extra->class_count;
	struct entry_class *v = arena_array(a, n + c->class_count, sizeof(*v));

	for (size_t i = 0; i < n; i++)
		v[i] = extra->classes[i];
	for (size_t i = 0; i < c->class_count; i++)
		for (size_t k = 0; k < ATTR_COUNT; k++)
			v[n + i].attr[k] = copy_words(&c->classes[i].attr[k], a);
	c->classes = v;
	c->class_count += n;
}

/* Of one day the stored entries come first. */
static void add_entries(const struct judge_extra *extra, bool counts, struct arena *a,
			struct rules_case *c)
{
	size_t n = 0, stored = 0, more = counts ? extra->n : 0;
	struct entry *v = arena_array(a, c->n + more, sizeof(*v));

	for (size_t i = 0; i <= more; i++) {
		while (stored < c->n &&
		       (i == more ||
			c->entries[stored].done_on <= extra->entries[i].done_on)) {
			v[n] = c->entries[stored++];
			v[n++].class += (uint32_t)extra->class_count;
		}
		if (i < more)
			v[n++] = extra->entries[i];
	}
	c->entries = v;
	c->n = n;
}

int judge_prepare(struct work *w, const struct held *h, const struct judge_question *q,
		  struct rules_case *ret, struct err *e)
{
	const struct ruleset *rules = q->rules ? q->rules : &h->cycle.rules;
	struct rule_facts *facts = arena_alloc(w->arena, sizeof(*facts));
	civil_day day = q->day == DATE_NONE ? w->today : q->day;
	const struct ledger *l;
	bool alone = true;

	facts->issued = h->issued;
	int r = ledger_of(w, h, &l, e);
	if (r == 0 && rules->asks)
		r = judge_facts(w, h, day, facts, e);
	if (r == 0 && rules->asks_further && !h->cycle.rules.asks_further)
		r = find_further(w, h, &facts->further, e);
	if (r == 0 && rules->shared_once && !h->trial)
		r = judge_takes_unnamed(w, h, &alone, e);
	if (r < 0)
		return r;
	struct entry *entries =
		arena_array(w->arena, choose(l, q, alone, NULL), sizeof(*entries));
	*ret = (struct rules_case){
		.rules = rules,
		.period = {h->cycle.begins, h->cycle.ends},
		.day = day,
		.facts = facts,
		.classes = w->ledgers->classes.v,
		.class_count = w->ledgers->classes.n,
		.entries = entries,
		.n = choose(l, q, alone, entries),
		.held_back = l->held_back,
		.held_back_count = l->held_back_count,
		.closed = h->cycle.closed_on != DATE_NONE,
		.parts = q->parts,
	};
	w->ledgers->judged++;
	if (q->extra) {
		add_entries(q->extra, alone, w->arena, ret);
		add_classes(q->extra, w->arena, ret);
	}
	return 0;
}

int judge_cycle(struct work *w, const struct held *h, const struct judge_question *q,
		struct judged_cycle *ret, struct err *e)
{
	struct rules_case c;
	int r = judge_prepare(w, h, q, &c, e);

	if (r < 0)
		return r;
	ret->entries = c.entries;
	ret->n = c.n;
	ret->day = q->day;
	rules_evaluate(&c, w->arena, &ret->verdict);
	return 0;
}

int judge_planned(struct work *w, const struct held *h, struct period days, int64_t *ret,
		  struct err *e)
{
	const struct ruleset *rules = &h->cycle.rules;
	const struct ledger_entry *one;
	const struct ledger *l;
	bool alone = true;

	*ret = 0;
	int r = ledger_of(w, h, &l, e);
	if (r == 0 && !h->trial)
		r = judge_takes_unnamed(w, h, &alone, e);
	if (r < 0)
		return r;
	struct ledger_walk walk = {.l = l};
	while ((one = ledger_next(&walk))) {
		int64_t worth;
		if (one->planned && (alone || one->scoped) &&
		    period_has(days, one->entry.done_on) &&
		    rules_worth(rules, (enum credit_unit)one->entry.unit,
				one->entry.amount, &worth))
			*ret += worth;
	}
	return 0;
}

size_t judge_find(const struct judged_cycle *j, civil_day done_on, int64_t id,
		  size_t *ret_first)
{
	size_t low = 0, high = j->n, n = 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct entry *e = &j->entries[middle];
		if (e->done_on < done_on || (e->done_on == done_on && e->id < id))
			low = middle + 1;
		else
			high = middle;
	}
	while (low + n < j->n && j->entries[low + n].id == id)
		n++;
	*ret_first = low;
	return n;
}
