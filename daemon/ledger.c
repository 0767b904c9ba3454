#include "daemon/ledger_read.h"

#include "daemon/activity.h"
#include "daemon/activity_split.h"

#include <stdlib.h>
#include <string.h>

enum {
	KEPT_MAX =
		65536, /* entries of all ledgers, 2.5 MiB; beyond it they are read anew for each question */
};

#ifdef PDH_CHECKED
/* What is kept is what the database holds; every question of every test looks. */
static void check_kept(struct work *w, const struct held_cycle *c, const struct ledger *l)
{
	struct ledger again = *l;
	struct err e;

	again.v = NULL;
	again.n = again.room = 0;
	again.held_back = NULL;
	again.held_back_count = 0;
	size_t entries = w->ledgers->entries;
	bool same = ledger_read(w, c, &again, &e) == 0 && again.n == l->n &&
		    again.held_back_count == l->held_back_count;
	w->ledgers->entries = entries;
	for (size_t i = 0; same && i < l->n; i++) {
		const struct entry *a = &l->v[i].entry, *b = &again.v[i].entry;
		same = a->id == b->id && a->done_on == b->done_on &&
		       a->amount == b->amount && a->unit == b->unit &&
		       a->class == b->class && l->v[i].planned == again.v[i].planned;
	}
	free(again.v);
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

/* ---- all of them -------------------------------------------------------------------------------- */

void ledgers_done(struct ledgers *all)
{
	while (all->head) {
		struct ledger *l = all->head;
		all->head = l->next;
		free(l->v);
		free(l->held_back);
		free(l);
	}
	classes_done(&all->classes);
	*all = (struct ledgers){0};
}

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

int ledger_of(struct work *w, const struct held *h, const struct ledger **ret,
	      struct err *e)
{
	const struct held_cycle *c = &h->cycle;
	const struct period period = {c->begins, c->ends};
	const struct period reach = rules_reach(&c->rules, period);
	struct ledgers *all = w->ledgers;

	if (!ledgers_are_right(w) || all->entries > KEPT_MAX) {
		ledgers_done(all);
		ledgers_stay(w);
	}
	for (const struct ledger *l = all->head; l; l = l->next)
		if (l->credential_id == h->id && l->cycle_id == c->id &&
		    l->begins == reach.from && l->ends == reach.to) {
			check_kept(w, c, l);
			*ret = l;
			return 0;
		}
	struct ledger *l = calloc(1, sizeof(*l));
	if (!l)
		oom();
	*l = (struct ledger){.next = all->head,
			     .credential_id = h->id,
			     .cycle_id = c->id,
			     .begins = reach.from,
			     .ends = reach.to};
	all->head = l;
	all->unsaved = all->unsaved || db_in_transaction(w->db);
	*ret = l;
	int r = ledger_read(w, c, l, e);
	if (r < 0)
		ledgers_done(all);
	return r;
}

static bool is_in(const struct ledger *l, civil_day day)
{
	return (l->begins == DATE_NONE || day >= l->begins) &&
	       (l->ends == DATE_NONE || day <= l->ends);
}

/* ---- changes that are told ---------------------------------------------------------------------- */

static bool may_count(const struct activity *a, const char *alias)
{
	return a->only.v ? texts_has(&a->only, alias) : !texts_has(&a->except, alias);
}

static const char *alias_of(const struct held_list *held, int64_t credential_id)
{
	for (size_t i = 0; i < held->n; i++)
		if (held->v[i].id == credential_id)
			return held->v[i].alias;
	return "";
}

static int by_topic(const void *a, const void *b)
{
	return strcmp(((const struct source_part *)a)->topic,
		      ((const struct source_part *)b)->topic);
}

static void take_parts(struct work *w, const struct activity *a, struct ledger_source *to)
{
	to->parts = arena_array(w->arena, a->split.n, sizeof(*to->parts));
	for (size_t i = 0; i < a->split.n; i++) {
		struct source_part *p = &to->parts[to->n++];
		p->topic = activity_split_part(a->split.v[i], w->arena, &p->amount);
	}
	if (to->n)
		qsort(to->parts, to->n, sizeof(*to->parts), by_topic);
}

void ledgers_add(struct work *w, const struct held_list *held, const struct activity *a)
{
	struct ledger_source source = {
		.words = classes_words(a, w->arena),
		.whole = {.entry = {.id = a->id,
				    .done_on = a->done_on,
				    .amount = a->credit.exact},
			  .planned = a->planned > 0,
			  .scoped = a->only.v != NULL},
	};
	take_parts(w, a, &source);

	for (struct ledger *l = w->ledgers->head; l; l = l->next) {
		if (!is_in(l, a->done_on) ||
		    !may_count(a, alias_of(held, l->credential_id)))
			continue;
		ledger_add_source(w->ledgers, l, &source);
	}
	ledgers_stay(w);
	w->ledgers->unsaved = true;
}

void ledgers_settle(struct ledgers *all, bool committed)
{
	if (all->unsaved && !committed)
		ledgers_done(all);
	all->unsaved = false;
}
