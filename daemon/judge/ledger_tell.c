/* Changes of activities that are told to the ledgers, so that nothing has to be read again. */
#include "common/texts.h"
#include "daemon/judge/ledger_read.h"
#include "daemon/judge/ledger_texts.h"

#include <stdlib.h>
#include <string.h>

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
		p->topic = credit_part(a->split.v[i], w->arena, &p->amount);
	}
	if (to->n)
		qsort(to->parts, to->n, sizeof(*to->parts), by_topic);
}

static void add_common(struct ledgers *all, const struct ledger_source *source)
{
	for (struct ledger_span *s = all->spans; s; s = s->next)
		if (period_has((struct period){s->from, s->to},
			       source->whole.entry.done_on))
			ledger_add_source(all, &s->all, source);
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

	ledger_totals_drop(w->ledgers);
	ledger_texts_add(w->ledgers, a, w->arena);
	if (!a->only.v && !a->except.v)
		add_common(w->ledgers, &source);
	for (struct ledger *l = w->ledgers->head; l; l = l->next)
		if ((a->only.v || a->except.v) &&
		    period_has((struct period){l->begins, l->ends}, a->done_on) &&
		    may_count(a, alias_of(held, l->credential_id)))
			ledger_add_source(w->ledgers, &l->own, &source);
	ledgers_stay(w);
	w->ledgers->unsaved = true;
}

bool ledger_may_tell(struct work *w, int64_t activity_id)
{
	AUTO_STMT s = NULL;
	struct err e;

	if (!ledgers_are_right(w) || db_query(w->db, Q_activity_is_carried, &s, &e) < 0)
		return false;
	db_bind_int(s, ":activity_id", activity_id);
	return db_step(w->db, s, &e) == 0;
}

void ledgers_remove(struct work *w, const struct activity *was)
{
	struct ledgers *all = w->ledgers;

	ledger_totals_drop(all);
	ledger_texts_remove(all, was);
	for (struct ledger_span *s = all->spans; s; s = s->next)
		all->entries -= ledger_entries_remove(&s->all, was->done_on, was->id);
	for (struct ledger *l = all->head; l; l = l->next)
		all->entries -= ledger_entries_remove(&l->own, was->done_on, was->id);
	ledgers_stay(w);
	all->unsaved = true;
}
