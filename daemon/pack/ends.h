/* The ends of cycles, as a calendar has them for one person: each follows from the first and
 * not from the one before it, so that no day is lost on the way. */
#pragma once

#include "daemon/pack/pack.h"

struct cycle_ends {
	const struct pack *pack;
	const struct texts *facts;
	civil_day issued;
	civil_day base; /* the day from which they are counted; no end itself unless
			       `first` is 0 */
	int first;	/* months from there to the first end, */
	int length;	/* and from one end to the next */
	bool stub;	/* the first cycle is a part of one */
	bool guessed;	/* the calendar names no day: counted from the day of issue */
	const struct period *listed; /* the first of those the board lists; NULL: none */
	size_t listed_count;
};

/* Those of one issued on that day. -PDH_REFUSED or -PDH_USAGE, and the sentence says which
 * date or fact is missing. */
int pack_ends(const struct pack *p, const struct texts *facts, civil_day issued,
	      struct cycle_ends *ret, struct err *e);

/* The one of this number, from 1; DATE_NONE past the years there are. */
civil_day pack_ends_at(const struct cycle_ends *ends, int number);

/* The number of the first on or after a day; 0 past the years there are. */
int pack_ends_reach(const struct cycle_ends *ends, civil_day day);

/* The end of the cycle that a day lies in where the day of issue says nothing about it: all
 * cycles end in the same years, or every year. */
int pack_ends_common(const struct pack *p, const struct texts *facts, civil_day day,
		     civil_day *ret, struct err *e);

/* `months` on from an end; DATE_NONE past the years there are. */
civil_day pack_ends_move(const struct pack *p, const struct texts *facts, civil_day end,
			 int months);

/* How long a cycle is, in months; 0: the pack does not say. */
int pack_ends_length(const struct pack *p, const struct texts *facts);

/* The period of the board's list that a day lies in; NULL outside of it. */
const struct period *pack_ends_listed(const struct pack *p, civil_day day);
