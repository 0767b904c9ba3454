/* What is known of the person: what only they can tell, and what the calendar says. */
#pragma once

#include "daemon/rules/entry.h"

#include <stdbool.h>

/* A fact, the day from which it holds (DATE_NONE: it always did), and the last day on which it
 * does (DATE_NONE: until another value follows). */
struct rule_fact {
	const char *name, *value;
	civil_day from, to;
};

/* What only the person knows, and what the calendar says. */
struct rule_facts {
	const struct rule_fact *named; /* one name may have several, of different days */
	size_t n;
	struct rule_words endorsements;
	const char *level; /* of the credential; NULL: not told */
	civil_day issued;  /* DATE_NONE: not told */
	int period_number; /* 1 for the first whole one; 0: not known */
	const struct period
		*leaves; /* pauses, the earliest first; none overlaps another */
	size_t leave_count;
	bool has_months; /* the active months are told, and not to be counted */
	int months_active;
	bool lapsed;	   /* the period is over, and none was begun after it */
	int months_lapsed; /* whole months since then */
	bool further;	   /* another credential of the authority comes before this one */
};
