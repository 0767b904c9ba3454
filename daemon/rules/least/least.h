/* The fewest hours that meet several credentials at once, by what is logged and what their
 * rules ask for.
 *
 * What may still be done is described by kinds of hour: what selectors see of one. Every
 * kind is put before every credential's rules as an entry of one piece, in each stretch of
 * time in which the same windows are open, and is worth there what it would be worth if it
 * were logged. The fewest hours are then a linear programme in whole numbers
 * (simplex.h), and its answer is told in activities as a person logs them, rounded up to
 * hundredths. These are judged by the rules again: what rounding and bounds of single entries
 * took away is added, what is not needed is left out, and what cannot be reached is told. */
#pragma once

#include "daemon/rules/rules.h"

enum {
	LEAST_CASES_MAX = 64,
	LEAST_ACTIVITIES_MAX = 400, /* in one answer */
	LEAST_OFFERS_MAX =
		512, /* kinds of hour in stretches of time; they bound the cost */
};

struct least_kind {
	uint32_t class; /* the same in all cases */
	enum credit_unit unit;
	uint64_t not_for; /* cases that it does not serve, as bits */
	int words; /* of two kinds that do the same the one with fewer words is taken */
	bool by_piece; /* an activity of it is worth the same whatever it takes: planned where
			  nothing else will do, one by one */
};

struct least_question {
	const struct rules_case
		*cases; /* one for each credential, at most LEAST_CASES_MAX */
	size_t n;
	const struct least_kind *kinds; /* plainer ones first */
	size_t kind_count;
	int64_t piece;	/* of one entry, in its unit: a multiple of CREDIT_ONE */
	civil_day from; /* the first day on which something may be done */
	bool hopeful; /* rules that are not sure hold where they help, too; otherwise only what
			   they ask for does */
};

/* A need that is served, or stays open. */
struct least_need {
	size_t of;		 /* its case */
	const struct rule *rule; /* NULL: the total that the person gave */
	int64_t missing;	 /* as in struct judged_need; 0 of what is served */
};

/* Activities of one kind, alike. */
struct least_part {
	size_t kind;
	size_t count;	/* how many */
	int64_t amount; /* of each, in the kind's unit: whole hundredths */
	int64_t worth; /* of all, in the unit of the case, where only one is asked about */
	struct period days;
	const struct least_need *serves;
	size_t serve_count;
};

struct least_answer {
	bool solved; /* false: the numbers grew too large, and nothing is told */
	bool inexact; /* rules that bound or round entries are in the way: a few hours less may
			 do, and what is open may be met by other hours */
	struct least_part *parts;
	size_t n;
	struct least_need *open; /* what no hours can meet */
	size_t open_count;
};

struct least;

/* Answers live in the arena; the numbers of a search are given back by least_done(), which accepts what it was given
 * before. */
struct least *least_begin(const struct least_question *q, struct arena *a);
void least_done(struct least *l);

/* Whether there were more kinds than are compared. */
bool least_is_bounded(const struct least *l);

/* The fewest hours for some of the cases, as bits. */
void least_solve(struct least *l, uint64_t cases, struct least_answer *ret);

/* The entries that a part becomes when it is logged as it says, on its first day; `first` is
 * the number of the first, and *ret points into the arena. Returns how many there are. */
size_t least_entries(const struct least_kind *kind, const struct least_part *part,
		     int64_t first, struct arena *a, struct entry **ret);

/* The entries of a case and those of `more`, in order. */
const struct entry *least_merge(const struct rules_case *c, const struct entry *more,
				size_t n, struct arena *a);
