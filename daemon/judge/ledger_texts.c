#include "daemon/judge/ledger_texts.h"

#include "common/search.h"
#include "common/similar.h"

#include <stdlib.h>
#include <string.h>

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

/* ---- one entry -------------------------------------------------------------------------- */

/* What an entry says, before it is folded. */
struct said {
	const char *texts
		[FILTER_TEXTS]; /* FILTER_PLAIN is not among them; topics are one a line */
};

/* Folds what is said; the texts of *ret are in the arena. */
static void fold(const struct said *said, struct arena *a, struct filter_row *ret)
{
	for (size_t i = 0; i < FILTER_TEXTS; i++) {
		const char *text = said->texts[i];
		ret->texts[i] = text && *text ? similar_fold(text, a) : "";
	}
	ret->texts[FILTER_PLAIN] = search_plain(ret->texts, FILTER_PLAIN, a);
	if (*ret->texts[FILTER_TOPICS])
		ret->texts[FILTER_TOPICS] =
			arena_printf(a, "\n%s\n", ret->texts[FILTER_TOPICS]);
}

static void of_row(struct sqlite3_stmt *s, struct said *ret)
{
	/* In the order of texts_all, behind id, day, credit, unit, planned and duty. */
	static const enum filter_text order[] = {
		FILTER_TITLE,	 FILTER_PROVIDER,    FILTER_NOTE,  FILTER_KIND,
		FILTER_FORMAT,	 FILTER_ROLE,	     FILTER_PLACE, FILTER_COURSE,
		FILTER_APPROVAL, FILTER_PROVIDER_ID, FILTER_TOPICS};

	*ret = (struct said){{NULL}};
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		ret->texts[order[i]] = db_word(s, 6 + (int)i);
}

static const char *lines(const struct texts *topics, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < topics->n; i++)
		all = arena_printf(a, "%s%s%s", all, i ? "\n" : "", topics->v[i]);
	return all;
}

static void of_activity(const struct activity *a, struct arena *arena, struct said *ret)
{
	*ret = (struct said){{
		[FILTER_TITLE] = a->title,
		[FILTER_PROVIDER] = a->provider,
		[FILTER_NOTE] = a->note,
		[FILTER_TOPICS] = lines(&a->topics, arena),
		[FILTER_KIND] = a->kind,
		[FILTER_FORMAT] = a->format,
		[FILTER_ROLE] = a->role,
		[FILTER_PLACE] = a->place,
		[FILTER_COURSE] = a->course,
		[FILTER_APPROVAL] = a->approval,
		[FILTER_PROVIDER_ID] = a->provider_id,
	}};
}

static void entry_of_row(struct sqlite3_stmt *s, struct ledger_entry *ret)
{
	*ret = (struct ledger_entry){
		.entry = {.id = db_int(s, 0),
			  .done_on = db_date(s, 1),
			  .amount = db_int(s, 2),
			  .unit = (int)credit_unit_number(db_word(s, 3))},
		.planned = db_int(s, 4) > 0,
		.duty = db_int(s, 5) > 0,
	};
}

/* The entry's class is where its texts begin. */
static void add(struct ledger_texts *t, struct ledger_entry *one, const struct said *said,
		struct arena *arena)
{
	struct filter_row row;

	fold(said, arena, &row);
	one->entry.class = (uint32_t)t->n;
	for (size_t i = 0; i < FILTER_TEXTS; i++)
		put(t, row.texts[i]);
	ledger_entries_add(&t->of, one);
	t->too_many = t->n > TEXTS_BYTES_MOST || t->of.n > TEXTS_ENTRIES_MOST;
}

static int read_all(struct work *w, struct ledger_texts *t, struct err *e)
{
	AUTO_ARENA of_one = {NULL};
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_texts_all, &s, e);

	while (r >= 0 && !t->too_many && (r = db_step(w->db, s, e)) > 0) {
		struct ledger_entry one;
		struct said said;
		entry_of_row(s, &one);
		of_row(s, &said);
		add(t, &one, &said, &of_one);
		arena_reset(&of_one);
		w->ledgers->read++;
	}
	bool too_many = t->too_many;
	if (too_many)
		ledger_texts_drop(w->ledgers);
	t->too_many = too_many;
	t->known = r >= 0;
	w->ledgers->unsaved = w->ledgers->unsaved || db_in_transaction(w->db);
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
	struct ledger_entry one = {
		.entry = {.id = a->id,
			  .done_on = a->done_on,
			  .amount = a->credit.exact,
			  .unit = (int)credit_unit_number(a->credit.unit)},
		.planned = a->planned > 0,
		.duty = a->duty > 0,
	};
	struct said said;

	if (!all->texts.known || all->texts.too_many)
		return;
	of_activity(a, arena, &said);
	add(&all->texts, &one, &said, arena);
	if (all->texts.too_many)
		ledger_texts_drop(all);
}

void ledger_texts_remove(struct ledgers *all, const struct activity *was)
{
	if (all->texts.known)
		ledger_entries_remove(&all->texts.of, was->done_on, was->id);
}

/* ---- found -------------------------------------------------------------------------------------- */

/* One that is found, while all of them are put into an order. */
struct hit {
	int64_t id, amount;
	civil_day day;
	const char *text;
};

struct search {
	const struct texts_question *q;
	struct arena *a;
	bool lasts;	  /* the texts of rows stay */
	struct hit *hits; /* of another order than that of days */
	size_t n;
	struct total sums[UNIT_COUNT];
	struct texts_found *to;
};

static bool is_by_day(const struct texts_question *q)
{
	return q->sort == ENTRY_SORT_NONE || q->sort == ENTRY_SORT_NEWEST;
}

static bool is_behind(const struct texts_question *q, const struct filter_row *row)
{
	return q->after_id == INT_NONE || row->done_on < q->after_day ||
	       (row->done_on == q->after_day && row->id < q->after_id);
}

static void add_hit(struct search *f, const struct filter_row *row)
{
	const enum filter_text by = f->q->sort == ENTRY_SORT_PROVIDER ? FILTER_PROVIDER
				    : f->q->sort == ENTRY_SORT_KIND   ? FILTER_KIND
								      : FILTER_TITLE;
	const char *text = row->texts[by];

	f->hits = arena_grow(f->a, f->hits, f->n, sizeof(*f->hits));
	f->hits[f->n++] = (struct hit){row->id, row->amount, row->done_on,
				       f->lasts ? text : arena_dup(f->a, text)};
}

/* Rows come newest first. */
static void look_at(struct search *f, const struct filter_row *row)
{
	struct total *sum = &f->sums[row->unit];

	if (!filter_takes(f->q->filter, row))
		return;
	if (row->planned == f->q->planned) {
		sum->credit.exact += row->amount;
		sum->entries++;
	}
	if (!row->planned && f->q->planned)
		return;
	if (!is_by_day(f->q))
		add_hit(f, row);
	else if (f->to->n < f->q->limit && is_behind(f->q, row))
		f->to->ids[f->to->n++] = row->id;
}

static int by_order(const void *x, const void *y, void *data)
{
	const struct hit *a = x, *b = y;
	const enum entry_sort sort = *(const enum entry_sort *)data;
	int r = 0;

	if (sort == ENTRY_SORT_MOST || sort == ENTRY_SORT_LEAST)
		r = (a->amount > b->amount) - (a->amount < b->amount);
	else if (sort == ENTRY_SORT_TITLE || sort == ENTRY_SORT_PROVIDER ||
		 sort == ENTRY_SORT_KIND)
		r = strcmp(a->text, b->text);
	else if (sort == ENTRY_SORT_OLDEST)
		r = (a->day > b->day) - (a->day < b->day);
	if (sort == ENTRY_SORT_MOST)
		r = -r;
	if (sort == ENTRY_SORT_NUMBER || (r == 0 && sort == ENTRY_SORT_OLDEST))
		return (a->id > b->id) - (a->id < b->id);
	if (r == 0 && sort != ENTRY_SORT_ADDED)
		r = (b->day > a->day) - (b->day < a->day);
	return r ? r : (b->id > a->id) - (b->id < a->id);
}

/* The page of hits in another order than that of days. */
static void take_page(struct search *f)
{
	enum entry_sort sort = f->q->sort;
	size_t at = 0;

	f->to->ids = arena_array(f->a, f->n + 1, sizeof(int64_t));
	if (f->n)
		qsort_r(f->hits, f->n, sizeof(*f->hits), by_order, &sort);
	if (f->q->after_id != INT_NONE) {
		while (at < f->n && f->hits[at].id != f->q->after_id)
			at++;
		f->to->lost = at == f->n;
		at++;
	}
	for (; at < f->n && f->to->n < f->q->limit; at++)
		f->to->ids[f->to->n++] = f->hits[at].id;
}

static int by_unit(const void *a, const void *b)
{
	return strcmp(((const struct total *)a)->credit.unit,
		      ((const struct total *)b)->credit.unit);
}

static void fill_totals(struct search *f)
{
	struct total *v = arena_array(f->a, UNIT_COUNT, sizeof(*v));
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

static void fill_row(const struct ledger_entry *one, struct filter_row *ret)
{
	ret->id = one->entry.id;
	ret->amount = one->entry.amount;
	ret->unit = (enum credit_unit)one->entry.unit;
	ret->done_on = one->entry.done_on;
	ret->planned = one->planned;
	ret->duty = one->duty;
}

static void look_at_kept(struct search *f, const struct ledger_texts *t)
{
	const struct period days = f->q->days;
	size_t first =
		days.from == DATE_NONE ? 0 : ledger_entries_from(&t->of, days.from);
	size_t end =
		days.to == DATE_NONE ? t->of.n : ledger_entries_from(&t->of, days.to + 1);

	for (size_t i = end; i-- > first;) {
		struct filter_row row;
		const char *text = t->v + t->of.v[i].entry.class;
		fill_row(&t->of.v[i], &row);
		for (size_t k = 0; k < FILTER_TEXTS; k++) {
			row.texts[k] = text;
			text += strlen(text) + 1;
		}
		look_at(f, &row);
	}
}

static int look_at_stored(struct search *f, struct work *w, struct err *e)
{
	AUTO_ARENA of_one = {NULL};
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_texts_newest, &s, e);

	while (r >= 0 && (r = db_step(w->db, s, e)) > 0) {
		struct ledger_entry one;
		struct filter_row row;
		struct said said;
		entry_of_row(s, &one);
		if (!period_has(f->q->days, one.entry.done_on))
			continue;
		of_row(s, &said);
		fold(&said, &of_one, &row);
		fill_row(&one, &row);
		look_at(f, &row);
		arena_reset(&of_one);
	}
	return r;
}

static int find(struct work *w, const struct texts_question *q, bool kept,
		struct texts_found *ret, struct err *e)
{
	struct search f = {.q = q, .a = w->arena, .lasts = kept, .to = ret};
	int r = 0;

	*ret = (struct texts_found){.n = 0};
	if (is_by_day(q))
		ret->ids = arena_array(w->arena, q->limit + 1, sizeof(int64_t));
	if (kept)
		look_at_kept(&f, &w->ledgers->texts);
	else
		r = look_at_stored(&f, w, e);
	if (!is_by_day(q))
		take_page(&f);
	fill_totals(&f);
	return r;
}

#ifdef PDH_CHECKED
/* What is found among what is kept is what is found in the database. */
static void check_found(struct work *w, const struct texts_question *q,
			const struct texts_found *found)
{
	const struct total *mine = found->totals.v, *theirs;
	struct texts_found stored;
	struct err e;

	if (find(w, q, false, &stored, &e) < 0)
		return;
	theirs = stored.totals.v;
	bool same = stored.n == found->n && stored.totals.n == found->totals.n;
	for (size_t i = 0; same && i < found->n; i++)
		same = stored.ids[i] == found->ids[i];
	for (size_t i = 0; same && i < found->totals.n; i++)
		same = mine[i].credit.exact == theirs[i].credit.exact &&
		       mine[i].entries == theirs[i].entries &&
		       strcmp(mine[i].credit.unit, theirs[i].credit.unit) == 0;
	if (!same)
		abort();
}
#else
static void check_found(struct work *w, const struct texts_question *q,
			const struct texts_found *found)
{
	(void)w;
	(void)q;
	(void)found;
}
#endif

int ledger_texts_find(struct work *w, const struct texts_question *q,
		      struct texts_found *ret, struct err *e)
{
	int kept = look(w, e);

	if (kept < 0)
		return kept;
	int r = find(w, q, kept > 0, ret, e);
	if (r == 0 && kept)
		check_found(w, q, ret);
	return r;
}
