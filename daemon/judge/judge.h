/* A cycle put before the rules: its entries, and what is known about the person. */
#pragma once

#include "daemon/judge/held.h"

/* Entries that are judged beside those that are stored, and are never stored: sorted, with
 * numbers that no activity has, and with classes of their own. */
struct judge_extra {
	const struct entry *entries;
	size_t n;
	const struct entry_class *classes;
	size_t class_count;
};

struct judge_question {
	civil_day day; /* entries done by then; DATE_NONE: all of the cycle */
	bool parts;    /* where each entry went, too */
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

/* What is put before the rules, borrowed until the next change. With extra entries or
 * classes it stands for itself in the arena of `w`, and their classes come first. Extra
 * entries name no credential: where an hour may serve one alone, they serve the first. */
int judge_prepare(struct work *w, const struct held *h, const struct judge_question *q,
		  struct rules_case *ret, struct err *e);

int judge_cycle(struct work *w, const struct held *h, const struct judge_question *q,
		struct judged_cycle *ret, struct err *e);

/* What planned entries of these days are worth by unit alone, in the pack's unit. */
int judge_planned(struct work *w, const struct held *h, struct period days, int64_t *ret,
		  struct err *e);

/* Whether hours that name no credential serve this one: not where they may serve one of
 * an authority alone, and that is another. */
int judge_takes_unnamed(struct work *w, const struct held *h, bool *ret, struct err *e);

/* All that is known about the person on a day, in the arena of `w`. */
int judge_facts(struct work *w, const struct held *h, civil_day day,
		struct rule_facts *ret, struct err *e);

/* What of the judged entries belongs to an activity: the first of its parts and how many
 * there are; 0 if none. `done_on` is its day. */
size_t judge_find(const struct judged_cycle *j, civil_day done_on, int64_t id,
		  size_t *ret_first);

/* Pauses of a credential, as struct pause. */
int judge_pauses(struct work *w, int64_t credential_id, struct list *ret, struct err *e);

/* Days of [from, to] that lie in pauses, which do not overlap. */
int64_t judge_paused_days(const struct list *pauses, civil_day from, civil_day to);
