/* What activities count for, and what a change did to each credential. */
#pragma once

#include "daemon/judge/judge.h"

/* Fills counts of activities as stored: a member for each credential in use that requires
 * hours. */
int effect_counts(struct work *w, const struct held_list *held, struct activity *v,
		  size_t n, struct err *e);

/* What an activity counts for in a cycle that was judged with parts. */
void effect_count(struct work *w, const struct held *h, const struct judged_cycle *j,
		  const struct activity *a, struct count *ret);

/* Each credential's counted total before a change. Call effect_before(), make the change, and call effect_since() with the
 * result. */
struct effect_before {
	struct held_list held;
	int64_t *counted;
	struct texts *open; /* the needs of each that are short, by id */
	struct texts *
		notes; /* where the caller wants told what became of needs; NULL: nowhere */
};
int effect_before(struct work *w, struct effect_before *ret, struct err *e);

/* The same where only new activities follow: what can be told from these alone is not
 * asked for. */
int effect_before_adding(struct work *w, struct effect_before *ret, struct err *e);

/* The effects since `before`. `activities` (may be NULL), with their counts filled in,
 * tell why something does not count. `all`: also of credentials whose total did not
 * change. */
int effect_since(struct work *w, const struct effect_before *before,
		 const struct activity *activities, size_t n, bool all, struct list *ret,
		 struct err *e);

/* The effects of activities that were added since effect_before_adding(). Their counts are filled in. */
int effect_added(struct work *w, const struct effect_before *before,
		 const struct activity *activities, size_t n, struct list *ret,
		 struct err *e);
