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
		*t = (struct tally){.rule = r, .word = word, .entry = entry};
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

/* ---- the words of an entry ---------------------------------------------------------------- */

/* Whether the pack lists a topic, as the area of needs. */
static bool is_area(const struct judgement *j, const char *topic)
{
	const struct ruleset *rules = j->c->rules;

	for (size_t i = 0; i < rules->word_count; i++)
		if (rules->words[i].attr == ATTR_TOPIC &&
		    strcmp(rules->words[i].word, topic) == 0)
			return true;
	return false;
}

/* The words of an attribute that an entry has; of the topics all, or only those that are
 * listed, or only those that are not. */
enum which { ALL, AREAS, SUBJECTS };

static struct rule_words select_words(const struct judgement *j, enum rule_attr attr,
				      const struct entry *e, enum which which)
{
	const struct rule_words *all = &j->c->classes[e->class].attr[attr];
	const char **v = arena_array(j->a, all->n, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		bool area = which != ALL && is_area(j, all->v[i]);
		const char *word = NULL;
		if (which == ALL || area == (which == AREAS))
			word = tally_word(j, when_spelled(j, attr, all->v[i]),
					  e->done_on);
		if (word)
			v[n++] = word;
	}
	return (struct rule_words){v, n};
}

static struct rule_words words_of(const struct judgement *j, const struct rule *r,
				  const struct entry *e)
{
	if (r->worth.per != PER_SUBJECT)
		return select_words(j, (enum rule_attr)r->worth.per, e, ALL);
	struct rule_words subjects = select_words(j, ATTR_TOPIC, e, SUBJECTS);
	return subjects.n ? subjects : select_words(j, ATTR_TOPIC, e, AREAS);
}

const char *tally_word_of(const struct judgement *j, const struct rule *r, size_t entry)
{
	if (r->worth.per == ATTR_COUNT)
		return NULL;
	const struct rule_words words = words_of(j, r, &j->c->entries[entry]);
	return words.n ? words.v[0] : NULL;
}

/* ---- the least of all of one word --------------------------------------------------------- */

static void tally_words(const struct judgement *j, struct tallies *all,
			const struct rule *r, size_t entry)
{
	const struct rule_words words = words_of(j, r, &j->c->entries[entry]);

	for (size_t n = 0; n < words.n; n++) {
		struct tally *t = tally_of(all, r, words.v[n], entry, j->a);
		t->sum = added(t->sum, j->value[entry]);
	}
}

/* Hours of an area that name no subject are of one subject that nobody named: of that of
 * their area which lacks just them, and has the most of these; of any other as well, as far
 * as they ask for themselves. */
static void find_lacking(const struct tallies *all, const struct rule *r,
			 struct tally *unnamed, const char *subject)
{
	const struct tally *t = tally_find(all, r, subject),
			   *best = unnamed->joins ? tally_find(all, r, unnamed->joins)
						  : NULL;
	int64_t together = added(t->sum, unnamed->sum);

	if (together > unnamed->beside)
		unnamed->beside = together;
	if (t->sum >= r->worth.least || together < r->worth.least)
		return;
	if (!best || t->sum > best->sum ||
	    (t->sum == best->sum && strcmp(subject, unnamed->joins) < 0))
		unnamed->joins = subject;
}

static void look_for_lacking(const struct judgement *j, struct tallies *all,
			     const struct rule *r, size_t entry)
{
	const struct entry *e = &j->c->entries[entry];
	const struct rule_words subjects = select_words(j, ATTR_TOPIC, e, SUBJECTS),
				areas = select_words(j, ATTR_TOPIC, e, AREAS);

	for (size_t k = 0; k < areas.n; k++) {
		struct tally *unnamed = find(all, r, areas.v[k]);
		for (size_t n = 0; unnamed->rule && n < subjects.n; n++)
			find_lacking(all, r, unnamed, subjects.v[n]);
	}
}

/* Hours that name no subject are counted once, though they may be of several areas. */
static void join_lacking(struct tallies *all)
{
	for (size_t i = 0; i < all->room; i++) {
		const struct tally *unnamed = &all->slots[i];
		if (!unnamed->rule || !unnamed->joins)
			continue;
		struct tally *t = find(all, unnamed->rule, unnamed->joins);
		int64_t together = added(t->sum, unnamed->sum);
		if (together > t->beside)
			t->beside = together;
	}
}

typedef void tally_step(const struct judgement *j, struct tallies *all,
			const struct rule *r, size_t entry);

/* One step for each entry under each rule that asks for the least of what is together. */
static void each_asking(const struct judgement *j, struct tallies *all, bool subjects,
			tally_step *step)
{
	for (size_t i = 0; i < j->c->n; i++) {
		const struct entry *e = &j->c->entries[i];
		uint64_t left = e->unit == UNIT_CARRIED ? 0 : j->credits[e->class].taken;
		for (; left; left &= left - 1) {
			const struct rule *r = &j->c->rules->rules[__builtin_ctzll(left)];
			if (tally_asks(r) && is_live(r, e->done_on) &&
			    (!subjects || r->worth.per == PER_SUBJECT))
				step(j, all, r, i);
		}
	}
}

void tally_together(const struct judgement *j, struct tallies *all)
{
	each_asking(j, all, false, tally_words);
	each_asking(j, all, true, look_for_lacking);
	join_lacking(all);
}

int64_t tally_most(const struct judgement *j, struct tallies *together,
		   const struct rule *r, size_t entry)
{
	const struct rule_words words = words_of(j, r, &j->c->entries[entry]);
	int64_t most = j->value[entry];

	for (size_t n = 0; n < words.n; n++) {
		const struct tally *t = tally_find(together, r, words.v[n]);
		if (t && t->sum > most)
			most = t->sum;
		if (t && t->beside > most)
			most = t->beside;
	}
	return most;
}
