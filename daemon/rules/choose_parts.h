/* What the steps of one choice of hours share. */
#pragma once

#include "daemon/rules/parts.h"
#include "daemon/rules/simplex.h"

enum { NONE = -1 };

struct chooser {
	struct judgement *j;
	bool *cuts;	     /* by instance: a limit that may cut */
	bool divides;	     /* some need is one of a group, or has a limit inside it */
	int *column;	     /* by cell: its column, or NONE if it counts whole */
	int *use;	     /* by cell and instance: the column of that use, or NONE */
	int *met;	     /* by instance: the column of how far it is met, or NONE */
	struct leave *leave; /* NULL: nothing leaves */
	uint64_t among;	     /* alternatives that are to be met, a bit for each rule */
	size_t columns;
	struct simplex s;
	bool solved; /* there is an answer in it */
};

static inline int *choose_use(const struct chooser *ch, size_t cell, size_t instance)
{
	return &ch->use[cell * ch->j->n + instance];
}

static inline bool is_share(const struct instance *limit)
{
	return limit->rule->amount.kind == AMOUNT_OF_COUNTED;
}

/* ---- choose.c ---- */

/* A need of hours, and whether the choice is to serve it. */
bool choose_is_need(const struct instance *i);
bool choose_steers(const struct chooser *ch, const struct instance *i);

/* What a share is at most, if of the cells beside it only those count that `sure` has;
 * NULL: what was chosen of each. */
int64_t choose_most_beside(const struct judgement *j, size_t limit, const bool *sure);

/* Chooses so that these alternatives are met too. */
void choose_with(struct judgement *j, uint64_t among);

/* ---- choose_rows.c ---- */

/* Begins the programme and writes its rows. */
void choose_rows(struct chooser *ch);

/* ---- choose_whole.c ---- */

/* Reads the answer in whole numbers, and what it means for needs and limits. */
void choose_whole(struct chooser *ch);
