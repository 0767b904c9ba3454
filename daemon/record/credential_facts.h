/* What only the person knows: values of facts, and the days from which they hold. */
#pragma once

#include "daemon/judge/facts.h"

/* Where facts are stored: the credential, the pack that asks for them, the days of the cycle, and the day from which they
 * hold. DATE_NONE: they always did, or they hold from the first day of the cycle or year, where the pack says that a value
 * holds for that long. */
struct fact_holder {
	int64_t credential_id;
	const struct pack *pack;
	struct period cycle;
	civil_day from;
};

/* Reads a fact as typed, "name=value", into the form in which it is kept. */
int credential_fact_read(struct work *w, const struct pack *pack, const char *fact,
			 struct rule_fact *ret, struct err *e);

/* Stores facts as "name=value". */
int credential_set_facts(struct work *w, const struct fact_holder *f,
			 const struct texts *facts, struct err *e);

/* The same, but "name=" takes away the value of that day, or without a day every value (of a
 * fact that does not hold for ever, every value of this cycle).
 * *ret_notes gains a sentence where a value that is stored for always is followed by one
 * of a later day. */
int credential_edit_facts(struct work *w, const struct fact_holder *f,
			  const struct texts *facts, struct texts *ret_notes,
			  struct err *e);

/* What the pack asks for beyond what is told of a day, as struct question; the day of issue,
 * where some rule goes by it and it is not told, as one called "issued". */
void credential_unanswered(struct work *w, const struct pack *pack,
			   const struct rule_fact *told, size_t n, civil_day day,
			   civil_day issued, struct list *ret);
