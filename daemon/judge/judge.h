/* Judges a cycle: gives its entries, and what is known of the person, to the rules. */
#pragma once

#include "daemon/judge/held.h"

/* Entries that are judged together with those that are stored, and are never stored themselves, as for `pdh plan --add`.
 * They are sorted, have numbers that no activity has, and classes of their own. */
struct judge_extra {
	const struct entry *entries;
	size_t n;
	const struct entry_class *classes;
	size_t class_count;
};

struct judge_question {
	civil_day day; /* entries done by then; DATE_NONE: all of the cycle */
	bool parts;    /* the verdict says of each part where it went */
	const struct ruleset *rules;	 /* NULL: the cycle's own */
	const struct judge_extra *extra; /* NULL: none */
};

/* A verdict and the entries it is about, both in the arena of `w`. */
struct judged_cycle {
	struct verdict verdict;
	const struct entry *entries;
	size_t n;
	civil_day day; /* as it was asked */
};

/* Makes what the rules are asked for a question. Entries and classes are borrowed from the ledgers until the next change of
 * the database; with extra entries they are copies in the arena of `w`, with the extra classes first. Extra entries name
 * no credential: where an hour may serve one credential alone, they serve the first. */
int judge_prepare(struct work *w, const struct held *h, const struct judge_question *q,
		  struct rules_case *ret, struct err *e);

int judge_cycle(struct work *w, const struct held *h, const struct judge_question *q,
		struct judged_cycle *ret, struct err *e);

/* The sum of planned entries of these days in the pack's unit: by their units alone, without credit rules and limits. */
int judge_planned(struct work *w, const struct held *h, struct period days, int64_t *ret,
		  struct err *e);

/* Whether hours that name no credential may serve this one. They may not where the authority lets an hour serve only one of
 * its credentials, and another one takes them. */
int judge_takes_unnamed(struct work *w, const struct held *h, bool *ret, struct err *e);

/* All that is known about the person on a day, in the arena of `w`. */
int judge_facts(struct work *w, const struct held *h, civil_day day,
		struct rule_facts *ret, struct err *e);

/* Finds the parts of an activity, done on `done_on`, among the judged entries: *ret_first is the index of the first. Returns
 * how many there are; 0 if none. */
size_t judge_find(const struct judged_cycle *j, civil_day done_on, int64_t id,
		  size_t *ret_first);

/* Pauses of a credential, as struct pause. */
int judge_pauses(struct work *w, int64_t credential_id, struct list *ret, struct err *e);

/* Days of [from, to] that lie in pauses, which do not overlap. */
int64_t judge_paused_days(const struct list *pauses, civil_day from, civil_day to);
