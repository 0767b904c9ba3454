/* Classes of entries: what selectors see of an entry, kept once for all entries that have
 * the same. */
#pragma once

#include "common/api.h"
#include "daemon/rules/rules.h"

/* The words of an entry as stored; NULL where there is none. */
struct entry_words {
	const char *kind, *format, *role, *provider, *course, *approval, *unit;
	const char *topics; /* separated by CLASS_SEPARATOR; NULL: none */
	bool duty;
	const char *
		origin; /* the word of an enum entry_origin, where it comes from another period */
};

#define CLASS_SEPARATOR "\x1f"

/* Zeroed: empty. */
struct classes {
	struct arena arena;
	struct entry_class *v;
	const char **keys;
	size_t n;
	uint32_t *slots; /* index + 1 by hash of the key; 0: free */
	size_t slot_count;
};

/* The index of its class, which is made if there is none. */
uint32_t classes_of(struct classes *c, const struct entry_words *words);

/* The topics of an activity as entry_words has them: sorted, each once. */
const char *classes_topics(const struct texts *topics, struct arena *a);

/* The topics of what is left of an activity when hours were split off: those that nothing
 * was split off to. What was split off to a topic is of that topic alone. */
const char *classes_rest(const struct texts *topics, const struct texts *split,
			 struct arena *a);

/* What selectors may see of an activity. */
struct entry_words classes_words(const struct activity *a, struct arena *arena);

void classes_done(struct classes *c);
