/* Judgement: a cycle's rules and entries in, a verdict with reasons out. Pure: no clock,
 * no database, no failure; memory comes from the arena it is given, and everything it
 * needs was checked when the pack was loaded.
 *
 * Amounts are in 1/3,600,000 of the pack's unit (credit.h), counts of things are plain
 * numbers. The order of evaluation is
 *
 *   gate, unit, fixed/times, least/floor/most, step, once, limits, needs
 *
 * where a credit speaks of those parts of a split activity that its selector takes, as of
 * one amount. Where limits cross, or an hour may serve one need of several, the hours are
 * chosen so that the least is missing (choose.c). */
#pragma once

#include "common/arena.h"
#include "daemon/rules/facts.h"
#include "daemon/rules/verdict.h"

struct rules_case {
	const struct ruleset *rules;
	struct period period; /* either end may be DATE_NONE */
	civil_day day;	      /* today, as far as the verdict is concerned */
	const struct rule_facts *facts;
	const struct entry_class *classes;
	size_t class_count;
	const struct entry *entries; /* of the period, and those its windows reach */
	size_t n;
	const struct held_back *held_back; /* few */
	size_t held_back_count;
	bool closed; /* the period is over and was renewed: nothing more flows into it */
	bool parts;  /* fill in verdict.parts */
};

void rules_evaluate(const struct rules_case *c, struct arena *a, struct verdict *ret);

/* The rules that hold in the reading to plan for, a bit for each: what is not sure asks for hours
 * and cuts them, and saves none. Other rules have their bit too. */
uint64_t rules_certain(const struct rules_case *c, struct arena *a);

/* Whether a need asks for the hours of a period as a whole, and so may be its total. */
bool rules_may_be_total(const struct rule *r);

/* Whether it holds in each year by itself. */
bool rules_each_year(const struct rule *r);

/* What one amount is worth by its unit; false if the pack does not count its unit. */
bool rules_worth(const struct ruleset *r, enum credit_unit unit, int64_t amount,
		 int64_t *ret);

/* The days that some window sees: the first and the last of them. DATE_NONE where there is
 * no end to them. */
struct period rules_reach(const struct ruleset *r, struct period period);

/* The day a rule's date stands for; DATE_NONE where a fact or a date is missing. */
civil_day rules_day(const struct rules_case *c, const struct rule_date *d,
		    struct arena *a);

/* ---- duties ------------------------------------------------------------------------------ */

/* Whether a duty is asked of this person: JUDGED_SHORT where it is; JUDGED_NOT_APPLYING
 * and JUDGED_UNDECIDED, with *ret_why. */
enum judged rules_duty(const struct rules_case *c, const struct rule *r, struct arena *a,
		       const char **ret_why);

/* The day by which it is: the later of those it names and that are known; DATE_NONE where
 * none is. */
civil_day rules_due(const struct rules_case *c, const struct duty *d, struct arena *a);

/* ---- carry-over -------------------------------------------------------------------------- */

/* A part of an entry, and how much of it, in the pack's unit. */
struct carried_part {
	size_t entry; /* its index in the case */
	int64_t amount;
};

struct carry_out {
	const struct rule *rule; /* the rule of carry-over; NULL: the pack has none */
	int64_t surplus;	 /* counted beyond what is required */
	int64_t amount;		 /* of that, what goes on */
	const char *why;	 /* why nothing goes on, or less than the surplus; NULL */
	struct carried_part *parts; /* the latest first; hours that are used up stay */
	size_t n;
};

/* What leaves a period that ends as it stands. */
void rules_carry_out(const struct rules_case *c, struct arena *a, struct carry_out *ret);

/* What of the hours done in the days of grace a period needs for itself. */
void rules_fill_late(const struct rules_case *c, struct arena *a, struct carry_out *ret);

/* A word as selectors compare it. */
const char *rules_fold(const char *word, struct arena *a);

/* Whether a selector takes entries of this class. */
bool rules_where(const struct where *w, const struct entry_class *class);

/* ---- pace: what an even pace would have, from days alone --------------------------------- */

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

/* Without a total required, all zero. */
void rules_pace(const struct verdict *v, const struct pace_days *days,
		struct pace_verdict *ret);
