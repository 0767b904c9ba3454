#include "daemon/judge/classes.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_FIRST = 64, HALF = 2 };

static uint64_t hash(const char *key)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
	return h;
}

static const char *or_nothing(const char *text)
{
	return text ? text : "";
}

/* Everything that tells classes apart, in one text. */
static const char *key_of(const struct entry_words *w, struct arena *a)
{
	return arena_printf(a, "%s\x1e%s\x1e%s\x1e%s\x1e%s\x1e%s\x1e%s\x1e%s\x1e%c\x1e%s",
			    or_nothing(w->kind), or_nothing(w->format),
			    or_nothing(w->role), or_nothing(w->provider),
			    or_nothing(w->course), or_nothing(w->approval),
			    or_nothing(w->unit), or_nothing(w->origin),
			    w->duty ? 'd' : '-', or_nothing(w->topics));
}

static struct rule_words one(const char *word, struct arena *a)
{
	if (!word || !*word)
		return (struct rule_words){0};
	const char **v = arena_alloc(a, sizeof(*v));
	*v = rules_fold(word, a);
	return (struct rule_words){v, 1};
}

static struct rule_words several(const char *joined, struct arena *a)
{
	struct rule_words w = {0};
	const char **v = NULL;

	if (!joined || !*joined)
		return w;
	char *copy = arena_dup(a, joined), *save;
	for (char *word = strtok_r(copy, CLASS_SEPARATOR, &save); word;
	     word = strtok_r(NULL, CLASS_SEPARATOR, &save)) {
		v = arena_grow(a, v, w.n, sizeof(*v));
		v[w.n++] = rules_fold(word, a);
	}
	w.v = v;
	return w;
}

static struct entry_class make(const struct entry_words *w, struct arena *a)
{
	struct entry_class c = {0};

	c.attr[ATTR_KIND] = one(w->kind, a);
	c.attr[ATTR_FORMAT] = one(w->format, a);
	c.attr[ATTR_ROLE] = one(w->role, a);
	c.attr[ATTR_PROVIDER] = one(w->provider, a);
	c.attr[ATTR_TOPIC] = several(w->topics, a);
	c.attr[ATTR_COURSE] = one(w->course, a);
	c.attr[ATTR_APPROVAL] = one(w->approval, a);
	c.attr[ATTR_DUTY] = one(w->duty ? "yes" : "no", a);
	c.attr[ATTR_UNIT] = one(w->unit, a);
	c.attr[ATTR_ORIGIN] = one(w->origin, a);
	return c;
}

static void put(struct classes *c, uint32_t index)
{
	size_t at = hash(c->keys[index]) % c->slot_count;

	while (c->slots[at])
		at = (at + 1) % c->slot_count;
	c->slots[at] = index + 1;
}

/* At most half of the slots are taken. */
static void make_room(struct classes *c)
{
	if (HALF * (c->n + 1) <= c->slot_count)
		return;
	size_t room = c->slot_count ? HALF * c->slot_count : SLOTS_FIRST;
	free(c->slots);
	c->slots = calloc(room, sizeof(*c->slots));
	if (!c->slots)
		oom();
	c->slot_count = room;
	for (uint32_t i = 0; i < c->n; i++)
		put(c, i);
}

uint32_t classes_of(struct classes *c, const struct entry_words *words)
{
	AUTO_ARENA scratch = {NULL};
	const char *key = key_of(words, &scratch);

	make_room(c);
	for (size_t at = hash(key) % c->slot_count; c->slots[at];
	     at = (at + 1) % c->slot_count)
		if (strcmp(c->keys[c->slots[at] - 1], key) == 0)
			return c->slots[at] - 1;
	c->v = arena_grow(&c->arena, c->v, c->n, sizeof(*c->v));
	c->keys = arena_grow(&c->arena, c->keys, c->n, sizeof(*c->keys));
	c->v[c->n] = make(words, &c->arena);
	c->keys[c->n] = arena_dup(&c->arena, key);
	put(c, (uint32_t)c->n);
	return (uint32_t)c->n++;
}

static int by_word(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *classes_topics(const struct texts *topics, struct arena *a)
{
	const char *joined = NULL;
	struct texts sorted = {topics->n, arena_array(a, topics->n, sizeof(*sorted.v))};

	for (size_t i = 0; i < topics->n; i++)
		sorted.v[i] = topics->v[i];
	if (sorted.n)
		qsort(sorted.v, sorted.n, sizeof(*sorted.v), by_word);
	for (size_t i = 0; i < sorted.n; i++)
		if (i == 0 || strcmp(sorted.v[i], sorted.v[i - 1]) != 0)
			joined = joined ? arena_printf(a, "%s" CLASS_SEPARATOR "%s",
						       joined, sorted.v[i])
					: sorted.v[i];
	return joined;
}

static bool is_split(const struct texts *split, const char *topic, struct arena *a)
{
	for (size_t i = 0; i < split->n; i++)
		if (strcmp(rules_fold(split->v[i], a), rules_fold(topic, a)) == 0)
			return true;
	return false;
}

const char *classes_rest(const struct texts *topics, const struct texts *split,
			 struct arena *a)
{
	struct texts left = {0, arena_array(a, topics->n, sizeof(*left.v))};

	for (size_t i = 0; i < topics->n; i++)
		if (!is_split(split, topics->v[i], a))
			left.v[left.n++] = topics->v[i];
	return classes_topics(&left, a);
}

struct entry_words classes_words(const struct activity *a, struct arena *arena)
{
	return (struct entry_words){
		.kind = a->kind,
		.format = a->format,
		.role = a->role,
		.provider = a->provider,
		.course = a->course,
		.approval = a->approval,
		.unit = a->credit.unit,
		.topics = classes_topics(&a->topics, arena),
		.duty = a->duty > 0,
	};
}

void classes_done(struct classes *c)
{
	arena_done(&c->arena);
	free(c->slots);
	*c = (struct classes){0};
}
