#include "daemon/rules/parts.h"

#include <string.h>

enum { ROOM_FIRST = 16, HALF = 2 };

static size_t hash(const struct rule *r, const char *word)
{
	uint64_t h = UINT64_C(14695981039346656037) ^ (uint64_t)r->line; /* FNV-1a */

	for (; *word; word++)
		h = (h ^ (unsigned char)*word) * UINT64_C(1099511628211);
	return (size_t)h;
}

static struct tally *find(const struct tallies *all, const struct rule *r,
			  const char *word)
{
	size_t at = hash(r, word) % all->room;

	while (all->slots[at].rule &&
	       (all->slots[at].rule != r || strcmp(all->slots[at].word, word) != 0))
		at = (at + 1) % all->room;
	return &all->slots[at];
}

/* At most half of the slots are taken. */
static void make_room(struct tallies *all, struct arena *a)
{
	const struct tallies old = *all;

	if (HALF * (all->n + 1) <= all->room)
		return;
	all->room = old.room ? HALF * old.room : ROOM_FIRST;
	all->slots = arena_array(a, all->room, sizeof(*all->slots));
	for (size_t i = 0; i < old.room; i++)
		if (old.slots[i].rule)
			*find(all, old.slots[i].rule, old.slots[i].word) = old.slots[i];
}

struct tally *tally_of(struct tallies *all, const struct rule *r, const char *word,
		       size_t entry, struct arena *a)
{
	make_room(all, a);
	struct tally *t = find(all, r, word);
	if (!t->rule) {
		*t = (struct tally){r, word, 0, entry};
		all->n++;
	}
	return t;
}

const struct tally *tally_find(const struct tallies *all, const struct rule *r,
			       const char *word)
{
	const struct tally *t = all->room ? find(all, r, word) : NULL;

	return t && t->rule ? t : NULL;
}

const char *tally_word(const struct judgement *j, const char *word, civil_day day)
{
	const struct period *p = &j->c->period;

	if (in_span(j, day))
		return word;
	if (p->from == DATE_NONE || p->to == DATE_NONE || day >= p->from)
		return NULL;
	int length = date_months_between(p->from, p->to + 1);
	int before = date_months_between(day + 1, p->from);
	return arena_printf(j->a, "%s\x1e%d", word, length > 0 ? before / length : 0);
}

bool tally_asks(const struct rule *r)
{
	return r->verb == RULE_CREDIT && r->worth.least && r->worth.per != ATTR_COUNT;
}

static const struct rule_words *words_of(const struct judgement *j, const struct rule *r,
					 const struct entry *e)
{
	return &j->c->classes[e->class].attr[r->worth.per];
}

static const char *word_at(const struct judgement *j, const struct rule *r,
			   const struct entry *e, size_t n)
{
	const struct rule_words *words = words_of(j, r, e);

	return tally_word(j, spelled(j, (enum rule_attr)r->worth.per, words->v[n]),
			  e->done_on);
}

const char *tally_word_of(const struct judgement *j, const struct rule *r, size_t entry)
{
	const struct entry *e = &j->c->entries[entry];

	if (r->worth.per == ATTR_COUNT || words_of(j, r, e)->n == 0)
		return NULL;
	return word_at(j, r, e, 0);
}

static void tally_words(const struct judgement *j, struct tallies *all,
			const struct rule *r, size_t entry)
{
	const struct entry *e = &j->c->entries[entry];
	const struct rule_words *words = words_of(j, r, e);

	for (size_t n = 0; n < words->n; n++) {
		const char *word = word_at(j, r, e, n);
		if (!word)
			continue;
		struct tally *t = tally_of(all, r, word, entry, j->a);
		t->sum = added(t->sum, j->value[entry]);
	}
}

void tally_together(const struct judgement *j, struct tallies *all)
{
	for (size_t i = 0; i < j->c->n; i++) {
		const struct entry *e = &j->c->entries[i];
		uint64_t left = e->unit == UNIT_CARRIED ? 0 : j->credits[e->class].taken;
		for (; left; left &= left - 1) {
			const struct rule *r = &j->c->rules->rules[__builtin_ctzll(left)];
			if (tally_asks(r) && is_live(r, e->done_on))
				tally_words(j, all, r, i);
		}
	}
}

int64_t tally_most(const struct judgement *j, struct tallies *together,
		   const struct rule *r, size_t entry)
{
	const struct entry *e = &j->c->entries[entry];
	int64_t most = j->value[entry];

	for (size_t n = 0; n < words_of(j, r, e)->n; n++) {
		const char *word = word_at(j, r, e, n);
		const struct tally *t = word ? tally_find(together, r, word) : NULL;
		if (t && t->sum > most)
			most = t->sum;
	}
	return most;
}
