/* A credential as it is held: the row, the cycle it is judged in, and that cycle's rules. */
#pragma once

#include "daemon/pack/pack.h"
#include "daemon/work.h"

struct held_cycle {
	int64_t id;
	civil_day begins, ends; /* DATE_NONE: open */
	civil_day closed_on;	/* DATE_NONE while it is the open one */
	int64_t required;	/* instead of the pack's total; INT_NONE: the pack's */
	const struct pack *pack;
	struct ruleset rules; /* the pack's, with `required` put in */
};

/* What is taken for known of a credential that is only tried. */
struct held_trial {
	const struct rule_fact *facts;
	size_t n;
};

struct held {
	int64_t id; /* of a trial the credential whose record is judged; 0: none, so that
		       what is tied to others by --only does not count */
	const char *alias, *title, *jurisdiction, *level, *number, *note;
	civil_day issued, retired_on;
	struct held_cycle cycle;
	const struct held_trial *trial; /* NULL: it is held, and its facts are stored */
};

struct held_list {
	struct held *v;
	size_t n;
};

/* All credentials by alias, retired ones too, each with the cycle that `day` lies in;
 * DATE_NONE: the open one. */
int held_all(struct work *w, civil_day day, struct held_list *ret, struct err *e);

/* The same for a question about a day, which is today if it is none: the past is judged in
 * the cycle it lay in, from today on it is the open one. */
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

/* Those that are named, in that order; where none is, all that are in use on `day`. The
 * field to blame is `credentials`. */
int held_choose(struct work *w, const struct held_list *all, const struct texts *names,
		civil_day day, struct held_list *ret, struct err *e);

/* Every cycle of one credential: the open one, then the closed ones, newest first. */
int held_cycles(struct work *w, int64_t credential_id, struct held_cycle **ret,
		size_t *ret_n, struct err *e);

/* Whether it is in use on `day`, and its rules require hours. */
bool held_counts_hours(const struct held *h, civil_day day);

/* Puts a cycle under the rules of a pack: its own, or others that it is tried under. */
void held_under(struct held_cycle *c, const struct pack *pack);

/* The unit of amounts under these rules, as a word that lives as long as they do. */
const char *held_unit(const struct held_cycle *c);
