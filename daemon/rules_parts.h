/* What the steps of one evaluation share. */
#pragma once

#include "daemon/rules.h"

/* A set of instances. */
enum { INSTANCES_MAX = 256, INSTANCE_WORDS = INSTANCES_MAX / 64 };
struct instance_set {
	uint64_t bits[INSTANCE_WORDS];
};

static inline bool set_has(const struct instance_set *s, size_t i)
{
	return s->bits[i / 64] >> (i % 64) & 1;
}

static inline void set_add(struct instance_set *s, size_t i)
{
	s->bits[i / 64] |= UINT64_C(1) << (i % 64);
}

/* A need or a limit in one of its windows. Number 0 is the period itself, without a rule. */
struct instance {
	const struct rule *rule;
	struct period window; /* open ends are DATE_NONE */
	int64_t amount; /* needed, or at most; of a limit that is OF_COUNTED unused */
	bool unknown;	/* a fact is missing, see `why` */
	const char *why;
	int64_t have;	/* of a need: what counts towards it, or how many things */
	int64_t logged; /* of a limit: what it would have to take in */
};

/* All entries of which the same needs and limits speak: nothing tells them apart. */
struct cell {
	struct instance_set in;
	int64_t available, counted;
};

enum answer { NO, YES, UNKNOWN };

/* What a class of entries is worth beyond its unit. */
struct class_rules {
	const struct rule *const *v; /* credits that take it, in the pack's order */
	size_t n;
};

struct judgement {
	const struct rules_case *c;
	struct arena *a;
	bool with_unsure; /* rules that are unsure, and those whose facts are missing, hold */
	const struct rule *total; /* the need that is the total here; NULL if none is */
	int64_t required;
	struct instance *instances;
	size_t n;
	struct instance_set *takes; /* by class: the instances whose selector takes it */
	struct class_rules *worths; /* by class */
	civil_day *edges;	    /* first days of the segments of time, ascending */
	struct instance_set *live;  /* by segment: the instances whose window holds it */
	size_t segments;
	int32_t *cell_of; /* by class and segment; -1: none yet */
	struct cell *cells;
	size_t cell_count;
	int32_t *entry_cell; /* by entry; -1: nothing of it counts */
	int64_t *value;	     /* by entry: its worth before limits */
};

/* ---- rules_when.c: facts ---- */

/* Whether a rule holds for this person in this period; *ret_why says which fact is
 * missing, or why it does not apply. */
enum answer rule_applies(const struct judgement *j, const struct rule *r,
			 const char **ret_why);

/* The value of a fact on a day, folded; NULL if it is not told. Without a day: that of the
 * question, or the last of the period once that is over. */
const char *fact_value_on(const struct judgement *j, const char *name, civil_day day);
const char *fact_value(const struct judgement *j, const char *name);

/* ---- rules_window.c: windows and amounts ---- */

/* Fills in instances, required, edges and live. */
void judge_windows(struct judgement *j);

/* ---- rules_worth.c: entries ---- */

/* Fills in value and entry_cell, the cells, and the counts of needs that count things;
 * `parts` may be NULL. */
void judge_entries(struct judgement *j, struct verdict *v, struct judged_part *parts);

/* ---- rules_choose.c: which hours count ---- */

/* Fills in what of each cell counts, and `have` of needs and `logged` of limits. */
void judge_limits(struct judgement *j);

/* ---- rules_need.c ---- */

/* Needs, limits and the total. */
void judge_needs(struct judgement *j, struct verdict *v);

/* ---- arithmetic that ends at the ends of int64_t ---- */

static inline int64_t saturated(int128 v)
{
	if (v > INT64_MAX)
		return INT64_MAX;
	return v < INT64_MIN ? INT64_MIN : (int64_t)v;
}

/* a * b / c, rounded down, for b >= 0 and c > 0. */
static inline int64_t scaled(int64_t a, int64_t b, int64_t c)
{
	int128 product = (int128)a * b;
	int128 q = product / c;

	return saturated(product % c < 0 ? q - 1 : q);
}

static inline int64_t added(int64_t a, int64_t b)
{
	return saturated((int128)a + b);
}
