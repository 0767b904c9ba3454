#include "daemon/judge/ledger_texts.h"

#include "common/search.h"

#include <stdlib.h>
#include <string.h>

enum { TEXTS = 3 }; /* title, provider and note */

/* ---- kept --------------------------------------------------------------------------------------- */

void ledger_texts_drop(struct ledgers *all)
{
	ledger_entries_done(&all->texts.of);
	free(all->texts.v);
	all->texts = (struct ledger_texts){0};
}

static void make_room(struct ledger_texts *t, size_t more)
{
	size_t room = t->room ? t->room : 4096;

	while (room < t->n + more)
		room *= 2;
	if (room == t->room)
		return;
	char *v = realloc(t->v, room);
	if (!v)
		oom();
	t->v = v;
	t->room = room;
}

static void put(struct ledger_texts *t, const char *text)
{
	size_t n = strlen(text) + 1;

	make_room(t, n);
	memcpy(t->v + t->n, text, n);
	t->n += n;
}

/* The entry's class is where its text begins. */
static void add(struct ledger_texts *t, struct ledger_entry *one,
		const char *const texts[TEXTS], struct arena *arena)
{
	one->entry.class = (uint32_t)t->n;
	put(t, search_text(texts, TEXTS, arena));
	ledger_entries_add(&t->of, one);
	t->too_many = t->n > TEXTS_BYTES_MOST || t->of.n > TEXTS_ENTRIES_MOST;
}

static int read_all(struct work *w, struct ledger_texts *t, struct err *e)
{
	AUTO_ARENA one_row = {NULL};
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_texts_all, &s, e);

	while (r >= 0 && !t->too_many && (r = db_step(w->db, s, e)) > 0) {
		const char *const texts[TEXTS] = {db_word(s, 5), db_word(s, 6),
						  db_word(s, 7)};
		struct ledger_entry one = {
			.entry = {.id = db_int(s, 0),
				  .done_on = db_date(s, 1),
				  .amount = db_int(s, 2),
				  .unit = (int)credit_unit_number(db_word(s, 3))},
			.planned = db_int(s, 4) > 0,
		};
		add(t, &one, texts, &one_row);
		arena_reset(&one_row);
		w->ledgers->read++;
		/* Sums go by unit, and this one is none of pdh's. */
		t->too_many |= strcmp(credit_unit_word((enum credit_unit)one.entry.unit),
				      db_word(s, 3)) != 0;
	}
	if (t->too_many)
		ledger_entries_done(&t->of);
	w->ledgers->unsaved = w->ledgers->unsaved || db_in_transaction(w->db);
	t->known = r >= 0;
	return r < 0 ? r : 0;
}

/* 1 where they are kept, 0 where they are too many. */
static int look(struct work *w, struct err *e)
{
	struct ledgers *all = w->ledgers;
	int r = 0;

	if (!ledgers_are_right(w)) {
		ledgers_done(all);
		ledgers_stay(w);
	}
	if (!all->texts.known)
		r = read_all(w, &all->texts, e);
	if (r < 0)
		return r;
	ledger_entries_sort(&all->texts.of);
	return !all->texts.too_many;
}

void ledger_texts_add(struct ledgers *all, const struct activity *a, struct arena *arena)
{
	const char *const texts[TEXTS] = {a->title, a->provider, a->note};
	struct ledger_entry one = {
		.entry = {.id = a->id,
			  .done_on = a->done_on,
			  .amount = a->credit.exact,
			  .unit = (int)credit_unit_number(a->credit.unit)},
		.planned = a->planned > 0,
	};

	if (!all->texts.known || all->texts.too_many)
		return;
	add(&all->texts, &one, texts, arena);
	if (all->texts.too_many)
		ledger_texts_drop(all);
}

void ledger_texts_remove(struct ledgers *all, const struct activity *was)
{
	if (all->texts.known)
		ledger_entries_remove(&all->texts.of, was->done_on, was->id);
}

/* ---- found -------------------------------------------------------------------------------------- */

struct search {
	const struct texts_question *q;
	struct total sums[UNIT_COUNT];
	struct texts_found *to;
};

static bool is_behind(const struct texts_question *q, const struct entry *entry)
{
	return q->after_day == DATE_NONE || entry->done_on < q->after_day ||
	       (entry->done_on == q->after_day && entry->id < q->after_id);
}

static void take(struct search *f, const struct ledger_entry *one)
{
	struct total *sum = &f->sums[one->entry.unit];

	if (one->planned == f->q->planned) {
		sum->credit.exact += one->entry.amount;
		sum->entries++;
	}
	if (f->to->n < f->q->limit && (one->planned || !f->q->planned) &&
	    is_behind(f->q, &one->entry))
		f->to->ids[f->to->n++] = one->entry.id;
}

static int by_unit(const void *a, const void *b)
{
	return strcmp(((const struct total *)a)->credit.unit,
		      ((const struct total *)b)->credit.unit);
}

static void fill_totals(struct search *f, struct arena *a)
{
	struct total *v = arena_array(a, UNIT_COUNT, sizeof(*v));
	size_t n = 0;

	for (size_t u = 0; u < UNIT_COUNT; u++) {
		if (!f->sums[u].entries)
			continue;
		v[n] = f->sums[u];
		v[n++].credit.unit = credit_unit_word((enum credit_unit)u);
	}
	if (n)
		qsort(v, n, sizeof(*v), by_unit);
	f->to->totals = (struct list){n, v};
}

int ledger_texts_find(struct work *w, const struct texts_question *q,
		      struct texts_found *ret, struct err *e)
{
	struct search f = {.q = q, .to = ret};
	int r = look(w, e);

	if (r <= 0)
		return r;
	const struct ledger_texts *t = &w->ledgers->texts;
	*ret = (struct texts_found){
		.ids = arena_array(w->arena, q->limit + 1, sizeof(int64_t))};
	size_t first =
		q->days.from == DATE_NONE ? 0 : ledger_entries_from(&t->of, q->days.from);
	size_t end = q->days.to == DATE_NONE
			     ? t->of.n
			     : ledger_entries_from(&t->of, q->days.to + 1);
	for (size_t i = end; i-- > first;)
		if (search_finds(q->words, t->v + t->of.v[i].entry.class))
			take(&f, &t->of.v[i]);
	fill_totals(&f, w->arena);
	return 1;
}
