#include "daemon/judge/ledger_read.h"

#include "common/texts.h"

#include <stdlib.h>
#include <string.h>

/* Of what came from another cycle, behind the parts of what was done in its own. */
enum { PART_BEHIND = 0x8000 };

/* The topics of one part, or of the rest of what was split (NULL). */
static const char *topics_of(const struct ledger_source *s, const char *part,
			     struct arena *a)
{
	struct texts all = {0, NULL}, split = {0, arena_array(a, s->n, sizeof(*split.v))};
	char *copy = arena_dup(a, s->words.topics ? s->words.topics : ""), *save;

	if (part)
		return part;
	for (char *word = strtok_r(copy, CLASS_SEPARATOR, &save); word;
	     word = strtok_r(NULL, CLASS_SEPARATOR, &save))
		texts_add(&all, word, a);
	for (size_t i = 0; i < s->n; i++)
		split.v[split.n++] = s->parts[i].topic;
	return classes_rest(&all, &split, a);
}

/* The part of this number; behind the last comes what is left. */
static void add_part(struct ledgers *all, struct ledger_entries *to,
		     const struct ledger_source *s, size_t n, int64_t amount)
{
	AUTO_ARENA scratch = {NULL};
	struct entry_words words = s->words;
	struct ledger_entry part = s->whole;

	if (s->n)
		words.topics =
			topics_of(s, n < s->n ? s->parts[n].topic : NULL, &scratch);
	part.part = (uint16_t)n;
	part.entry.amount = amount;
	part.entry.unit = (int)credit_unit_number(words.unit);
	part.entry.class = classes_of(&all->classes, &words);
	ledger_entries_add(to, &part);
	all->entries++;
}

void ledger_add_source(struct ledgers *all, struct ledger_entries *to,
		       const struct ledger_source *s)
{
	int64_t left = s->whole.entry.amount;

	for (size_t i = 0; i < s->n; i++) {
		add_part(all, to, s, i, s->parts[i].amount);
		left -= s->parts[i].amount;
	}
	if (left > 0)
		add_part(all, to, s, s->n, left);
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

static void read_entry(struct work *w, struct sqlite3_stmt *s, struct ledger_entries *to)
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
			  .planned = db_int(s, 4) > 0,
			  .scoped = db_int(s, 14) > 0},
	};

	read_parts(db_word(s, 13), &scratch, &source);
	ledger_add_source(w->ledgers, to, &source);
	w->ledgers->read++;
}

/* What was carried over lies on the first day of its cycle, what was late on the last. Of
 * general hours nothing is known but where they come from. */
static void read_carried(struct work *w, struct sqlite3_stmt *s,
			 const struct held_cycle *c, struct ledger *l)
{
	AUTO_ARENA scratch = {NULL};
	const char *part = db_word(s, 1), *origin = db_word(s, 2);
	bool late = entry_origin_of(origin) == ORIGIN_LATE;
	struct ledger_source source = {
		.words = {.kind = entry_origin_word(ORIGIN_CARRIED), .origin = origin},
		.whole = {.entry = {.id = db_int(s, 0),
				    .done_on = late ? c->ends : c->begins,
				    .amount = db_int(s, 3),
				    .unit = UNIT_CARRIED},
			  .scoped = true},
	};

	if (!db_int(s, 4)) {
		source.words = (struct entry_words){
			.kind = db_word(s, 5),
			.format = db_word(s, 6),
			.role = db_word(s, 7),
			.provider = db_word(s, 8),
			.duty = db_int(s, 9) > 0,
			.topics = db_word(s, 10),
			.course = db_word(s, 11),
			.approval = db_word(s, 12),
			.origin = origin,
		};
		read_parts(db_word(s, 13), &scratch, &source);
		source.words.topics =
			topics_of(&source, part && *part ? part : NULL, &scratch);
	}
	struct ledger_entry one = source.whole;
	one.part = (uint16_t)(PART_BEHIND | (l->own.n & (PART_BEHIND - 1)));
	one.entry.class = classes_of(&w->ledgers->classes, &source.words);
	ledger_entries_add(&l->own, &one);
	w->ledgers->entries++;
}

static int read_all_carried(struct work *w, const struct held_cycle *c, struct ledger *l,
			    struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_cycle_carried, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":cycle_id", c->id);
	while ((r = db_step(w->db, s, e)) > 0)
		read_carried(w, s, c, l);
	return r;
}

static int read_held_back(struct work *w, struct ledger *l, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_cycle_held_back, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", l->credential_id);
	db_bind_int(s, ":cycle_id", l->cycle_id);
	while ((r = db_step(w->db, s, e)) > 0) {
		struct held_back *v = realloc(
			l->held_back, (l->held_back_count + 1) * sizeof(*l->held_back));
		if (!v)
			oom();
		l->held_back = v;
		v[l->held_back_count++] = (struct held_back){db_int(s, 0), db_int(s, 1)};
	}
	return r;
}

/* Open ends compare as the first and the last day there is. */
static void bind_days(struct sqlite3_stmt *s, civil_day from, civil_day to)
{
	if (from == DATE_NONE)
		db_bind_text(s, ":begins", "");
	else
		db_bind_date(s, ":begins", from);
	if (to == DATE_NONE || to == INT32_MAX)
		db_bind_text(s, ":ends", "9999");
	else
		db_bind_date(s, ":ends", to);
}

int ledger_read_common(struct work *w, struct period days, struct ledger_entries *to,
		       struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_entries_common, &s, e);

	if (r < 0)
		return r;
	bind_days(s, days.from, days.to);
	while ((r = db_step(w->db, s, e)) > 0)
		read_entry(w, s, to);
	ledger_entries_sort(to);
	return r;
}

static int read_named(struct work *w, struct ledger *l, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_entries_named, &s, e);

	if (r < 0)
		return r;
	bind_days(s, l->begins, l->ends);
	db_bind_int(s, ":credential_id", l->credential_id);
	while ((r = db_step(w->db, s, e)) > 0)
		read_entry(w, s, &l->own);
	return r;
}

int ledger_read_own(struct work *w, const struct held_cycle *c, struct ledger *l,
		    struct err *e)
{
	int r = read_named(w, l, e);

	if (r == 0)
		r = read_all_carried(w, c, l, e);
	if (r == 0)
		r = read_held_back(w, l, e);
	ledger_entries_sort(&l->own);
	return r;
}
