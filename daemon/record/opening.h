/* Opening balances of a cycle, as activities that are tied to its credential. */
#pragma once

#include "common/credit_opening.h"
#include "daemon/judge/held.h"

/* Reads what was typed; `field` of the error is "opening". */
struct opening_list {
	struct credit_opening *v;
	size_t n;
};
int opening_read(struct work *w, const struct texts *typed, struct opening_list *ret,
		 struct err *e);

/* Stores them, each on a day of its own that is over: the last day of its year of the cycle, or yesterday; the first of them
 * goes to *ret_id, INT_NONE where there is none. -PDH_REFUSED for a cycle or a year that has not begun. */
int opening_store(struct work *w, const char *alias, const struct period *cycle,
		  const struct opening_list *list, int64_t *ret_id, struct err *e);

/* Takes away those that lie in these days. */
int opening_clear(struct work *w, int64_t credential_id, const struct period *cycle,
		  struct err *e);
