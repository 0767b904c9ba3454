/* What a story comes to, found without the rules: what each part is worth step by step as
 * pdh-rules(5) says it, and which hours count by a linear programme with a variable for
 * each part (programme.h), where the rules have cells, a choice of limits that may cut and
 * a programme of their own. */
#pragma once

#include "tests/support/story.h"

/* One need or limit in one window. */
struct oracle_turn {
	int rule;
	struct period days; /* open ends are DATE_NONE */
	double amount;	    /* hours, or things; of a share of what counts unused */
	double have;	    /* of a need that counts things */
};

struct oracle {
	const struct story *s;
	uint64_t
		unsure; /* of the rules that are unsure those that hold, a bit for each */

	/* Parts, in the order of story_entries(). */
	int n;
	int entry[STORY_PARTS];
	unsigned topics[STORY_PARTS];
	int64_t base[STORY_PARTS], value[STORY_PARTS]; /* in 1/3,600,000 hours */
	bool refused[STORY_PARTS];		       /* by a gate, or by its course */

	struct oracle_turn turns[STORY_TURNS];
	int turn_count;
	double required;

	double met;	/* hours of needs that are met, of all of them that steer */
	double missing; /* hours of needs that are not, at least */
	double counted; /* toward the total, at most, where that is missing */
	bool done;	/* all that must be is met, or can be */
};

void oracle_judge(struct oracle *o, const struct story *s, uint64_t unsure);

/* Whether a rule speaks of a part on its day, in one of its turns. */
bool oracle_takes(const struct oracle *o, const struct oracle_turn *t, int part);

/* The most that may be carried over, if so much of each part counts, and each turn of a
 * need has so much: both in hours. */
double oracle_carry(const struct oracle *o, const double *counted, const double *have);
