/* Categories that rules select entries by: whether anybody can log such an entry. */
#pragma once

#include "daemon/pack/read/read.h"
#include "daemon/rules/rules.h"

/* A word of a selector for which the pack declares no list of its own. Of kinds and formats
 * it is one that people commonly log, of approval and the like one of the few there are; of
 * what is free (topics, providers, courses) any. `folded` is the word as selectors compare
 * it. -PDH_REFUSED with the nearest word. */
int category_check(struct reader *r, const struct yaml *v, enum rule_attr attr,
		   const char *word, const char *folded);

/* The word of `known` (folded) that was probably meant: a slip of the pen away, or one of
 * which it is a part ("study" in "self-study"). NULL if none. */
const char *category_near(const char *folded, const char *const *known, size_t n);

/* Refuses a word that is none of `known`, which the pack declares under `list`. */
int category_refuse(struct reader *r, const struct yaml *v, const char *list,
		    const char *word, const char *const *known, size_t n);

/* The common word for what people call otherwise altogether, "live-online" for "zoom"; NULL: there is none. */
const char *category_means(enum rule_attr attr, const char *folded);

/* The kind that people commonly log and that this one is probably a slip of; NULL if none. */
const char *category_slip(const char *folded);

/* Words of this attribute that people commonly log, the most common first; none for
 * attributes whose words are open. */
size_t category_common(enum rule_attr attr, const char *const **ret);
