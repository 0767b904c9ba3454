/* A credential as it is held: the row, the cycle it is judged in, and that cycle's rules. */
#pragma once

#include "daemon/pack/pack.h"
#include "daemon/work.h"

struct held_cycle {
	int64_t id;
	civil_day begins, ends; /* DATE_NONE: open */
	civil_day closed_on;	/* DATE_NONE while it is the open one */
	bool told;		/* it was over before pdh kept the record */
	int64_t required;	/* instead of the pack's total; INT_NONE: the pack's */
	const struct pack *pack;
	struct ruleset rules; /* the pack's, with `required` put in */
};

/* The facts to use for a credential that is only tried (`rules try`), in place of stored ones. */
struct held_trial {
	const struct rule_fact *facts;
	size_t n;
};

struct held {
	int64_t id; /* for a trial: the credential whose activities are judged; 0: of none, and activities
		       that --only ties to other credentials do not count */
	const char *alias, *title, *jurisdiction, *level, *number, *note;
	civil_day issued, retired_on;
	struct held_cycle cycle;
	bool pursued; /* it is not held yet: its items are the steps of a path */
	const struct held_trial *trial; /* NULL: it is held, and its facts are stored */
};

struct held_list {
	struct held *v;
	size_t n;
};

/* All credentials by alias, retired ones too, each with the cycle that `day` lies in;
 * DATE_NONE: the open one. */
int held_all(struct work *w, civil_day day, struct held_list *ret, struct err *e);

/* The same for a question about the day `as_of` (DATE_NONE: today), which is *ret_day. A day of the past is judged in the
 * cycle that it lay in; today and later days are judged in the open one. */
int held_as_of(struct work *w, civil_day as_of, civil_day *ret_day, struct held_list *ret,
	       struct err *e);

/* The credential of this alias, or of this pack's name or title if only one is; with its
 * open cycle. -PDH_NOT_FOUND with the nearest alias, -PDH_AMBIGUOUS. `field` is the
 * parameter to blame. */
int held_find(struct work *w, const char *name, const char *field, struct held *ret,
	      struct err *e);

/* The same search in a list that was read already. */
int held_pick(const struct held_list *l, const char *name, const char *field,
	      struct held **ret, struct err *e);

/* The credentials with these names, in their order; without names, all that are in use on `day`. Errors blame the field
 * `credentials`. */
int held_choose(struct work *w, const struct held_list *all, const struct texts *names,
		civil_day day, struct held_list *ret, struct err *e);

/* Every cycle of one credential: the open one, then the closed ones, newest first. */
int held_cycles(struct work *w, int64_t credential_id, struct held_cycle **ret,
		size_t *ret_n, struct err *e);

/* Whether it is in use on `day`, and its rules require hours. */
bool held_counts_hours(const struct held *h, civil_day day);

/* Sets the rules of a cycle to those of a pack: its own, or another that is tried. */
void held_under(struct held_cycle *c, const struct pack *pack);

/* The unit of amounts under the rules of a cycle. The word lives as long as the rules do. */
const char *held_unit(const struct held_cycle *c);
