#include "daemon/judge/ledger_read.h"
#include "daemon/judge/ledger_texts.h"

#include <stdlib.h>
#include <string.h>

enum { LATELY = 16 }; /* requests */

/* ---- the copy and what it is a copy of ---------------------------------------------------------- */

#ifdef PDH_CHECKED
static bool are_same(const struct ledger_entry *a, const struct ledger_entry *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct entry *x = &a[i].entry, *y = &b[i].entry;
		if (x->id != y->id || x->done_on != y->done_on ||
		    x->amount != y->amount || x->unit != y->unit ||
		    x->class != y->class || a[i].planned != b[i].planned ||
		    a[i].scoped != b[i].scoped)
			return false;
	}
	return true;
}

/* What is kept is what the database holds; every question of every test looks. */
static void check_kept(struct work *w, const struct held_cycle *c, const struct ledger *l)
{
	struct ledger again = {.credential_id = l->credential_id,
			       .cycle_id = l->cycle_id,
			       .begins = l->begins,
			       .ends = l->ends};
	size_t entries = w->ledgers->entries, read = w->ledgers->read;
	struct ledger_entries common = {0};
	struct err e;

	int r = ledger_read_own(w, c, &again, &e);
	if (r == 0)
		r = ledger_read_common(w, (struct period){l->begins, l->ends}, &common,
				       &e);
	/* What cannot be read now says nothing about what was. */
	bool same = r < 0 || (again.own.n == l->own.n && common.n == l->common_n &&
			      again.held_back_count == l->held_back_count &&
			      are_same(again.own.v, l->own.v, l->own.n) &&
			      are_same(common.v, l->common, l->common_n));
	w->ledgers->entries = entries;
	w->ledgers->read = read;
	ledger_entries_done(&again.own);
	ledger_entries_done(&common);
	free(again.held_back);
	if (!same)
		abort();
}
#else
static void check_kept(struct work *w, const struct held_cycle *c, const struct ledger *l)
{
	(void)w;
	(void)c;
	(void)l;
}
#endif

bool ledgers_are_right(struct work *w)
{
	struct db_stamp now;
	struct err e;

	return db_stamp(w->db, &now, &e) == 0 && now.own == w->ledgers->stamp.own &&
	       now.others == w->ledgers->stamp.others &&
	       now.openings == w->ledgers->stamp.openings;
}

void ledgers_stay(struct work *w)
{
	struct err e;

	if (db_stamp(w->db, &w->ledgers->stamp, &e) < 0)
		ledgers_done(w->ledgers);
}

/* ---- forgetting --------------------------------------------------------------------------------- */

static void free_ledger(struct ledgers *all, struct ledger **at)
{
	struct ledger *l = *at;

	*at = l->next;
	all->entries -= l->own.n;
	ledger_entries_done(&l->own);
	free(l->held_back);
	free(l);
}

static void free_span(struct ledgers *all, struct ledger_span **at)
{
	struct ledger_span *s = *at;

	*at = s->next;
	all->entries -= s->all.n;
	ledger_entries_done(&s->all);
	free(s);
}

void ledgers_done(struct ledgers *all)
{
	struct ledgers kept = {.read = all->read, .most = all->most};

	while (all->head)
		free_ledger(all, &all->head);
	while (all->spans)
		free_span(all, &all->spans);
	classes_done(&all->classes);
	ledger_totals_drop(all);
	ledger_texts_drop(all);
	*all = kept;
}

/* Before something is read. What was asked about lately stays, however much it is: the next question would read it
 * again. */
static void trim(struct work *w)
{
	struct ledgers *all = w->ledgers;
	int64_t since = w->daemon->requests - LATELY;

	if (all->entries <= (all->most ? all->most : LEDGERS_MOST))
		return;
	for (struct ledger **l = &all->head; *l;) {
		if ((*l)->used < since)
			free_ledger(all, l);
		else
			l = &(*l)->next;
	}
	for (struct ledger_span **s = &all->spans; *s;) {
		if ((*s)->used < since)
			free_span(all, s);
		else
			s = &(*s)->next;
	}
}

/* ---- days --------------------------------------------------------------------------------------- */

static struct period days_of(const struct ledger *l)
{
	return (struct period){l->begins, l->ends == DATE_NONE ? INT32_MAX : l->ends};
}

/* One that shares days with these; NULL if none does. */
static struct ledger_span *find_span(struct ledgers *all, struct period days)
{
	struct ledger_span *s = all->spans;

	while (s && (s->to < days.from || s->from > days.to))
		s = s->next;
	return s;
}

static struct ledger_span *new_span(struct ledgers *all, struct period days)
{
	struct ledger_span *s = calloc(1, sizeof(*s));

	if (!s)
		oom();
	*s = (struct ledger_span){.next = all->spans, .from = days.from, .to = days.to};
	all->spans = s;
	return s;
}

/* Others that have come to share days with it, since it was made longer. */
static void drop_others(struct ledgers *all, struct ledger_span *keep)
{
	for (struct ledger_span **s = &all->spans; *s;) {
		if (*s != keep && (*s)->from <= keep->to && (*s)->to >= keep->from)
			free_span(all, s);
		else
			s = &(*s)->next;
	}
}

/* Reads what is missing at both ends of a span. */
static int extend(struct work *w, struct ledger_span *s, struct period days,
		  struct err *e)
{
	int r = 0;

	if (days.from < s->from) {
		r = ledger_read_common(w, (struct period){days.from, s->from - 1},
				       &s->all, e);
		s->from = days.from;
	}
	if (r == 0 && days.to > s->to) {
		r = ledger_read_common(w, (struct period){s->to + 1, days.to}, &s->all,
				       e);
		s->to = days.to;
	}
	drop_others(w->ledgers, s);
	return r;
}

/* The span that holds these days. */
static int span_of(struct work *w, struct period days, struct ledger_span **ret,
		   struct err *e)
{
	struct ledgers *all = w->ledgers;
	struct ledger_span *s = find_span(all, days);
	int r = 0;

	if (!s || s->from > days.from || s->to < days.to) {
		all->unsaved = all->unsaved || db_in_transaction(w->db);
		trim(w);
		s = find_span(all, days);
	}
	if (s)
		r = extend(w, s, days, e);
	else {
		s = new_span(all, days);
		r = ledger_read_common(w, days, &s->all, e);
	}
	s->used = w->daemon->requests;
	ledger_entries_sort(&s->all);
	*ret = s;
	return r;
}

/* ---- one ledger --------------------------------------------------------------------------------- */

static struct ledger *find_ledger(const struct ledgers *all, const struct ledger *like)
{
	struct ledger *l = all->head;

	while (l && (l->credential_id != like->credential_id ||
		     l->cycle_id != like->cycle_id || l->begins != like->begins ||
		     l->ends != like->ends))
		l = l->next;
	return l;
}

static int new_ledger(struct work *w, const struct held_cycle *c,
		      const struct ledger *like, struct ledger **ret, struct err *e)
{
	struct ledgers *all = w->ledgers;
	struct ledger *l = malloc(sizeof(*l));

	if (!l)
		oom();
	trim(w);
	*l = *like;
	l->next = all->head;
	all->head = l;
	all->unsaved = all->unsaved || db_in_transaction(w->db);
	*ret = l;
	return ledger_read_own(w, c, l, e);
}

/* The part of the span that lies in its days. */
static void borrow(const struct ledger_span *s, struct ledger *l)
{
	const struct period days = days_of(l);
	size_t from = ledger_entries_from(&s->all, days.from);
	size_t to = days.to == INT32_MAX ? s->all.n
					 : ledger_entries_from(&s->all, days.to + 1);

	l->common = s->all.v + from;
	l->common_n = to - from;
}

int ledger_of(struct work *w, const struct held *h, const struct ledger **ret,
	      struct err *e)
{
	const struct held_cycle *c = &h->cycle;
	const struct period reach =
		rules_reach(&c->rules, (struct period){c->begins, c->ends});
	const struct ledger like = {.credential_id = h->id,
				    .cycle_id = c->id,
				    .begins = reach.from,
				    .ends = reach.to};
	struct ledgers *all = w->ledgers;
	struct ledger_span *span = NULL;
	int r = 0;

	if (!ledgers_are_right(w)) {
		ledgers_done(all);
		ledgers_stay(w);
	}
	struct ledger *l = find_ledger(all, &like);
	bool kept = l != NULL;
	if (!l)
		r = new_ledger(w, c, &like, &l, e);
	l->used = w->daemon->requests;
	ledger_entries_sort(&l->own);
	if (r == 0)
		r = span_of(w, days_of(l), &span, e);
	if (r < 0) {
		ledgers_done(all);
		return r;
	}
	borrow(span, l);
	if (kept)
		check_kept(w, c, l);
	*ret = l;
	return 0;
}

void ledgers_settle(struct ledgers *all, bool committed)
{
	if (all->unsaved && !committed)
		ledgers_done(all);
	all->unsaved = false;
}
