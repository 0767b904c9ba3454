/* What an activity counts for, and what a change did to each credential. */
#pragma once

#include "daemon/held.h"

/* Fills a->counts: a member for each credential in use that requires hours. */
void effect_counts(struct work *w, const struct held_list *held, struct activity *a);

/* Each credential's counted total before a change: keep it, change, then ask for the
 * effects. */
struct effect_before {
	struct held_list held;
	int64_t *counted;
};
int effect_before(struct work *w, struct effect_before *ret, struct err *e);

/* The effects since `before`. `activities` (may be NULL), with their counts filled in,
 * tell why something does not count. `all`: also of credentials whose total did not
 * change. */
int effect_since(struct work *w, const struct effect_before *before,
		 const struct activity *activities, size_t n, bool all, struct list *ret,
		 struct err *e);

/* The effects of activities that were just added, with their counts filled in. */
int effect_added(struct work *w, const struct held_list *held,
		 const struct activity *activities, size_t n, struct list *ret,
		 struct err *e);
