/* What the steps of finding the worth of entries share. */
#pragma once

#include "daemon/rules/parts.h"

struct worker {
	struct judgement *j;
	struct verdict *v;
	struct judged_part *parts; /* may be NULL */
	bool *refused;		   /* by entry: by a gate, or its course counted before */
	struct tallies courses;	   /* what counted, of that which counts once */
	struct tallies together;   /* what bounds on all of a word came to so far */
	struct tallies little;	   /* what there is of a word in all */
	/* Credits by what they do, a bit for each rule. */
	uint64_t by_day, multiply, once, ask_together, bound;
	size_t *list; /* room for all parts of one activity */
};

/* All parts of one activity, and the credits that speak of some of them on its day. */
struct whole {
	size_t from, to;
	uint64_t credits;
};

/* Those of them that one credit takes; borrowed from the worker until the next. */
struct taken {
	const struct rule *rule;
	size_t *v, n;
};

/* The parts that a credit takes, and that nothing refused. */
struct taken worth_taken(struct worker *w, const struct rule *r, const struct whole *all);

/* Of them those that are worth something: nothing is not raised, and uses nothing up. */
struct taken worth_not_nothing(struct taken t, const struct judgement *j);

int64_t worth_sum(const struct judgement *j, const struct taken *t);

/* Gives parts `now` together. They share by what they are worth, or by what was
 * logged where that is nothing yet. */
void worth_share(struct worker *w, const struct taken *t, int64_t now);

void worth_set(struct worker *w, const struct rule *r, size_t entry, int64_t v);

/* Its worth is nothing, whatever other credits say. */
void worth_refuse(struct worker *w, size_t entry, const struct rule *r);

/* ---- bound.c ---- */

void bound_worth(struct worker *w, const struct whole *all);
