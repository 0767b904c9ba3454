#include "daemon/ledger.h"

#include "daemon/activity_split.h"

#include <stdlib.h>
#include <string.h>

enum {
	KEPT_MAX =
		65536, /* entries of all ledgers, 2.5 MiB; beyond it they are read anew for each question */
	ROOM_FIRST = 64
};

/* ---- one ledger --------------------------------------------------------------------------------- */

/* Room for one more, at its end. */
static struct ledger_entry *add_entry(struct ledger *l)
{
	if (l->n == l->room) {
		size_t room = l->room ? 2 * l->room : ROOM_FIRST;
		struct ledger_entry *v = realloc(l->v, room * sizeof(*v));
		if (!v)
			oom();
		l->v = v;
		l->room = room;
	}
	return &l->v[l->n++];
}

/* By day, then by number, as the database sorts them. */
static void insert_entry(struct ledger *l, const struct ledger_entry *entry)
{
	size_t at = l->n;

	add_entry(l);
	for (; at > 0 && l->v[at - 1].entry.done_on > entry->entry.done_on; at--)
		l->v[at] = l->v[at - 1];
	l->v[at] = *entry;
}

static bool is_in(const struct ledger *l, civil_day day)
{
	return (l->begins == DATE_NONE || day >= l->begins) &&
	       (l->ends == DATE_NONE || day <= l->ends);
}

/* Open ends compare as the first and the last day there is. */
static void bind_days(struct sqlite3_stmt *s, const struct ledger *l)
{
	if (l->begins == DATE_NONE)
		db_bind_text(s, ":begins", "");
	else
		db_bind_date(s, ":begins", l->begins);
	if (l->ends == DATE_NONE)
		db_bind_text(s, ":ends", "9999");
	else
		db_bind_date(s, ":ends", l->ends);
}

/* An activity on its way into ledgers: what it is as a whole, and what was split off. */
struct ledger_source {
	struct entry_words words;
	struct ledger_entry whole;
	struct source_part {
		const char *topic;
		int64_t amount;
	} * parts;
	size_t n;
};

/* The topics of the whole that no part has, and `topic` (may be NULL). */
static const char *topics_of(const struct ledger_source *s, const char *topic,
			     struct arena *a)
{
	struct texts left = {0, NULL};
	char *copy = arena_dup(a, s->words.topics ? s->words.topics : ""), *save;

	for (char *word = strtok_r(copy, CLASS_SEPARATOR, &save); word;
	     word = strtok_r(NULL, CLASS_SEPARATOR, &save)) {
		bool split = false;
		for (size_t i = 0; i < s->n; i++)
			split = split || strcmp(s->parts[i].topic, word) == 0;
		if (!split) {
			left.v = arena_grow(a, left.n ? (void *)left.v : NULL, left.n,
					    sizeof(*left.v));
			left.v[left.n++] = word;
		}
	}
	if (topic) {
		left.v = arena_grow(a, left.n ? (void *)left.v : NULL, left.n,
				    sizeof(*left.v));
		left.v[left.n++] = topic;
	}
	return classes_topics(&left, a);
}

static void add_part(struct ledgers *all, struct ledger *l, const struct ledger_source *s,
		     const char *topic, int64_t amount)
{
	AUTO_ARENA scratch = {NULL};
	struct entry_words words = s->words;
	struct ledger_entry part = s->whole;

	if (s->n)
		words.topics = topics_of(s, topic, &scratch);
	part.entry.amount = amount;
	part.entry.unit = credit_unit_number(words.unit);
	part.entry.class = classes_of(&all->classes, &words);
	insert_entry(l, &part);
	all->entries++;
}

static void add_source(struct ledgers *all, struct ledger *l,
		       const struct ledger_source *s)
{
	int64_t left = s->whole.entry.amount;

	for (size_t i = 0; i < s->n; i++) {
		add_part(all, l, s, s->parts[i].topic, s->parts[i].amount);
		left -= s->parts[i].amount;
	}
	if (left > 0)
		add_part(all, l, s, NULL, left);
}

/* "ethics", a separator, its amount; and so on. */
static void read_parts(const char *joined, struct arena *a, struct ledger_source *to)
{
	char *copy = arena_dup(a, joined), *save;

	for (char *word = strtok_r(copy, CLASS_SEPARATOR, &save); word;
	     word = strtok_r(NULL, CLASS_SEPARATOR, &save)) {
		char *amount = strchr(word, '\x1e');
		if (!amount)
			continue;
		*amount = '\0';
		to->parts = arena_grow(a, to->parts, to->n, sizeof(*to->parts));
		to->parts[to->n++] =
			(struct source_part){word, strtoll(amount + 1, NULL, 10)};
	}
}

static void read_entry(struct work *w, struct sqlite3_stmt *s, struct ledger *l)
{
	AUTO_ARENA scratch = {NULL};
	struct ledger_source source = {
		.words = {.unit = db_word(s, 3),
			  .kind = db_word(s, 5),
			  .format = db_word(s, 6),
			  .role = db_word(s, 7),
			  .provider = db_word(s, 8),
			  .duty = db_int(s, 9) > 0,
			  .topics = db_word(s, 10),
			  .course = db_word(s, 11),
			  .approval = db_word(s, 12)},
		.whole = {.entry = {.id = db_int(s, 0),
				    .done_on = db_date(s, 1),
				    .amount = db_int(s, 2)},
			  .planned = db_int(s, 4) > 0},
	};

	read_parts(db_word(s, 13), &scratch, &source);
	add_source(w->ledgers, l, &source);
}

static int read_entries(struct work *w, struct ledger *l, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_cycle_entries, &s, e);

	if (r < 0)
		return r;
	bind_days(s, l);
	db_bind_int(s, ":credential_id", l->credential_id);
	while ((r = db_step(w->db, s, e)) > 0)
		read_entry(w, s, l);
	return r;
}

#ifdef PDH_CHECKED
/* What is kept is what the database holds; every question of every test looks. */
static void check_kept(struct work *w, const struct ledger *l)
{
	struct ledger again = *l;
	struct err e;

	again.v = NULL;
	again.n = again.room = 0;
	size_t entries = w->ledgers->entries;
	bool same = read_entries(w, &again, &e) == 0 && again.n == l->n;
	w->ledgers->entries = entries;
	for (size_t i = 0; same && i < l->n; i++) {
		const struct entry *a = &l->v[i].entry, *b = &again.v[i].entry;
		same = a->id == b->id && a->done_on == b->done_on &&
		       a->amount == b->amount && a->unit == b->unit &&
		       a->class == b->class && l->v[i].planned == again.v[i].planned;
	}
	free(again.v);
	if (!same)
		abort();
}
#else
static void check_kept(struct work *w, const struct ledger *l)
{
	(void)w;
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
	       now.others == w->ledgers->stamp.others;
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
		if (l->credential_id == h->id && l->begins == reach.from &&
		    l->ends == reach.to) {
			check_kept(w, l);
			*ret = l;
			return 0;
		}
	struct ledger *l = calloc(1, sizeof(*l));
	if (!l)
		oom();
	*l = (struct ledger){.next = all->head,
			     .credential_id = h->id,
			     .begins = reach.from,
			     .ends = reach.to};
	all->head = l;
	all->unsaved = all->unsaved || db_in_transaction(w->db);
	*ret = l;
	int r = read_entries(w, l, e);
	if (r < 0)
		ledgers_done(all);
	return r;
}

/* ---- changes that are told ---------------------------------------------------------------------- */

static bool names(const struct texts *t, const char *alias)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i], alias) == 0)
			return true;
	return false;
}

static bool may_count(const struct activity *a, const char *alias)
{
	return a->only.v ? names(&a->only, alias) : !names(&a->except, alias);
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
		.words = {.kind = a->kind,
			  .format = a->format,
			  .role = a->role,
			  .provider = a->provider,
			  .course = a->course,
			  .approval = a->approval,
			  .unit = a->credit.unit,
			  .topics = classes_topics(&a->topics, w->arena),
			  .duty = a->duty > 0},
		.whole = {.entry = {.id = a->id,
				    .done_on = a->done_on,
				    .amount = a->credit.exact},
			  .planned = a->planned > 0},
	};
	take_parts(w, a, &source);

	for (struct ledger *l = w->ledgers->head; l; l = l->next) {
		if (!is_in(l, a->done_on) ||
		    !may_count(a, alias_of(held, l->credential_id)))
			continue;
		add_source(w->ledgers, l, &source);
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
