/* Facts as they are stored: values that a person told, and the days on which they hold. */
#pragma once

#include "daemon/pack/pack.h"
#include "daemon/work.h"

/* The facts as they are stored, as struct fact: by name, then by day. */
int facts_read(struct work *w, int64_t credential_id, struct list *ret, struct err *e);

/* The facts that the person told for days up to `day`, as "name=value". Of a fact that changed, the value that holds on
 * `day` comes first. */
int facts_told(struct work *w, int64_t id, civil_day day, struct texts *ret,
	       struct err *e);

/* The days of the cycles of a credential up to the one that begins on `last.from`, the earliest
 * first, and `last` itself in the place of that one. */
int facts_cycles(struct work *w, int64_t credential_id, struct period last,
		 struct period **ret, size_t *ret_n, struct err *e);

/* The stored facts with the days on which each holds: `pack` says whether a value holds for ever, for a cycle or for a year,
 * counted from a cycle of these days. Sorted by name, then by day. */
int facts_of_cycle(struct work *w, int64_t credential_id, const struct pack *pack,
		   struct period cycle, struct rule_fact **ret, size_t *ret_n,
		   struct err *e);

/* The fact of this name that the pack asks for; NULL if it asks for none of this name. */
const struct pack_fact *facts_asked(struct work *w, const struct pack *pack,
				    const char *name);
