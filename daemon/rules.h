/* Judgement: a cycle's rules and entries in, a verdict with reasons out. Pure: no clock,
 * no database, no failure, no allocation; everything it needs was checked when the pack
 * was loaded.
 *
 * This first vocabulary is the header of a pack and one total `need`; the struct grows,
 * the seam stays. */
#pragma once

#include "common/credit.h"
#include "common/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What one of our units is worth in the pack's unit. den == 0: the pack does not count
 * that unit. */
struct ruleset {
	const char *unit; /* the pack's word for its unit, such as "clock hour" */
	struct ratio worth[UNIT_COUNT]; /* by enum credit_unit */
	bool has_total;			/* false: no hours are required */
	int64_t total;			/* the one need, in the pack's unit */
	const char *total_id;		/* its rule, such as "total" */
	const char *total_title; /* what it asks for, in words; NULL if the pack does not
				    say */
	const char *cite, *mark; /* its source's title and mark; NULL if none */
};

/* Entries of one cycle that no rule tells apart, already added up. */
struct entry {
	enum credit_unit unit;
	int64_t amount; /* in that unit */
};

struct verdict {
	int64_t logged; /* all entries the pack has a worth for, in its unit */
	int64_t counted;
	int64_t remaining; /* of the total; 0 when met or when none is required */
	bool met;
	int64_t not_counted[UNIT_COUNT]; /* logged in units the pack does not count, in
					    those units */
};

void rules_evaluate(const struct ruleset *r, const struct entry *entries, size_t n,
		    struct verdict *ret);

/* What one amount is worth under the rules; false if the pack does not count its unit. */
bool rules_worth(const struct ruleset *r, enum credit_unit unit, int64_t amount,
		 int64_t *ret);

/* ---- pace: what an even pace would have, from days alone
 * ---------------------------------------- */

struct pace_days {
	int64_t length;	 /* days of the cycle, pauses left out */
	int64_t elapsed; /* of those, before today; 0 to length */
	int64_t left;	 /* days from today to the last, 0 when over */
};

struct pace_verdict {
	int64_t expected;   /* required * elapsed / length, rounded down */
	int64_t difference; /* counted - expected */
	int64_t per_month;  /* remaining / months left, at most all of it; a month is 1/12
			       of 365.2425 days */
	int64_t so_far;	    /* counted / months elapsed; 0 on the first day */
	int64_t projected;  /* short on the last day at that rate, 0 or more */
};

void rules_pace(const struct ruleset *r, const struct verdict *v,
		const struct pace_days *days, struct pace_verdict *ret);
